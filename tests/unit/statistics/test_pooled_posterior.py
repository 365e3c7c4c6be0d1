"""The pooled posterior gives the specification's figures, and agrees with a brute-force integral."""

import numpy as np
import pytest

from plc.statistics.pooled_posterior import (
    PRIOR,
    PoolPrior,
    allowing_for_degrees,
    pooled_posterior,
    pooled_posteriors,
    tau_points,
)
from tests.unit.statistics.test_random_effects import printed, raudenbush

SPECIFIED = PoolPrior(spread=0.10)
THREE = np.array([0.25, 0.05, 0.12]), np.array([0.12, 0.10, 0.15]) ** 2


def test_three_tests_of_a_practice_have_the_printed_posterior() -> None:
    pool = pooled_posterior(*THREE, prior=SPECIFIED)
    assert [pool.mean, pool.lower, pool.upper] == printed(".1133", "-.006", ".231")
    assert [pool.positive, pool.meaningful, pool.next_positive] == printed(".941", ".815", ".878")


def test_the_expectancy_example_has_the_printed_posterior() -> None:
    pool = pooled_posterior(*raudenbush(), prior=SPECIFIED)
    assert [pool.mean, pool.positive, pool.meaningful] == printed(".0709", ".952", ".679")


def test_the_posterior_is_the_integral_over_both_unknowns() -> None:
    effect, variance = THREE
    mu = np.linspace(-0.8, 0.9, 1701)[:, None]
    tau = np.linspace(0, 0.8, 1601)[None, :]
    density = -0.5 * ((mu - PRIOR.mean) / PRIOR.sd) ** 2 - 0.5 * (tau / PRIOR.spread) ** 2
    for y, v in zip(effect, variance, strict=True):
        density = density - 0.5 * (y - mu) ** 2 / (v + tau**2) - 0.5 * np.log(v + tau**2)
    density = np.exp(density - density.max())
    density[:, 0] /= 2
    density /= density.sum()
    pool = pooled_posterior(effect, variance)
    assert pool.mean == pytest.approx(float((density * mu).sum()), abs=2e-4)
    assert pool.tau == pytest.approx(float((density * tau).sum()), abs=3e-4)
    assert pool.positive == pytest.approx(float(density[(mu > 0).ravel()].sum()), abs=1e-3)


def test_one_test_without_spread_is_the_posterior_of_that_test() -> None:
    """The specification's single test: .20 with error .10, normal."""
    pool = pooled_posterior(np.array([0.20]), np.array([0.01]), prior=PoolPrior(spread=1e-6))
    assert [pool.mean, pool.sd, pool.positive] == printed(".1538", ".0832", ".9678")
    assert [pool.lower, pool.upper, pool.meaningful] == printed(".017", ".291", ".894")


def test_one_test_is_nearly_the_posterior_of_that_test_and_a_little_less_sure() -> None:
    pool = pooled_posterior(np.array([0.20]), np.array([0.01]))
    assert 0.10 < pool.mean < 0.1538
    assert 0.0832 < pool.sd < 0.12
    assert 0.85 < pool.positive < 0.9678


def test_a_new_class_is_less_certain_than_the_mean() -> None:
    pool = pooled_posterior(*THREE)
    assert pool.next_lower < pool.lower < pool.upper < pool.next_upper
    assert pool.next_positive < pool.positive


def test_points_of_tau_share_the_prior_equally() -> None:
    tau = tau_points()
    assert len(tau) == 200
    assert np.mean(tau < PRIOR.spread) == pytest.approx(0.6827, abs=0.005)
    assert (np.diff(tau) > 0).all()


def test_an_error_estimated_from_few_classes_counts_for_less() -> None:
    """Of the single test with 4 degrees of freedom the exact t makes mean .1452, P(> 0) .9334."""
    wider = allowing_for_degrees(np.array([0.01]), np.array([4.0]))
    assert wider == pytest.approx(0.02)
    pool = pooled_posterior(np.array([0.20]), wider, prior=PoolPrior(spread=1e-6))
    assert pool.mean == pytest.approx(0.1452, abs=0.02)
    assert pool.positive == pytest.approx(0.9334, abs=0.04)


def test_a_lucky_first_test_fades_as_replications_find_nothing() -> None:
    effect, variance = np.array([0.25, -0.06, 0.04, -0.09, -0.02]), np.full(5, 0.11**2)
    means = [pooled_posterior(effect[:k], variance[:k]).mean for k in range(1, 6)]
    assert means == sorted(means, reverse=True)
    assert means[0] > 0.12
    assert abs(means[-1]) < 0.06


def test_the_weights_of_the_tests_and_of_the_prior_make_the_mean() -> None:
    effect, variance = THREE
    pool = pooled_posterior(effect, variance)
    typical = 1 - pool.weight.sum()
    assert 0 < typical < 0.5
    assert pool.weight[1] > pool.weight[0] > pool.weight[2]
    # Exact given tau; averaged over tau, tests and tau move together a little.
    assert pool.weight @ effect + typical * PRIOR.mean == pytest.approx(pool.mean, abs=0.003)


def test_several_pools_at_once_are_the_pools_one_by_one() -> None:
    effect, variance = THREE
    missing = np.array([[0.25, 0.05, 0.12], [0.25, np.nan, 0.12], [np.nan, np.nan, np.nan]])
    every, without_second, nothing = pooled_posteriors(missing, np.tile(variance, (3, 1)))
    assert every.mean == pooled_posterior(effect, variance).mean
    alone = pooled_posterior(effect[[0, 2]], variance[[0, 2]])
    assert (without_second.mean, without_second.upper) == pytest.approx((alone.mean, alone.upper))
    assert without_second.weight[1] == 0
    assert (nothing.mean, nothing.sd) == pytest.approx((PRIOR.mean, PRIOR.sd))


def test_a_pool_of_no_variance_is_refused() -> None:
    with pytest.raises(ValueError, match="variance"):
        pooled_posterior(np.array([0.1]), np.array([0.0]))
    with pytest.raises(ValueError, match="variance"):
        pooled_posteriors(np.array([[0.1]]), np.array([[0.0]]))
