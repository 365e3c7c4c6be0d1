"""What must hold of any pool: the order of tests, the sign of the scale, and what a further test may do."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plc.statistics.effect_posterior import effect_posterior
from plc.statistics.pooled_posterior import PoolPrior, pooled_posterior
from plc.statistics.random_effects import random_effects, shrunken_effects

SETTINGS = settings(max_examples=60, deadline=None)
effects = st.floats(-0.6, 0.6)
errors = st.floats(0.05, 0.30)
tests = st.lists(st.tuples(effects, errors), min_size=2, max_size=10)
EVEN = PoolPrior(mean=0.0)


def table(rows: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    effect, error = np.array(rows).T
    return effect, error**2


@SETTINGS
@given(rows=tests, seed=st.integers(0, 1000))
def test_the_order_of_tests_changes_nothing(rows: list[tuple[float, float]], seed: int) -> None:
    effect, variance = table(rows)
    order = np.random.default_rng(seed).permutation(len(rows))
    one, other = pooled_posterior(effect, variance), pooled_posterior(effect[order], variance[order])
    assert (other.mean, other.lower, other.next_upper) == pytest.approx(
        (one.mean, one.lower, one.next_upper), abs=1e-9
    )
    first, second = random_effects(effect, variance), random_effects(effect[order], variance[order])
    assert second.mean == pytest.approx(first.mean, abs=1e-6)
    np.testing.assert_allclose(second.weight, first.weight[order], atol=1e-5)


@SETTINGS
@given(rows=tests)
def test_turning_the_scale_over_turns_the_answer_over(rows: list[tuple[float, float]]) -> None:
    effect, variance = table(rows)
    up = pooled_posterior(effect, variance, prior=EVEN)
    down = pooled_posterior(-effect, variance, prior=EVEN)
    assert (down.mean, down.lower, down.upper) == pytest.approx((-up.mean, -up.upper, -up.lower), abs=1e-9)
    assert down.positive == pytest.approx(1 - up.positive, abs=1e-9)
    assert random_effects(-effect, variance).mean == pytest.approx(
        -random_effects(effect, variance).mean, abs=1e-6
    )


@SETTINGS
@given(rows=st.lists(st.tuples(st.floats(0.0, 0.6), errors), min_size=2, max_size=10))
def test_a_precise_test_that_finds_nothing_draws_a_positive_pool_towards_nothing(
    rows: list[tuple[float, float]],
) -> None:
    effect, variance = table(rows)
    before = pooled_posterior(effect, variance, prior=EVEN)
    after = pooled_posterior(np.append(effect, 0.0), np.append(variance, 0.02**2), prior=EVEN)
    assert -1e-9 <= after.mean <= before.mean + 1e-9


@SETTINGS
@given(effect=st.floats(-0.35, 0.35), error=errors)
def test_one_test_pools_to_its_own_posterior_with_room_for_other_classes(effect: float, error: float) -> None:
    alone = pooled_posterior(np.array([effect]), np.array([error**2]), prior=PoolPrior(spread=1e-6))
    single = effect_posterior(effect, error, df=math.inf)
    assert (alone.mean, alone.lower, alone.upper) == pytest.approx(
        (single.mean, single.lower, single.upper), abs=1e-3
    )
    pool = pooled_posterior(np.array([effect]), np.array([error**2]))
    assert pool.sd >= alone.sd - 1e-6
    assert abs(pool.mean - 0.05) <= abs(alone.mean - 0.05) + 1e-9
    assert pool.mean == pytest.approx(alone.mean, abs=0.5 * abs(effect - 0.05) + 1e-9)


@SETTINGS
@given(rows=tests)
def test_probabilities_and_bounds_keep_their_order(rows: list[tuple[float, float]]) -> None:
    pool = pooled_posterior(*table(rows))
    assert 0 <= pool.meaningful <= pool.positive <= 1
    assert pool.next_lower <= pool.lower <= pool.mean <= pool.upper <= pool.next_upper


@SETTINGS
@given(rows=tests)
def test_weights_are_a_share_of_one_and_every_test_is_drawn_between_itself_and_the_mean(
    rows: list[tuple[float, float]],
) -> None:
    effect, variance = table(rows)
    pool = random_effects(effect, variance)
    assert pool.weight.sum() == pytest.approx(1)
    assert (pool.weight > 0).all()
    shrunken, _ = shrunken_effects(effect, variance, pool)
    low, high = np.minimum(effect, pool.mean), np.maximum(effect, pool.mean)
    assert ((shrunken >= low - 1e-9) & (shrunken <= high + 1e-9)).all()


@SETTINGS
@given(rows=tests, unit=st.floats(0.2, 5))
def test_a_change_of_unit_scales_the_pool(rows: list[tuple[float, float]], unit: float) -> None:
    effect, variance = table(rows)
    one, other = random_effects(effect, variance), random_effects(unit * effect, unit**2 * variance)
    assert other.mean / unit == pytest.approx(one.mean, abs=1e-5)
    assert other.tau_squared / unit**2 == pytest.approx(one.tau_squared, abs=1e-5)
    assert other.statistic == pytest.approx(one.statistic, rel=1e-9)
