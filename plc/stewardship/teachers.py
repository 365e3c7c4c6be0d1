"""Removing a teacher: what she wrote for her teams stays and leads to nobody, what is hers alone goes.

The district's roster keeps the number of who taught which class until its school year is purged, without her
name; the next upload of a roster that still names her brings the name again.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns of people.toml.

from __future__ import annotations

import tomllib
import uuid
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people import record_access
from plc.people.audit import forget_person
from plc.practices import forget_author
from plc.stewardship.finishing import finish_erasures


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal did: rows deleted, and rows in which another word stands for her now."""

    deleted: int
    replaced: int
    snapshots: int


@cache
def people_columns() -> dict[str, Any]:
    """What becomes of every column that holds who somebody is, as people.toml says."""
    text = (resources.files("plc.stewardship") / "people.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def remove_teacher(
    database: Database, viewer: Viewer, teacher_id: str, *, reason: str, progress: Progress = silent
) -> Removal:
    """Take a teacher out of this installation, with older copies of the database. For good.

    Raises `NotAllowed`, `NotFound` for an id the roster does not know, and `PlcError` without a reason or
    with her id in it.
    """
    viewer.require(Permission.RETENTION_MANAGE)
    said = reason.strip()
    if not said or teacher_id in said:
        raise PlcError("Say why, for the record: the request's date or number is enough. No name and no id.")
    with database.write() as cursor:
        for statement in ("forget_teacher_name", "forget_teacher_block"):
            cursor.execute(load_sql("stewardship", statement), {"teacher_id": teacher_id}).fetchall()
        if not cursor.execute(
            load_sql("stewardship", "teacher_known"), {"teacher_id": teacher_id}
        ).fetchall():
            raise NotFound("There is no teacher with this id. Write it as your district writes it.")
        deleted, replaced = _forget(cursor, teacher_id)
        cursor.execute(
            load_sql("stewardship", "record_erasure"),
            {
                "erasure_id": uuid.uuid4().hex,
                "erased_at": clock.now(),
                "erased_by": viewer.signature,
                "reason": said,
                "rows_erased": deleted + replaced,
            },
        ).fetchall()
        record_access(cursor, viewer, action="remove", thing="one teacher")
        raise_data_version(cursor)
    snapshots = finish_erasures(database, viewer, progress=progress)
    return Removal(deleted=deleted, replaced=replaced, snapshots=snapshots)


def _forget(cursor: Cursor, teacher_id: str) -> tuple[int, int]:
    """Take her and her accounts out of every table; rows deleted, and rows that lead to nobody now."""
    accounts = [
        account_id
        for (account_id,) in cursor.execute(
            load_sql("stewardship", "teacher_accounts"), {"teacher_id": teacher_id}
        ).fetchall()
    ]
    forget_author(cursor, teacher_id=teacher_id)
    replaced = sum(_replace(cursor, person) for person in (teacher_id, *accounts))
    deleted = _delete(cursor, "deleted", teacher_id)
    for account_id in accounts:
        deleted += _delete(cursor, "account", account_id)
        forget_person(cursor, kind="account", person_id=account_id)
    forget_person(cursor, kind="teacher", person_id=teacher_id)
    return deleted, replaced


def _replace(cursor: Cursor, person: str) -> int:
    """Put another word where she signed, a new one in each table, so that no two can be told to be hers."""
    changed = 0
    for table, columns in people_columns()["replaced"].items():
        sets = ", ".join(f"{c} = case when {c} = $person then $nobody else {c} end" for c in columns)
        anywhere = " or ".join(f"{column} = $person" for column in columns)
        rows = cursor.execute(
            f"update {table} set {sets} where {anywhere}",
            {"person": person, "nobody": f"left-{uuid.uuid4().hex}"},
        ).fetchall()
        changed += int(rows[0][0])
    return changed


def _delete(cursor: Cursor, part: str, person: str) -> int:
    """Delete the rows that are hers alone."""
    gone = 0
    for table, columns in people_columns()[part].items():
        anywhere = " or ".join(f"{column} = $person" for column in columns)
        rows = cursor.execute(f"delete from {table} where {anywhere}", {"person": person}).fetchall()
        gone += int(rows[0][0])
    return gone
