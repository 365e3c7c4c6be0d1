"""A test is a dated plan: nothing of it is lost, its prediction stands, and no other team can open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from plc.core.errors import BothTexts, Conflict, NotAllowed, NotFound, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.assignment import assign_at_random, draws
from plc.inquiry.cloning import clone_test
from plc.inquiry.comparisons import choose_comparisons, propose_comparisons
from plc.inquiry.detectable import detectable
from plc.inquiry.fidelity import fidelity_of, record_fidelity
from plc.inquiry.plan_checks import what_is_missing
from plc.inquiry.test_plans import (
    edit_test,
    note_adaptation,
    plan_test,
    restore_test,
    start_test,
    withdraw_test,
)
from plc.inquiry.test_reading import (
    course_measures,
    list_tests,
    practice_test,
    team_classes,
    triable_practices,
)
from plc.inquiry.test_records import LOW_STARTERS, Balancing, Prediction
from plc.statistics.effect_designs import Design
from tests.unit.inquiry.planned import (
    ANA,
    BEN,
    COACH,
    OWN_CLASSES,
    PRINCIPAL,
    RUNNING,
    STARTS,
    STRANGER,
    new_inquiry,
    plan,
)

OTHERS_CANNOT: list[Callable[[Database, Viewer], object]] = [
    lambda database, viewer: practice_test(database, viewer, RUNNING),
    lambda database, viewer: edit_test(database, viewer, RUNNING, plan(), seen_version=1),
    lambda database, viewer: start_test(database, viewer, RUNNING, seen_version=1),
    lambda database, viewer: withdraw_test(database, viewer, RUNNING, seen_version=1),
    lambda database, viewer: restore_test(database, viewer, RUNNING),
    lambda database, viewer: note_adaptation(database, viewer, RUNNING, "x", seen_version=1),
    lambda database, viewer: plan_test(database, viewer, "sample-inquiry-6", plan()),
    lambda database, viewer: assign_at_random(database, viewer, RUNNING),
    lambda database, viewer: propose_comparisons(database, viewer, RUNNING),
    lambda database, viewer: choose_comparisons(database, viewer, RUNNING),
    lambda database, viewer: detectable(database, viewer, RUNNING),
    lambda database, viewer: fidelity_of(database, viewer, RUNNING),
    lambda database, viewer: record_fidelity(database, viewer, RUNNING, "M1-MA6-26-1", done="fully"),
    lambda database, viewer: clone_test(database, viewer, RUNNING, inquiry_id="sample-inquiry-6"),
]


@pytest.mark.parametrize("viewer", [STRANGER, PRINCIPAL, Viewer()], ids=["other team", "principal", "nobody"])
@pytest.mark.parametrize("use", OTHERS_CANNOT)
def test_another_team_and_a_principal_reach_nothing_of_a_test(
    sample: Database, viewer: Viewer, use: Callable[[Database, Viewer], object]
) -> None:
    with pytest.raises((NotFound, NotAllowed)):
        use(sample, viewer)


def test_lists_of_another_team_are_empty(sample: Database) -> None:
    assert list_tests(sample, STRANGER) == []
    assert triable_practices(sample, STRANGER, "sample-inquiry-6") == []
    assert team_classes(sample, STRANGER, "sample-inquiry-6") == []
    assert course_measures(sample, STRANGER, "sample-inquiry-6") == []


def test_a_coach_reads_a_plan_and_cannot_write_one(sample: Database) -> None:
    assert practice_test(sample, COACH, RUNNING).title
    with pytest.raises(NotAllowed):
        plan_test(sample, COACH, "sample-inquiry-6", plan())


def test_a_draft_keeps_what_was_written_before_it_is_complete(sample: Database) -> None:
    inquiry_id = new_inquiry(sample)
    test_id = plan_test(sample, ANA, inquiry_id, plan(prediction=None, section_ids=()))
    stored = practice_test(sample, BEN, test_id)
    assert (stored.state, stored.version, stored.iteration) == ("draft", 1, 1)
    assert stored.predicted_sd is None
    assert stored.title == "Explain one wrong answer before practising"
    asked = what_is_missing(stored)
    assert len(asked) == 2
    with pytest.raises(PlcError, match="what you predict"):
        start_test(sample, ANA, test_id, seen_version=1)


def test_points_and_sd_are_told_in_each_other_by_the_measures_spread(sample: Database) -> None:
    inquiry_id = new_inquiry(sample)
    spreads = {one.name: one.points_per_sd for one in course_measures(sample, ANA, inquiry_id)}
    spread = spreads["Grade 6 maths unit 6 check"]
    assert spread is not None
    assert spread == 6.9
    in_points = practice_test(
        sample, ANA, plan_test(sample, ANA, inquiry_id, plan(measure_name="Grade 6 maths unit 6 check"))
    )
    assert in_points.predicted_sd == pytest.approx(1.5 / spread)
    in_sd = practice_test(
        sample, ANA, plan_test(sample, ANA, inquiry_id, plan(prediction=Prediction(0.2, "sd")))
    )
    # An assessment that nobody gave yet takes the spread of the latest like it.
    assert in_sd.points_per_sd == pytest.approx(spread)
    assert in_sd.predicted_points == pytest.approx(0.2 * spread)


def test_a_prediction_of_more_than_two_sd_is_asked_about(sample: Database) -> None:
    with pytest.raises(PlcError, match="no practice moves results that far"):
        plan_test(sample, ANA, new_inquiry(sample), plan(prediction=Prediction(40, "points")))


def test_those_who_started_lowest_are_always_watched(sample: Database) -> None:
    watched = plan(balancing=(Balancing("subject", "reading"),))
    test_id = plan_test(sample, ANA, new_inquiry(sample), watched)
    assert set(practice_test(sample, ANA, test_id).balancing) == {
        Balancing(LOW_STARTERS),
        Balancing("subject", "reading"),
    }


def test_only_classes_of_members_take_part(sample: Database) -> None:
    with pytest.raises(PlcError, match="own members"):
        plan_test(sample, ANA, new_inquiry(sample), plan(section_ids=("M2-MA6-26-1",)))


def test_an_edit_over_a_colleagues_words_keeps_both(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan())
    mine = plan(prediction=Prediction(3, "points", "mine"))
    theirs = edit_test(
        sample, BEN, test_id, plan(prediction=Prediction(2, "points", "theirs")), seen_version=1
    )
    with pytest.raises(BothTexts) as caught:
        edit_test(sample, ANA, test_id, mine, seen_version=1)
    assert caught.value.mine == {"prediction": "+3 points", "why": "mine"}
    assert caught.value.theirs == {"prediction": "+2 points", "why": "theirs"}
    assert caught.value.version == theirs.version
    assert practice_test(sample, ANA, test_id).prediction_words == "theirs"


def test_a_prediction_stands_once_results_are_there(sample: Database) -> None:
    stored = practice_test(sample, ANA, RUNNING)
    assert stored.predicted_at is not None
    assert stored.predicted_at.date() < stored.starts_on
    bolder = replace(stored.plan, prediction=Prediction(4, "points", "now we know"))
    with pytest.raises(PlcError, match=r"would not be a prediction.*stays \+1.5 points"):
        edit_test(sample, ANA, RUNNING, bolder, seen_version=stored.version)
    assert practice_test(sample, ANA, RUNNING).predicted_points == 1.5


def test_the_ground_of_a_test_stands_once_it_has_started(sample: Database) -> None:
    stored = practice_test(sample, ANA, RUNNING)
    for moved in (
        replace(stored.plan, section_ids=stored.plan.section_ids[:2]),
        replace(stored.plan, starts_on=stored.starts_on + timedelta(days=3)),
        replace(stored.plan, design=Design.BEFORE_AFTER),
        replace(stored.plan, measure_name="Grade 6 maths unit 5 check"),
    ):
        with pytest.raises(PlcError, match="has started"):
            edit_test(sample, ANA, RUNNING, moved, seen_version=stored.version)
    later = edit_test(
        sample, ANA, RUNNING, replace(stored.plan, adaptation="Cards."), seen_version=stored.version
    )
    assert later.adaptation == "Cards."
    assert later.predicted_at == stored.predicted_at
    assert later.comparison_sections == stored.comparison_sections


def test_only_a_candidate_of_the_inquiry_can_be_tested(sample: Database) -> None:
    """A test shows its practice's words, so another team's card must not come in by its id."""
    inquiry_id = new_inquiry(sample)
    for other in (plan(practice_id="P2"), plan(practice_id="none"), plan(practice_version=77)):
        with pytest.raises(PlcError, match="not one of the inquiry's candidates"):
            plan_test(sample, ANA, inquiry_id, other)
    test_id = plan_test(sample, ANA, inquiry_id, plan())
    with pytest.raises(PlcError, match="not one of the inquiry's candidates"):
        edit_test(sample, ANA, test_id, plan(practice_id="P2"), seen_version=1)


def test_a_last_day_moved_with_results_in_hand_is_refused(sample: Database) -> None:
    stored = practice_test(sample, ANA, RUNNING)
    for ends_on in (date(2026, 5, 2), date(2026, 6, 12), date(2027, 4, 1)):
        with pytest.raises(PlcError, match="last day stays 11 June 2026"):
            edit_test(
                sample, ANA, RUNNING, replace(stored.plan, ends_on=ends_on), seen_version=stored.version
            )


def test_what_could_get_worse_is_watched_to_the_end(sample: Database) -> None:
    stored = practice_test(sample, ANA, RUNNING)
    watching = (*stored.balancing, Balancing("subject", "ELA"))
    more = edit_test(
        sample, ANA, RUNNING, replace(stored.plan, balancing=watching), seen_version=stored.version
    )
    with pytest.raises(PlcError, match="take nothing off"):
        edit_test(sample, ANA, RUNNING, replace(more.plan, balancing=()), seen_version=more.version)


def test_a_plan_cannot_be_moved_to_results_that_were_there_before_its_prediction(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan())
    choose_comparisons(sample, ANA, test_id)
    ready = practice_test(sample, ANA, test_id)
    standing = start_test(sample, ANA, test_id, seen_version=ready.version)
    past = replace(standing.plan, starts_on=date(2026, 1, 12), measure_name=None)
    with pytest.raises(PlcError, match="would not be a prediction"):
        edit_test(sample, ANA, test_id, past, seen_version=standing.version)
    bolder = replace(past, prediction=Prediction(0.9, "points", "seen"))
    with pytest.raises(PlcError, match="would not be a prediction"):
        edit_test(sample, ANA, test_id, bolder, seen_version=standing.version)
    assert practice_test(sample, ANA, test_id).plan == standing.plan


def test_a_test_with_results_is_decided_and_never_withdrawn(sample: Database) -> None:
    stored = practice_test(sample, ANA, RUNNING)
    with pytest.raises(PlcError, match="abandon it"):
        withdraw_test(sample, ANA, RUNNING, seen_version=stored.version)
    assert practice_test(sample, ANA, RUNNING).state == "planned"


def test_a_begun_test_that_was_withdrawn_comes_back_begun(sample: Database) -> None:
    """As a draft its classes could be drawn and its measure chosen with its results in hand."""
    with sample.write() as cursor:
        cursor.execute(
            "update practice_test set state = 'withdrawn', smallest_detectable = 0.2"
            " where test_id = $test_id",
            {"test_id": RUNNING},
        ).fetchall()
    restore_test(sample, ANA, RUNNING)
    assert practice_test(sample, ANA, RUNNING).state == "planned"


def test_an_adaptation_is_kept_as_text_and_never_overwrites_a_colleagues(sample: Database) -> None:
    stored = practice_test(sample, ANA, RUNNING)
    noted = note_adaptation(sample, BEN, RUNNING, " Pairs at once. ", seen_version=stored.version)
    assert noted.adaptation == "Pairs at once."
    with pytest.raises(BothTexts) as caught:
        note_adaptation(sample, ANA, RUNNING, "Mine.", seen_version=stored.version)
    assert caught.value.mine == {"changed": "Mine."}


def test_a_plan_that_starts_keeps_the_smallest_effect_it_could_find(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan())
    with_comparison = choose_comparisons(sample, ANA, test_id)
    started = start_test(sample, ANA, test_id, seen_version=with_comparison.version)
    assert started.state == "planned"
    assert started.smallest_detectable is not None
    assert 0.1 < started.smallest_detectable < 0.6


def test_a_withdrawn_test_comes_back_as_it_was(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan())
    withdraw_test(sample, ANA, test_id, seen_version=1)
    assert practice_test(sample, ANA, test_id).state == "withdrawn"
    restore_test(sample, BEN, test_id)
    restored = practice_test(sample, ANA, test_id)
    assert restored.state == "draft"
    assert restored.plan == practice_test(sample, ANA, test_id).plan
    assert set(restored.plan.section_ids) == set(OWN_CLASSES)


def test_a_clone_keeps_its_origin_and_asks_for_its_own_prediction(sample: Database) -> None:
    inquiry_id = new_inquiry(sample)
    clone = practice_test(sample, ANA, clone_test(sample, ANA, RUNNING, inquiry_id=inquiry_id))
    origin = practice_test(sample, ANA, RUNNING)
    assert clone.origin_test_id == RUNNING
    assert (clone.state, clone.predicted_sd, clone.adaptation) == ("draft", None, "")
    assert clone.plan.section_ids == origin.plan.section_ids
    assert clone.ends_on - clone.starts_on == origin.ends_on - origin.starts_on
    assert clone.starts_on == STARTS
    assert set(clone.balancing) == set(origin.balancing)
    assert clone.comparison_sections == 0


def test_the_week_of_a_test_counts_from_its_first_day(sample: Database) -> None:
    running = practice_test(sample, ANA, RUNNING)
    assert (running.week(date(2026, 5, 21)), running.weeks()) == (3, 6)
    assert running.week(running.starts_on) == 1
    assert running.week(running.ends_on + timedelta(days=30)) == 6
    assert draws(sample, ANA, RUNNING) == []


def test_classes_compared_with_make_a_plan_another_than_the_one_a_colleague_saw(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan())
    seen = practice_test(sample, BEN, test_id)
    chosen = choose_comparisons(sample, ANA, test_id)
    assert chosen.version == seen.version + 1
    with pytest.raises(Conflict):
        start_test(sample, BEN, test_id, seen_version=seen.version)


@pytest.mark.parametrize("state", ["decided", "withdrawn"])
def test_a_test_that_is_over_keeps_the_classes_it_was_compared_with(sample: Database, state: str) -> None:
    before = practice_test(sample, ANA, RUNNING).compared
    with sample.write() as cursor:
        cursor.execute(
            "update practice_test set state = $state, starts_on = date '2026-05-22' where test_id = $test_id",
            {"state": state, "test_id": RUNNING},
        ).fetchall()
    with pytest.raises(Conflict, match="decided or withdrawn"):
        choose_comparisons(sample, ANA, RUNNING)
    assert practice_test(sample, ANA, RUNNING).compared == before
