"""A priority to point at: what a school or the district says matters most now."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.free_text import TITLE
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.results.student_words import shareable_words


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority of a school, or of the district where `school_id` is None; no grades means every grade."""

    priority_id: str
    school_id: str | None
    title: str
    subject: str | None
    grades: tuple[int, ...]


def set_priority(
    database: Database,
    viewer: Viewer,
    *,
    title: str,
    subject: str | None = None,
    grades: Sequence[int] = (),
    school_id: str | None = None,
) -> str:
    """Name a priority and return its id: a principal for a school she leads, a district leader for all."""
    viewer.require(Permission.PRIORITY_SET)
    title = " ".join(shareable_words(database, title, "the priority", most=TITLE).split())
    if not title:
        raise PlcError("Name the priority in a few words.")
    if subject is not None:
        subject = shareable_words(database, subject, "the subject", most=TITLE)
    if viewer.role is not Role.DISTRICT_LEADER and school_id not in viewer.school_ids:
        raise NotFound("Choose one of the schools you lead.")
    priority_id = uuid.uuid4().hex
    with database.write() as cursor:
        cursor.execute(
            load_sql("priorities", "set_priority"),
            {
                "priority_id": priority_id, "school_id": school_id, "title": title, "subject": subject,
                "grades": ", ".join(str(grade) for grade in sorted(set(grades))),
                "set_by": viewer.signature, "set_at": clock.now(),
            },
        ).fetchall()  # fmt: skip
    return priority_id


def end_priority(database: Database, viewer: Viewer, priority_id: str) -> None:
    """End a priority; what pointed at it keeps doing so. Raises `NotFound` for another school's."""
    viewer.require(Permission.PRIORITY_SET)
    with database.write() as cursor:
        ended = cursor.execute(
            load_sql("priorities", "end_priority"),
            {
                "priority_id": priority_id, "school_ids": list(viewer.school_ids),
                "whole_district": viewer.role is Role.DISTRICT_LEADER, "now": clock.now(),
            },
        ).fetchall()  # fmt: skip
        if not ended:
            raise NotFound("There is no such priority among yours.")


def list_priorities(database: Database, viewer: Viewer) -> list[Priority]:
    """Every priority in force: a title that everybody in the district may read, district's first."""
    viewer.require(Permission.PRACTICE_READ)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("priorities", "priorities")).fetchall()
    return [
        Priority(priority_id, school_id, title, subject, tuple(int(one) for one in grades.split(", ") if one))
        for priority_id, school_id, title, subject, grades in rows
    ]
