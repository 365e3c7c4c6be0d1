"""Before a meeting: planning the next one, whose turn each role is, and the one click that starts it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from plc.core import clock
from plc.core.errors import Conflict, NotFound, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry.inquiries import read_inquiry
from plc.inquiry.records import InquiryWording
from plc.inquiry.test_records import week_number
from plc.meetings.loading import load_meeting, load_members, run
from plc.meetings.protocols import load_team_protocol, protocols_for
from plc.meetings.records import Meeting, Member, Roles, State
from plc.people.school_calendar import school_today

# A team meets weekly, so nobody plans further than a school year ahead.
FURTHEST: Final = timedelta(days=366)
_TIME_OF_DAY: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class TeamInquiry:
    """What the team works on: its goal in one sentence, phase, and the week of the test under way."""

    inquiry_id: str | None
    goal: str
    phase: str | None
    week_number: int | None
    week_count: int | None
    test_id: str | None


def current_meetings(database: Database, viewer: Viewer) -> list[tuple[str, str, State, date, str | None]]:
    """(meeting id, team id, state, day, time) of what runs or is planned in the viewer's teams."""
    viewer.require(Permission.MEETING_HOLD)
    with database.read() as cursor:
        rows = run(cursor, viewer, "current_meetings")
    return [(meeting_id, team_id, State(state), on, at) for meeting_id, team_id, state, on, at in rows]


def plan_meeting(
    database: Database,
    viewer: Viewer,
    team_id: str,
    *,
    meets_on: date,
    meets_at: str | None = None,
    protocol_key: str | None = None,
) -> str:
    """Plan the team's next meeting and return its id. Raises `PlcError` for a day or time out of range."""
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    today = school_today(database)
    _require_day(meets_on, meets_at, today)
    with database.write() as cursor:
        inquiry = load_team_inquiry(cursor, viewer, team_id, today)
        key = protocol_key or protocols_for(inquiry.phase)[0].key
        load_team_protocol(cursor, viewer, team_id, key)
        return _add(cursor, viewer, team_id, key, meets_on, meets_at)


def change_plan(
    database: Database,
    viewer: Viewer,
    meeting_id: str,
    *,
    meets_on: date,
    meets_at: str | None,
    protocol_key: str,
    seen_version: int,
) -> None:
    """Another day, time or protocol. Raises `Conflict` when a colleague changed the plan in between."""
    viewer.require(Permission.MEETING_HOLD)
    _require_day(meets_on, meets_at, school_today(database))
    with database.write() as cursor:
        planned = load_meeting(cursor, viewer, meeting_id)
        load_team_protocol(cursor, viewer, planned.team_id, protocol_key)
        changed = run(
            cursor, viewer, "change_plan", meeting_id=meeting_id, version=seen_version,
            protocol_key=protocol_key, meets_on=meets_on, meets_at=meets_at,
        )  # fmt: skip
        if not changed:
            raise Conflict(
                f"A colleague changed it: it says {planned.meets_on:%-d %B} {planned.meets_at or ''} now."
                " Look at it and change it again if it is still wrong."
            )


def remove_plan(database: Database, viewer: Viewer, meeting_id: str) -> None:
    """Take a planned meeting back. Raises `NotFound` when it has begun or is another team's."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        if not run(cursor, viewer, "remove_plan", meeting_id=meeting_id):
            raise NotFound("There is no such planned meeting. It may have begun.")


def start_meeting(
    database: Database, viewer: Viewer, team_id: str, *, protocol_key: str | None = None
) -> str:
    """Start the team's planned meeting, or one made on the spot, and return its id.

    Whoever presses second joins the meeting that the first one started. Roles go round by default.
    """
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    today = school_today(database)
    with database.write() as cursor:
        for meeting_id, owner_id, state, *_ in run(cursor, viewer, "current_meetings"):
            if owner_id == team_id and state == State.RUNNING:
                return str(meeting_id)
        inquiry = load_team_inquiry(cursor, viewer, team_id, today)
        meeting_id, planned_key = _planned(cursor, viewer, team_id)
        key = protocol_key or planned_key or protocols_for(inquiry.phase)[0].key
        if meeting_id is None:
            meeting_id = _add(cursor, viewer, team_id, key, today, None)
        _begin(cursor, viewer, meeting_id, key=key, team_id=team_id, inquiry=inquiry, today=today)
    return meeting_id


def load_team_inquiry(cursor: Cursor, viewer: Viewer, team_id: str, today: date) -> TeamInquiry:
    """The goal, phase and week of a team's open inquiry."""
    rows = run(cursor, viewer, "team_inquiry", team_id=team_id, today=today)
    if not rows:
        return TeamInquiry(None, "", None, None, None, None)
    inquiry_id, test_id, starts_on, ends_on = rows[0]
    found = read_inquiry(cursor, viewer, inquiry_id)
    number, count = week_of(today, starts_on, ends_on)
    return TeamInquiry(inquiry_id, goal_words(found.wording), found.phase, number, count, test_id)


def goal_words(wording: InquiryWording) -> str:
    """The challenge, and on a second line the aim: what a meeting opens with."""
    goal = wording.challenge or wording.title
    if not wording.aim_words:
        return goal
    measure = f" on {wording.measure_words}" if wording.measure_words else ""
    return f"{goal}\nOur aim{measure}: {wording.aim_words}."


def team_inquiry(database: Database, viewer: Viewer, team_id: str) -> TeamInquiry:
    """What the team works on now."""
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    today = school_today(database)
    with database.read() as cursor:
        return load_team_inquiry(cursor, viewer, team_id, today)


def week_of(today: date, starts_on: date | None, ends_on: date | None) -> tuple[int | None, int | None]:
    """(3, 6) in the third of six weeks; nothing outside any test."""
    if starts_on is None or ends_on is None:
        return None, None
    count = week_number(starts_on, ends_on)
    return min(week_number(starts_on, today), count), count


def rotated(last: Roles | None, members: tuple[Member, ...], *, starter_id: str | None) -> Roles:
    """Each role goes to the next member in order; the first time, whoever starts leads."""
    ids = [member.teacher_id for member in members]
    if not ids:
        return Roles(None, None, None)
    if last is not None and last.facilitator_id in ids:
        first = ids.index(last.facilitator_id) + 1
    else:
        first = ids.index(starter_id) if starter_id in ids else 0
    turn = [ids[(first + place) % len(ids)] for place in range(3)]
    return Roles(turn[0], turn[1] if len(ids) > 1 else None, turn[2] if len(ids) > 2 else None)


def _planned(cursor: Cursor, viewer: Viewer, team_id: str) -> tuple[str | None, str | None]:
    for meeting_id, owner_id, *_ in run(cursor, viewer, "current_meetings"):
        if owner_id == team_id:
            return meeting_id, load_meeting(cursor, viewer, meeting_id).protocol_key
    return None, None


def _begin(
    cursor: Cursor,
    viewer: Viewer,
    meeting_id: str,
    *,
    key: str,
    team_id: str,
    inquiry: TeamInquiry,
    today: date,
) -> None:
    protocol = load_team_protocol(cursor, viewer, team_id, key)
    last = run(cursor, viewer, "last_roles", team_id=team_id, meeting_id=meeting_id)
    members = load_members(cursor, viewer, team_id, meeting_id=meeting_id)
    roles = rotated(Roles(*last[0]) if last else None, members, starter_id=viewer.teacher_id)
    now = clock.now()
    run(
        cursor, viewer, "begin_meeting", meeting_id=meeting_id, protocol_key=key,
        inquiry_id=inquiry.inquiry_id, goal=inquiry.goal, phase=inquiry.phase,
        week_number=inquiry.week_number, week_count=inquiry.week_count,
        facilitator_id=roles.facilitator_id, recorder_id=roles.recorder_id,
        timekeeper_id=roles.timekeeper_id, step_key=protocol.steps[0].step_key,
        started_by=viewer.signature, started_at=now, meets_on=today,
    )  # fmt: skip
    for order, step in enumerate(protocol.steps, start=1):
        run(
            cursor, viewer, "add_step", meeting_id=meeting_id, step_key=step.step_key, step_order=order,
            screen=step.screen, title=step.title, minutes=step.minutes, prompt=step.prompt,
            state="shown" if order == 1 else "waiting",
        )  # fmt: skip
    run(cursor, viewer, "add_exit_pulse", meeting_id=meeting_id)
    if viewer.teacher_id is not None:
        run(
            cursor, viewer, "mark_attendance", meeting_id=meeting_id, teacher_id=viewer.teacher_id,
            present=True, set_by_hand=False, now=now,
        )  # fmt: skip


def _add(cursor: Cursor, viewer: Viewer, team_id: str, key: str, meets_on: date, meets_at: str | None) -> str:
    meeting_id = uuid.uuid4().hex
    run(
        cursor, viewer, "add_meeting", meeting_id=meeting_id, team_id=team_id, protocol_key=key,
        meets_on=meets_on, meets_at=meets_at,
    )  # fmt: skip
    return meeting_id


def _require_day(meets_on: date, meets_at: str | None, today: date) -> None:
    if not today <= meets_on <= today + FURTHEST:
        raise PlcError("Choose a day from today to a year from now.")
    if meets_at is not None and not _TIME_OF_DAY.fullmatch(meets_at):
        raise PlcError("Write the time as 14:30.")


def meeting(database: Database, viewer: Viewer, meeting_id: str) -> Meeting:
    """A meeting of one of the viewer's teams, with its steps and members."""
    viewer.require(Permission.MEETING_HOLD)
    with database.read() as cursor:
        return load_meeting(cursor, viewer, meeting_id)
