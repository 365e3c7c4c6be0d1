"""How much one practice's effect differs between tests: tau^2, its estimates and its interval.

    y_i = mu + u_i + e_i,   u_i ~ N(0, tau^2),   e_i ~ N(0, v_i),   w_i = 1 / (v_i + tau^2)

y_i is the effect a test measured (SD), v_i its sampling variance (SD^2); the tests share no class and no
teacher (`plc.statistics.shared_classes` makes them so). Specification D1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import optimize, special

from plc.statistics.records import FloatArray

# The largest tau searched for, in multiples of the spread of the effects: past it Q is below any quantile
# asked for, and an interval that reaches it is open above.
_WIDEST = 1e3
_STEPS, _CLOSE = 200, 1e-13


class Method(StrEnum):
    """How tau^2 is estimated; EQUAL takes it to be 0."""

    EQUAL = "equal effects"
    HEDGES = "Hedges"
    DERSIMONIAN_LAIRD = "DerSimonian-Laird"
    PAULE_MANDEL = "Paule-Mandel"
    REML = "REML"


@dataclass(frozen=True, slots=True)
class Effects:
    """Effects y and sampling variances v of k tests, SD and SD^2, both (k,)."""

    effect: FloatArray
    variance: FloatArray

    def __len__(self) -> int:
        return len(self.effect)

    def weight(self, tau_squared: float) -> FloatArray:
        """w_i = 1 / (v_i + tau^2)."""
        return 1.0 / (self.variance + tau_squared)

    def mean(self, tau_squared: float) -> tuple[float, float]:
        """mu = sum w y / sum w, and its variance 1 / sum w."""
        weight = self.weight(tau_squared)
        total = float(np.sum(weight))
        return float(weight @ self.effect) / total, 1.0 / total

    def scatter(self, tau_squared: float) -> float:
        """Q(tau^2) = sum w (y - mu)^2, which falls as tau^2 grows."""
        residual = self.effect - self.mean(tau_squared)[0]
        return float(self.weight(tau_squared) @ residual**2)

    def traces(self, tau_squared: float) -> tuple[float, float]:
        """sum w - sum w^2 / sum w, and sum w^2 - 2 sum w^3 / sum w + (sum w^2 / sum w)^2."""
        weight = self.weight(tau_squared)
        one, two, three = (float(np.sum(weight**power)) for power in (1, 2, 3))
        return one - two / one, two - 2 * three / one + (two / one) ** 2


def effects_of(effect: FloatArray, variance: FloatArray) -> Effects:
    """Checked effects of k tests. Raises `ValueError` without a test or with a variance that is none."""
    effect, variance = np.asarray(effect, dtype=np.float64), np.asarray(variance, dtype=np.float64)
    if not len(effect) or effect.shape != variance.shape:
        raise ValueError(f"{len(effect)} effects need a variance each; got {variance.shape}.")
    if not (np.isfinite(effect).all() and np.isfinite(variance).all() and (variance > 0).all()):
        raise ValueError("Every effect must be finite, and every variance finite and above 0.")
    return Effects(effect, variance)


def between_tests_variance(effect: FloatArray, variance: FloatArray, method: Method = Method.REML) -> float:
    """tau^2 in SD^2, never below 0; 0 from one test."""
    return estimate_tau_squared(effects_of(effect, variance), method)


def estimate_tau_squared(tests: Effects, method: Method) -> float:
    """tau^2 of checked effects, SD^2."""
    if len(tests) == 1 or method is Method.EQUAL:
        return 0.0
    if method is Method.HEDGES:
        return _hedges(tests)
    if method is Method.DERSIMONIAN_LAIRD:
        return max(0.0, (tests.scatter(0.0) - (len(tests) - 1)) / tests.traces(0.0)[0])
    if method is Method.PAULE_MANDEL:
        return _where_scatter_is(tests, len(tests) - 1.0)
    return _reml(tests)


def _hedges(tests: Effects) -> float:
    """The unweighted variance of the effects less the mean sampling variance (Hedges 1983)."""
    return max(0.0, float(np.var(tests.effect, ddof=1)) - float(np.mean(tests.variance)))


def _reml(tests: Effects) -> float:
    """Fisher steps up the restricted likelihood, each halved until it climbs."""
    tau_squared = _hedges(tests)
    height = _restricted_log_likelihood(tests, tau_squared)
    for _ in range(_STEPS):
        weight = tests.weight(tau_squared)
        residual = tests.effect - tests.mean(tau_squared)[0]
        first, second = tests.traces(tau_squared)
        step = (float(np.sum((weight * residual) ** 2)) - first) / second
        for _ in range(30):
            tried = max(0.0, tau_squared + step)
            reached = _restricted_log_likelihood(tests, tried)
            if reached >= height:
                break
            step /= 2
        else:
            return tau_squared
        if abs(tried - tau_squared) <= _CLOSE * (1.0 + tau_squared):
            return tried
        tau_squared, height = tried, reached
    return tau_squared


def _restricted_log_likelihood(tests: Effects, tau_squared: float) -> float:
    weight = tests.weight(tau_squared)
    return 0.5 * (
        float(np.sum(np.log(weight))) - math.log(float(np.sum(weight))) - tests.scatter(tau_squared)
    )


def _where_scatter_is(tests: Effects, target: float) -> float:
    """The tau^2 at which Q(tau^2) = target; 0 if Q is below it already, inf if it never falls so far."""
    if tests.scatter(0.0) <= target:
        return 0.0
    widest = _WIDEST * (float(np.ptp(tests.effect)) ** 2 + float(np.max(tests.variance)))
    if tests.scatter(widest) > target:
        return math.inf
    return float(optimize.brentq(lambda tried: tests.scatter(tried) - target, 0.0, widest, xtol=1e-14))


def between_tests_interval(
    effect: FloatArray, variance: FloatArray, *, level: float = 0.95
) -> tuple[float, float]:
    """Interval of tau^2 by the Q profile (Viechtbauer 2007, Stat Med 26:37); (0, inf) from one test."""
    tests = effects_of(effect, variance)
    if len(tests) == 1:
        return 0.0, math.inf
    apart, tail = len(tests) - 1, (1.0 - level) / 2
    # chdtri takes the probability of the upper tail.
    return (
        _where_scatter_is(tests, float(special.chdtri(apart, tail))),
        _where_scatter_is(tests, float(special.chdtri(apart, 1.0 - tail))),
    )
