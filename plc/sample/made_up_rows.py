"""One made-up row at a time: dates of the past, ids and statements of the sample district."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from plc.core.viewer import Role, Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql

# Made-up teams write in the evening.
_EVENING: Final = time(17, 30)

Row = dict[str, Any]


def record(cursor: Cursor, name: str, row: Row, *columns: str, **further: object) -> None:
    """Run `sql/<name>.sql` with these columns of a row and what else it binds."""
    parameters = {column: row[column] for column in columns} | further
    cursor.execute(load_sql("sample", name), parameters).fetchall()


def evening(day: date) -> datetime:
    """When something was written on a day."""
    return datetime.combine(day, _EVENING)


def facilitator(cursor: Cursor, team_id: str) -> str:
    """Who signs for a made-up team."""
    rows = cursor.execute(load_sql("sample", "sample_facilitator"), {"team_id": team_id}).fetchall()
    return str(rows[0][0])


def member_of(team_id: str) -> Viewer:
    """A viewer who may do what a member of the team may."""
    return Viewer(Role.FACILITATOR, team_ids=(team_id,))
