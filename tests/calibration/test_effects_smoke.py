"""A quick look whether measured effects are still as sure as they say; the grid is `--effects`.

Limits are what the grid reaches, widened by three Monte Carlo standard errors at this size. They catch a lost
part (borrowed variance, the share carried over, starting points), not a lost per cent.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from plc.statistics.moderated_effect import moderated_effect
from tests.calibration.effects import (
    KINDS,
    SCALES,
    Kind,
    Pool,
    Score,
    drawn_classes,
    low_starting_change,
    low_with_any,
    many_pools,
    score,
    trials,
)

TESTS = 120


@cache
def pooled() -> dict[str, list[Pool]]:
    return many_pools(("base",), [1, 2], rows=60_000)


def measured(kind: Kind, size: int) -> list[Score]:
    found = trials(kind, pooled()[kind.before], size, TESTS, np.random.default_rng(size))
    assert len(found) == TESTS
    return [score(found, scale) for scale in range(len(SCALES))]


# Classes of two small districts serve in many tests and share their luck: errors count half as large again.
def slack(rate: float) -> float:
    return float(4.5 * np.sqrt(rate * (1 - rate) / TESTS))


@pytest.mark.parametrize("size", [2, 6])
@pytest.mark.parametrize("name", ["randomised", "matched", "difference", "staggered", "series"])
def test_a_test_without_an_effect_rarely_finds_one(name: str, size: int) -> None:
    found = measured(KINDS[name], size)[0]
    assert found.false_alarms <= 0.06 + slack(0.05)
    assert 0.87 - slack(0.10) <= found.coverage <= 0.93 + slack(0.10)
    assert abs(found.bias) <= 4 * found.bias_error + 0.01


def test_a_borrowed_spread_that_is_wrong_hardly_matters_once_there_is_an_occasion_before() -> None:
    own, small, large = measured(KINDS["randomised"], 4)
    assert small.false_alarms - own.false_alarms <= 0.04
    assert own.false_alarms - large.false_alarms <= 0.04


def test_occasions_before_the_start_are_worth_more_than_three_times_the_classes() -> None:
    assert measured(KINDS["randomised"], 2)[0].width < measured(KINDS["randomised_new"], 6)[0].width


def test_ignoring_that_classes_differ_would_find_effects_that_are_not_there() -> None:
    naive = Kind(
        "students as if drawn one by one",
        "nothing before",
        drawn_classes,
        lambda c, s, v: moderated_effect(c, s, v.scaled(0.05), randomised=False),
    )
    assert measured(naive, 2)[0].false_alarms > 0.12


def test_classes_that_start_low_are_not_taken_for_losing_or_gaining() -> None:
    found = measured(
        Kind("low beside any", "nothing before", low_with_any, KINDS["unmatched_new"].estimate), 6
    )[0]
    assert abs(found.bias) <= 4 * found.bias_error + 0.02


def test_what_low_classes_gain_by_themselves_is_what_is_stated() -> None:
    found = low_starting_change(pooled()["one before"], 0.25)
    assert found.change > 0.03
    assert found.stated == pytest.approx(found.change, abs=0.03)
