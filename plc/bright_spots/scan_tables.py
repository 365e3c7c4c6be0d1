"""The tables a scan is kept in: whose rows they hold, how rows get in, and what of older scans stays.

An older scan's row of a teacher stays while it is what she was told last, and with it the totals that her
figure is made of; `scan_told` says which those are.
"""

# ruff: noqa: S608 - the names put into statements are tables this module declares.

from __future__ import annotations

from typing import Final

import pandas as pd

from plc.database.database import Cursor
from plc.database.sql import load_sql

_OCCASION: Final = "cast(taken_on as varchar) || ' ' || assessment_name"
# Tables of one teacher's rows, and what a row is of: an assessment, a standard, or the subject as a whole.
OF_TEACHER: Final[dict[str, dict[str, str]]] = {
    "scan_finding": {"standard": "standard_id"},
    "scan_occasion": {"assessment": _OCCASION},
    "scan_own_cell": {"assessment": _OCCASION},
    "scan_own_section": {},
    "scan_opportunity": {},
    "scan_balancing": {},
    "scan_ingredient": {},
    "scan_variant": {},
    "scan_contrast": {},
}
# Of these, the tables whose rows are each of one school year.
_OF_ONE_YEAR: Final = ("scan_occasion", "scan_own_cell", "scan_own_section")
# Totals of a subject that figures are made of, what everybody is told of it, and what else a scan says.
_TOTALS: Final = ("scan_component", "scan_stratum", "scan_prediction", "scan_funnel")
_OF_SCAN: Final = ("scan", "scan_carried", "scan_count", "scan_overlap")
# What results and classes were at the latest scan, for the next one to see what changed.
_STANDING: Final = ("scan_class_state", "scan_class_teacher", "scan_known_upload")

_TOLD_LAST: Final = (
    "exists (select 1 from scan_told where scan_told.scan_key = {table}.scan_key"
    " and scan_told.teacher_id = {table}.teacher_id and scan_told.subject = {table}.subject)"
)
_OF_NO_YEAR_LEFT: Final = (
    "not exists (select 1 from section where list_contains(string_split(of_past.school_years, ','),"
    " cast(section.school_year as varchar)))"
)
_MADE_INTO_TOLD: Final = "exists (select 1 from scan_told where scan_told.from_scan_key = {table}.scan_key)"


def record_rows(cursor: Cursor, table: str, rows: pd.DataFrame, *, scan_key: int) -> None:
    """Keep these rows of a scan in one of its tables."""
    if rows.empty:
        return
    cursor.register("supplied", rows)
    cursor.execute(load_sql("bright_spots", f"record_{table}"), {"scan_key": scan_key}).fetchall()
    cursor.unregister("supplied")


def record_standing(cursor: Cursor) -> None:
    """Keep what results and classes are now in place of what they were at the scan before.

    The cursor holds the steps `60_class_state` and `60_class_teacher`.
    """
    for table in _STANDING:
        cursor.execute(f"delete from {table}").fetchall()
        cursor.execute(load_sql("bright_spots", f"record_{table}")).fetchall()


def forget_teachers(cursor: Cursor, teacher_ids: list[str]) -> None:
    """Drop every figure of these teachers, from every scan.

    That they were told figures stays: what waits for others' results does not come back before these changed.
    """
    for table in OF_TEACHER:
        cursor.execute(
            f"delete from {table} where teacher_id in (select unnest($teacher_ids))",
            {"teacher_ids": teacher_ids},
        ).fetchall()


def forget_year(cursor: Cursor, school_year: int) -> None:
    """Drop, from every scan, what rests on this school year alone, to be called once its classes are gone.

    That is a row of one year, and every figure of a teacher of whose years none is left.
    """
    for table in _OF_ONE_YEAR:
        cursor.execute(
            f"delete from {table} where school_year = $school_year", {"school_year": school_year}
        ).fetchall()
    cursor.execute(
        "create or replace temp table of_no_year_left as select distinct scan_key, teacher_id, subject"
        f" from scan_finding as of_past where standard_id = '' and {_OF_NO_YEAR_LEFT}"
    ).fetchall()
    for table in OF_TEACHER:
        cursor.execute(
            f"delete from {table} where (scan_key, teacher_id, subject) in (from of_no_year_left)"
        ).fetchall()


def forget_older(cursor: Cursor, *, oldest: int) -> None:
    """Drop what scans before `oldest` left, but what somebody was told last and what that is made of."""
    staying = dict.fromkeys(_OF_SCAN, "false") | dict.fromkeys(_TOTALS, _MADE_INTO_TOLD)
    for table, stays in (staying | dict.fromkeys(OF_TEACHER, _TOLD_LAST)).items():
        cursor.execute(
            f"delete from {table} where scan_key < $oldest and not {stays.format(table=table)}",
            {"oldest": oldest},
        ).fetchall()
