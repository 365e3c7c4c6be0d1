"""Reading one meeting inside a unit of work: in the viewer's teams, or not found."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound
from plc.core.viewer import Permission, Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.meetings.records import Meeting, MeetingStep, Member, Roles, State

_COLUMNS: Final = (
    "meeting_id", "team_id", "team_name", "norms", "inquiry_id", "version", "state", "protocol_key",
    "meets_on", "meets_at", "goal", "phase", "week_number", "week_count", "facilitator_id", "recorder_id",
    "timekeeper_id", "step_key", "step_started_at", "class_view_open", "started_at", "ended_at",
)  # fmt: skip


def run(cursor: Cursor, viewer: Viewer, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """Run a statement of this room that is bound to the viewer's teams, and return its rows."""
    return cursor.execute(
        load_sql("meetings", name), {"team_ids": list(viewer.team_ids), **parameters}
    ).fetchall()


def load_meeting(cursor: Cursor, viewer: Viewer, meeting_id: str) -> Meeting:
    """A meeting of the viewer's teams. Raises `NotAllowed` without the permission, else `NotFound`."""
    viewer.require(Permission.MEETING_HOLD)
    rows = run(cursor, viewer, "meeting", meeting_id=meeting_id)
    if not rows:
        raise NotFound("This meeting is not one of your team's.", about=("meeting", meeting_id))
    row = rows[0]
    facts = dict(zip(_COLUMNS, row, strict=True))
    roles = Roles(*(facts.pop(role) for role in ("facilitator_id", "recorder_id", "timekeeper_id")))
    steps = tuple(MeetingStep(*step) for step in run(cursor, viewer, "meeting_steps", meeting_id=meeting_id))
    return Meeting(
        **facts
        | {
            "state": State(facts["state"]),
            "roles": roles,
            "steps": steps,
            "members": load_members(cursor, viewer, facts["team_id"], meeting_id=meeting_id),
        }
    )


def load_members(
    cursor: Cursor, viewer: Viewer, team_id: str, *, meeting_id: str | None, today: date | None = None
) -> tuple[Member, ...]:
    """The members of a team today, and whoever else was in the meeting, with who was there."""
    present = {
        teacher_id: (name, there)
        for teacher_id, name, there, _ in run(cursor, viewer, "attendance", meeting_id=meeting_id)
    }
    members = run(cursor, viewer, "team_members", team_id=team_id, today=today or clock.now().date())
    names = {teacher_id: name for teacher_id, (name, _) in present.items()} | dict(members)
    return tuple(
        Member(teacher_id, name, present[teacher_id][1] if teacher_id in present else None)
        for teacher_id, name in sorted(names.items())
    )


def require_running(meeting: Meeting) -> None:
    """Raise `NotAllowed` for a meeting that has not begun or is over."""
    if meeting.state is not State.RUNNING:
        raise NotAllowed("This meeting is not running. Start it, or open its record.")


def require_facilitator(meeting: Meeting, viewer: Viewer) -> None:
    """Raise `NotAllowed` for anyone but this meeting's facilitator."""
    require_running(meeting)
    if viewer.teacher_id is None or meeting.roles.facilitator_id != viewer.teacher_id:
        raise NotAllowed("Only the facilitator moves the meeting on. Take over if she is not there.")
