"""While a meeting runs: moving through its steps, who is there, and the number that devices poll.

Moves carry the step the mover saw: two clicks at once, or one that arrives late, move the meeting once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plc.core import clock
from plc.core.errors import NotAllowed, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.meetings.loading import load_meeting, load_members, require_facilitator, require_running, run
from plc.meetings.records import Meeting, Roles
from plc.people.audit import record_access

# What one press of "more time" may give; a step cannot be cut below its last minute.
MOST_ADDED: Final = 60
# The screen on which everybody writes before anybody reads; going on from it shows what was written.
SILENT: Final = "see"


def meeting_version(database: Database, viewer: Viewer, meeting_id: str) -> int | None:
    """The number that every change raises, read in one row; None for whoever is no member of the team now.

    Membership is looked up here and not taken from the viewer: a device polls this for as long as its page
    is open, and a member who left must lose it at her next request.
    """
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("meetings", "poll"),
            {"meeting_id": meeting_id, "teacher_id": teacher_id, "today": clock.now().date()},
        ).fetchall()
    return int(rows[0][0]) if rows else None


def running_meeting(database: Database, viewer: Viewer, team_id: str) -> str | None:
    """The meeting a team is in now, for a member of it; None while there is none."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("meetings", "poll_team"),
            {"team_id": team_id, "teacher_id": teacher_id, "today": clock.now().date()},
        ).fetchall()
    return str(rows[0][0]) if rows else None


def tell_devices(database: Database, viewer: Viewer, meeting_id: str) -> None:
    """Let every device of the meeting read anew what another room wrote, such as a decision on a test."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def next_step(database: Database, viewer: Viewer, meeting_id: str, *, seen: str) -> None:
    """Go to the step after the one the facilitator saw."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = _led(cursor, viewer, meeting_id)
        if meeting.step_key == seen and meeting.next_step is not None:
            _show(cursor, viewer, meeting, meeting.next_step.step_key, leaving="done")


def skip_step(database: Database, viewer: Viewer, meeting_id: str, *, seen: str) -> None:
    """Leave a step out, which the record notes, and go to the next."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = _led(cursor, viewer, meeting_id)
        if meeting.step_key == seen and meeting.next_step is not None:
            _show(cursor, viewer, meeting, meeting.next_step.step_key, leaving="skipped")


def go_to_step(database: Database, viewer: Viewer, meeting_id: str, step_key: str, *, seen: str) -> None:
    """Go to any step, back or ahead; what was written in every step stays."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = _led(cursor, viewer, meeting_id)
        if step_key not in {step.step_key for step in meeting.steps}:
            raise PlcError("This meeting has no such step.")
        if meeting.step_key == seen:
            _show(cursor, viewer, meeting, step_key, leaving="waiting")


def add_minutes(database: Database, viewer: Viewer, meeting_id: str, *, step_key: str, minutes: int) -> None:
    """Give a step more minutes, or take some back. Raises `PlcError` beyond what a step can have."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = _led(cursor, viewer, meeting_id)
        step = next((step for step in meeting.steps if step.step_key == step_key), None)
        if step is None or not 1 <= step.minutes + step.added_minutes + minutes <= 2 * MOST_ADDED:
            raise PlcError("A step keeps at least one minute and at most two hours.")
        run(cursor, viewer, "add_minutes", meeting_id=meeting_id, step_key=step_key, minutes=minutes)
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def reorder_steps(database: Database, viewer: Viewer, meeting_id: str, order: Sequence[str]) -> None:
    """Take this meeting's steps in another order. Raises `PlcError` unless it names each of them once."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = _led(cursor, viewer, meeting_id)
        if sorted(order) != sorted(step.step_key for step in meeting.steps):
            raise PlcError("The new order must name every step once.")
        for place, step_key in enumerate(order, start=1):
            run(cursor, viewer, "order_step", meeting_id=meeting_id, step_key=step_key, step_order=place)
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def reveal(database: Database, viewer: Viewer, meeting_id: str, *, step_key: str) -> None:
    """Show what was written in silence, all at once."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        _led(cursor, viewer, meeting_id)
        run(cursor, viewer, "reveal_step", meeting_id=meeting_id, step_key=step_key, now=clock.now())
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def open_class_view(database: Database, viewer: Viewer, meeting_id: str, *, opened: bool) -> None:
    """Open the view by class for everybody, after the team was looked at as one group; or lock it again."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = _led(cursor, viewer, meeting_id)
        run(
            cursor, viewer, "open_class_view", meeting_id=meeting_id,
            opened_at=clock.now() if opened else None,
        )  # fmt: skip
        if opened:
            _record_opening(cursor, viewer, meeting)


def end_meeting(database: Database, viewer: Viewer, meeting_id: str) -> None:
    """End the meeting; its record is ready at once."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write_through() as cursor:
        meeting = _led(cursor, viewer, meeting_id)
        if meeting.step_key is not None:
            run(
                cursor, viewer, "set_step_state", meeting_id=meeting_id, step_key=meeting.step_key,
                state="done",
            )  # fmt: skip
        run(cursor, viewer, "finish_meeting", meeting_id=meeting_id, ended_at=clock.now())


def take_over(database: Database, viewer: Viewer, meeting_id: str) -> None:
    """Lead the meeting in place of its facilitator, who takes the other's role."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = load_meeting(cursor, viewer, meeting_id)
        require_running(meeting)
        roles, leading = meeting.roles, meeting.roles.facilitator_id
        _set_roles(
            cursor, viewer, meeting_id,
            Roles(
                teacher_id,
                leading if roles.recorder_id == teacher_id else roles.recorder_id,
                leading if roles.timekeeper_id == teacher_id else roles.timekeeper_id,
            ),
        )  # fmt: skip


def set_roles(database: Database, viewer: Viewer, meeting_id: str, roles: Roles) -> None:
    """Give the roles to these members. Raises `NotAllowed` for somebody outside the team."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = _led(cursor, viewer, meeting_id)
        ids = {member.teacher_id for member in meeting.members}
        for teacher_id in (roles.facilitator_id, roles.recorder_id, roles.timekeeper_id):
            if teacher_id is not None and teacher_id not in ids:
                raise NotAllowed("A role goes to a member of the team.")
        if roles.facilitator_id is None:
            raise PlcError("Somebody has to lead. Choose a facilitator.")
        _set_roles(cursor, viewer, meeting_id, roles)


def arrive(database: Database, viewer: Viewer, meeting_id: str) -> None:
    """Be seen in a running meeting; written once, so that opening the page again costs nothing."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = load_meeting(cursor, viewer, meeting_id)
        require_running(meeting)
        if any(member.teacher_id == teacher_id and member.present is not None for member in meeting.members):
            return
        _mark(cursor, viewer, meeting_id, teacher_id, present=True, set_by_hand=False)


def set_attendance(
    database: Database, viewer: Viewer, meeting_id: str, *, teacher_id: str, present: bool
) -> None:
    """Say by hand who is there, which outlasts being seen. Any member may put it right."""
    viewer.require(Permission.MEETING_HOLD)
    with database.write() as cursor:
        meeting = load_meeting(cursor, viewer, meeting_id)
        if teacher_id not in {member.teacher_id for member in meeting.members}:
            raise NotAllowed("Only members of the team are in its meeting.")
        _mark(cursor, viewer, meeting_id, teacher_id, present=present, set_by_hand=True)


def _mark(
    cursor: Cursor, viewer: Viewer, meeting_id: str, teacher_id: str, *, present: bool, set_by_hand: bool
) -> None:
    run(
        cursor, viewer, "mark_attendance", meeting_id=meeting_id, teacher_id=teacher_id, present=present,
        set_by_hand=set_by_hand, now=clock.now(),
    )  # fmt: skip
    run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def _set_roles(cursor: Cursor, viewer: Viewer, meeting_id: str, roles: Roles) -> None:
    run(
        cursor, viewer, "set_roles", meeting_id=meeting_id, facilitator_id=roles.facilitator_id,
        recorder_id=roles.recorder_id, timekeeper_id=roles.timekeeper_id,
    )  # fmt: skip


def _record_opening(cursor: Cursor, viewer: Viewer, meeting: Meeting) -> None:
    """Each of the others reads in her audit that results came to stand by class."""
    for member in load_members(cursor, viewer, meeting.team_id, meeting_id=meeting.meeting_id):
        if member.teacher_id != viewer.teacher_id:
            record_access(
                cursor, viewer, action="open by class", thing="team classes in a meeting",
                subject_teacher_id=member.teacher_id,
            )  # fmt: skip


def _led(cursor: Cursor, viewer: Viewer, meeting_id: str) -> Meeting:
    meeting = load_meeting(cursor, viewer, meeting_id)
    require_facilitator(meeting, viewer)
    return meeting


def _show(cursor: Cursor, viewer: Viewer, meeting: Meeting, step_key: str, *, leaving: str) -> None:
    moved = run(
        cursor, viewer, "show_step", meeting_id=meeting.meeting_id, step_key=step_key,
        seen_step_key=meeting.step_key, now=clock.now(),
    )  # fmt: skip
    if not moved:
        return
    meeting_id, left = meeting.meeting_id, meeting.step
    if left is not None:
        run(cursor, viewer, "set_step_state", meeting_id=meeting_id, step_key=left.step_key, state=leaving)
        if left.screen == SILENT and leaving == "done":
            run(cursor, viewer, "reveal_step", meeting_id=meeting_id, step_key=left.step_key, now=clock.now())
    run(cursor, viewer, "set_step_state", meeting_id=meeting_id, step_key=step_key, state="shown")
