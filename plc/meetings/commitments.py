"""Who does what by when: made in one meeting, the first screen of the next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from plc.core import clock
from plc.core.errors import Conflict, NotFound, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.meetings.loading import load_meeting, load_members, require_running, run
from plc.meetings.records import Commitment, Member
from plc.meetings.wording import checked_words, known_id
from plc.people.school_calendar import school_today

# More than two things a week per person is a list, not a commitment.
USUAL_MOST: Final = 2
FURTHEST: Final = timedelta(days=366)
CLOSED: Final = ("done", "partly", "dropped")


def make_commitment(
    database: Database,
    viewer: Viewer,
    meeting_id: str,
    *,
    owner_teacher_id: str,
    what: str,
    due_on: date,
    commitment_id: str | None = None,
) -> str:
    """Write down what a member will do; return its id. Raises `PlcError` for a blank line or a past day.

    With an id that the writer's device chose, sending it again changes nothing.
    """
    viewer.require(Permission.MEETING_HOLD)
    what = checked_words(database, what, what="the commitment")
    _require_day(database, due_on)
    commitment_id = known_id(commitment_id)
    with database.write() as cursor:
        meeting = load_meeting(cursor, viewer, meeting_id)
        require_running(meeting)
        if owner_teacher_id not in {member.teacher_id for member in meeting.members}:
            raise NotFound("A commitment belongs to a member of the team. Choose a name from the list.")
        run(
            cursor, viewer, "add_commitment", commitment_id=commitment_id, team_id=meeting.team_id,
            meeting_id=meeting_id, inquiry_id=meeting.inquiry_id, owner_teacher_id=owner_teacher_id,
            what=what, due_on=due_on, made_at=clock.now(),
        )  # fmt: skip
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)
    return commitment_id


def take_back_commitment(database: Database, viewer: Viewer, commitment_id: str, *, meeting_id: str) -> None:
    """Remove a commitment made in this meeting, while it is open."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        require_running(load_meeting(cursor, viewer, meeting_id))
        if not run(cursor, viewer, "remove_commitment", commitment_id=commitment_id, meeting_id=meeting_id):
            raise NotFound("This commitment was not made in this meeting.")
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def close_commitment(
    database: Database,
    viewer: Viewer,
    commitment_id: str,
    *,
    state: str,
    line: str = "",
    seen_version: int,
    meeting_id: str | None = None,
) -> None:
    """Say what became of it: done, partly or dropped, with one line; `open` takes that back.

    Raises `Conflict` when somebody else said something of it in between, quoting what.
    """
    viewer.require(Permission.MEETING_HOLD)
    if state not in (*CLOSED, "open"):
        raise PlcError("Say done, partly or dropped.")
    line = checked_words(database, line, what="your line") if line.strip() else ""
    with database.write() as cursor:
        known = _load(cursor, viewer, commitment_id)
        if (known.state, known.closing_line) == (state, line):
            return
        _change(
            cursor, viewer, known, state=state, line=line, due_on=known.due_on, seen_version=seen_version,
            meeting_id=meeting_id,
        )  # fmt: skip


def redate_commitment(
    database: Database,
    viewer: Viewer,
    commitment_id: str,
    *,
    due_on: date,
    line: str = "",
    seen_version: int,
    meeting_id: str | None = None,
) -> None:
    """Put it off to another day; it stays open and comes back next time."""
    viewer.require(Permission.MEETING_HOLD)
    _require_day(database, due_on)
    line = checked_words(database, line, what="your line") if line.strip() else ""
    with database.write() as cursor:
        known = _load(cursor, viewer, commitment_id)
        if (known.state, known.closing_line, known.due_on) == ("open", line, due_on):
            return
        _change(
            cursor, viewer, known, state="open", line=line, due_on=due_on, seen_version=seen_version,
            meeting_id=meeting_id,
        )  # fmt: skip


def last_commitments(
    database: Database, viewer: Viewer, team_id: str, *, meeting_id: str | None = None
) -> list[Commitment]:
    """What was open when this meeting began, with what became of it since; before a meeting, what is open."""
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    with database.read() as cursor:
        rows = run(cursor, viewer, "last_commitments", team_id=team_id, meeting_id=meeting_id)
    return [Commitment(*row) for row in rows]


def put_off(database: Database, viewer: Viewer, meeting_id: str) -> frozenset[str]:
    """The ids of commitments that were given a later day in this meeting."""
    viewer.require(Permission.MEETING_HOLD)
    with database.read() as cursor:
        return frozenset(
            commitment_id for (commitment_id,) in run(cursor, viewer, "put_off", meeting_id=meeting_id)
        )


def commitments_of_meeting(database: Database, viewer: Viewer, meeting_id: str) -> list[Commitment]:
    """What was promised in this meeting."""
    viewer.require(Permission.MEETING_HOLD)
    with database.read() as cursor:
        return [
            Commitment(*row) for row in run(cursor, viewer, "commitments_of_meeting", meeting_id=meeting_id)
        ]


def own_commitments(database: Database, viewer: Viewer) -> list[Commitment]:
    """What the viewer herself has open."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.read() as cursor:
        return [Commitment(*row) for row in run(cursor, viewer, "own_commitments", teacher_id=teacher_id)]


def members_of(database: Database, viewer: Viewer, team_id: str) -> tuple[Member, ...]:
    """The members of a team today."""
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    with database.read() as cursor:
        return load_members(cursor, viewer, team_id, meeting_id=None)


def _load(cursor: Cursor, viewer: Viewer, commitment_id: str) -> Commitment:
    rows = run(cursor, viewer, "commitment", commitment_id=commitment_id)
    if not rows:
        raise NotFound("This commitment is not one of your team's.")
    return Commitment(*rows[0])


def _change(
    cursor: Cursor,
    viewer: Viewer,
    known: Commitment,
    *,
    state: str,
    line: str,
    due_on: date,
    seen_version: int,
    meeting_id: str | None,
) -> None:
    now = clock.now()
    changed = run(
        cursor, viewer, "change_commitment", commitment_id=known.commitment_id, version=seen_version,
        state=state, closing_line=line, due_on=due_on, closed_at=None if state == "open" else now,
    )  # fmt: skip
    if not changed:
        said = f"“{known.closing_line}”" if known.closing_line else "without a line"
        raise Conflict(
            f"A colleague was faster: this commitment says “{known.state}” {said}. Your line was: “{line}”."
            " Look again and change it if that is not right."
        )
    run(
        cursor, viewer, "add_commitment_change", commitment_id=known.commitment_id, meeting_id=meeting_id,
        state=state, due_on=due_on, line=line, changed_by=viewer.signature, changed_at=now,
    )  # fmt: skip
    if meeting_id is not None:
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def _require_day(database: Database, due_on: date) -> None:
    today = school_today(database)
    if not today <= due_on <= today + FURTHEST:
        raise PlcError("Choose a day from today to a year from now.")
