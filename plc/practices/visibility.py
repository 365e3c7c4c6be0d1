"""How far a practice card goes, and the rows that statements about cards give."""

from __future__ import annotations

from typing import Any

from plc.database.database import Cursor
from plc.database.sql import load_sql

# How far a card goes.
NOBODY, TEAM, SCHOOL, DISTRICT, NETWORK = range(5)


def records(cursor: Cursor, name: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of `plc/practices/sql/<name>.sql` by column name."""
    run = cursor.execute(load_sql("practices", name), parameters or {})
    columns = [column[0] for column in run.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in run.fetchall()]
