"""Runs the numbered statements of `sql/`, each into a temporary table named after its file.

The tables live in one cursor and end with it. What numpy solves goes back as a table to join, so
that no number is ever written into a statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plc.database.database import Cursor
from plc.database.sql import load_sql

Columns = dict[str, NDArray[Any]]


def keep(cursor: Cursor, step: str, **parameters: object) -> None:
    """Run `sql/<step>.sql` into the temporary table `<step>` without its number."""
    _create(cursor, "table", step, parameters)


def name(cursor: Cursor, step: str) -> None:
    """Give the rows of `sql/<step>.sql` a name without computing them yet."""
    _create(cursor, "view", step, {})


def read(cursor: Cursor, step: str, **parameters: object) -> Columns:
    """The columns of `sql/<step>.sql` as arrays; a null number is NaN."""
    found: dict[str, Any] = cursor.execute(load_sql("bright_spots", step), parameters or None).fetchnumpy()
    return {column: plain(values) for column, values in found.items()}


def drop(cursor: Cursor, *tables: str) -> None:
    """Give back the room of temporary tables that nothing reads any more."""
    for table in tables:
        cursor.execute(f"drop table {table}").fetchall()


def supply(cursor: Cursor, table: str, columns: Mapping[str, NDArray[Any]]) -> None:
    """Make solved numbers a temporary table."""
    cursor.register("supplied", pd.DataFrame(columns))
    cursor.execute(f"create or replace temp table {table} as select * from supplied").fetchall()  # noqa: S608
    cursor.unregister("supplied")


def keep_changed(cursor: Cursor) -> bool:
    """Keep what stands in each class and who teaches it, and what of it changed since the latest scan.

    False before the first scan, when nothing can have changed.
    """
    keep(cursor, "60_class_state")
    keep(cursor, "60_class_teacher")
    if not cursor.execute("select 1 from scan_class_state limit 1").fetchall():
        return False
    for step in ("60_co_teacher", "61_changed_result", "62_changed_class", "62_changed_part"):
        keep(cursor, step)
    return True


def _create(cursor: Cursor, kind: str, step: str, parameters: Mapping[str, object]) -> None:
    table = step.split("_", 1)[1]
    statement = f"create or replace temp {kind} {table} as {load_sql('bright_spots', step)}"
    cursor.execute(statement, parameters or None).fetchall()


def plain(values: Any) -> NDArray[Any]:
    """A fetched column without a mask: fetchnumpy masks nulls; NaN and None survive arithmetic."""
    if not isinstance(values, np.ma.MaskedArray):
        return np.asarray(values)
    if not np.ma.is_masked(values):
        return np.asarray(values.data)
    if values.dtype.kind in "iuf":
        return np.asarray(np.ma.filled(values.astype(np.float64), np.nan))
    return np.asarray(np.ma.filled(values.astype(object), None))
