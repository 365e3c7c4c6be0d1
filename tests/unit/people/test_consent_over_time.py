"""What a teacher opened or consented to while time goes on: who joins, who leaves, and another school."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plc.core.errors import NotFound, PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import (
    RoleGrant,
    add_member,
    answer_invitation,
    close_to_team,
    current_viewer,
    end_role,
    forget_everyone,
    give_consent,
    give_role,
    join_agreement,
    leave_agreement,
    leave_team,
    offered_agreements,
    open_to_team,
    own_consents,
    own_invitations,
    own_schools,
    own_team_agreements,
    record_team_agreement,
    remove_account,
    withdraw_consent,
)
from plc.people.visibility import keep_visible_teachers
from tests.unit.people.seats import ADA, BEN, CLEO, NEXT_MONTH, seated, signed_in


def seen_by(database: Database, viewer: Viewer) -> dict[str, bool]:
    """Whose name the viewer sees, and whether with figures."""
    with database.read() as cursor:
        keep_visible_teachers(cursor, viewer)
        return dict(cursor.execute("select teacher_id, numbers_shown from visible_teacher").fetchall())


def agreed(database: Database, *mates: str) -> tuple[str, str]:
    """Ada, Ben and `mates` look together: ids of the agreement and of its team."""
    agreement_id = record_team_agreement(
        database, seated(database, ADA), team_name="Grade 6", member_ids=[BEN, *mates], until_on=NEXT_MONTH
    )
    return agreement_id, current_viewer(database).team_ids[0]


def teaches(database: Database, teacher_key: int, *sections: int) -> None:
    """The roster says from now on that she teaches these classes and no other."""
    with database.write() as cursor:
        cursor.execute(
            "delete from section_teacher_version where teacher_key = $key", {"key": teacher_key}
        ).fetchall()
        for section in sections:
            cursor.execute(
                "insert into section_teacher_version values ($section, $key, 1, null, 1, null)",
                {"section": section, "key": teacher_key},
            ).fetchall()


@pytest.fixture
def two_schools(roster: Database) -> Database:
    """Ada and Ben teach at Lincoln School (S1), Cleo at S2, this year."""
    with roster.write() as cursor:
        cursor.execute("update section_version set school_year = 2026").fetchall()
    teaches(roster, 1, 1)
    teaches(roster, 2, 2)
    teaches(roster, 3, 3)
    return roster


def test_who_joins_later_reads_what_was_opened_once_it_is_opened_again(roster: Database) -> None:
    agreement_id, team_id = agreed(roster)
    ben = seated(roster, BEN)
    open_to_team(roster, ben, agreement_id)
    add_member(roster, seated(roster, ADA), team_id, CLEO)
    assert BEN in seen_by(roster, seated(roster, ADA))
    assert BEN not in seen_by(roster, seated(roster, CLEO))
    (agreement,) = own_team_agreements(roster, ben)
    assert {m.teacher_id: m.reads_mine for m in agreement.members} == {ADA: True, BEN: False, CLEO: False}
    open_to_team(roster, ben, agreement_id)
    assert seen_by(roster, seated(roster, CLEO))[BEN]


def test_opening_reaches_nobody_whom_the_page_did_not_name(roster: Database) -> None:
    agreement_id, _ = agreed(roster, CLEO)
    open_to_team(roster, seated(roster, BEN), agreement_id, readers=[ADA, "a stranger"])
    assert BEN in seen_by(roster, seated(roster, ADA))
    assert BEN not in seen_by(roster, seated(roster, CLEO))


@pytest.mark.parametrize("leaving", ["agreement", "team"])
def test_a_reader_who_left_and_came_back_reads_once_it_is_opened_again(
    roster: Database, leaving: str
) -> None:
    agreement_id, team_id = agreed(roster)
    open_to_team(roster, seated(roster, BEN), agreement_id)
    add_member(roster, seated(roster, BEN), team_id, CLEO)
    ada = seated(roster, ADA)
    if leaving == "agreement":
        leave_agreement(roster, ada, agreement_id)
    else:
        leave_team(roster, ada, team_id)
        add_member(roster, seated(roster, BEN), team_id, ADA)
    ada = seated(roster, ADA)
    join_agreement(roster, ada, agreement_id)
    assert BEN not in seen_by(roster, ada)
    open_to_team(roster, seated(roster, BEN), agreement_id)
    assert BEN in seen_by(roster, ada)


def test_an_agreement_recorded_anew_begins_with_everybody_closed(roster: Database) -> None:
    agreement_id, team_id = agreed(roster)
    open_to_team(roster, seated(roster, BEN), agreement_id)
    ada = seated(roster, ADA)
    record_team_agreement(
        roster, ada, team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH, team_id=team_id
    )
    assert BEN not in seen_by(roster, ada)


def test_at_one_computer_who_left_an_agreement_is_not_put_back_by_a_mate(roster: Database) -> None:
    agreement_id, team_id = agreed(roster, CLEO)
    leave_agreement(roster, seated(roster, BEN), agreement_id)
    ada = seated(roster, ADA)
    anew = record_team_agreement(
        roster, ada, team_name="Grade 6", member_ids=[BEN, CLEO], until_on=NEXT_MONTH, team_id=team_id
    )
    (agreement,) = own_team_agreements(roster, ada)
    assert [m.teacher_id for m in agreement.members] == [ADA, CLEO]
    ben = seated(roster, BEN)
    assert own_team_agreements(roster, ben) == []
    (offered,) = offered_agreements(roster, ben)
    assert (offered.team_agreement_id, [m.teacher_id for m in offered.members]) == (anew, [ADA, CLEO])
    join_agreement(roster, ben, anew)
    assert [m.teacher_id for m in own_team_agreements(roster, ben)[0].members] == [ADA, BEN, CLEO]
    assert offered_agreements(roster, ben) == []


def test_who_left_the_team_and_is_brought_back_has_not_agreed_to_look_together(roster: Database) -> None:
    _, team_id = agreed(roster, CLEO)
    leave_team(roster, seated(roster, BEN), team_id)
    add_member(roster, seated(roster, ADA), team_id, BEN)
    (agreement,) = own_team_agreements(roster, seated(roster, ADA))
    assert [m.teacher_id for m in agreement.members] == [ADA, CLEO]


def test_where_people_sign_in_recording_an_agreement_asks_the_others(roster: Database) -> None:
    _, team_id = agreed(roster)
    ada, ben = signed_in(ADA, team_id), signed_in(BEN, team_id)
    anew = record_team_agreement(
        roster, ada, team_name="Grade 6", member_ids=[BEN], until_on=NEXT_MONTH, team_id=team_id
    )
    (agreement,) = own_team_agreements(roster, ada)
    assert [m.teacher_id for m in agreement.members] == [ADA]
    assert own_team_agreements(roster, ben) == []
    assert [one.team_agreement_id for one in offered_agreements(roster, ben)] == [anew]
    join_agreement(roster, ben, anew)
    assert [m.teacher_id for m in own_team_agreements(roster, ada)[0].members] == [ADA, BEN]


def test_where_people_sign_in_a_yes_to_the_team_after_leaving_its_agreement_is_none_to_the_agreement(
    roster: Database,
) -> None:
    _, team_id = agreed(roster, CLEO)
    leave_team(roster, signed_in(BEN, team_id), team_id)
    add_member(roster, signed_in(ADA, team_id), team_id, BEN)
    (asked,) = own_invitations(roster, signed_in(BEN))
    answer_invitation(roster, signed_in(BEN), asked.invitation_id, accept=True)
    assert own_team_agreements(roster, signed_in(BEN, team_id)) == []
    assert offered_agreements(roster, signed_in(BEN, team_id))


def test_who_is_in_the_agreement_or_not_of_the_team_cannot_join_it(roster: Database) -> None:
    agreement_id, team_id = agreed(roster)
    for viewer in (seated(roster, BEN), seated(roster, CLEO), signed_in(CLEO, "another team")):
        with pytest.raises(NotFound):
            join_agreement(roster, viewer, agreement_id)
    with pytest.raises(NotFound):
        leave_agreement(roster, signed_in(CLEO, team_id), agreement_id)


def test_a_removed_persons_result_is_closed_to_her_team(roster: Database) -> None:
    agreement_id, _ = agreed(roster)
    open_to_team(roster, seated(roster, BEN), agreement_id)
    assert BEN in seen_by(roster, seated(roster, ADA))
    with roster.write() as cursor:
        cursor.execute(
            "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at)"
            " values ('ben', 'issuer', 'ben', 'ben@school.example', 'T2', now()::timestamp)"
        ).fetchall()
    remove_account(roster, LOCAL_STEWARD, "ben")
    assert BEN not in seen_by(roster, seated(roster, ADA))


def test_who_leads_reads_no_figure_of_a_colleague_in_her_teaching_seat_either(two_schools: Database) -> None:
    give_consent(two_schools, seated(two_schools, ADA), scope="school", until_on=NEXT_MONTH)
    ben = signed_in(BEN)
    assert seen_by(two_schools, ben) == {ADA: True, BEN: True}
    assert seen_by(two_schools, replace(ben, leads=True)) == {ADA: False, BEN: True}


@pytest.fixture
def signing_in(two_schools: Database) -> Database:
    """Ada has an account and a role, and says yes for her district."""
    with two_schools.write() as cursor:
        for statement in (
            "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at)"
            " values ('ada', 'issuer', 'ada', 'ada@school.example', 'T1', now()::timestamp)",
            "insert into account_role values ('held', 'ada', 'teacher', null, null, date '2020-01-01', null,"
            " 'steward', now()::timestamp, null)",
        ):
            cursor.execute(statement).fetchall()
    give_consent(two_schools, signed_in(ADA), scope="district", until_on=NEXT_MONTH)
    return two_schools


def test_who_has_no_role_to_teach_in_is_named_to_nobody(signing_in: Database) -> None:
    """She cannot sign in to take her name back."""
    leader = Viewer(Role.DISTRICT_LEADER)
    assert ADA in seen_by(signing_in, leader)
    end_role(signing_in, LOCAL_STEWARD, "held")
    assert ADA not in seen_by(signing_in, leader)
    assert own_consents(signing_in, Viewer(Role.TEACHER, teacher_id=ADA)) == []


@pytest.mark.parametrize("dates", ["until_on = current_date - 1", "from_on = current_date + 9"])
def test_outside_the_dates_of_her_role_she_is_named_to_nobody(signing_in: Database, dates: str) -> None:
    with signing_in.write() as cursor:
        cursor.execute(f"update account_role set {dates}").fetchall()
    assert ADA not in seen_by(signing_in, Viewer(Role.DISTRICT_LEADER))
    assert ADA in seen_by(signing_in, signed_in(ADA))


def test_one_of_two_roles_to_teach_in_may_end(signing_in: Database) -> None:
    give_role(signing_in, LOCAL_STEWARD, "ada", RoleGrant(Role.FACILITATOR))
    end_role(signing_in, LOCAL_STEWARD, "held")
    assert ADA in seen_by(signing_in, Viewer(Role.DISTRICT_LEADER))


def test_no_consent_stands_beside_the_switch_of_a_team(roster: Database) -> None:
    """A result that is closed to a team is closed, whatever was said before."""
    agreement_id, _ = agreed(roster)
    ben = seated(roster, BEN)
    with roster.write() as cursor:
        cursor.execute(
            "insert into consent values ('old', 'T2', 'team', true, current_date - 1, current_date + 9, null)"
        ).fetchall()
    open_to_team(roster, ben, agreement_id)
    close_to_team(roster, ben, agreement_id)
    assert BEN not in seen_by(roster, seated(roster, ADA))
    with pytest.raises(PlcError, match="Choose my school"):
        give_consent(roster, ben, scope="team", until_on=NEXT_MONTH)  # type: ignore[arg-type]


@pytest.mark.parametrize("scope", ["school", "district"])
def test_consent_does_not_move_with_her_to_another_school(two_schools: Database, scope: str) -> None:
    ada, ben, cleo = (seated(two_schools, teacher) for teacher in (ADA, BEN, CLEO))
    give_consent(two_schools, ada, scope=scope, until_on=NEXT_MONTH)  # type: ignore[arg-type]
    assert seen_by(two_schools, ben)[ADA]
    teaches(two_schools, 1, 3)
    assert not seen_by(two_schools, cleo).get(ADA)
    assert not seen_by(two_schools, ben).get(ADA)
    if scope == "school":
        assert ADA not in seen_by(two_schools, cleo)
        assert ADA not in seen_by(two_schools, Viewer(Role.PRINCIPAL, school_ids=("S2",)))
    (consent,) = own_consents(two_schools, ada)
    assert (consent.schools, consent.former, consent.not_asked) == ((), ("Lincoln School",), ("S2",))
    give_consent(two_schools, ada, scope=scope, until_on=NEXT_MONTH)  # type: ignore[arg-type]
    assert seen_by(two_schools, cleo)[ADA]


def test_a_second_school_is_asked_for_anew(two_schools: Database) -> None:
    ada, ben, cleo = (seated(two_schools, teacher) for teacher in (ADA, BEN, CLEO))
    give_consent(two_schools, ada, scope="school", until_on=NEXT_MONTH)
    teaches(two_schools, 1, 1, 3)
    assert ADA in seen_by(two_schools, ben)
    assert ADA not in seen_by(two_schools, cleo)
    assert own_schools(two_schools, ada) == ["Lincoln School", "S2"]
    (consent,) = own_consents(two_schools, ada)
    assert (consent.schools, consent.not_asked) == (("Lincoln School",), ("S2",))
    give_consent(two_schools, ada, scope="school", until_on=NEXT_MONTH)
    assert ADA in seen_by(two_schools, cleo)
    withdraw_consent(two_schools, ada, scope="school")
    assert ADA not in seen_by(two_schools, cleo)


def test_the_next_years_roster_at_the_same_school_asks_nothing_anew(two_schools: Database) -> None:
    give_consent(two_schools, seated(two_schools, ADA), scope="school", until_on=NEXT_MONTH)
    with two_schools.write() as cursor:
        cursor.execute("update section_version set school_year = 2027").fetchall()
        cursor.execute("update own_result_opened set school_year = 2027").fetchall()
    assert ADA in seen_by(two_schools, seated(two_schools, BEN))


def test_a_consent_of_who_teaches_nowhere_yet_reaches_no_school_she_comes_to(two_schools: Database) -> None:
    teaches(two_schools, 1)
    ada = seated(two_schools, ADA)
    give_consent(two_schools, ada, scope="school", until_on=NEXT_MONTH)
    teaches(two_schools, 1, 1)
    assert ADA not in seen_by(two_schools, seated(two_schools, BEN))


def test_made_up_peoples_openings_and_schools_go_with_them(two_schools: Database) -> None:
    agreement_id, _ = agreed(two_schools, CLEO)
    open_to_team(two_schools, seated(two_schools, BEN), agreement_id)
    give_consent(two_schools, seated(two_schools, ADA), scope="school", until_on=NEXT_MONTH)
    leave_agreement(two_schools, seated(two_schools, CLEO), agreement_id)
    forget_everyone(two_schools)
    with two_schools.read() as cursor:
        for table in ("team_agreement_opening", "team_agreement_left", "consent_school"):
            assert cursor.execute(f"select count(*) from {table}").fetchall() == [(0,)], table
