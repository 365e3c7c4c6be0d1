"""Runs statements of this room into temporary tables, beside those of the scan's own steps."""

from __future__ import annotations

from typing import Any, Final

from plc.bright_spots.steps import Columns, plain
from plc.core.disclosure import LOWEST_MINIMUM
from plc.database.database import Cursor
from plc.database.sql import load_sql

# Of fewer students a class hardly moves a figure, so that its teacher stands behind it in name alone: one of
# five weighs a third of a full class where classes differ as usual (variance 0.02, students' 0.5 SD²).
LEAST_BEHIND: Final = LOWEST_MINIMUM
# How the word for a class's results begins where they are of so few.
FEW_STUDENTS: Final = "few "


def keep(cursor: Cursor, statement: str, **parameters: object) -> None:
    """Run `sql/<statement>.sql` into the temporary table of that name."""
    cursor.execute(
        f"create or replace temp table {statement} as {load_sql('inquiry', statement)}", parameters or None
    ).fetchall()


def read(cursor: Cursor, statement: str, **parameters: object) -> Columns:
    """The columns of `sql/<statement>.sql` as arrays; a null number is NaN."""
    found: dict[str, Any] = cursor.execute(load_sql("inquiry", statement), parameters or None).fetchnumpy()
    return {column: plain(values) for column, values in found.items()}


def sign_results(cursor: Cursor, *, low_only: bool) -> dict[int, str]:
    """A word for the results behind each class's figures, by section_key; none of a class without any."""
    rows = cursor.execute(
        load_sql("inquiry", "effect_signature"), {"low_only": low_only, "least_behind": LEAST_BEHIND}
    ).fetchall()
    return {int(section_key): signature for section_key, signature in rows}
