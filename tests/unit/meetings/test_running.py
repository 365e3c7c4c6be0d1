"""One click starts a meeting; it moves once per click; whoever left or leads a school is out."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.errors import Conflict, NotAllowed, NotFound, PlcError
from plc.core.viewer import Role
from plc.database import Database
from plc.meetings import (
    Roles,
    State,
    add_minutes,
    arrive,
    change_plan,
    current_meetings,
    end_meeting,
    go_to_step,
    meeting,
    meeting_version,
    next_step,
    open_class_view,
    plan_meeting,
    remove_plan,
    reorder_steps,
    set_attendance,
    set_roles,
    skip_step,
    start_meeting,
    take_over,
    tell_devices,
    usual_protocols,
)
from tests.unit.meetings.conftest import (
    ANA,
    BEN,
    CY,
    DEE,
    PRINCIPAL,
    STRANGER,
    TEAM,
    TODAY,
    seated,
)


def test_one_click_starts_the_planned_meeting_with_its_steps_and_roles(team: Database) -> None:
    planned = plan_meeting(team, BEN, TEAM, meets_on=TODAY, meets_at="14:30", protocol_key="confirm")
    assert start_meeting(team, ANA, TEAM) == planned
    running = meeting(team, DEE, planned)
    assert running.state is State.RUNNING
    assert running.step is not None
    assert running.step.title == "This meeting"
    assert sum(step.minutes for step in running.steps) == 45
    assert running.roles == Roles("T1", "T2", "T3")
    assert [member.name for member in running.members if member.present] == ["Ana"]


def test_a_meeting_nobody_planned_starts_as_well(team: Database) -> None:
    started = start_meeting(team, CY, TEAM)
    assert meeting(team, CY, started).protocol_key == "seek"


def test_two_who_press_start_at_once_are_in_one_meeting(team: Database) -> None:
    started: list[str] = []
    threads = [
        threading.Thread(target=lambda who=who: started.append(start_meeting(team, who, TEAM)))
        for who in (ANA, BEN, CY, DEE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(started) == 4
    assert len(set(started)) == 1


def test_roles_go_to_the_next_member_each_week(team: Database) -> None:
    first = start_meeting(team, ANA, TEAM)
    end_meeting(team, ANA, first)
    second = start_meeting(team, DEE, TEAM)
    assert meeting(team, ANA, second).roles == Roles("T2", "T3", "T4")


def test_the_phase_decides_the_steps_and_a_choice_overrules_it(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="no new data")
    assert sum(step.minutes for step in meeting(team, ANA, started).steps) == 20


@pytest.mark.parametrize("protocol", usual_protocols(), ids=lambda protocol: protocol.key)
def test_every_protocol_can_be_played_to_its_end(team: Database, protocol: object) -> None:
    key = protocol.key  # type: ignore[attr-defined]
    started = start_meeting(team, ANA, TEAM, protocol_key=key)
    for step in meeting(team, ANA, started).steps:
        next_step(team, ANA, started, seen=step.step_key)
    end_meeting(team, ANA, started)
    assert {step.state for step in meeting(team, ANA, started).steps} == {"done"}


def test_two_clicks_on_next_move_one_step(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    next_step(team, ANA, started, seen="opening")
    next_step(team, ANA, started, seen="opening")
    assert meeting(team, ANA, started).step_key == "last"


def test_a_skipped_step_is_noted_and_one_can_go_back(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    skip_step(team, ANA, started, seen="opening")
    states = {step.step_key: step.state for step in meeting(team, ANA, started).steps}
    assert (states["opening"], states["last"]) == ("skipped", "shown")
    go_to_step(team, ANA, started, "opening", seen="last")
    assert meeting(team, ANA, started).step_key == "opening"


def test_a_step_gets_more_minutes_and_its_end_moves(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    before = meeting(team, ANA, started).step_ends_at
    add_minutes(team, ANA, started, step_key="opening", minutes=2)
    after = meeting(team, ANA, started).step_ends_at
    assert before is not None
    assert after == before + timedelta(minutes=2)
    with pytest.raises(PlcError, match="at least one minute"):
        add_minutes(team, ANA, started, step_key="opening", minutes=-4)


def test_steps_can_be_taken_in_another_order(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="no new data")
    reorder_steps(team, ANA, started, ["ask", "last", "fidelity", "commit", "exit"])
    assert meeting(team, ANA, started).steps[0].step_key == "ask"
    with pytest.raises(PlcError, match="every step once"):
        reorder_steps(team, ANA, started, ["ask", "ask", "fidelity", "commit", "exit"])


def test_only_the_facilitator_moves_it_and_anybody_may_take_over(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    with pytest.raises(NotAllowed, match="Take over"):
        next_step(team, BEN, started, seen="opening")
    take_over(team, BEN, started)
    next_step(team, BEN, started, seen="opening")
    assert meeting(team, ANA, started).roles == Roles("T2", "T1", "T3")


def test_a_role_goes_to_members_only(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM)
    with pytest.raises(NotAllowed):
        set_roles(team, ANA, started, Roles("T1", "T9", None))


def test_presence_is_seen_once_and_what_is_set_by_hand_stays(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM)
    arrive(team, BEN, started)
    seen = meeting_version(team, BEN, started)
    arrive(team, BEN, started)
    assert meeting_version(team, BEN, started) == seen
    set_attendance(team, ANA, started, teacher_id="T3", present=False)
    arrive(team, CY, started)
    there = {member.name: member.present for member in meeting(team, ANA, started).members}
    assert there == {"Ana": True, "Ben": True, "Cy": False, "Dee": None}


def test_the_class_view_is_locked_until_the_facilitator_opens_it(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM)
    assert not meeting(team, BEN, started).class_view_open
    with pytest.raises(NotAllowed):
        open_class_view(team, BEN, started, opened=True)
    open_class_view(team, ANA, started, opened=True)
    assert meeting(team, BEN, started).class_view_open


def test_every_change_raises_the_number_that_devices_poll(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    before = meeting_version(team, DEE, started)
    next_step(team, ANA, started, seen="opening")
    assert before is not None
    assert meeting_version(team, DEE, started) == before + 1


def test_what_another_room_wrote_is_told_to_the_devices(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    before = meeting_version(team, DEE, started)
    tell_devices(team, STRANGER, started)
    assert meeting_version(team, DEE, started) == before
    tell_devices(team, BEN, started)
    assert before is not None
    assert meeting_version(team, DEE, started) == before + 1


def test_a_member_who_left_reads_nothing_more_from_her_open_page(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM)
    with team.write() as cursor:
        cursor.execute(
            "update team_member set left_on = $today where teacher_id = 'T4'", {"today": TODAY}
        ).fetchall()
    assert meeting_version(team, DEE, started) is None
    assert meeting_version(team, CY, started) is not None


def test_nobody_outside_the_team_opens_or_moves_a_meeting(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM)
    with pytest.raises(NotFound):
        meeting(team, STRANGER, started)
    with pytest.raises(NotAllowed):
        start_meeting(team, STRANGER, TEAM)
    with pytest.raises(NotFound):
        end_meeting(team, STRANGER, started)
    assert meeting_version(team, STRANGER, started) is None


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.DISTRICT_LEADER, Role.STEWARD, Role.COACH])
def test_no_leader_opens_a_meeting_even_of_a_team_she_names(team: Database, role: Role) -> None:
    started = start_meeting(team, ANA, TEAM)
    leader = seated(ANA, role)
    for refused in (
        lambda: meeting(team, leader, started),
        lambda: meeting_version(team, leader, started),
        lambda: start_meeting(team, leader, TEAM),
        lambda: current_meetings(team, leader),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(NotAllowed):
        meeting(team, PRINCIPAL, started)


def test_a_plan_changed_by_two_keeps_the_first_and_says_what_it_says(team: Database) -> None:
    planned = plan_meeting(team, ANA, TEAM, meets_on=TODAY)
    seen = meeting(team, ANA, planned).version
    tomorrow = TODAY + timedelta(days=1)
    change_plan(
        team, ANA, planned, meets_on=tomorrow, meets_at="15:00", protocol_key="seek", seen_version=seen
    )
    with pytest.raises(Conflict, match="15:00"):
        change_plan(team, BEN, planned, meets_on=TODAY, meets_at=None, protocol_key="seek", seen_version=seen)


def test_a_plan_can_be_taken_back_until_it_runs(team: Database) -> None:
    planned = plan_meeting(team, ANA, TEAM, meets_on=TODAY)
    remove_plan(team, BEN, planned)
    assert current_meetings(team, ANA) == []
    started = start_meeting(team, ANA, TEAM)
    with pytest.raises(NotFound):
        remove_plan(team, BEN, started)


@pytest.mark.parametrize("meets_at", ["25:00", "9:5", "noon"])
def test_a_time_that_is_none_is_refused(team: Database, meets_at: str) -> None:
    with pytest.raises(PlcError, match="14:30"):
        plan_meeting(team, ANA, TEAM, meets_on=TODAY, meets_at=meets_at)


def test_the_clock_of_a_step_begins_when_it_is_shown(team: Database) -> None:
    started = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    shown = meeting(team, ANA, started)
    assert shown.step_started_at is not None
    assert shown.step_ends_at == shown.step_started_at + timedelta(minutes=2)
    assert abs(clock.now() - shown.step_started_at) < timedelta(seconds=5)
