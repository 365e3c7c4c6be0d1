"""Data arrives through uploads and nothing is typed twice: a file confirmed measures the test that waited."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from plc.core.errors import PlcError
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.inquiry.assignment import assign_at_random
from plc.inquiry.cycle_quality import cycle_quality
from plc.inquiry.effect_record import MEASURED, NO_RESULTS
from plc.inquiry.effect_store import stored_figures
from plc.inquiry.measured_effect import measure_test, stored_effect
from plc.inquiry.plan_checks import outcome_since_start
from plc.inquiry.test_plans import edit_test, plan_test, start_test, withdraw_test
from plc.inquiry.test_reading import practice_test
from plc.inquiry.test_records import Prediction
from plc.practices.renewing import renew
from plc.results import confirm_upload, stage_upload, undo_upload
from plc.statistics.effect_designs import Design
from tests.unit.inquiry.planned import ANA, OWN_CLASSES, new_inquiry, plan

UNIT_7 = Path(__file__).resolve().parents[3] / "data" / "sample" / "uploads" / "team-unit-7.csv"


def _waiting(sample: Database) -> str:
    """A test that waits for the check of unit 7, drawn and started."""
    waiting = plan(
        Design.RANDOMISED,
        measure_name="Unit 7 check",
        section_ids=(*OWN_CLASSES, "M1-MA6-26-7"),
        prediction=Prediction(1, "points"),
    )
    test_id = plan_test(sample, ANA, new_inquiry(sample), waiting)
    drawn = assign_at_random(sample, ANA, test_id, seed=11)
    start_test(sample, ANA, test_id, seen_version=drawn.version)
    return test_id


def _upload(sample: Database) -> str:
    staged = stage_upload(sample, LOCAL_STEWARD, UNIT_7)
    confirm_upload(sample, LOCAL_STEWARD, staged.upload_id)
    return staged.upload_id


def _a_month_passes(sample: Database, test_id: str) -> None:
    """As when the district's calendar had gone on: the test began a month ago."""
    with sample.write() as cursor:
        for table in ("practice_test", "test_section"):
            cursor.execute(
                f"update {table} set starts_on = starts_on - interval 30 day where test_id = $test_id",
                {"test_id": test_id},
            ).fetchall()


def test_a_prediction_changed_after_an_upload_was_undone_is_none(sample: Database) -> None:
    """Undoing the upload makes the results go, and not what was seen of them."""
    test_id = _waiting(sample)
    assert cycle_quality(sample, ANA, test_id).prediction_before_data
    undo_upload(sample, LOCAL_STEWARD, _upload(sample))
    with sample.write() as cursor:
        # The results were taken in the week before today.
        cursor.execute(
            "update result_taken_back set taken_on = date '2026-05-20' where assessment_name = 'Unit 7 check'"
        ).fetchall()
    _a_month_passes(sample, test_id)
    stored = practice_test(sample, ANA, test_id)
    bolder = replace(stored.plan, prediction=Prediction(2, "points", "now we know"))
    edit_test(sample, ANA, test_id, bolder, seen_version=stored.version)
    quality = cycle_quality(sample, ANA, test_id)
    assert not quality.prediction_before_data
    assert quality.lines[0] == ("Prediction before data", "no: changed after data were seen")

    _upload(sample)
    assert measure_test(sample, ANA, test_id).predicted_late
    # As it is kept, whoever may read its figures.
    effect = stored_figures(sample, test_id)
    assert effect is not None
    assert effect.verdict == MEASURED
    assert effect.predicted_late
    assert "changed after data were seen. Best estimate" in effect.sentence


def test_what_was_seen_and_undone_moves_no_last_day_and_hides_no_test(sample: Database) -> None:
    test_id = _waiting(sample)
    undo_upload(sample, LOCAL_STEWARD, _upload(sample))
    _a_month_passes(sample, test_id)
    stored = practice_test(sample, ANA, test_id)
    longer = replace(stored.plan, ends_on=stored.ends_on + timedelta(days=7))
    with pytest.raises(PlcError, match="the last day stays"):
        edit_test(sample, ANA, test_id, longer, seen_version=stored.version)
    with pytest.raises(PlcError, match="abandon it"):
        withdraw_test(sample, ANA, test_id, seen_version=stored.version)


def test_only_a_test_that_was_started_is_measured(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan())
    with pytest.raises(PlcError, match="Only a test that was started"):
        measure_test(sample, ANA, test_id)


def test_a_waiting_test_is_measured_by_the_upload_it_waited_for(sample: Database) -> None:
    test_id = _waiting(sample)
    assert measure_test(sample, ANA, test_id).verdict == NO_RESULTS

    staged = stage_upload(sample, LOCAL_STEWARD, UNIT_7)
    confirm_upload(sample, LOCAL_STEWARD, staged.upload_id)
    renew(sample, LOCAL_STEWARD)
    effect = stored_figures(sample, test_id)
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
