"""One step of an import: a named statement becomes a temporary table that the next step reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from plc.database.database import Cursor
from plc.database.sql import load_sql

# Values bound to a statement.
Parameters = Mapping[str, object]


def make_table(cursor: Cursor, name: str, sql: str, parameters: Parameters | None = None) -> None:
    """Make the temporary table `name` from a select; `name` is a constant of this program."""
    cursor.execute(f"create or replace temp table {name} as {sql}", dict(parameters or {})).fetchall()


def take_step(cursor: Cursor, name: str, **parameters: object) -> None:
    """Make the temporary table `name` from the statement of the same name."""
    make_table(cursor, name, load_sql("results", name), parameters)


def put_table(cursor: Cursor, name: str, columns: Mapping[str, tuple[pa.DataType, Sequence[object]]]) -> None:
    """Make the temporary table `name` from Python values, column by column."""
    cursor.register(
        "given_columns",
        pa.table({column: pa.array(values, kind) for column, (kind, values) in columns.items()}),
    )
    try:
        make_table(cursor, name, "select * from given_columns")
    finally:
        cursor.unregister("given_columns")


def count(cursor: Cursor, sql: str, parameters: Parameters | None = None) -> int:
    """The single whole number a statement gives."""
    return int(cursor.execute(sql, dict(parameters or {})).fetchall()[0][0])
