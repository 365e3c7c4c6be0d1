"""A card that was taken back goes on among its authors: a team that keeps it reads the words of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.errors import PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import InquiryWording, open_inquiry
from plc.inquiry.candidates import list_candidates, practice_text
from plc.inquiry.decide import Decision, NextPlan, Part, decide
from plc.inquiry.test_plans import edit_test
from plc.inquiry.test_reading import practice_test, triable_practices
from plc.inquiry.test_records import PracticeTest, Prediction
from plc.practices import edit_card, replicate, share_card, withdraw_card
from plc.practices.replication import consider
from plc.schools.visits import answer_proposal, proposals_made, proposals_to_team, propose_visit
from tests.unit.practices.library_district import ADA, DAN, LEADER, NEXT_MONTH, SORT, add_test, shared

LATER = "In my period 3, for us alone"


@pytest.fixture
def kept(district: Database, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """(card, inquiry): Dan's team considers Ada's card, she takes it back, and writes on an hour later."""
    practice_id = shared(district, wording=replace(SORT, title="Ms Ada's piles"))
    add_test(district, practice_id, "t1")
    begun = clock.now()
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=1))
    edit_card(district, ADA, practice_id, SORT, seen_version=1)
    share_card(district, ADA, practice_id, scope="network", until_on=NEXT_MONTH)
    proposal_id = propose_visit(district, LEADER, practice_id, team_id="team-2")
    answer_proposal(district, ADA, proposal_id, answer="yes")
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(minutes=2))
    wording = InquiryWording(title="Try it", challenge="x", subject="maths", school_year=2026, grade=6)
    inquiry_id = open_inquiry(district, DAN, team_id="team-2", wording=wording)
    consider(district, DAN, practice_id, inquiry_id=inquiry_id)
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(hours=1))
    withdraw_card(district, ADA, practice_id, keep_card=False)
    monkeypatch.setattr(clock, "now", lambda: begun + timedelta(hours=2))
    edit_card(district, ADA, practice_id, replace(SORT, title=LATER, steps=LATER), seen_version=2)
    return practice_id, inquiry_id


def test_a_team_considers_it_in_the_words_of_the_day_it_was_closed(
    district: Database, kept: tuple[str, str]
) -> None:
    practice_id, inquiry_id = kept
    (candidate,) = list_candidates(district, DAN, inquiry_id)
    (triable,) = triable_practices(district, DAN, inquiry_id)
    assert candidate.title == triable.title == SORT.title
    assert (candidate.practice_version, triable.first_version, triable.version) == (2, 2, 2)
    assert practice_text(district, DAN, practice_id).steps == SORT.steps


def test_a_team_plans_with_no_words_from_before_or_after(district: Database, kept: tuple[str, str]) -> None:
    practice_id, inquiry_id = kept
    test_id = replicate(district, DAN, practice_id, team_id="team-2", inquiry_id=inquiry_id)
    draft = practice_test(district, DAN, test_id)
    assert (draft.plan.practice_version, draft.title) == (2, SORT.title)
    for version in (1, 3):
        plan = replace(draft.plan, practice_version=version)
        with pytest.raises(PlcError, match="not one of the inquiry's candidates"):
            edit_test(district, DAN, test_id, plan, seen_version=draft.version)


def cycle(
    database: Database, test_id: str, *, part: Part | None = None, words: str = "", by: Viewer = DAN
) -> PracticeTest:
    """Start a test, and decide on it for one more cycle: the draft of this one."""
    with database.write() as cursor:
        cursor.execute(
            "update practice_test set state = 'planned', predicted_sd = 0.2, predicted_at = planned_at"
            " where test_id = $id",
            {"id": test_id},
        ).fetchall()
    plan = practice_test(database, by, test_id).plan
    coming = NextPlan(
        prediction=Prediction(0.1, "sd", "Fewer slips"),
        starts_on=plan.ends_on + timedelta(days=7),
        ends_on=plan.ends_on + timedelta(days=42),
        part=part,
        words=words,
    )
    decision: Decision = "keep testing" if part is None else "adapt"
    next_id = decide(database, by, test_id, decision=decision, reason="Too long.", next_plan=coming)
    assert next_id is not None
    return practice_test(database, by, next_id)


@pytest.fixture
def tried(district: Database, kept: tuple[str, str]) -> tuple[str, str]:
    """(card, test): Dan's team tries the card that Ada closed and went on with."""
    practice_id, inquiry_id = kept
    return practice_id, replicate(district, DAN, practice_id, team_id="team-2", inquiry_id=inquiry_id)


def test_what_another_team_adapts_stands_with_its_test_and_the_card_says_what_its_authors_wrote(
    district: Database, tried: tuple[str, str]
) -> None:
    practice_id, test_id = tried
    before = words_of(district, practice_id)
    draft = cycle(district, test_id, part="steps", words="Two piles.")
    assert (draft.practice_version, draft.adaptation) == (2, "The steps: Two piles.")
    assert words_of(district, practice_id) == before


def test_what_another_team_adapts_may_be_as_long_as_the_part_was(
    district: Database, tried: tuple[str, str]
) -> None:
    steps = "\n".join(f"{number}. Sort the answers of this table." for number in range(1, 60))
    draft = cycle(district, tried[1], part="steps", words=steps)
    assert draft.adaptation.endswith("59. Sort the answers of this table.")


def test_each_cycle_of_a_card_of_others_says_everything_its_team_changed(
    district: Database, tried: tuple[str, str]
) -> None:
    _, test_id = tried
    second = cycle(district, test_id, part="steps", words="1. Ask.\n2. Two piles.")
    third = cycle(district, second.test_id, part="minutes", words="4")
    assert third.adaptation.splitlines() == ["The steps: 1. Ask. 2. Two piles.", "The minutes it takes: 4"]
    fourth = cycle(district, third.test_id)
    assert fourth.adaptation == third.adaptation
    with pytest.raises(PlcError, match="same as before"):
        cycle(district, fourth.test_id, part="minutes", words="4")
    # Changed once more, and back to what the authors wrote.
    fifth = cycle(district, fourth.test_id, part="steps", words="1. Ask.\n2. One pile.")
    assert fifth.adaptation.splitlines() == ["The minutes it takes: 4", "The steps: 1. Ask. 2. One pile."]
    sixth = cycle(district, fifth.test_id, part="steps", words=SORT.steps)
    assert sixth.adaptation == "The minutes it takes: 4"


@pytest.mark.parametrize("went_on", [True, False], ids=["and went on with", "and left as it was"])
def test_a_card_that_a_member_closed_to_the_team_is_not_rewritten_by_her_colleagues(
    district: Database, tried: tuple[str, str], *, went_on: bool
) -> None:
    practice_id, test_id = tried
    with district.write() as cursor:
        cursor.execute(
            "insert into team_member (team_id, teacher_id, member_role, joined_on)"
            " values ('team-2', 'T1', 'member', date '2025-08-20')"
        ).fetchall()
        if not went_on:
            cursor.execute(
                "delete from practice_version where practice_id = $id and version = 3", {"id": practice_id}
            ).fetchall()
    before = words_of(district, practice_id)
    draft = cycle(district, test_id, part="steps", words="Two piles.")
    assert draft.adaptation == "The steps: Two piles."
    assert words_of(district, practice_id) == before


def words_of(database: Database, practice_id: str) -> list[tuple[int, str]]:
    with database.read() as cursor:
        return cursor.execute(
            "select version, steps from practice_version where practice_id = $id order by version",
            {"id": practice_id},
        ).fetchall()


def test_neither_the_invited_team_nor_who_asked_reads_its_later_title(
    district: Database, kept: tuple[str, str]
) -> None:
    (invited,) = proposals_to_team(district, DAN)
    assert invited.title == SORT.title
    (made,) = proposals_made(district, LEADER)
    assert made.title is None
