"""What a leader tries on the sample district to reach one teacher: filters, differences, guessed ids."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from plc.core.errors import NotAllowed, NotFound
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import flush_accesses, own_audit
from plc.practices import PracticeQuery, search_practices
from plc.priorities import answer_barrier
from plc.schools import (
    TeamQuery,
    answer_proposal,
    answer_visit,
    month_at_a_glance,
    proposals_made,
    proposals_to_owner,
    proposals_to_team,
    propose_visit,
    take_back_proposal,
    teams_to_invite,
)

from .conftest import App

PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("M1",))
# The school of Ms Phan, its only grade 6 maths teacher.
OF_ONE_TEACHER = Viewer(Role.PRINCIPAL, school_ids=("K1",))
DISTRICT = Viewer(Role.DISTRICT_LEADER)
MAY = date(2026, 5, 21)
OWNER = Viewer(Role.TEACHER, teacher_id="T049", team_ids=("sample-team-1",))
INVITED = Viewer(Role.TEACHER, teacher_id="T060", team_ids=("sample-team-6",))


@pytest.fixture
def district(sample: App) -> Database:
    return sample.open()


@pytest.mark.parametrize("viewer", [PRINCIPAL, OF_ONE_TEACHER, DISTRICT])
def test_no_filter_changes_a_figure_so_that_nothing_can_be_subtracted(
    district: Database, viewer: Viewer
) -> None:
    plain = {row.practice_id: row for row in search_practices(district, viewer, PracticeQuery()).rows}
    tried = 0
    for subject, grades, lowest, fits, like in product(
        (None, "maths", "reading"), ((), (6,), (7, 8)), (False, True), (False, True), (False, True)
    ):
        query = PracticeQuery(subject=subject, grades=grades, low_starters=lowest, fits_me=fits, like_me=like)
        for row in search_practices(district, viewer, query).rows:
            tried += 1
            whole = plain[row.practice_id]
            assert (row.estimate, row.lower, row.upper, row.tests, row.classes, row.schools) == (
                whole.estimate, whole.lower, whole.upper, whole.tests, whole.classes, whole.schools,
            )  # fmt: skip
    assert tried > len(plain)


def test_figures_of_two_teachers_whose_team_keeps_its_result_are_withheld(district: Database) -> None:
    with district.write() as cursor:
        cursor.execute(
            "delete from practice_test where practice_id = 'P2' and test_id <> 'sample-test-P2-1'"
        ).fetchall()
        cursor.execute("delete from practice_test_release").fetchall()
        cursor.execute(
            "update test_section set teacher_id = 'T046' where test_id = 'sample-test-P2-1'"
        ).fetchall()
    (row,) = [
        row for row in search_practices(district, DISTRICT, PracticeQuery()).rows if row.practice_id == "P2"
    ]
    assert (row.estimate, row.lower, row.upper, row.classes, row.schools) == (None,) * 5


def test_the_month_of_a_school_without_a_team_tells_nothing_by_subtraction(district: Database) -> None:
    whole = month_at_a_glance(district, DISTRICT, month=MAY)
    assert month_at_a_glance(district, OF_ONE_TEACHER, month=MAY).teams == 0
    assert {name for row in whole.rows for name in row.__slots__} == {
        "team_id", "team_name", "school_name", "met_on", "meetings", "phase", "decisions", "open_barriers",
        "few",
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        month_at_a_glance(district, PRINCIPAL, month=MAY, query=TeamQuery(school_id="K1"))


def test_guessed_ids_are_refused_and_the_teachers_concerned_read_that(district: Database) -> None:
    with pytest.raises(NotFound):
        answer_barrier(district, OF_ONE_TEACHER, "sample-barrier-1", outcome="removed", answer="Mine")
    flush_accesses(district, wait=True)
    refused = [look for look in own_audit(district, OWNER) if look.refused]
    assert [(look.role, look.thing) for look in refused] == [
        ("principal", "a barrier of another school's team")
    ]


def test_nothing_reaches_the_other_team_before_the_teachers_yes(district: Database) -> None:
    teams = [row.team_id for row in teams_to_invite(district, PRINCIPAL, "P1").rows]
    assert "sample-team-6" in teams
    # Her own team is among them: a list without it would say whose card it is.
    assert "sample-team-1" in teams
    proposal_id = propose_visit(district, PRINCIPAL, "P1", team_id="sample-team-6", words="Good fit")
    assert proposals_to_team(district, INVITED) == []
    with pytest.raises(NotAllowed):
        answer_visit(district, INVITED, proposal_id, answer="yes")
    with pytest.raises(NotAllowed):
        answer_proposal(district, INVITED, proposal_id, answer="yes")
    (asked,) = proposals_to_owner(district, OWNER)
    assert (asked.proposer_school, asked.words) == ("Granite Falls Middle School", "Good fit")
    answer_proposal(district, OWNER, proposal_id, answer="yes")
    (visit,) = proposals_to_team(district, INVITED)
    assert visit.host_name == "Ms Adeyemi"
    answer_visit(district, INVITED, proposal_id, answer="yes")
    (made,) = proposals_made(district, PRINCIPAL)
    assert made.team_answer == "yes"
    with pytest.raises(NotAllowed):
        answer_proposal(district, OWNER, proposal_id, answer="no")


def test_the_owners_own_team_is_asked_about_like_any_other(district: Database) -> None:
    """P1's author is in team 1; the teams that can be asked about do not tell."""
    owners = district_teams_of(district, "T049")
    offered = {row.team_id for row in teams_to_invite(district, DISTRICT, "P1").rows}
    assert owners <= offered
    for team_id in sorted(owners):
        propose_visit(district, DISTRICT, "P1", team_id=team_id)
    assert all(asked.own_team for asked in proposals_to_owner(district, OWNER))


def district_teams_of(database: Database, teacher_id: str) -> set[str]:
    with database.read() as cursor:
        rows = cursor.execute(
            "select team_id from team_member where teacher_id = $id and left_on is null", {"id": teacher_id}
        ).fetchall()
    return {team_id for (team_id,) in rows}


def test_a_no_reads_like_no_answer(district: Database) -> None:
    proposal_id = propose_visit(district, PRINCIPAL, "P1", team_id="sample-team-6")
    before = proposals_made(district, PRINCIPAL)
    teams = teams_to_invite(district, PRINCIPAL, "P1")
    answer_proposal(district, OWNER, proposal_id, answer="no")
    assert proposals_made(district, PRINCIPAL) == before
    assert teams_to_invite(district, PRINCIPAL, "P1") == teams
    assert proposals_to_owner(district, OWNER) == []
    assert proposals_to_team(district, INVITED) == []
    take_back_proposal(district, PRINCIPAL, proposal_id)


@pytest.mark.parametrize("practice_id", ["P3", "P4", "guessed"])
def test_a_card_that_is_not_open_to_the_district_brings_no_visit(
    district: Database, practice_id: str
) -> None:
    assert teams_to_invite(district, PRINCIPAL, practice_id).rows == ()
    with pytest.raises(NotFound):
        propose_visit(district, PRINCIPAL, practice_id, team_id="sample-team-6")
