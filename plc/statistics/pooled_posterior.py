"""What several tests of a practice, and what is usual of practices, say together: exact Bayes on a grid.

    y_i ~ N(mu, v_i + tau^2),   mu ~ N(0.05, 0.15^2),   tau ~ half-normal(0.15)          (specification D1)

Given tau everything is normal, so that the posterior is a mixture of 200 normals without simulation. It
stands from the first test on, where an interval from the tests alone has no degree of freedom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from plc.statistics.between_tests import Effects, effects_of
from plc.statistics.effect_options import INTERVAL, TYPICAL, WORTH_REPEATING
from plc.statistics.records import FloatArray

# Points of tau, each the middle of an equal share of its prior: ten times as many move no figure's fourth
# decimal.
TAU_POINTS = 200
# Halvings of the search for an interval's bound, each of which doubles its exactness.
_HALVINGS = 50


@dataclass(frozen=True, slots=True)
class PoolPrior:
    """What is believed before the first test, in SD.

    mean, sd  of mu, as for a single test
    spread    scale of the half-normal prior of tau, the SD between classes of one practice's effect. With
              .10 (the specification's) 90 % intervals of 2 to 10 tests cover .80 to .86 where tau is .20;
              with .15 they cover .87 or more there and are 3 to 8 % wider (docs/pooling_calibration.md)
    """

    mean: float = TYPICAL.mean
    sd: float = TYPICAL.sd or math.inf
    spread: float = 0.15


PRIOR = PoolPrior()


@dataclass(frozen=True, slots=True)
class PooledPosterior:
    """Posterior of the practice's mean effect mu and of the effect in a new class; SD.

    mean, sd, lower, upper  of mu, with the interval at the level asked for (90 %)
    positive, meaningful    P(mu > 0), P(mu > 0.05)
    next_lower, next_upper  interval for a new class; next_positive: P(its effect > 0)
    tau                     posterior mean of the SD between classes
    """

    mean: float
    sd: float
    lower: float
    upper: float
    positive: float
    meaningful: float
    next_lower: float
    next_upper: float
    next_positive: float
    tau: float


def pooled_posterior(
    effect: FloatArray, variance: FloatArray, *, prior: PoolPrior = PRIOR, level: float = INTERVAL
) -> PooledPosterior:
    """Pool k >= 1 tests: effect (k,) in SD, variance (k,) in SD^2.

    Raises `ValueError` without a test or with a variance that is none.
    """
    tau = tau_points(prior)
    share, mean, variance_of_mean = _given_tau(effects_of(effect, variance), tau, prior)
    sd, sd_next = np.sqrt(variance_of_mean), np.sqrt(variance_of_mean + tau**2)
    centre = float(share @ mean)
    tails = np.array([(1.0 - level) / 2, (1.0 + level) / 2])
    (lower, upper), (next_lower, next_upper) = (
        _quantiles(share, mean, spread, tails).tolist() for spread in (sd, sd_next)
    )
    return PooledPosterior(
        mean=centre,
        sd=math.sqrt(float(share @ (variance_of_mean + (mean - centre) ** 2))),
        lower=lower,
        upper=upper,
        positive=float(share @ special.ndtr(mean / sd)),
        meaningful=float(share @ special.ndtr((mean - WORTH_REPEATING) / sd)),
        next_lower=next_lower,
        next_upper=next_upper,
        next_positive=float(share @ special.ndtr(mean / sd_next)),
        tau=float(share @ tau),
    )


def tau_points(prior: PoolPrior = PRIOR) -> FloatArray:
    """TAU_POINTS values of tau, each of the same prior probability."""
    middles = (np.arange(TAU_POINTS) + 0.5) / TAU_POINTS
    return np.asarray(prior.spread * special.ndtri(0.5 + middles / 2), dtype=np.float64)


def _given_tau(
    tests: Effects, tau: FloatArray, prior: PoolPrior
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Posterior share of every tau point, and mean and variance of mu given it; all (T,)."""
    weight = 1.0 / (tests.variance + tau[:, None] ** 2)
    precision = prior.sd**-2 + np.sum(weight, axis=1)
    mean = (prior.mean * prior.sd**-2 + weight @ tests.effect) / precision
    logarithm = 0.5 * (
        np.sum(np.log(weight), axis=1) - np.log(precision) - weight @ tests.effect**2 + precision * mean**2
    )
    share = np.exp(logarithm - np.max(logarithm))
    return share / np.sum(share), mean, 1.0 / precision


def _quantiles(share: FloatArray, mean: FloatArray, sd: FloatArray, tails: FloatArray) -> FloatArray:
    """Where the mixture's distribution function reaches each tail, by halving."""
    low = np.full(len(tails), float(np.min(mean - 8 * sd)))
    high = np.full(len(tails), float(np.max(mean + 8 * sd)))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = special.ndtr((middle[:, None] - mean) / sd) @ share < tails
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2, dtype=np.float64)


def allowing_for_degrees(variance: FloatArray, degrees: FloatArray) -> FloatArray:
    """v df / (df - 2), the variance of the t that an estimated error makes of a test's likelihood; (k,).

    A normal of this variance stands for the t in the pool: the grid stays exact, and intervals cover
    (docs/pooling_calibration.md). Degrees of 2 or fewer count as 2.5, which widens by five times.
    """
    enough = np.maximum(np.asarray(degrees, dtype=np.float64), 2.5)
    return np.asarray(variance * enough / (enough - 2.0), dtype=np.float64)
