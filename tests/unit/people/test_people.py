"""Seats, team agreements and consent: asked once, in force until a date, taken back at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import (
    close_to_team,
    current_viewer,
    give_consent,
    leave_agreement,
    leave_team,
    list_schools,
    list_teachers,
    open_to_team,
    own_consents,
    own_team_agreements,
    record_team_agreement,
    take_seat,
    withdraw_consent,
)
from plc.people.visibility import keep_visible_teachers

TODAY = clock.now().date()
NEXT_MONTH = TODAY + timedelta(days=30)
ADA, BEN, CLEO = "T1", "T2", "T3"


def seat(database: Database, teacher_id: str, role: Role = Role.TEACHER) -> Viewer:
    take_seat(database, Viewer(role, teacher_id=teacher_id))
    return current_viewer(database)


def call_it_the_sample(database: Database) -> None:
    with database.write() as cursor:
        cursor.execute("update upload set uploaded_by = 'sample'").fetchall()


def test_before_anyone_sits_down_nobody_looks(roster: Database) -> None:
    assert current_viewer(roster) == Viewer()


def test_a_seat_is_remembered_until_somebody_else_sits_down(roster: Database) -> None:
    assert seat(roster, ADA).teacher_id == ADA
    assert seat(roster, BEN).teacher_id == BEN
    assert current_viewer(roster).teacher_id == BEN


def test_a_teacher_outside_the_roster_cannot_sit_down(roster: Database) -> None:
    with pytest.raises(NotFound):
        seat(roster, "T999")


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.STEWARD])
def test_on_own_results_nobody_looks_as_principal_or_steward(roster: Database, role: Role) -> None:
    with pytest.raises(NotAllowed):
        take_seat(roster, Viewer(role, school_ids=("S1",)))


def test_the_sample_district_can_be_seen_from_every_seat(roster: Database) -> None:
    call_it_the_sample(roster)
    take_seat(roster, Viewer(Role.PRINCIPAL, school_ids=("S1",)))
    assert current_viewer(roster).school_ids == ("S1",)


def test_a_principal_of_an_unknown_school_cannot_sit_down(roster: Database) -> None:
    call_it_the_sample(roster)
    with pytest.raises(NotFound):
        take_seat(roster, Viewer(Role.PRINCIPAL, school_ids=("S9",)))


def test_the_roster_says_what_each_teaches_in_her_latest_year(roster: Database) -> None:
    ada, ben, cleo = list_teachers(roster)
    assert ada.label == "Ada, grade 6 mathematics, grade 7 mathematics, Lincoln School"
    assert ben.label == "Ben"
    assert cleo.name == CLEO
    assert list_schools(roster) == [("S1", "Lincoln School"), ("S2", "S2")]


def test_an_agreement_seats_its_members_together(roster: Database) -> None:
    ada = seat(roster, ADA, Role.FACILITATOR)
    agreement_id = record_team_agreement(
        roster, ada, team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH
    )
    ben = seat(roster, BEN)
    (agreement,) = own_team_agreements(roster, ben)
    assert agreement.team_agreement_id == agreement_id
    assert ben.team_ids == (agreement.team_id,)
    assert [(member.name, member.opened_on) for member in agreement.members] == [("Ada", None), ("Ben", None)]
    assert seat(roster, CLEO).team_ids == ()
    assert own_team_agreements(roster, seat(roster, CLEO)) == []


@pytest.mark.parametrize(
    ("team_name", "members", "days"),
    [
        (" ", [BEN], 30),
        ("Grade 6", [], 30),
        ("Grade 6", [ADA], 30),
        ("Grade 6", [BEN], -1),
        ("Grade 6", [BEN], 400),
    ],
)
def test_an_agreement_needs_a_name_a_colleague_and_a_date_within_a_year(
    roster: Database, team_name: str, members: list[str], days: int
) -> None:
    ada = seat(roster, ADA)
    with pytest.raises(PlcError):
        record_team_agreement(
            roster, ada, team_name=team_name, member_ids=members, until_on=TODAY + timedelta(days=days)
        )
    assert current_viewer(roster).team_ids == ()


def test_an_agreement_with_a_stranger_records_nothing(roster: Database) -> None:
    ada = seat(roster, ADA)
    with pytest.raises(NotFound):
        record_team_agreement(roster, ada, team_name="Grade 6", member_ids=["T9"], until_on=NEXT_MONTH)
    assert current_viewer(roster).team_ids == ()


def test_an_agreement_ends_by_its_date(roster: Database) -> None:
    ada = seat(roster, ADA)
    record_team_agreement(roster, ada, team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH)
    with roster.write() as cursor:
        cursor.execute(
            "update team_agreement set until_on = $day", {"day": TODAY - timedelta(days=1)}
        ).fetchall()
    assert own_team_agreements(roster, current_viewer(roster)) == []


def test_a_member_opens_and_closes_her_own_result_only(roster: Database) -> None:
    record_team_agreement(
        roster, seat(roster, ADA), team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH
    )
    ben = seat(roster, BEN)
    (agreement,) = own_team_agreements(roster, ben)
    open_to_team(roster, ben, agreement.team_agreement_id)
    (opened,) = own_team_agreements(roster, ben)
    assert {member.name: member.opened_on for member in opened.members} == {"Ada": None, "Ben": TODAY}
    close_to_team(roster, ben, agreement.team_agreement_id)
    (closed,) = own_team_agreements(roster, ben)
    assert all(member.opened_on is None for member in closed.members)


def test_nobody_opens_to_a_team_she_did_not_agree_with(roster: Database) -> None:
    agreement_id = record_team_agreement(
        roster, seat(roster, ADA), team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH
    )
    with pytest.raises(NotFound):
        open_to_team(roster, seat(roster, CLEO), agreement_id)


@pytest.mark.parametrize("leaving", ["agreement", "team"])
def test_a_member_who_left_is_out_at_the_next_look(roster: Database, leaving: str) -> None:
    agreement_id = record_team_agreement(
        roster, seat(roster, ADA), team_name="Grade 6", member_ids=[BEN, CLEO], until_on=NEXT_MONTH
    )
    ben = seat(roster, BEN)
    if leaving == "team":
        leave_team(roster, ben, ben.team_ids[0])
        assert current_viewer(roster).team_ids == ()
    else:
        leave_agreement(roster, ben, agreement_id)
        assert current_viewer(roster).team_ids == ben.team_ids
    assert own_team_agreements(roster, current_viewer(roster)) == []
    (agreement,) = own_team_agreements(roster, seat(roster, ADA))
    assert [member.name for member in agreement.members] == ["Ada", CLEO]


def test_a_teacher_in_two_teams_looks_with_each_by_its_own_agreement(roster: Database) -> None:
    ada = seat(roster, ADA)
    for name, colleague in (("Grade 6", BEN), ("Science", CLEO)):
        record_team_agreement(roster, ada, team_name=name, member_ids=[colleague], until_on=NEXT_MONTH)
    ada = current_viewer(roster)
    assert len(ada.team_ids) == 2
    science = own_team_agreements(roster, ada)[1]
    assert science.team_name == "Science"
    open_to_team(roster, ada, science.team_agreement_id)
    assert visible(roster, BEN) == {BEN}
    assert visible(roster, CLEO) == {ADA, CLEO}


def test_a_newer_agreement_of_a_team_takes_the_place_of_the_one_before(roster: Database) -> None:
    ada = seat(roster, ADA)
    first = record_team_agreement(
        roster, ada, team_name="Grade 6", member_ids=[BEN, CLEO], until_on=NEXT_MONTH
    )
    ada = current_viewer(roster)
    open_to_team(roster, ada, first)
    assert visible(roster, CLEO) == {ADA, CLEO}
    renewed = record_team_agreement(
        roster, ada, team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH, team_id=ada.team_ids[0]
    )
    assert [a.team_agreement_id for a in own_team_agreements(roster, ada)] == [renewed]
    assert visible(roster, CLEO) == {CLEO}
    with pytest.raises(NotFound):
        open_to_team(roster, ada, first)


def visible(database: Database, teacher_id: str) -> set[str]:
    """Whose names a teacher may see."""
    viewer = seat(database, teacher_id)
    with database.read() as cursor:
        keep_visible_teachers(cursor, viewer)
        return {row[0] for row in cursor.execute("select teacher_id from visible_teacher").fetchall()}


def test_consent_holds_until_taken_back(roster: Database) -> None:
    ada = seat(roster, ADA)
    give_consent(roster, ada, scope="school", until_on=NEXT_MONTH)
    give_consent(roster, ada, scope="school", until_on=NEXT_MONTH + timedelta(days=1))
    (consent,) = own_consents(roster, ada)
    assert consent.until_on == NEXT_MONTH + timedelta(days=1)
    withdraw_consent(roster, ada, scope="school")
    assert own_consents(roster, ada) == []
    assert own_consents(roster, seat(roster, BEN)) == []


def test_consent_ends_by_its_date_and_cannot_begin_in_the_past(roster: Database) -> None:
    ada = seat(roster, ADA)
    with pytest.raises(PlcError):
        give_consent(roster, ada, scope="district", until_on=TODAY - timedelta(days=1))
    give_consent(roster, ada, scope="district", until_on=NEXT_MONTH)
    with roster.write() as cursor:
        cursor.execute("update consent set until_on = $day", {"day": TODAY - timedelta(days=1)}).fetchall()
    assert own_consents(roster, ada) == []


def test_every_decision_raises_the_data_version(roster: Database) -> None:
    ada = seat(roster, ADA)
    before = roster.data_version()
    give_consent(roster, ada, scope="district", until_on=NEXT_MONTH)
    withdraw_consent(roster, ada, scope="district")
    record_team_agreement(roster, ada, team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH)
    ada = current_viewer(roster)
    (agreement,) = own_team_agreements(roster, ada)
    open_to_team(roster, ada, agreement.team_agreement_id)
    assert roster.data_version() == before + 4


def test_a_principal_decides_nobodys_consent(roster: Database) -> None:
    with pytest.raises(NotAllowed):
        give_consent(roster, Viewer(Role.PRINCIPAL, teacher_id=ADA), scope="school", until_on=NEXT_MONTH)
