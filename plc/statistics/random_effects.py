"""One effect from several tests of the same practice, estimated from the tests alone.

`plc.statistics.between_tests` has the model and how the tests differ; here are the mean with its interval,
where a new class may lie, and the tests' own effects drawn to the mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from plc.statistics.between_tests import Method, effects_of, estimate_tau_squared
from plc.statistics.records import FloatArray


class Interval(StrEnum):
    """How sure the mean is said to be.

    KNAPP_HARTUNG (HKSJ): the tests' own scatter on t_{k-1}; right on average, and too narrow where the
    scatter happens to be small. FLOORED never lets it be narrower than the tests' own errors allow
    (Knapp & Hartung 2003, Stat Med 22:2693; Roever et al. 2015, BMC Med Res Methodol 15:99).
    """

    NORMAL = "normal"
    KNAPP_HARTUNG = "Knapp-Hartung"
    FLOORED = "floored Knapp-Hartung"


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """What k tests say together; effects in SD.

    mean, standard_error  mu and its error; lower, upper: interval at the level asked for, infinite where
                          one test leaves no degree of freedom
    degrees               of freedom of the interval (inf: normal); probability: of so large a mean if
                          mu = 0, two-sided
    tau_squared           variance between tests; tau_squared_error its REML standard error
    weight                (k,) how much of the mean each test is; sums to 1
    statistic             Cochran's Q, against chi2_{k-1}; heterogeneity: its probability
    i_squared, h_squared  share of the variation that is between tests; Q / (k - 1)
    """

    mean: float
    standard_error: float
    lower: float
    upper: float
    degrees: float
    probability: float
    tau_squared: float
    tau_squared_error: float
    weight: FloatArray
    statistic: float
    heterogeneity: float
    i_squared: float
    h_squared: float

    def __len__(self) -> int:
        return len(self.weight)


def random_effects(
    effect: FloatArray,
    variance: FloatArray,
    *,
    method: Method = Method.REML,
    interval: Interval = Interval.KNAPP_HARTUNG,
    level: float = 0.95,
) -> RandomEffects:
    """The pooled effect of k >= 1 tests: effect (k,) in SD, variance (k,) in SD^2.

    Raises `ValueError` without a test or with a variance that is none.
    """
    tests = effects_of(effect, variance)
    k = len(tests)
    tau_squared = estimate_tau_squared(tests, method)
    mean, spread = tests.mean(tau_squared)
    degrees = math.inf if interval is Interval.NORMAL else float(k - 1)
    factor = 1.0 if interval is Interval.NORMAL or k == 1 else tests.scatter(tau_squared) / (k - 1)
    if interval is Interval.FLOORED:
        factor = max(factor, 1.0)
    error = math.sqrt(factor * spread)
    reach = half_width(error, degrees=degrees, level=level)
    statistic = tests.scatter(0.0)
    _, second = tests.traces(tau_squared)
    trace_apart = tests.traces(0.0)[0]
    usual = (k - 1) / trace_apart if k > 1 else float(np.mean(tests.variance))
    return RandomEffects(
        mean=mean,
        standard_error=error,
        lower=mean - reach,
        upper=mean + reach,
        degrees=degrees,
        probability=_two_sided(mean, error, degrees),
        tau_squared=tau_squared,
        tau_squared_error=math.sqrt(2.0 / second) if k > 1 else math.inf,
        weight=tests.weight(tau_squared) * spread,
        statistic=statistic,
        heterogeneity=float(special.chdtrc(k - 1, statistic)) if k > 1 else 1.0,
        i_squared=tau_squared / (tau_squared + usual),
        h_squared=statistic / (k - 1) if k > 1 else 1.0,
    )


def half_width(error: float, *, degrees: float, level: float) -> float:
    """Quantile of t (normal with infinite degrees) times the error; infinite below one degree."""
    if degrees < 1:
        return math.inf
    share = 0.5 + level / 2
    return error * float(special.ndtri(share) if math.isinf(degrees) else special.stdtrit(degrees, share))


def widths(error: FloatArray, degrees: FloatArray, *, level: float) -> FloatArray:
    """`half_width` of several intervals at once, each with one degree of freedom or more."""
    share = 0.5 + level / 2
    quantile = np.where(
        np.isinf(degrees),
        special.ndtri(share),
        special.stdtrit(np.where(np.isinf(degrees), 1.0, degrees), share),
    )
    return np.asarray(error * quantile, dtype=np.float64)


def _two_sided(mean: float, error: float, degrees: float) -> float:
    if degrees < 1:
        return 1.0
    if error == 0:
        return 0.0 if mean else 1.0
    ratio = -abs(mean) / error
    return 2 * float(special.ndtr(ratio) if math.isinf(degrees) else special.stdtr(degrees, ratio))


def prediction_interval(
    pooled: RandomEffects, *, degrees: float | None = None, level: float = 0.95
) -> tuple[float, float]:
    """mu +- t sqrt(tau^2 + se^2): where a new class's effect may lie.

    degrees: k - 2 unless stated (Higgins, Thompson & Spiegelhalter 2009, JRSS-A 172:137), which covers; the
    k - 1 of metafor covers .84 to .89 at a stated .95. Infinite where no degree is left.
    """
    freedom = len(pooled) - 2.0 if degrees is None else degrees
    error = math.sqrt(pooled.tau_squared + pooled.standard_error**2)
    reach = half_width(error, degrees=freedom, level=level)
    return pooled.mean - reach, pooled.mean + reach


def shrunken_effects(
    effect: FloatArray, variance: FloatArray, pooled: RandomEffects
) -> tuple[FloatArray, FloatArray]:
    """Best linear predictions of the tests' own effects, drawn to the mean, and their errors; both (k,).

    b y + (1 - b) mu;   variance b v + (1 - b)^2 / sum w,   b = tau^2 / (tau^2 + v)
    """
    tests = effects_of(effect, variance)
    own = pooled.tau_squared * tests.weight(pooled.tau_squared)
    spread = own * tests.variance + (1.0 - own) ** 2 * tests.mean(pooled.tau_squared)[1]
    return own * tests.effect + (1.0 - own) * pooled.mean, np.sqrt(spread)
