"""Taking students' rows out of every table, in the caller's transaction.

A frozen figure still counts that somebody left: there the student's place stays, under a negative number and
without what it held.
"""

# ruff: noqa: S608 - the names put into statements are tables this module declares.

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Final

from plc.bright_spots.scan_tables import forget_teachers
from plc.core import clock
from plc.database.database import Cursor
from plc.database.sql import load_sql

# Tables with a row per student, and those of them that keep which upload brought and replaced a row.
OF_UPLOADS: Final = (
    "result_version", "enrollment_version", "student_group_version", "student_alias_version",
    "student_version",
)  # fmt: skip
OF_STUDENTS: Final = (*OF_UPLOADS, "reteach_student")
# Units of figures are a student's number times this, plus the school year.
_YEARS_WIDE: Final = 10_000
# Below any number that stands for something else.
_FIRST_PLACE: Final = -1_000_000_000


def keep_students(cursor: Cursor, student_keys: list[int]) -> None:
    """Leave the students in question as a temporary table."""
    cursor.execute(
        "create or replace temp table gone_student as select unnest($keys)::integer as student_key",
        {"keys": student_keys},
    ).fetchall()


def delete_rows(cursor: Cursor) -> int:
    """Delete every row of the students in `gone_student`; how many."""
    _keep_uploads(cursor, "student_key in (select student_key from gone_student)")
    return sum(
        _deleted(cursor, table, "student_key in (select student_key from gone_student)")
        for table in OF_STUDENTS
    )


def delete_where(cursor: Cursor, table: str, condition: str, **parameters: object) -> int:
    """Delete rows of a table of uploads, noting those uploads first."""
    return _deleted(cursor, table, condition, **parameters)


def end_undo(cursor: Cursor, *, reason: str) -> None:
    """Uploads in `touched_upload` can no longer be undone as a whole."""
    cursor.execute(
        load_sql("stewardship", "end_undo"), {"ended_at": clock.now(), "reason": reason}
    ).fetchall()


def note_uploads(cursor: Cursor, condition: str, tables: tuple[str, ...], **parameters: object) -> None:
    """Leave the uploads that brought or replaced such rows as `touched_upload`."""
    _keep_uploads(cursor, condition, tables, **parameters)


def cut_from_figures(cursor: Cursor) -> None:
    """Put a nameless place where a student in `gone_student` was counted in a figure."""
    lowest = cursor.execute("select coalesce(min(student_key), 0) from figure_unit").fetchall()[0][0]
    cursor.execute(
        "create or replace temp table nameless as select student_key, "
        "cast(least($lowest, $first) - row_number() over (order by student_key) as integer) as place "
        "from gone_student",
        {"lowest": int(lowest), "first": _FIRST_PLACE},
    ).fetchall()
    for table in ("figure_unit", "figure_place", "figure_teacher"):
        also = ", student_key = nameless.place, contribution = ''" if table == "figure_unit" else ""
        cursor.execute(
            f"update {table} set unit = nameless.place::bigint * $wide - unit % $wide{also} from nameless "
            f"where unit between nameless.student_key::bigint * $wide and "
            "nameless.student_key::bigint * $wide + $wide - 1 and kind <> 'practice_areas'",
            {"wide": _YEARS_WIDE},
        ).fetchall()


def cut_year_from_figures(cursor: Cursor, school_year: int) -> None:
    """Forget what students added to figures of that year; that they did stays."""
    cursor.execute(
        "update figure_unit set contribution = '' "
        "where unit % $wide = $school_year and kind <> 'practice_areas'",
        {"wide": _YEARS_WIDE, "school_year": school_year},
    ).fetchall()


def cut_from_scans(cursor: Cursor) -> None:
    """Drop the figures of who taught the students in `gone_student`, to be called while their rows are there.

    The look that follows makes them anew; where they wait for results of others there is none until then.
    """
    rows = cursor.execute(load_sql("stewardship", "gone_teachers")).fetchall()
    forget_teachers(cursor, [teacher_id for (teacher_id,) in rows])


def cut_from_lines(cursor: Cursor) -> None:
    """Put other digests of the classes of the students in `gone_student` into frozen lines of teams.

    To be called while their rows are there. From a digest and the students who are left her score could be
    tried out. Equal digests stay equal, so that what lines shown so far tell is still known. What yardsticks
    hold of her goes.
    """
    cursor.execute(load_sql("stewardship", "blank_yardstick_classes")).fetchall()
    salt = secrets.token_bytes(16)
    for line_id, section_id, figures in cursor.execute(
        load_sql("stewardship", "gone_line_classes")
    ).fetchall():
        blanked = {
            name: (_blanked(digest, salt), students)
            for name, (digest, students) in json.loads(figures).items()
        }
        cursor.execute(
            load_sql("stewardship", "blank_line_class"),
            {"line_id": line_id, "section_id": section_id, "figures": json.dumps(blanked)},
        ).fetchall()


def _blanked(digest: int, salt: bytes) -> int:
    return int(hashlib.blake2b(str(digest).encode(), key=salt, digest_size=6).hexdigest(), 16)


def _keep_uploads(
    cursor: Cursor, condition: str, tables: tuple[str, ...] = OF_UPLOADS, **parameters: object
) -> None:
    parts = [
        f"select {column} as upload_key from {table} where {condition} and {column} is not null"
        for table in tables
        for column in ("upload_key", "superseded_by")
    ]
    cursor.execute(
        f"create or replace temp table touched_upload as {' union '.join(parts)}", parameters or None
    ).fetchall()


def _deleted(cursor: Cursor, table: str, condition: str, **parameters: object) -> int:
    return int(cursor.execute(f"delete from {table} where {condition}", parameters or None).fetchall()[0][0])
