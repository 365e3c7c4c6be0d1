"""Figures that stay as they were read, so that two looks at results tell of no colleague's class.

Everyone's figure rests on everyone's results: each assessment is centred on all who took it. A teacher who
keeps hers from before and after one colleague's results came could subtract. So her figures move only when
the results of nobody else changed beside hers, or of enough others: as a whole per subject, and assessment
by assessment and standard by standard for what is drawn of these. Until then a scan takes them over from the
one before. Changes she loaded herself do not count among the others: she knows them. docs/privacy.md has
the guarantee.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from typing import Final

from plc.bright_spots import steps
from plc.bright_spots.labels import SHOWN_BY_CONSENT, UNTOLD
from plc.bright_spots.scan_tables import OF_TEACHER, record_standing
from plc.core.disclosure import LOWEST_MINIMUM, MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import UNNAMED_SCHOOL
from plc.database.database import Cursor
from plc.database.sql import load_sql

# What must have changed beside a figure. A teacher counts from so many students on: one child's result put
# right in each of two classes, beside a third that came late, would leave the late class as the difference.
_ENOUGH: Final = {
    "least": MINIMUM_TEACHERS,
    "least_each": LOWEST_MINIMUM,
    "least_students": MINIMUM_STUDENTS,
}


def carry_figures(cursor: Cursor, scan_key: int) -> None:
    """Take over, from the scan before, the figures that must not move yet; inside the caller's transaction.

    The rows of `scan_key` are there, and the results are those it was made from.
    """
    if steps.keep_changed(cursor):
        steps.keep(cursor, "63_part_size", **_ENOUGH)
        steps.keep(
            cursor, "64_figure_reader", scan_key=scan_key, labels=list(SHOWN_BY_CONSENT),
            least=MINIMUM_TEACHERS,
        )  # fmt: skip
        steps.keep(cursor, "65_schoolmate", unnamed_school=UNNAMED_SCHOOL, least_each=LOWEST_MINIMUM)
        _run(cursor, "record_scan_pending")
        steps.keep(cursor, "66_read_before")
        steps.keep(cursor, "67_waiting_part", **_ENOUGH)
        _run(cursor, "record_scan_carried", scan_key=scan_key)
        _run(cursor, "forget_scan_pending")
        for table, parts in OF_TEACHER.items():
            _take_over(cursor, table, parts, scan_key=scan_key)
        _run(cursor, "record_own_result_unseen", scan_key=scan_key)
    steps.keep(cursor, "68_newly_told", scan_key=scan_key, untold=list(UNTOLD))
    _run(cursor, "forget_scan_told")
    _run(cursor, "record_scan_told")
    _run(cursor, "forget_own_result_unseen")
    record_standing(cursor)


def _take_over(cursor: Cursor, table: str, parts: dict[str, str], *, scan_key: int) -> None:
    named = "".join(
        f" or (carried.part_kind = '{kind}' and carried.part = {column})" for kind, column in parts.items()
    )
    carried = (
        f"from scan_carried as carried where carried.scan_key = $scan_key "
        f"and carried.teacher_id = {table}.teacher_id and carried.subject = {table}.subject "
        f"and (carried.part_kind = 'whole'{named})"
    )
    # Of a part that she was told nothing of yet, her first figure tells nothing beside an earlier one.
    told = "".join(
        f" and ({column} = '' or exists (select 1 from read_before where read_before.teacher_id = "
        f"{table}.teacher_id and read_before.subject = {table}.subject and read_before.part_kind = '{kind}' "
        f"and read_before.part = {column}))"
        for kind, column in parts.items()
    )
    parameters = {"scan_key": scan_key}
    cursor.execute(
        f"delete from {table} where scan_key = $scan_key and exists (select 1 {carried}){told}", parameters
    ).fetchall()
    cursor.execute(
        f"insert into {table} by name select * replace (cast($scan_key as integer) as scan_key) from {table} "
        f"where exists (select 1 {carried} and carried.rows_scan_key = {table}.scan_key)",
        parameters,
    ).fetchall()


def _run(cursor: Cursor, statement: str, **parameters: object) -> None:
    cursor.execute(load_sql("bright_spots", statement), parameters or None).fetchall()
