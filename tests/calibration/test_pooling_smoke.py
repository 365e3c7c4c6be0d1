"""A small run of the simulation of pools, whose full run is docs/pooling_calibration.md."""

from __future__ import annotations

import numpy as np
import pytest

from plc.practices.thresholds import thresholds
from tests.calibration import pooling, pooling_report

SEED = 811


@pytest.mark.parametrize("tau", [0.0, 0.10, 0.20])
@pytest.mark.parametrize("tests", [2, 4, 10])
def test_nine_in_ten_intervals_hold_the_true_mean(tau: float, tests: int) -> None:
    found = pooling.cell(np.random.default_rng([SEED, tests, round(100 * tau)]), 120, tests=tests, tau=tau)
    # Of 360 intervals; three Monte Carlo errors below what the full run requires.
    assert found.coverage > pooling.LEAST_COVERAGE - 0.05
    assert found.width < 0.40


def test_wider_room_for_differences_costs_little_width_and_buys_coverage_where_classes_differ() -> None:
    found = pooling.cell(np.random.default_rng(SEED), 200, tests=3, tau=0.20)
    assert found.coverage > found.specified + 0.02
    assert found.width < 1.15 * found.specified_width


def test_a_practice_of_no_effect_is_hardly_ever_confirmed() -> None:
    share, ever = pooling.confirmed(np.random.default_rng(SEED), 100, thresholds(), mean=0.0, tau=0.05)
    assert share[:2].tolist() == [0.0, 0.0]
    assert ever < 0.12


def test_a_practice_that_helps_is_confirmed_in_time() -> None:
    share, _ = pooling.confirmed(np.random.default_rng(SEED), 40, thresholds(), mean=0.20, tau=0.05)
    assert share[9] > 0.8


def test_the_estimate_of_a_lucky_first_test_fades() -> None:
    story = pooling.fading(np.random.default_rng(SEED), 100, first=0.25, replications=4)
    assert (np.diff(story[:, 0]) < 0).all()
    assert story[0, 0] > 0.10
    assert story[-1, 0] < 0.06
    assert (story[1:, 1] < 0).all()


def test_the_document_holds_every_table_and_says_the_false_confirmations() -> None:
    text, _ = pooling_report.run([SEED], sets=5, practices=3, stories=5, say=lambda _: None)
    assert text.count("\n| 0.") >= len(pooling.TAUS) * len(pooling.TESTS)
    assert "Of practices whose true mean effect is 0" in text


def test_tests_that_stop_when_it_looks_good_say_more_than_those_that_wait_for_their_planned_end() -> None:
    early, waited = pooling.stopping(np.random.default_rng(SEED), 400, tests=3)
    assert waited.coverage > pooling.LEAST_COVERAGE
    # The same tests, so that luck is shared.
    assert early.estimate > waited.estimate + 0.003
