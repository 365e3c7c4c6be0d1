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

from plc.statistics.between_tests import effects_of
from plc.statistics.effect_options import INTERVAL, TYPICAL, WORTH_REPEATING
from plc.statistics.records import BoolArray, FloatArray

# Points of tau, each the middle of an equal share of its prior: ten times as many move no figure's fourth
# decimal.
TAU_POINTS = 200
# Newton's steps to an interval's bound; four reach 1e-12 of the probability asked for.
_STEPS = 6


@dataclass(frozen=True, slots=True)
class PoolPrior:
    """What is believed before the first test, in SD.

    mean, sd  of mu, as for a single test
    spread    scale of the half-normal prior of tau, the SD between classes of one practice's effect. With
              .10 (the specification's) 90 % intervals of 2 to 10 tests cover .82 to .85 where tau is .20;
              with .15 they cover .89 or more and are 8 to 12 % wider (docs/pooling_calibration.md)
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
    weight                  (k,) how much each test makes of the mean; what is left of 1 is the prior's
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
    weight: FloatArray


def pooled_posterior(
    effect: FloatArray, variance: FloatArray, *, prior: PoolPrior = PRIOR, level: float = INTERVAL
) -> PooledPosterior:
    """Pool k >= 1 tests: effect (k,) in SD, variance (k,) in SD^2.

    Raises `ValueError` without a test or with a variance that is none.
    """
    tests = effects_of(effect, variance)
    return pooled_posteriors(tests.effect[None], tests.variance[None], prior=prior, level=level)[0]


def pooled_posteriors(
    effect: FloatArray, variance: FloatArray, *, prior: PoolPrior = PRIOR, level: float = INTERVAL
) -> list[PooledPosterior]:
    """Pools of several sets of tests at once: effect and variance (b, k), NaN in the effect for no test.

    A set without any test gives the prior. Raises `ValueError` for a variance that is none.
    """
    there = np.isfinite(effect)
    if effect.shape != variance.shape or not (variance[there] > 0).all():
        raise ValueError("Every effect needs a finite variance above 0.")
    tau = tau_points(prior)
    share, mean, spread, weight = _given_tau(np.where(there, effect, 0.0), variance, there, tau, prior)
    sd, sd_next = np.sqrt(spread), np.sqrt(spread + tau**2)
    centre = np.sum(share * mean, axis=1)
    columns = [
        centre,
        np.sqrt(np.sum(share * (spread + (mean - centre[:, None]) ** 2), axis=1)),
        *_quantiles(share, mean, sd, level),
        np.sum(share * special.ndtr(mean / sd), axis=1),
        np.sum(share * special.ndtr((mean - WORTH_REPEATING) / sd), axis=1),
        *_quantiles(share, mean, sd_next, level),
        np.sum(share * special.ndtr(mean / sd_next), axis=1),
        share @ tau,
    ]
    return [
        PooledPosterior(*figures, each)  # type: ignore[call-arg]
        for figures, each in zip(np.column_stack(columns).tolist(), weight, strict=True)
    ]


def tau_points(prior: PoolPrior = PRIOR) -> FloatArray:
    """TAU_POINTS values of tau, each of the same prior probability."""
    middles = (np.arange(TAU_POINTS) + 0.5) / TAU_POINTS
    return np.asarray(prior.spread * special.ndtri(0.5 + middles / 2), dtype=np.float64)


def _given_tau(
    effect: FloatArray, variance: FloatArray, there: BoolArray, tau: FloatArray, prior: PoolPrior
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Posterior share of every tau point, mean and variance of mu given it, (b, T); tests' weights (b, k)."""
    total = np.where(there, variance, 1.0)[:, None, :] + tau[:, None] ** 2
    weight = there[:, None, :] / total
    precision = prior.sd**-2 + np.sum(weight, axis=2)
    own = effect[:, None, :]
    mean = (prior.mean * prior.sd**-2 + np.sum(weight * own, axis=2)) / precision
    logarithm = 0.5 * (
        precision * mean**2
        - np.sum(weight * own**2, axis=2)
        - np.sum(there[:, None, :] * np.log(total), axis=2)
        - np.log(precision)
    )
    share = np.exp(logarithm - np.max(logarithm, axis=1, keepdims=True))
    share = share / np.sum(share, axis=1, keepdims=True)
    each = np.sum(share[:, :, None] * weight / precision[:, :, None], axis=1)
    return share, mean, 1.0 / precision, each


def _quantiles(
    share: FloatArray, mean: FloatArray, sd: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Both ends (b,) of the interval that holds `level` of each mixture: Newton's steps in a bracket.

    On the scale of normal scores, where a mixture of normals is nearly a straight line.
    """
    tails = np.array([(1.0 - level) / 2, (1.0 + level) / 2])[:, None]
    low = np.tile(np.min(mean - 8 * sd, axis=1), (2, 1))
    high = np.tile(np.max(mean + 8 * sd, axis=1), (2, 1))
    centre = np.sum(share * mean, axis=1)
    spread = np.sqrt(np.sum(share * (sd**2 + (mean - centre[:, None]) ** 2), axis=1))
    reached = centre + special.ndtri(tails) * spread
    for _ in range(_STEPS):
        apart = (reached[:, :, None] - mean) / sd
        below = np.sum(share * special.ndtr(apart), axis=2)
        density = np.sum(share * np.exp(-0.5 * apart**2) / sd, axis=2)
        low, high = np.where(below < tails, reached, low), np.where(below < tails, high, reached)
        score = special.ndtri(np.clip(below, 1e-15, 1 - 1e-15))
        slope = np.maximum(density, 1e-12) * np.exp(0.5 * score**2)
        stepped = reached - (score - special.ndtri(tails)) / slope
        reached = np.where((stepped >= low) & (stepped <= high), stepped, (low + high) / 2)
    return reached[0], reached[1]


def allowing_for_degrees(variance: FloatArray, degrees: FloatArray) -> FloatArray:
    """v df / (df - 2), the variance of the t that an estimated error makes of a test's likelihood; (k,).

    A normal of this variance stands for the t in the pool: the grid stays exact, and intervals cover
    (docs/pooling_calibration.md). Degrees of 2 or fewer count as 2.5, which widens by five times.
    """
    enough = np.maximum(np.asarray(degrees, dtype=np.float64), 2.5)
    return np.asarray(variance * enough / (enough - 2.0), dtype=np.float64)
