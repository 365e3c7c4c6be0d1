"""Teams: made, changed, joined and left; where people sign in nobody is put into a team unasked."""

from __future__ import annotations

import pytest

from plc.core.errors import BothTexts, NotAllowed, NotFound, PlcError
from plc.database import Database
from plc.people import (
    TeamPlan,
    add_member,
    answer_invitation,
    close_team,
    current_viewer,
    edit_team,
    leave_team,
    make_team,
    own_invitations,
    own_team_agreements,
    own_teams,
    record_team_agreement,
    set_member_role,
    team,
)
from plc.people.visibility import keep_visible_teachers
from tests.unit.people.seats import ADA, BEN, CLEO, NEXT_MONTH, seated, signed_in

PLAN = TeamPlan("Grade 6", "mathematics", 6, "Start on time.\n\nAsk first.", "Tuesdays")


def test_a_team_keeps_what_its_maker_said_and_she_facilitates(roster: Database) -> None:
    team_id = make_team(roster, seated(roster, ADA), PLAN, member_ids=[BEN])
    (made,) = own_teams(roster, seated(roster, BEN))
    assert (made.team_id, made.name, made.subject, made.grade) == (team_id, "Grade 6", "mathematics", 6)
    assert made.norm_lines == ("Start on time.", "Ask first.")
    assert [(m.name, m.member_role) for m in made.members] == [("Ada", "facilitator"), ("Ben", "member")]


def test_another_team_stays_closed(roster: Database) -> None:
    team_id = make_team(roster, seated(roster, ADA), PLAN)
    cleo = seated(roster, CLEO)
    assert own_teams(roster, cleo) == []
    for attempt in (
        lambda: team(roster, cleo, team_id),
        lambda: edit_team(roster, cleo, team_id, PLAN, seen_version=1),
        lambda: add_member(roster, cleo, team_id, CLEO),
        lambda: close_team(roster, cleo, team_id),
        lambda: leave_team(roster, cleo, team_id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_two_people_who_change_a_team_at_once_lose_no_words(roster: Database) -> None:
    team_id = make_team(roster, seated(roster, ADA), PLAN, member_ids=[BEN])
    ada = seated(roster, ADA)
    edit_team(roster, ada, team_id, TeamPlan("Sixth grade"), seen_version=1)
    with pytest.raises(BothTexts) as raised:
        edit_team(roster, ada, team_id, TeamPlan("Maths six"), seen_version=1)
    assert raised.value.theirs == {"name": "Sixth grade"}
    assert raised.value.mine == {"name": "Maths six"}
    again = edit_team(roster, ada, team_id, TeamPlan("Maths six"), seen_version=raised.value.version or 0)
    assert again.name == "Maths six"


@pytest.mark.parametrize("plan", [TeamPlan("  "), TeamPlan("x" * 81), TeamPlan("x", norms="n" * 2001)])
def test_a_team_needs_a_name_of_readable_length(roster: Database, plan: TeamPlan) -> None:
    with pytest.raises(PlcError):
        make_team(roster, seated(roster, ADA), plan)


def test_a_member_who_left_is_out_with_the_next_request_and_can_come_back(roster: Database) -> None:
    team_id = make_team(roster, seated(roster, ADA), PLAN, member_ids=[BEN])
    leave_team(roster, seated(roster, BEN), team_id)
    ben = current_viewer(roster)
    with pytest.raises(NotAllowed):
        team(roster, ben, team_id)
    ada = seated(roster, ADA)
    assert [m.name for m in team(roster, ada, team_id).members] == ["Ada"]
    add_member(roster, ada, team_id, BEN)
    assert [m.name for m in team(roster, seated(roster, BEN), team_id).members] == ["Ada", "Ben"]


def test_a_closed_team_opens_nothing_and_its_agreement_shows_nobody(roster: Database) -> None:
    record_team_agreement(
        roster, seated(roster, ADA), team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH
    )
    ada = current_viewer(roster)
    ben = seated(roster, BEN)
    with pytest.raises(NotAllowed, match="facilitator"):
        close_team(roster, ben, ben.team_ids[0])
    close_team(roster, ada, ada.team_ids[0])
    assert seated(roster, BEN).team_ids == ()
    assert own_team_agreements(roster, ben) == []
    with pytest.raises(NotFound):
        team(roster, ben, ben.team_ids[0])


def test_members_give_each_other_parts_to_play(roster: Database) -> None:
    team_id = make_team(roster, seated(roster, ADA), PLAN, member_ids=[BEN])
    ada = current_viewer(roster) if current_viewer(roster).teacher_id == ADA else seated(roster, ADA)
    set_member_role(roster, ada, team_id, teacher_id=BEN, member_role="recorder")
    assert team(roster, ada, team_id).members[1].member_role == "recorder"
    with pytest.raises(NotFound):
        set_member_role(roster, ada, team_id, teacher_id=CLEO, member_role="recorder")


def test_where_people_sign_in_a_colleague_is_asked_and_joins_with_her_own_yes(roster: Database) -> None:
    ada = signed_in(ADA)
    team_id = make_team(roster, ada, PLAN)
    ada = signed_in(ADA, team_id)
    assert add_member(roster, ada, team_id, BEN) == "asked"
    assert add_member(roster, ada, team_id, BEN) == "asked"
    assert [m.name for m in team(roster, ada, team_id).members] == ["Ada"]
    (asked,) = own_invitations(roster, signed_in(BEN))
    assert (asked.team_name, asked.invited_by_name) == ("Grade 6", "Ada")
    with pytest.raises(NotFound):
        answer_invitation(roster, signed_in(CLEO), asked.invitation_id, accept=True)
    answer_invitation(roster, signed_in(BEN), asked.invitation_id, accept=True)
    assert [m.name for m in team(roster, ada, team_id).members] == ["Ada", "Ben"]
    with pytest.raises(NotFound):
        answer_invitation(roster, signed_in(BEN), asked.invitation_id, accept=False)


def test_nobody_makes_herself_somebodys_team_mate_to_see_her(roster: Database) -> None:
    with roster.write() as cursor:
        cursor.execute(
            "insert into consent values ('c', 'T2', 'team', true, current_date - 1, current_date + 30, null)"
        ).fetchall()
    record_team_agreement(roster, signed_in(CLEO), team_name="Ours", member_ids=[BEN], until_on=NEXT_MONTH)
    with roster.read() as cursor:
        teams = cursor.execute("select team_id from team").fetchall()[0]
        keep_visible_teachers(cursor, signed_in(CLEO, *teams))
        seen = {row[0] for row in cursor.execute("select teacher_id from visible_teacher").fetchall()}
    assert seen == {CLEO}


def test_who_joins_later_is_in_the_agreement_and_closed_until_she_opens(roster: Database) -> None:
    record_team_agreement(
        roster, seated(roster, ADA), team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH
    )
    ada = current_viewer(roster)
    add_member(roster, ada, ada.team_ids[0], CLEO)
    (agreement,) = own_team_agreements(roster, seated(roster, CLEO))
    assert {m.teacher_id: m.opened_on for m in agreement.members} == {ADA: None, BEN: None, CLEO: None}
