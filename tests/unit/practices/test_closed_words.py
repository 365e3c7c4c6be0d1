"""A card that was taken back goes on among its authors: a team that keeps it reads the words of that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.errors import PlcError
from plc.database import Database
from plc.inquiry import InquiryWording, open_inquiry
from plc.inquiry.candidates import list_candidates, practice_text
from plc.inquiry.decide import NextPlan, decide
from plc.inquiry.test_plans import edit_test
from plc.inquiry.test_reading import practice_test, triable_practices
from plc.inquiry.test_records import Prediction
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


def test_what_another_team_adapts_stands_with_its_test_and_the_card_says_what_its_authors_wrote(
    district: Database, kept: tuple[str, str]
) -> None:
    practice_id, inquiry_id = kept
    test_id = replicate(district, DAN, practice_id, team_id="team-2", inquiry_id=inquiry_id)
    with district.write() as cursor:
        cursor.execute(
            "update practice_test set state = 'planned', predicted_sd = 0.2, predicted_at = planned_at"
            " where test_id = $id",
            {"id": test_id},
        ).fetchall()
    plan = practice_test(district, DAN, test_id).plan
    coming = NextPlan(
        prediction=Prediction(0.1, "sd", "Fewer slips"),
        starts_on=plan.ends_on + timedelta(days=7),
        ends_on=plan.ends_on + timedelta(days=42),
        part="steps",
        words="Two piles.",
    )
    before = words_of(district, practice_id)
    next_id = decide(district, DAN, test_id, decision="adapt", reason="Too long.", next_plan=coming)
    assert next_id is not None
    draft = practice_test(district, DAN, next_id)
    assert (draft.practice_version, draft.adaptation) == (2, "The steps: Two piles.")
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
