"""Undo a confirmed upload: its rows go, what it replaced comes back.

People, sections and assessments that rows of other uploads name stay, and from then on belong to the
first of those uploads.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from dataclasses import dataclass

from plc.core import clock
from plc.core.errors import Conflict
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people import record_access
from plc.results import merge
from plc.results.merge import TARGETS, Target
from plc.results.records import UploadSummary
from plc.results.uploads import (
    find_upload,
    is_uploader,
    remove_leftovers,
    require_uploader,
    summarise,
    told_file,
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A table, and the tables whose rows name its rows by the columns `by`."""

    target: Target
    by: tuple[str, ...]
    named_in: tuple[str, ...]


# From the rows that name to the rows that are named.
_ORDER = (
    _Named(merge.RESULT, (), ()),
    _Named(merge.ENROLLMENT, ("student_key", "section_key"), ("result",)),
    _Named(merge.SECTION_TEACHER, ("section_key",), ("result", "enrollment")),
    _Named(merge.STUDENT_ALIAS, ("student_key",), ("result", "enrollment")),
    _Named(merge.STUDENT_GROUP, ("student_key",), ("result", "enrollment")),
    _Named(merge.SECTION, ("section_key",), ("result", "enrollment", "section_teacher")),
    _Named(merge.STUDENT, ("student_key",), ("result", "enrollment", "student_group", "student_alias")),
    _Named(merge.TEACHER, ("teacher_key",), ("section_teacher",)),
    _Named(merge.ASSESSMENT, ("assessment_key",), ("result",)),
    _Named(merge.STANDARD, ("standard_key",), ("result",)),
    _Named(merge.SCHOOL, ("school_key",), ("section",)),
)


def undo_upload(database: Database, viewer: Viewer, upload_id: str) -> UploadSummary:
    """Remove a confirmed upload's rows and bring back those it replaced, in one transaction.

    Raises `NotAllowed` for an upload of somebody else, and `Conflict` when it is not confirmed, when a later
    upload, which it names, builds on its rows, or when rows of it were erased since.
    """
    viewer.require(Permission.RESULTS_UNDO)
    require_uploader(database, upload_id, viewer=viewer)
    with database.write() as cursor:
        record = find_upload(cursor, upload_id, state="confirmed")
        _refuse_if_ended(cursor, record["upload_key"], record["file_name"])
        _refuse_if_built_upon(cursor, viewer, record["upload_key"], record["file_name"])
        now = clock.now()
        cursor.execute(
            load_sql("results", "note_taken_back"), {"upload_key": record["upload_key"], "now": now}
        ).fetchall()
        for named in _ORDER:
            _undo_table(cursor, named, record["upload_key"])
        cursor.execute(
            load_sql("results", "mark_undone"), {"upload_key": record["upload_key"], "now": now}
        ).fetchall()
        cursor.execute(
            "delete from upload_repeat where upload_key = $upload_key", {"upload_key": record["upload_key"]}
        ).fetchall()
        record_access(cursor, viewer, action="undo", thing=f"upload {upload_id}")
        raise_data_version(cursor)
    database.checkpoint()
    remove_leftovers(database)
    with database.read() as cursor:
        return summarise(cursor, find_upload(cursor, upload_id))


def _refuse_if_ended(cursor: Cursor, upload_key: int, file_name: str) -> None:
    ended = cursor.execute(load_sql("results", "undo_ended"), {"upload_key": upload_key}).fetchall()
    if ended:
        ended_at, reason = ended[0]
        what = "A student's data was erased from" if reason == "erasure" else "A school year was purged from"
        raise Conflict(
            f"{what} {file_name} on {ended_at:%-d %B %Y}, so it cannot be undone as a whole. Load a corrected"
            " file instead."
        )


def _refuse_if_built_upon(cursor: Cursor, viewer: Viewer, upload_key: int, file_name: str) -> None:
    replaced = " union ".join(
        f"select superseded_by from {target.table}_version "
        "where upload_key = $upload_key and superseded_by is not null"
        for target in TARGETS
    )
    repeated = "select upload_key from upload_repeat where repeated_upload_key = $upload_key"
    later = cursor.execute(
        "select file_name, confirmed_at, staged_at, uploaded_by from upload where state = 'confirmed' "
        f"and upload_key in (select * from ({replaced} union {repeated})) order by upload_key desc",
        {"upload_key": upload_key},
    ).fetchall()
    if later:
        latest = dict(zip(("file_name", "confirmed_at", "staged_at", "uploaded_by"), later[0], strict=True))
        name = told_file(viewer, latest)
        own = is_uploader(viewer, latest)
        first = f"Undo {name} first." if own else "Undo of that comes first: ask whoever loaded it."
        raise Conflict(
            f"{name} (confirmed {latest['confirmed_at']:%Y-%m-%d %H:%M} UTC) replaced or repeated rows of "
            f"{file_name}. {first}"
        )


def _undo_table(cursor: Cursor, named: _Named, upload_key: int) -> None:
    table = f"{named.target.table}_version"
    parameters = {"upload_key": upload_key}
    if named.by:
        by = ", ".join(named.by)
        others = " union all ".join(
            f"select {by}, upload_key from {other}_version where upload_key <> $upload_key"
            for other in named.named_in
        )
        match = " and ".join(f"t.{name} = k.{name}" for name in named.by)
        # What is about to come back needs no keeping.
        returning = " and ".join(f"b.{name} = t.{name}" for name in named.target.replaced_by)
        cursor.execute(
            f"update {table} t set upload_key = k.keeper from "
            f"(select {by}, min(upload_key) as keeper from ({others}) group by {by}) k "
            f"where t.upload_key = $upload_key and {match} "
            f"and not exists (select 1 from {table} b where b.superseded_by = $upload_key and {returning})",
            parameters,
        ).fetchall()
    cursor.execute(f"delete from {table} where upload_key = $upload_key", parameters).fetchall()
    cursor.execute(
        f"update {table} set superseded_by = null where superseded_by = $upload_key", parameters
    ).fetchall()
