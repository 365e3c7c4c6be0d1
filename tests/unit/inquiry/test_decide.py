"""A decision with its reason, the next cycle it begins, and the read-out of how the cycle was run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.database import Database
from plc.inquiry import phase_conditions
from plc.inquiry.candidates import practice_text
from plc.inquiry.cycle_quality import cycle_quality
from plc.inquiry.decide import (
    NOT_YET_CONFIRMED,
    DecisionRow,
    NextPlan,
    decide,
    list_decisions,
    replications,
)
from plc.inquiry.test_reading import list_tests, practice_test
from plc.inquiry.test_records import Prediction
from tests.unit.inquiry.planned import ANA, BEN, COACH, PRINCIPAL, RUNNING, STRANGER


def next_plan(database: Database, **changes: object) -> NextPlan:
    test = practice_test(database, ANA, RUNNING)
    plan = NextPlan(
        Prediction(3.0, "points", "a shorter sort"),
        starts_on=test.ends_on + timedelta(days=7),
        ends_on=test.ends_on + timedelta(days=35),
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


def test_a_decision_needs_a_reason_and_closes_the_test(sample: Database) -> None:
    with pytest.raises(PlcError, match="reason"):
        decide(sample, ANA, RUNNING, decision="adopt", reason="  ")
    assert decide(sample, ANA, RUNNING, decision="adopt", reason="It fits our lessons") is None
    assert practice_test(sample, BEN, RUNNING).state == "decided"
    row = list_decisions(sample, BEN, words="FITS our")[0]
    assert (row.test_id, row.decision, row.reason) == (RUNNING, "adopt", "It fits our lessons")
    test = practice_test(sample, ANA, RUNNING)
    met = {one.key: one.met for one in phase_conditions(sample, ANA, test.inquiry_id, phase="confirm")}
    assert met["decision"]
    assert met["settled"]


def test_adopting_with_few_replications_says_so(sample: Database) -> None:
    test = practice_test(sample, ANA, RUNNING)
    assert replications(sample, ANA, test) < 2
    decide(sample, ANA, RUNNING, decision="adopt", reason="It fits")
    assert list_decisions(sample, ANA, decision="adopt", words="It fits")[0].words == NOT_YET_CONFIRMED


def test_with_two_replications_an_adopted_practice_is_called_adopted() -> None:
    row = DecisionRow("t", "i", "x", "p", "Sort", "adopt", "r", "Ana", None, None, 2)  # type: ignore[arg-type]
    assert row.words == "adopted"


def test_adapting_edits_one_part_and_begins_the_next_cycle_with_its_own_prediction(sample: Database) -> None:
    before = practice_test(sample, ANA, RUNNING)
    text = practice_text(sample, ANA, before.practice_id)
    with pytest.raises(PlcError, match="one part"):
        decide(sample, ANA, RUNNING, decision="adapt", reason="Too long")
    plan = next_plan(sample, part="core_parts", words="Two piles, not three")
    next_id = decide(sample, ANA, RUNNING, decision="adapt", reason="Sorting took too long", next_plan=plan)
    assert next_id is not None
    coming = practice_test(sample, ANA, next_id)
    assert (coming.state, coming.origin_test_id) == ("draft", RUNNING)
    assert coming.practice_version == text.version + 1
    assert coming.predicted_points == pytest.approx(3.0)
    assert coming.iteration == before.iteration + 1
    changed = practice_text(sample, ANA, before.practice_id)
    assert changed == replace(text, version=text.version + 1, core_parts="Two piles, not three")
    # The test that ran keeps the version it tried.
    assert practice_test(sample, ANA, RUNNING).practice_version == before.practice_version


def test_a_failed_next_plan_leaves_nothing_behind(sample: Database) -> None:
    before = practice_test(sample, ANA, RUNNING)
    text = practice_text(sample, ANA, before.practice_id)
    backwards = next_plan(sample, part="steps", words="New", ends_on=before.starts_on - timedelta(days=9))
    with pytest.raises(PlcError, match="last day"):
        decide(sample, ANA, RUNNING, decision="adapt", reason="x", next_plan=backwards)
    same = next_plan(sample, part="steps", words=text.steps)
    with pytest.raises(PlcError, match="same as before"):
        decide(sample, ANA, RUNNING, decision="adapt", reason="x", next_plan=same)
    assert practice_text(sample, ANA, before.practice_id) == text
    assert practice_test(sample, ANA, RUNNING).state == "planned"
    assert not [row for row in list_decisions(sample, ANA) if row.test_id == RUNNING]


def test_keep_testing_leaves_the_test_open_and_may_begin_another_cycle(sample: Database) -> None:
    decide(sample, ANA, RUNNING, decision="keep testing", reason="Two weeks say little")
    assert practice_test(sample, ANA, RUNNING).state == "planned"
    next_id = decide(
        sample, ANA, RUNNING, decision="keep testing", reason="One more cycle", next_plan=next_plan(sample)
    )
    assert next_id in {row.test_id for row in list_tests(sample, ANA)}
    with pytest.raises(PlcError, match="choose adapt"):
        decide(
            sample, ANA, RUNNING, decision="keep testing", reason="x",
            next_plan=next_plan(sample, part="steps", words="New"),
        )  # fmt: skip


def test_a_decision_can_be_taken_again_and_both_stay(sample: Database) -> None:
    decide(sample, ANA, RUNNING, decision="abandon", reason="Nobody did it")
    decide(sample, BEN, RUNNING, decision="keep testing", reason="We do it now")
    assert practice_test(sample, ANA, RUNNING).state == "planned"
    kept = [row.decision for row in list_decisions(sample, ANA) if row.test_id == RUNNING]
    assert sorted(kept) == ["abandon", "keep testing"]


def test_what_was_abandoned_is_found_by_its_reason(sample: Database) -> None:
    decide(sample, ANA, RUNNING, decision="abandon", reason="The cards went missing every week")
    assert [row.reason for row in list_decisions(sample, BEN, decision="abandon", words="cards went")] == [
        "The cards went missing every week"
    ]
    assert list_decisions(sample, BEN, decision="abandon", words="no such words") == []


def test_the_read_out_of_a_cycle_is_the_teams_alone(sample: Database) -> None:
    quality = cycle_quality(sample, ANA, RUNNING)
    assert quality.prediction_before_data
    assert quality.iteration >= 1
    assert quality.points >= quality.points_since_start
    assert [name for name, _ in quality.lines] == [
        "Prediction before data", "Small scale", "Iteration", "Data points in series",
    ]  # fmt: skip
    assert cycle_quality(sample, COACH, RUNNING) == quality
    with pytest.raises(NotFound):
        cycle_quality(sample, STRANGER, RUNNING)
    with pytest.raises(NotAllowed):
        cycle_quality(sample, PRINCIPAL, RUNNING)


def test_nobody_else_decides(sample: Database) -> None:
    with pytest.raises(NotFound):
        decide(sample, STRANGER, RUNNING, decision="adopt", reason="x")
    for viewer in (COACH, PRINCIPAL):
        with pytest.raises(NotAllowed):
            decide(sample, viewer, RUNNING, decision="adopt", reason="x")
    assert not [row for row in list_decisions(sample, STRANGER) if row.test_id == RUNNING]
