"""Taking a whole school year of results out, when it has been kept as long as it was needed."""

from __future__ import annotations

from dataclasses import dataclass

from plc.bright_spots.scan_tables import forget_year
from plc.core import clock
from plc.core.errors import NotFound
from plc.core.progress import Progress, silent
from plc.core.school_year import school_year_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people import record_access
from plc.stewardship.erased_rows import (
    cut_from_figures,
    cut_year_from_figures,
    delete_rows,
    delete_where,
    end_undo,
    note_uploads,
)
from plc.stewardship.finishing import finish_erasures

# What belongs to a school year, and how it is known.
_ASSESSED = (
    "assessment_key in (select assessment_key from assessment_version where school_year = $school_year)"
)
_TAUGHT = "section_key in (select section_key from section_version where school_year = $school_year)"
_OF_YEAR = (
    ("result_version", _ASSESSED),
    ("enrollment_version", _TAUGHT),
    ("section_teacher_version", _TAUGHT),
)
_LAST = (
    ("section_version", "school_year = $school_year"),
    ("assessment_version", "school_year = $school_year"),
)


@dataclass(frozen=True, slots=True)
class HeldYear:
    """A school year of results."""

    school_year: int
    students: int
    results: int


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took: rows, and students of whom nothing was left."""

    rows: int
    students: int


def held_years(database: Database, viewer: Viewer) -> list[HeldYear]:
    """The school years of results there are. Raises `NotAllowed`."""
    viewer.require(Permission.RETENTION_MANAGE)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("stewardship", "school_years_held")).fetchall()
    return [HeldYear(*row) for row in rows]


def purge_school_year(
    database: Database, viewer: Viewer, school_year: int, *, progress: Progress = silent
) -> Purged:
    """Delete the results, classes and assessments of a school year, and students of whom nothing is left.

    Inquiries and practices keep what their tests showed, which names no student. Raises `NotAllowed`,
    `NotFound` for a year that is not held.
    """
    viewer.require(Permission.RETENTION_MANAGE)
    year: dict[str, object] = {"school_year": school_year}
    with database.write() as cursor:
        rows = 0
        for table, condition in (*_OF_YEAR, *_LAST):
            note_uploads(cursor, condition, (table,), **year)
            end_undo(cursor, reason="purge")
        for table, condition in (*_OF_YEAR, *_LAST):
            rows += delete_where(cursor, table, condition, **year)
        if not rows:
            raise NotFound(f"There are no results of {school_year_words(school_year)}.")
        rows += _delete_reteach(cursor, school_year)
        _delete_yardsticks(cursor, school_year)
        students = _delete_students(cursor)
        cut_year_from_figures(cursor, school_year)
        forget_year(cursor, school_year)
        cursor.execute(
            load_sql("stewardship", "record_purge"),
            year | {"purged_at": clock.now(), "purged_by": viewer.signature, "rows_purged": rows},
        ).fetchall()
        record_access(cursor, viewer, action="purge", thing=f"school year {school_year}")
        raise_data_version(cursor)
    finish_erasures(database, viewer, progress=progress)
    return Purged(rows=rows, students=students)


def _delete_reteach(cursor: Cursor, school_year: int) -> int:
    """Groups of students inside classes of that year; what was retaught stays in the inquiry."""
    return delete_where(
        cursor,
        "reteach_student",
        "reteach_id in (select reteach_id from reteach where school_year = $school_year)",
        school_year=school_year,
    )


def _delete_yardsticks(cursor: Cursor, school_year: int) -> None:
    """What results of that year were set against in Seek."""
    of_year = "yardstick_id in (select yardstick_id from seek_yardstick where school_year = $school_year)"
    for part in ("start", "moment", "slope", "class", "hand"):
        delete_where(cursor, f"seek_yardstick_{part}", of_year, school_year=school_year)
    delete_where(cursor, "seek_yardstick", "school_year = $school_year", school_year=school_year)


def _delete_students(cursor: Cursor) -> int:
    """Students without any result or class left; how many."""
    cursor.execute(load_sql("stewardship", "keep_left_students")).fetchall()
    gone = int(cursor.execute("select count(*) from gone_student").fetchall()[0][0])
    if gone:
        delete_rows(cursor)
        end_undo(cursor, reason="purge")
        cut_from_figures(cursor)
    return gone
