"""A barrier reaches who can remove it and comes back with a dated answer; a priority is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.errors import Conflict, NotAllowed, NotFound, PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.priorities import (
    answer_barrier,
    ask_barrier,
    end_priority,
    list_barriers,
    list_priorities,
    set_priority,
    take_back_barrier,
)

TODAY = clock.now().date()
NEXT_WEEK = TODAY + timedelta(days=7)
ANA = Viewer(Role.TEACHER, teacher_id="T1", team_ids=("team-a",))
STRANGER = Viewer(Role.TEACHER, teacher_id="T9", team_ids=("team-b",))
PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("S1",))
ELSEWHERE = Viewer(Role.PRINCIPAL, school_ids=("S2",))
DISTRICT = Viewer(Role.DISTRICT_LEADER, school_ids=("S1", "S2"))


@pytest.fixture
def asked(database: Database) -> tuple[Database, str]:
    """A team of school S1 that asked for a room."""
    with database.write() as cursor:
        cursor.execute(
            "insert into team (team_id, team_name, school_id, norms, version, created_by, created_at)"
            " values ('team-a', 'Grade 6', 'S1', '', 1, 'T1', $now)",
            {"now": clock.now()},
        ).fetchall()
    barrier_id = ask_barrier(
        database, ANA, "team-a", kind="schedule", words="No shared hour", removable_by="principal",
        due_on=NEXT_WEEK,
    )  # fmt: skip
    return database, barrier_id


def test_a_barrier_reaches_the_principal_without_the_askers_name(asked: tuple[Database, str]) -> None:
    (barrier,) = list_barriers(asked[0], PRINCIPAL)
    assert (barrier.words, barrier.due_on, barrier.answered_on) == ("No shared hour", NEXT_WEEK, None)
    assert "T1" not in repr(barrier)
    assert list_barriers(asked[0], ELSEWHERE) == []


def test_the_answer_is_dated_and_comes_back_to_the_team(asked: tuple[Database, str]) -> None:
    database, barrier_id = asked
    answer_barrier(database, PRINCIPAL, barrier_id, outcome="removed", answer="Tuesdays at 14:30")
    (barrier,) = list_barriers(database, ANA)
    assert (barrier.answer, barrier.answered_on, barrier.outcome) == ("Tuesdays at 14:30", TODAY, "removed")
    assert list_barriers(database, ANA, unanswered=True) == []
    with pytest.raises(Conflict, match="Tuesdays"):
        answer_barrier(database, DISTRICT, barrier_id, outcome="not possible", answer="No")


def test_a_barrier_asked_on_waits_for_the_district(asked: tuple[Database, str]) -> None:
    database, barrier_id = asked
    answer_barrier(database, PRINCIPAL, barrier_id, outcome="asked on", answer="I asked the district")
    (barrier,) = list_barriers(database, ANA, unanswered=True)
    assert (barrier.removable_by, barrier.answered_on) == ("district", None)
    with pytest.raises(PlcError, match="district already"):
        answer_barrier(database, PRINCIPAL, barrier_id, outcome="asked on", answer="Again")
    answer_barrier(database, DISTRICT, barrier_id, outcome="partly removed", answer="From August")


def test_nobody_answers_for_another_school_or_asks_for_another_team(asked: tuple[Database, str]) -> None:
    database, barrier_id = asked
    with pytest.raises(NotFound):
        answer_barrier(database, ELSEWHERE, barrier_id, outcome="removed", answer="Done")
    with pytest.raises(NotAllowed):
        answer_barrier(database, ANA, barrier_id, outcome="removed", answer="Done")
    with pytest.raises(NotAllowed):
        ask_barrier(
            database, STRANGER, "team-a", kind="time", words="x", removable_by="principal", due_on=TODAY
        )
    assert list_barriers(database, STRANGER) == []


def test_an_unanswered_barrier_can_be_taken_back(asked: tuple[Database, str]) -> None:
    database, barrier_id = asked
    with pytest.raises(NotFound):
        take_back_barrier(database, STRANGER, barrier_id)
    take_back_barrier(database, ANA, barrier_id)
    assert list_barriers(database, PRINCIPAL) == []


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "weather"}, {"words": " "}, {"removable_by": "nobody"}, {"due_on": TODAY - timedelta(days=1)}],
)
def test_a_barrier_says_what_who_and_by_when(asked: tuple[Database, str], wrong: dict[str, object]) -> None:
    right = {"kind": "time", "words": "x", "removable_by": "principal", "due_on": NEXT_WEEK}
    with pytest.raises(PlcError):
        ask_barrier(asked[0], ANA, "team-a", **right | wrong)  # type: ignore[arg-type]


def test_a_priority_is_named_by_who_leads_and_read_by_all(database: Database) -> None:
    own = set_priority(database, PRINCIPAL, title="Fractions", subject="maths", grades=[6, 5], school_id="S1")
    set_priority(database, DISTRICT, title="Belonging")
    assert [one.title for one in list_priorities(database, ANA)] == ["Belonging", "Fractions"]
    assert list_priorities(database, ANA)[1].grades == (5, 6)
    with pytest.raises(NotFound):
        set_priority(database, ELSEWHERE, title="Not mine", school_id="S1")
    with pytest.raises(NotAllowed):
        set_priority(database, ANA, title="Mine")
    with pytest.raises(NotFound):
        end_priority(database, ELSEWHERE, own)
    end_priority(database, replace(PRINCIPAL), own)
    assert [one.title for one in list_priorities(database, ANA)] == ["Belonging"]
