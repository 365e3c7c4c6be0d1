"""Discover: visits, candidates written as behaviours, the contrast, and the conditions they meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plc.core.errors import BothTexts, NotAllowed, NotFound, PlcError
from plc.database import Database
from plc.inquiry import close_inquiry, move_phase, open_inquiry, phase_conditions, phase_history
from plc.inquiry import inquiry as read_inquiry
from plc.inquiry.candidates import (
    add_candidate,
    answer_contrast,
    behaviour_hint,
    inquiries_considering,
    list_candidates,
    practice_text,
    remove_candidate,
)
from plc.inquiry.seek import note_baseline_seen
from plc.inquiry.visits import (
    INTERVIEW,
    Answer,
    VisitPlan,
    list_visits,
    plan_visit,
    record_visit,
    remove_visit,
    waive_visits,
)
from tests.unit.inquiry.teams import ANA, BEN, COACH, STRANGER, WORDING, make_team

READY = replace(
    WORDING, measure_kind="common", measure_purpose="What was learned", aim_amount=8.0, aim_unit="points",
    aim_by=date(2027, 5, 1), aim_for="our students",
)  # fmt: skip
SORT = "Students sort their exit tickets into got it, nearly, not yet"


@pytest.fixture
def inquiry_id(database: Database) -> str:
    make_team(database)
    make_team(database, "other")
    return open_inquiry(database, ANA, team_id="team", wording=READY)


def unmet(database: Database, inquiry_id: str) -> set[str]:
    return {one.key for one in phase_conditions(database, ANA, inquiry_id) if not one.met}


def visited(database: Database, inquiry_id: str, class_kind: str) -> str:
    visit_id = plan_visit(database, ANA, inquiry_id, VisitPlan("observation", class_kind))  # type: ignore[arg-type]
    record_visit(database, ANA, visit_id, answers=[Answer("What?", "Sorting")], notes="", seen_version=1)
    return visit_id


def test_discover_is_entered_only_when_seek_is_complete(database: Database, inquiry_id: str) -> None:
    with pytest.raises(PlcError, match="the team has looked at its baseline"):
        move_phase(database, ANA, inquiry_id, to="discover")
    note_baseline_seen(database, ANA, inquiry_id)
    move_phase(database, BEN, inquiry_id, to="discover")
    assert read_inquiry(database, ANA, inquiry_id).phase == "discover"
    with pytest.raises(PlcError, match=r"candidate practice.*contrast|candidate practice.*answered"):
        move_phase(database, ANA, inquiry_id, to="confirm")


def test_stepping_back_loses_nothing_and_is_dated_and_signed(database: Database, inquiry_id: str) -> None:
    note_baseline_seen(database, ANA, inquiry_id)
    move_phase(database, ANA, inquiry_id, to="discover")
    practice_id = add_candidate(database, ANA, inquiry_id, title=SORT)
    move_phase(database, BEN, inquiry_id, to="seek", note="We want another look")
    assert [one.practice_id for one in list_candidates(database, ANA, inquiry_id)] == [practice_id]
    latest, *earlier = phase_history(database, ANA, inquiry_id)
    assert (latest.what, latest.came_from, latest.note) == ("seek", "discover", "We want another look")
    assert [line.what for line in earlier][-1] == "seek"
    assert len(earlier) == 2


def test_discover_is_complete_with_a_contrasted_candidate_and_both_visits(
    database: Database, inquiry_id: str
) -> None:
    note_baseline_seen(database, ANA, inquiry_id)
    move_phase(database, ANA, inquiry_id, to="discover")
    assert unmet(database, inquiry_id) == {"candidate", "contrast", "visits", "distinguishing"}
    practice_id = add_candidate(database, ANA, inquiry_id, title=SORT)
    assert unmet(database, inquiry_id) == {"contrast", "visits", "distinguishing"}
    answer_contrast(database, ANA, inquiry_id, practice_id, answer="no", note="", seen_version=1)
    visited(database, inquiry_id, "bright spot")
    assert unmet(database, inquiry_id) == {"visits"}
    visited(database, inquiry_id, "typical")
    assert unmet(database, inquiry_id) == set()


def test_a_reason_stands_in_for_the_visits_and_can_be_taken_back(database: Database, inquiry_id: str) -> None:
    note_baseline_seen(database, ANA, inquiry_id)
    move_phase(database, ANA, inquiry_id, to="discover")
    with pytest.raises(PlcError, match="why not"):
        waive_visits(database, ANA, inquiry_id, reason=" ")
    waive_visits(database, ANA, inquiry_id, reason="No substitute this term")
    assert "visits" not in unmet(database, inquiry_id)
    waive_visits(database, ANA, inquiry_id, reason=None)
    assert "visits" in unmet(database, inquiry_id)


def test_a_practice_that_typical_classes_do_is_marked_everywhere_and_does_not_lead_on(
    database: Database, inquiry_id: str
) -> None:
    note_baseline_seen(database, ANA, inquiry_id)
    move_phase(database, ANA, inquiry_id, to="discover")
    practice_id = add_candidate(database, ANA, inquiry_id, title=SORT)
    answer_contrast(database, ANA, inquiry_id, practice_id, answer="yes", note="Seen", seen_version=1)
    assert "distinguishing" in unmet(database, inquiry_id)
    elsewhere = open_inquiry(database, STRANGER, team_id="other", wording=WORDING)
    with pytest.raises(NotFound):
        add_candidate(database, STRANGER, elsewhere, practice_id=practice_id)
    assert list_candidates(database, STRANGER, elsewhere) == []
    with database.write() as cursor:
        cursor.execute(
            "insert into practice_consent (practice_id, teacher_id, scope, name_shown, welcomes, until_on,"
            " decided_at) select practice_id, owner_teacher_id, 'district', 'hidden', '', date '2999-01-01',"
            " made_at from practice"
        ).fetchall()
    add_candidate(database, STRANGER, elsewhere, practice_id=practice_id)
    (theirs,) = list_candidates(database, STRANGER, elsewhere)
    assert (theirs.also_typical, theirs.not_distinguishing) == ("not asked", True)


def test_two_answers_to_one_contrast_meet(database: Database, inquiry_id: str) -> None:
    practice_id = add_candidate(database, ANA, inquiry_id, title=SORT)
    answer_contrast(database, ANA, inquiry_id, practice_id, answer="no", note="Ana saw", seen_version=1)
    with pytest.raises(BothTexts) as raised:
        answer_contrast(database, BEN, inquiry_id, practice_id, answer="yes", note="Ben saw", seen_version=1)
    assert raised.value.theirs == {"answer": "no", "note": "Ana saw"}
    assert raised.value.version == 2


def test_a_candidate_taken_off_comes_back(database: Database, inquiry_id: str) -> None:
    practice_id = add_candidate(database, ANA, inquiry_id, title=SORT)
    remove_candidate(database, ANA, inquiry_id, practice_id)
    assert list_candidates(database, ANA, inquiry_id) == []
    remove_candidate(database, BEN, inquiry_id, practice_id, back=True)
    assert [one.title for one in list_candidates(database, ANA, inquiry_id)] == [SORT]
    assert inquiries_considering(database, ANA, [practice_id]) == [inquiry_id]
    assert inquiries_considering(database, ANA, ["another"]) == []
    assert inquiries_considering(database, STRANGER, [practice_id]) == []
    assert practice_text(database, ANA, practice_id).grades == "6"


@pytest.mark.parametrize(
    ("title", "is_behaviour"),
    [
        (SORT, True),
        ("Ask every student for one question before the lesson ends", True),
        ("The teacher greets each student at the door", True),
        ("Good relationships with everyone in the room", False),
        ("Clear expectations from day one", False),
        ("Differentiation", False),
        ("High energy in every lesson", False),
    ],
)
def test_a_title_that_names_a_quality_is_gently_asked_for_a_behaviour(title: str, is_behaviour: bool) -> None:
    assert (behaviour_hint(title) is None) is is_behaviour


def test_a_quality_is_still_taken_as_a_candidate(database: Database, inquiry_id: str) -> None:
    add_candidate(database, ANA, inquiry_id, title="Differentiation")
    assert [one.title for one in list_candidates(database, ANA, inquiry_id)] == ["Differentiation"]


def test_an_interview_brings_its_six_questions_and_keeps_the_answers(
    database: Database, inquiry_id: str
) -> None:
    plan = VisitPlan(
        "interview", "bright spot", planned_on=date(2026, 11, 30), visited_words="Ms A, who agreed"
    )
    visit_id = plan_visit(database, ANA, inquiry_id, plan)
    (visit,) = list_visits(database, COACH, inquiry_id)
    assert [one.asked for one in visit.answers] == list(INTERVIEW)
    assert len(INTERVIEW) == 6
    assert (visit.visited, visit.held_on) == ("Ms A, who agreed", None)
    said = [replace(one, seen="They sort") for one in visit.answers]
    record_visit(database, BEN, visit_id, answers=said, notes="Ask for the cards", seen_version=1)
    (held,) = list_visits(database, ANA, inquiry_id)
    assert held.held_on is not None
    assert held.answers[5].seen == "They sort"


def test_two_people_who_write_on_one_visit_see_both_notes(database: Database, inquiry_id: str) -> None:
    visit_id = visited(database, inquiry_id, "typical")
    with pytest.raises(BothTexts) as raised:
        record_visit(database, BEN, visit_id, answers=[Answer("What?", "Reading")], notes="b", seen_version=1)
    assert raised.value.theirs["What?"] == "Sorting"
    assert raised.value.mine["What?"] == "Reading"


def test_a_visit_taken_off_comes_back(database: Database, inquiry_id: str) -> None:
    visit_id = visited(database, inquiry_id, "typical")
    remove_visit(database, ANA, visit_id)
    assert list_visits(database, ANA, inquiry_id) == []
    remove_visit(database, ANA, visit_id, back=True)
    assert len(list_visits(database, ANA, inquiry_id)) == 1


def test_nobody_outside_the_team_reads_or_writes(database: Database, inquiry_id: str) -> None:
    visit_id = visited(database, inquiry_id, "typical")
    practice_id = add_candidate(database, ANA, inquiry_id, title=SORT)
    assert list_visits(database, STRANGER, inquiry_id) == []
    assert list_candidates(database, STRANGER, inquiry_id) == []
    with pytest.raises(NotFound):
        remove_visit(database, STRANGER, visit_id)
    with pytest.raises(NotFound):
        add_candidate(database, STRANGER, inquiry_id, title=SORT)
    with pytest.raises(NotFound):
        practice_text(database, STRANGER, practice_id)
    with pytest.raises(NotFound):
        answer_contrast(database, STRANGER, inquiry_id, practice_id, answer="no", note="", seen_version=1)
    with pytest.raises(NotAllowed):
        plan_visit(database, COACH, inquiry_id, VisitPlan("observation", "typical"))


def test_a_closed_inquiry_takes_no_new_candidate(database: Database, inquiry_id: str) -> None:
    close_inquiry(database, ANA, inquiry_id, state="abandoned", reason="No time")
    with pytest.raises(PlcError, match="Reopen"):
        add_candidate(database, ANA, inquiry_id, title=SORT)
    with pytest.raises(PlcError, match="Reopen"):
        plan_visit(database, ANA, inquiry_id, VisitPlan("observation", "typical"))
