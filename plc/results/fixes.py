"""Corrections of a staged upload: a value retyped, an id mapped, a row left out. The file itself stays.

A correction names the text it stands for, so that it never lands on another cell: all cells of a column
that say the same, or the cell of one line. Corrections are applied in the order they were made.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from plc.core.errors import BadFile
from plc.database.database import Cursor
from plc.results.steps import make_table, put_table
from plc.results.tables import BUNDLE, RESULTS_FILE, TableShape

SHAPES = {RESULTS_FILE.name: RESULTS_FILE, **BUNDLE}


@dataclass(frozen=True, slots=True)
class Fix:
    """One correction. `line` None means every line whose `column` says `was` (None is an empty cell).

    With `leave_out` the lines are left out; else the cells say `value`.
    """

    table: str
    column: str
    was: str | None
    value: str | None = None
    line: int | None = None
    leave_out: bool = False


def check_fixes(fixes: Sequence[Fix]) -> None:
    """Raise `BadFile` for a correction of a column that does not exist."""
    for fix in fixes:
        shape = SHAPES.get(fix.table)
        known = shape is not None and any(column.name == fix.column for column in shape.columns)
        if not known and not (shape and fix.leave_out and fix.line is not None):
            raise BadFile(f"There is no column {fix.column} to correct. Reload the page.")


def prepare_fixes(cursor: Cursor, fixes: Sequence[Fix]) -> None:
    """Make `fix` from the corrections, an empty `left_out_line`, and `staged_place` for `stage_text`."""
    put_table(
        cursor,
        "fix",
        {
            "place": (pa.int64(), list(range(len(fixes)))),
            "table_name": (pa.string(), [fix.table for fix in fixes]),
            "column_name": (pa.string(), [fix.column for fix in fixes]),
            "line": (pa.int64(), [fix.line for fix in fixes]),
            "was": (pa.string(), [fix.was for fix in fixes]),
            "value": (pa.string(), [fix.value for fix in fixes]),
            "leave_out": (pa.bool_(), [fix.leave_out for fix in fixes]),
        },
    )
    make_table(cursor, "left_out_line", "select ''::varchar as table_name, 0::bigint as line where false")
    make_table(
        cursor,
        "staged_place",
        "select ''::varchar as table_name, 0::bigint as first_row, 1::bigint as scores_per_row where false",
    )


def apply_fixes(cursor: Cursor, shape: TableShape) -> None:
    """Correct `staged_<shape>`: cells change in place; a line left out is emptied and set aside."""
    rows = cursor.execute(
        "select column_name, line, was, value, leave_out from fix where table_name = $table_name "
        "order by place",
        {"table_name": shape.name},
    ).fetchall()
    for column, line, was, value, leave_out in rows:
        names = [known.name for known in shape.columns if known.name == column]
        same = " and ".join(["true", *(f"{name} is not distinct from $was" for name in names)])
        given = {"was": was, "line": line} if names else {"line": line}
        where = f"{same} and ($line::bigint is null or rowid = $line)"
        if leave_out:
            _leave_out(cursor, shape, where, given)
        else:
            cursor.execute(
                f"update staged_{shape.name} set {names[0]} = nullif($value::varchar, '') where {where}",
                {**given, "value": value},
            ).fetchall()


def _leave_out(cursor: Cursor, shape: TableShape, where: str, given: dict[str, object]) -> None:
    lines = (
        f"select $table_name::varchar, rowid from staged_{shape.name} where {where} and rowid not in "
        "(select line from left_out_line where table_name = $table_name)"
    )
    cursor.execute(f"insert into left_out_line {lines}", {**given, "table_name": shape.name}).fetchall()
    empty = ", ".join(f"{column.name} = null" for column in shape.columns)
    own = "select line from left_out_line where table_name = $table_name"
    cursor.execute(
        f"insert into set_aside select $table_name, line, 'rejected' from ({own}) where line not in "
        "(select line from set_aside where table_name = $table_name)",
        {"table_name": shape.name},
    ).fetchall()
    cursor.execute(
        f"update staged_{shape.name} set {empty}, overflow = null where rowid in ({own})",
        {"table_name": shape.name},
    ).fetchall()
