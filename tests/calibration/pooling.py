"""Whether a pool of tests is what it says: coverage, width, false confirmations, and how a lucky test fades.

Tests are drawn from the model of the specification: a true mean effect, classes that differ around it by tau,
errors of .06 to .20 SD that each test knows only from 6 to 20 degrees of freedom.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.practices.status import LADDER, PracticeEvidence, Step, practice_status
from plc.practices.thresholds import Thresholds
from plc.statistics.pooled_posterior import (
    PRIOR,
    PooledPosterior,
    PoolPrior,
    allowing_for_degrees,
    pooled_posteriors,
)
from plc.statistics.random_effects import Interval, random_effects
from plc.statistics.records import FloatArray

LEAST_ERROR, MOST_ERROR = 0.06, 0.20
# A test's degrees: the district's 6 to 20 and its own few.
LEAST_DEGREES, MOST_DEGREES = 6, 20
TAUS = (0.0, 0.05, 0.10, 0.20)
MEANS = (0.0, 0.08, 0.15)
TESTS = (2, 3, 4, 5, 6, 8, 10)
SPECIFIED = PoolPrior(spread=0.10)
LEAST_COVERAGE = 0.87
# Two classes in two schools try it in every test.
CLASSES_PER_TEST = 2
# Looks before the planned end, that end among them; the error of a whole test; what looks good; nearly sure.
LOOKS, STOPPING_ERROR, LOOKS_GOOD, SURE = 3, 0.12, 1.25, 0.90
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Drawn:
    """n sets of k tests: measured effects and estimated variances, (n, k), SD and SD^2, and degrees."""

    effect: FloatArray
    variance: FloatArray
    degrees: FloatArray

    @property
    def allowed(self) -> FloatArray:
        """Variances as the product pools them."""
        return allowing_for_degrees(self.variance, self.degrees)


@dataclass(frozen=True, slots=True)
class Cell:
    """Of one tau and one number of tests: shares of 90 % intervals that cover, and their mean widths.

    worst is the lowest coverage over the true means; specified that with tau's prior .10 and errors taken as
    known; robust the floored 95 % interval from the tests alone (NaN below three tests)
    """

    tau: float
    tests: int
    coverage: float
    worst: float
    width: float
    specified: float
    specified_width: float
    robust: float
    robust_width: float


def draw(
    rng: np.random.Generator, sets: int, tests: int, *, mean: float, tau: float, error: float | None = None
) -> Drawn:
    """Sets of tests around a true mean; `error` instead of one drawn for each test."""
    shape = (sets, tests)
    true_error = np.full(shape, error) if error else rng.uniform(LEAST_ERROR, MOST_ERROR, shape)
    degrees = rng.integers(LEAST_DEGREES, MOST_DEGREES + 1, shape).astype(np.float64)
    effect = mean + tau * rng.normal(size=shape) + true_error * rng.normal(size=shape)
    return Drawn(effect, true_error**2 * rng.chisquare(degrees) / degrees, degrees)


def pools(effect: FloatArray, variance: FloatArray, *, prior: PoolPrior = PRIOR) -> list[PooledPosterior]:
    """Every row's pool, some hundred at once."""
    found: list[PooledPosterior] = []
    for start in range(0, len(effect), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        found += pooled_posteriors(effect[rows], variance[rows], prior=prior)
    return found


def cell(rng: np.random.Generator, sets: int, *, tests: int, tau: float) -> Cell:
    """Coverage and width over the true means, `sets` of each."""
    ours, specified, robust = [], [], []
    for mean in MEANS:
        drawn = draw(rng, sets, tests, mean=mean, tau=tau)
        ours.append(_covered(pools(drawn.effect, drawn.allowed), mean))
        specified.append(_covered(pools(drawn.effect, drawn.variance, prior=SPECIFIED), mean))
        if tests >= 3:
            robust.append(_covered_alone(drawn, mean))
    coverage, width = np.mean(ours, axis=0)
    usual, usual_width = np.mean(specified, axis=0)
    alone, alone_width = np.mean(robust, axis=0) if robust else (np.nan, np.nan)
    worst = min(share for share, _ in ours)
    return Cell(tau, tests, coverage, worst, width, usual, usual_width, alone, alone_width)


def _covered(found: list[PooledPosterior], mean: float) -> tuple[float, float]:
    lower, upper = np.array([(each.lower, each.upper) for each in found]).T
    return float(np.mean((lower <= mean) & (mean <= upper))), float(np.mean(upper - lower))


def _covered_alone(drawn: Drawn, mean: float) -> tuple[float, float]:
    ends = np.array(
        [
            (pool.lower, pool.upper)
            for pool in (
                random_effects(effect, variance, interval=Interval.FLOORED)
                for effect, variance in zip(drawn.effect, drawn.allowed, strict=True)
            )
        ]
    )
    return float(np.mean((ends[:, 0] <= mean) & (mean <= ends[:, 1]))), float(np.mean(np.ptp(ends, axis=1)))


def confirmed(
    rng: np.random.Generator, sets: int, rules: Thresholds, *, mean: float, tau: float, most: int = 10
) -> tuple[FloatArray, float]:
    """Share of practices confirmed after each number of tests 1..most, and share confirmed at any of them."""
    drawn = draw(rng, sets, most, mean=mean, tau=tau)
    interval = Interval.FLOORED if rules.pool.floored else Interval.KNAPP_HARTUNG
    held = np.zeros((sets, most), dtype=np.bool_)
    for row, (effect, variance) in enumerate(zip(drawn.effect, drawn.allowed, strict=True)):
        for tests in range(3, most + 1):
            lower = random_effects(
                effect[:tests], variance[:tests], interval=interval, level=rules.pool.level
            ).lower
            held[row, tests - 1] = _is_confirmed(tests, lower, rules)
    return held.mean(axis=0), float(held.any(axis=1).mean())


def _is_confirmed(tests: int, lower: float, rules: Thresholds) -> bool:
    classes = CLASSES_PER_TEST * tests
    evidence = PracticeEvidence(
        tests=tests, teams=tests, practice_sections=classes, teachers=classes, schools=classes,
        lower=lower, upper=1.0, robust_lower=lower, meaningful=0.5,
    )  # fmt: skip
    step = practice_status(evidence, rules).step
    return LADDER.index(step) >= LADDER.index(Step.CONFIRMED)


def fading(
    rng: np.random.Generator, sets: int, *, first: float, replications: int, error: float = 0.12
) -> FloatArray:
    """Mean pooled estimate and ends of its interval after a lucky first test and 0, 1, ... true-zero ones.

    Shape (replications + 1, 3).
    """
    drawn = draw(rng, sets, replications + 1, mean=0.0, tau=0.0, error=error)
    effect = drawn.effect.copy()
    effect[:, 0] = first
    story = []
    for tests in range(1, replications + 2):
        found = pools(effect[:, :tests], drawn.allowed[:, :tests])
        story.append(np.mean([(each.mean, each.lower, each.upper) for each in found], axis=0))
    return np.array(story)


@dataclass(frozen=True, slots=True)
class Stopped:
    """Pools of tests of no effect: mean estimate, coverage at 90 %, share with P(helped) of .90 or more."""

    estimate: float
    coverage: float
    sure: float


def stopping(rng: np.random.Generator, sets: int, *, tests: int) -> tuple[Stopped, Stopped]:
    """Sets of tests whose teams look after each third and stop when it looks good.

    Pooled as they stopped, and pooled at their planned end.

    The true effect is 0; a look that is more than a standard error and a quarter above 0 looks good.
    """
    shape = (sets, tests, LOOKS)
    thirds = np.sqrt(LOOKS) * STOPPING_ERROR * rng.normal(size=shape)
    so_far = np.cumsum(thirds, axis=2) / np.arange(1, LOOKS + 1)
    error = STOPPING_ERROR * np.sqrt(LOOKS / np.arange(1, LOOKS + 1))
    good = so_far > LOOKS_GOOD * error
    good[:, :, -1] = True
    first = np.argmax(good, axis=2)
    stopped = np.take_along_axis(so_far, first[:, :, None], axis=2)[:, :, 0]
    early = _stopped(stopped, error[first])
    return early, _stopped(so_far[:, :, -1], np.full((sets, tests), STOPPING_ERROR))


def _stopped(effect: FloatArray, error: FloatArray) -> Stopped:
    degrees = np.full(effect.shape, float(MOST_DEGREES))
    found = pools(effect, allowing_for_degrees(error**2, degrees))
    return Stopped(
        estimate=float(np.mean([each.mean for each in found])),
        coverage=_covered(found, 0.0)[0],
        sure=float(np.mean([each.positive >= SURE for each in found])),
    )
