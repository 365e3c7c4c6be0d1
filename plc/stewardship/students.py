"""One student's data, on request: all of it handed out, or all of it erased.

Both take the id as the district writes it. Erasing takes the rows first, in one transaction; then files that
hold the id, copies of the database older than the erasure, figures of classes made with the student, and
the freed blocks of the file go. What a crash interrupts is finished by the next start.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.free_text import LINE
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people import record_access
from plc.results.pseudonyms import Pseudonyms, open_pseudonyms
from plc.results.student_names import forget_student
from plc.results.student_words import shareable_words
from plc.stewardship.erased_files import forget_files, forget_messages
from plc.stewardship.erased_rows import (
    cut_from_figures,
    cut_from_lines,
    cut_from_scans,
    delete_rows,
    end_undo,
    keep_students,
)
from plc.stewardship.finishing import finish_erasures

_PARTS = ("ids", "groups", "classes", "results", "reteach")
NO_STUDENT = "There is no student with this id. Write it as your district writes it."


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure took. `files` are staged uploads and inbox copies that held the id."""

    rows: int
    files: int
    snapshots: int


@dataclass(frozen=True, slots=True)
class PastErasure:
    """That somebody was erased. `finished_at` None while copies and figures are still to go."""

    erased_at: datetime
    erased_by: str
    reason: str
    rows: int
    finished_at: datetime | None


def export_student(database: Database, viewer: Viewer, student_id: str) -> dict[str, Any]:
    """Everything held about one student, corrected values included. Raises `NotAllowed`, `NotFound`."""
    viewer.require(Permission.RETENTION_MANAGE)
    pseudonyms = open_pseudonyms(database)
    with database.write() as cursor:
        key = _find(cursor, pseudonyms, student_id)
        document: dict[str, Any] = {}
        for part in _PARTS:
            frame = cursor.execute(load_sql("stewardship", f"student_{part}"), {"student_key": key}).df()
            if part == "ids":
                frame["student_id"] = pseudonyms.reveal(frame.pop("pseudonym"))
            document[part] = frame.astype(object).where(frame.notna(), None).to_dict("records")
        record_access(cursor, viewer, action="export", thing="one student's data")
    return document | {"exported_at": clock.now()}


def erase_student(
    database: Database, viewer: Viewer, student_id: str, *, reason: str, progress: Progress = silent
) -> Erasure:
    """Take everything about one student out of this installation, for good.

    Raises `NotAllowed`, `NotFound`, and `PlcError` without a reason.
    """
    viewer.require(Permission.RETENTION_MANAGE)
    reason = shareable_words(database, reason, "the reason", most=LINE)
    if not reason:
        raise PlcError("Say why, for the record: the request's date or number is enough. No name.")
    pseudonyms = open_pseudonyms(database)
    with database.write() as cursor:
        key = _find(cursor, pseudonyms, student_id)
        ids = _ids(cursor, pseudonyms, key) | {student_id.strip()}
        if any(written in reason for written in ids):
            raise PlcError("The reason holds the student's id, which would stay. Write it without.")
        keep_students(cursor, [key])
        cut_from_lines(cursor)
        cut_from_scans(cursor)
        rows = delete_rows(cursor)
        end_undo(cursor, reason="erasure")
        cut_from_figures(cursor)
        forget_messages(cursor, ids)
        cursor.execute(
            load_sql("stewardship", "record_erasure"),
            {
                "erasure_id": uuid.uuid4().hex,
                "erased_at": clock.now(),
                "erased_by": viewer.signature,
                "reason": reason,
                "rows_erased": rows,
            },
        ).fetchall()
        record_access(cursor, viewer, action="erase", thing="one student's data")
        raise_data_version(cursor)
    progress(0.2, "Looking through files that wait")
    forget_student(database, key)
    files = forget_files(database, ids)
    snapshots = finish_erasures(database, viewer, progress=progress)
    return Erasure(rows=rows, files=files, snapshots=snapshots)


def past_erasures(database: Database, viewer: Viewer) -> list[PastErasure]:
    """Every erasure so far, the latest first. Raises `NotAllowed`."""
    viewer.require(Permission.RETENTION_MANAGE)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("stewardship", "list_erasures")).fetchall()
    return [PastErasure(*row) for row in rows]


def _find(cursor: Cursor, pseudonyms: Pseudonyms, student_id: str) -> int:
    """The student with this id: as written, else by a further id, else without leading zeros."""
    written = student_id.strip()
    hidden, unpadded = pseudonyms.hide([written, written.lstrip("0") or "0"])
    rows = cursor.execute(
        load_sql("stewardship", "students_by_pseudonym"), {"pseudonym": hidden, "unpadded": unpadded}
    ).fetchall()
    for found_by in ("written", "further id", "without zeros"):
        keys = {key for key, by in rows if by == found_by}
        if len(keys) > 1:
            raise NotFound("Several students go by this id. Write it with its leading zeros.")
        if keys:
            return int(keys.pop())
    raise NotFound(NO_STUDENT)


def _ids(cursor: Cursor, pseudonyms: Pseudonyms, key: int) -> set[str]:
    rows = cursor.execute(load_sql("stewardship", "student_ids"), {"student_key": key}).fetchall()
    return set(pseudonyms.reveal(pseudonym for _, pseudonym in rows))
