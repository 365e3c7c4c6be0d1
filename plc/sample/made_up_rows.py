"""One made-up row at a time: dates of the past, ids and statements of the sample district."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any, Final

from plc.core.viewer import Role, Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry import InquiryWording

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


def record_members(cursor: Cursor, team: Row, members: Iterable[str], *, joined_on: date) -> None:
    """Write who is in a team; the first is its facilitator."""
    for place, teacher_id in enumerate(members):
        record(
            cursor, "record_sample_team_member", team, "team_id", teacher_id=teacher_id, joined_on=joined_on,
            member_role="member" if place else "facilitator",
        )  # fmt: skip


def record_said(cursor: Cursor, inquiry: Row, wording: InquiryWording, *, by: str) -> None:
    """Write what an inquiry said when it was opened, and the phases it went through."""
    phases: Sequence[tuple[str, date]] = inquiry["phases"]
    record(
        cursor, "record_sample_wording", inquiry, "inquiry_id",
        wording=json.dumps(asdict(wording), default=lambda value: value.isoformat()),
        opened_by=by, opened_at=evening(phases[0][1]),
    )  # fmt: skip
    came_from = None
    for phase, moved_on in phases:
        record(
            cursor, "record_sample_phase", inquiry, "inquiry_id",
            phase=phase, moved_from=came_from, moved_on=moved_on, moved_at=evening(moved_on), moved_by=by,
        )  # fmt: skip
        came_from = phase
