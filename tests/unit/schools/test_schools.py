"""A leader reads the team and the reason, gives and answers; and reaches nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plc.core.errors import Conflict, NotAllowed, NotFound, PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import flush_accesses, own_audit
from plc.priorities import answer_barrier, ask_barrier
from plc.schools import (
    TeamQuery,
    answer_support,
    barrier_days,
    change_decision,
    give_support,
    given_support,
    leader_decisions,
    make_decision,
    month_at_a_glance,
    school_barriers,
    stalled_teams,
    take_back_support,
    team_support,
)

from .conftest import ANA, BEA, DISTRICT, ELSEWHERE, PRINCIPAL, TODAY, open_long_ago

SOON = TODAY + timedelta(days=7)


def ask(database: Database, viewer: Viewer = ANA) -> str:
    return ask_barrier(
        database, viewer, viewer.team_ids[0], kind="time", words="No hour", removable_by="principal",
        due_on=TODAY,
    )  # fmt: skip


def let_it_wait(database: Database, barrier_id: str) -> None:
    with database.write() as cursor:
        cursor.execute(
            "update barrier set asked_on = $asked, due_on = $due where barrier_id = $barrier_id",
            {
                "asked": TODAY - timedelta(days=10), "due": TODAY - timedelta(days=3),
                "barrier_id": barrier_id,
            },
        ).fetchall()  # fmt: skip


def test_a_principal_reads_her_schools_teams_and_the_district_leader_all(schools: Database) -> None:
    def names(viewer: Viewer) -> list[str]:
        return [row.team_name for row in month_at_a_glance(schools, viewer, month=TODAY).rows]

    assert names(PRINCIPAL) == ["Team 1"]
    assert names(ELSEWHERE) == ["Team 2"]
    assert sorted(names(DISTRICT)) == ["Team 1", "Team 2", "Team 3"]
    assert names(Viewer(Role.PRINCIPAL)) == []


def test_a_month_is_filtered_by_school_and_words_and_another_school_is_refused(schools: Database) -> None:
    found = month_at_a_glance(schools, DISTRICT, month=TODAY, query=TeamQuery(words="team 3"))
    assert [row.team_name for row in found.rows] == ["Team 3"]
    assert found.teams == 1
    with pytest.raises(NotAllowed):
        month_at_a_glance(schools, PRINCIPAL, month=TODAY, query=TeamQuery(school_id="S2"))


def test_a_list_has_pages(schools: Database) -> None:
    with schools.write() as cursor:
        cursor.execute(
            "insert into team (team_id, team_name, school_id, norms, version, created_by, created_at)"
            " select 'x' || i, 'More ' || i, 'S1', '', 1, 'T1', current_localtimestamp() from range(40) t(i)"
        ).fetchall()
    first = month_at_a_glance(schools, PRINCIPAL, month=TODAY)
    last = month_at_a_glance(schools, PRINCIPAL, month=TODAY, query=TeamQuery(page=2))
    assert (first.teams, first.few_teams) == (1, 40)
    assert (first.pages, len(first.rows), len(last.rows)) == (3, 15, 11)
    assert not {row.team_id for row in first.rows} & {row.team_id for row in last.rows}


def test_a_team_without_data_for_more_than_three_weeks_may_need_help(schools: Database) -> None:
    open_long_ago(schools, ANA, days=21)
    assert stalled_teams(schools, PRINCIPAL).rows == ()
    open_long_ago(schools, BEA, days=22)
    (row,) = stalled_teams(schools, ELSEWHERE, reason="data").rows
    assert row.reasons == ("No new data for 3 weeks",)
    assert stalled_teams(schools, ELSEWHERE, reason="decision").rows == ()


def test_a_team_without_a_decision_for_more_than_two_cycles_may_need_help(schools: Database) -> None:
    open_long_ago(schools, ANA, days=85)
    (row,) = stalled_teams(schools, PRINCIPAL, reason="decision").rows
    assert "No decision for 12 weeks, more than two cycles of 6 weeks" in row.reasons


def test_a_barrier_whose_day_passed_is_a_reason_until_it_is_answered(schools: Database) -> None:
    barrier_id = ask(schools)
    assert stalled_teams(schools, PRINCIPAL).found == 0
    let_it_wait(schools, barrier_id)
    (row,) = stalled_teams(schools, PRINCIPAL, reason="barrier").rows
    assert row.late_barriers == 1
    answer_barrier(schools, PRINCIPAL, barrier_id, outcome="removed", answer="Tuesdays")
    assert stalled_teams(schools, PRINCIPAL).found == 0


def test_neither_people_nor_words_of_an_inquiry_are_told(schools: Database) -> None:
    open_long_ago(schools, ANA, days=100)
    let_it_wait(schools, ask(schools))
    told = repr((stalled_teams(schools, DISTRICT), month_at_a_glance(schools, DISTRICT, month=TODAY)))
    assert "Number1" not in told
    assert "Secret title" not in told
    assert "T1'" not in told


def test_time_given_reaches_the_team_and_its_answer_the_principal(schools: Database) -> None:
    given = give_support(schools, PRINCIPAL, "team-1", kind="time", words="Lesson 6 is covered", for_on=SOON)
    (note,) = team_support(schools, ANA)
    assert (note.words, note.given_role, note.for_on) == ("Lesson 6 is covered", "principal", SOON)
    assert team_support(schools, BEA) == []
    with pytest.raises(NotAllowed):
        answer_support(schools, BEA, given, answer="yes")
    answer_support(schools, ANA, given, answer="yes")
    assert given_support(schools, PRINCIPAL)[0].answer == "yes"
    assert given_support(schools, ELSEWHERE) == []
    with pytest.raises(NotFound):
        take_back_support(schools, PRINCIPAL, given)


def test_a_note_can_be_taken_back_by_who_wrote_it_until_it_is_answered(schools: Database) -> None:
    given = give_support(schools, PRINCIPAL, "team-1", kind="coach", words="Ms Berg", for_on=SOON)
    with pytest.raises(NotFound):
        take_back_support(schools, replace(PRINCIPAL, account_id="other"), given)
    take_back_support(schools, PRINCIPAL, given)
    assert team_support(schools, ANA) == []


def test_a_guessed_team_is_refused_and_its_members_read_that(schools: Database) -> None:
    with pytest.raises(NotAllowed):
        give_support(schools, ELSEWHERE, "team-1", kind="time", words="Mine", for_on=SOON)
    flush_accesses(schools, wait=True)
    looks = [(look.role, look.refused) for look in own_audit(schools, ANA)]
    assert looks == [("principal", True)]
    assert own_audit(schools, BEA) == []


def test_a_guessed_barrier_is_refused_and_its_team_reads_that(schools: Database) -> None:
    barrier_id = ask(schools)
    with pytest.raises(NotFound):
        answer_barrier(schools, ELSEWHERE, barrier_id, outcome="removed", answer="Done")
    flush_accesses(schools, wait=True)
    assert [look.refused for look in own_audit(schools, ANA)] == [True]
    answer_barrier(schools, DISTRICT, barrier_id, outcome="removed", answer="Done")


def test_barriers_are_listed_by_state_with_the_days_an_answer_took(schools: Database) -> None:
    late, waiting = ask(schools), ask(schools)
    let_it_wait(schools, late)
    assert school_barriers(schools, PRINCIPAL, state="late").found == 1
    assert school_barriers(schools, PRINCIPAL).found == 2
    assert school_barriers(schools, ELSEWHERE).found == 0
    answer_barrier(schools, PRINCIPAL, late, outcome="removed", answer="Done")
    days = barrier_days(schools, PRINCIPAL)
    assert (days.median_days, days.answered, days.waiting, days.late) == (10, 1, 1, 0)
    (row,) = school_barriers(schools, PRINCIPAL, state="waiting").rows
    assert row.barrier.barrier_id == waiting


def test_three_decisions_are_open_at_most_and_finishing_one_makes_room(schools: Database) -> None:
    made = [make_decision(schools, PRINCIPAL, words=f"Do {n}", due_on=SOON, school_id="S1") for n in range(3)]
    with pytest.raises(Conflict, match="Three decisions"):
        make_decision(schools, PRINCIPAL, words="Do more", due_on=SOON, school_id="S1")
    change_decision(schools, PRINCIPAL, made[0], seen_version=1, state="done")
    make_decision(schools, PRINCIPAL, words="Do more", due_on=SOON, school_id="S1")
    with pytest.raises(Conflict, match="reopen"):
        change_decision(schools, PRINCIPAL, made[0], seen_version=2, state="open")
    with pytest.raises(Conflict, match="now says"):
        change_decision(schools, PRINCIPAL, made[1], seen_version=9, words="Other words")


def test_a_decision_of_last_month_is_carried_and_read_by_who_leads_with_her(schools: Database) -> None:
    decision_id = make_decision(schools, PRINCIPAL, words="A free hour", due_on=SOON, school_id="S1")
    with schools.write() as cursor:
        cursor.execute(
            "update leader_decision set made_on = $then", {"then": TODAY - timedelta(days=40)}
        ).fetchall()
    (own,) = leader_decisions(schools, PRINCIPAL)
    assert (own.own, own.carried, own.late) == (True, True, False)
    deputy = replace(PRINCIPAL, account_id="deputy")
    (shared,) = leader_decisions(schools, deputy)
    assert not shared.own
    with pytest.raises(NotFound):
        change_decision(schools, deputy, decision_id, seen_version=1, state="done")
    assert leader_decisions(schools, ELSEWHERE) == []
    assert leader_decisions(schools, DISTRICT) == []


@pytest.mark.parametrize("school_id", [None, "S2"])
def test_nobody_decides_for_a_school_she_does_not_lead(schools: Database, school_id: str | None) -> None:
    with pytest.raises(NotAllowed):
        make_decision(schools, PRINCIPAL, words="Mine", due_on=SOON, school_id=school_id)


def test_a_note_says_something_for_a_day_to_come(schools: Database) -> None:
    for words, day in ((" ", SOON), ("x" * 601, SOON), ("Yes", TODAY - timedelta(days=1))):
        with pytest.raises(PlcError):
            give_support(schools, PRINCIPAL, "team-1", kind="time", words=words, for_on=day)
