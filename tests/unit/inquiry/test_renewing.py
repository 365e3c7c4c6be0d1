"""Data arrives through uploads and nothing is typed twice: a file confirmed measures the test that waited."""

from __future__ import annotations

from pathlib import Path

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.inquiry.assignment import assign_at_random
from plc.inquiry.effect_record import MEASURED, NO_RESULTS
from plc.inquiry.measured_effect import measure_test, stored_effect
from plc.inquiry.plan_checks import outcome_since_start
from plc.inquiry.test_plans import plan_test, start_test
from plc.inquiry.test_records import Prediction
from plc.practices.renewing import renew
from plc.results import confirm_upload, stage_upload, undo_upload
from plc.statistics.effect_designs import Design
from tests.unit.inquiry.planned import ANA, OWN_CLASSES, new_inquiry, plan

UNIT_7 = Path(__file__).resolve().parents[3] / "data" / "sample" / "uploads" / "team-unit-7.csv"


def test_a_waiting_test_is_measured_by_the_upload_it_waited_for(sample: Database) -> None:
    waiting = plan(
        Design.RANDOMISED,
        measure_name="Unit 7 check",
        section_ids=(*OWN_CLASSES, "M1-MA6-26-7"),
        prediction=Prediction(1, "points"),
    )
    test_id = plan_test(sample, ANA, new_inquiry(sample), waiting)
    drawn = assign_at_random(sample, ANA, test_id, seed=11)
    start_test(sample, ANA, test_id, seen_version=drawn.version)
    assert measure_test(sample, ANA, test_id).verdict == NO_RESULTS

    staged = stage_upload(sample, LOCAL_STEWARD, UNIT_7)
    confirm_upload(sample, LOCAL_STEWARD, staged.upload_id)
    renew(sample, LOCAL_STEWARD)
    effect = stored_effect(sample, ANA, test_id)
    assert effect is not None
    assert effect.verdict == MEASURED
    assert effect.practice is not None
    assert effect.comparison is not None
    assert effect.practice.classes + effect.comparison.classes == 7
    assert effect.sentence.startswith("We predicted +1 points")
    with sample.read() as cursor:
        assert outcome_since_start(cursor, ANA, test_id)[2] == 7

    undo_upload(sample, LOCAL_STEWARD, staged.upload_id)
    renew(sample, LOCAL_STEWARD)
    again = stored_effect(sample, ANA, test_id)
    assert again is not None
    assert again.verdict == NO_RESULTS
