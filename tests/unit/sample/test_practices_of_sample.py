"""The made-up teams' tests: each effect comes out near its planted difference, measured like anyone's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.inquiry.effect_record import MEASURED
from plc.inquiry.measured_effect import measure_due_tests, stored_effect
from plc.inquiry.plan_checks import outcome_since_start
from plc.inquiry.test_reading import list_tests, practice_test
from plc.sample import load_sample
from plc.sample.forgetting import forget_team_work

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample"
PLANTED = pd.read_csv(SAMPLE / "practice_tests.csv").groupby(["practice_id", "test"])["difference"].first()
NAMES = [f"sample-test-{practice_id}-{number}" for practice_id, number in PLANTED.index]
RUNNING = "sample-test-running"
TEAMS = tuple(f"sample-team-{number}" for number in (1, 4, 5, 6, 7))
VIEWER = Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=TEAMS)


@pytest.fixture(scope="module")
def sample(sample_database: Database) -> Database:
    return sample_database


@pytest.fixture(scope="module")
def effects(sample: Database) -> pd.DataFrame:
    with sample.read() as cursor:
        return cursor.execute("select * from test_effect").df().set_index("test_id")


def test_every_test_of_the_two_practices_is_measured(effects: pd.DataFrame) -> None:
    assert set(effects.index) == {*NAMES, RUNNING}
    assert set(effects["verdict"]) == {MEASURED}


@pytest.mark.parametrize("name", NAMES)
def test_an_effect_comes_out_near_its_planted_difference(effects: pd.DataFrame, name: str) -> None:
    """Planted is the difference in gains; two classes on a side leave a standard error of chance."""
    found, planted = effects.loc[name], PLANTED.to_numpy()[NAMES.index(name)]
    assert abs(found["effect"] - planted) < found["standard_error"]
    assert found["lower_bound"] < planted < found["upper_bound"]


def test_effects_follow_what_was_planted(effects: pd.DataFrame) -> None:
    found = effects.loc[NAMES, "effect"].to_numpy()
    assert np.corrcoef(found, PLANTED.to_numpy())[0, 1] > 0.9
    assert abs(float(np.mean(found - PLANTED.to_numpy()))) < 0.05


def test_the_lucky_first_test_is_the_largest_of_its_practice(effects: pd.DataFrame) -> None:
    warm_up = effects.loc[[name for name in NAMES if "-P2-" in name], "effect"]
    assert warm_up.idxmax() == "sample-test-P2-1"
    assert (effects.loc[[name for name in NAMES if "-P1-" in name], "effect"] < 0).sum() == 1


def test_no_single_test_promises_anything(effects: pd.DataFrame) -> None:
    for sentence in effects["sentence"]:
        assert sentence.startswith("We predicted")
        assert "works" not in sentence
        assert "proved" not in sentence


def test_predictions_are_older_than_their_data(sample: Database) -> None:
    for test in list_tests(sample, VIEWER):
        assert test.predicted_at is not None
        assert test.predicted_at.date() < test.starts_on
        with sample.read() as cursor:
            results, latest_on, sections = outcome_since_start(cursor, VIEWER, test.test_id)
        assert results > 0
        assert latest_on is not None
        assert test.starts_on < latest_on <= test.ends_on
        assert sections == test.practice_sections + test.comparison_sections


def test_the_running_test_is_in_its_third_week_of_six(sample: Database) -> None:
    test = practice_test(sample, VIEWER, RUNNING)
    assert (test.state, test.week(date(2026, 5, 21)), test.weeks()) == ("planned", 3, 6)
    assert (test.practice_sections, test.comparison_sections) == (4, 8)
    assert {one.students for one in test.compared} == {None}
    effect = stored_effect(sample, VIEWER, RUNNING)
    assert effect is not None
    assert (effect.fidelity.fully, effect.fidelity.partly, effect.fidelity.silent) == (3, 1, 0)
    assert {one.kind for one in effect.balancing} == {"low starters", "subject"}


def test_an_abandoned_practice_stays_findable(sample: Database) -> None:
    with sample.read() as cursor:
        rows = cursor.execute(
            "select test.practice_id, decision.decision from test_decision as decision"
            " inner join practice_test as test using (test_id)"
        ).df()
    assert set(rows.loc[rows["practice_id"] == "P2", "decision"]) >= {"abandon", "adapt"}
    assert set(rows.loc[rows["practice_id"] == "P1", "decision"]) >= {"adopt", "keep testing", "adapt"}
    assert {test.practice_id for test in list_tests(sample, VIEWER)} == {"P1", "P2", "P3"}


def test_loading_again_writes_nothing_twice(sample: Database) -> None:
    before = _counts(sample)
    load_sample(sample)
    assert _counts(sample) == before
    assert measure_due_tests(sample, LOCAL_STEWARD) == 0


def test_made_up_work_goes_with_the_sample_district(sample: Database) -> None:
    """Last in this file: it empties what the others read."""
    forget_team_work(sample)
    assert list_tests(sample, VIEWER) == []
    assert set(_counts(sample).values()) == {0}


def _counts(database: Database) -> dict[str, Any]:
    tables = ("practice", "practice_version", "inquiry", "practice_test", "test_section", "test_effect")
    with database.read() as cursor:
        return {table: cursor.execute(f"select count(*) from {table}").fetchall()[0][0] for table in tables}
