"""Runs statements of this room into temporary tables, beside those of the scan's own steps."""

from __future__ import annotations

from typing import Any

from plc.bright_spots.steps import Columns, plain
from plc.database.database import Cursor
from plc.database.sql import load_sql


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
    rows = cursor.execute(load_sql("inquiry", "effect_signature"), {"low_only": low_only}).fetchall()
    return {int(section_key): signature for section_key, signature in rows}
