"""How much one practice's effect differs between tests: tau^2, its estimates and its interval.

    y_i = mu + u_i + e_i,   u_i ~ N(0, tau^2),   e ~ N(0, V)

y_i is the effect a test measured, V what is known of its sampling variance: a vector (k,) when no two
tests share anything, a matrix (k, k) when some were compared with the same classes. Turned to the
eigenvectors of V the tests are independent, with variances l_i + tau^2 and the design x~ = U'1, so that
every estimator below is a sum over i; with a vector V it is the textbook's formula (specification D1).
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
class Rotated:
    """Effects y~ and design x~ in the eigenvectors U of V, with eigenvalues l; all (k,), U (k, k)."""

    effect: FloatArray
    design: FloatArray
    variance: FloatArray
    vectors: FloatArray

    def __len__(self) -> int:
        return len(self.effect)

    def weight(self, tau_squared: float) -> FloatArray:
        """w_i = 1 / (l_i + tau^2)."""
        return 1.0 / (self.variance + tau_squared)

    def mean(self, tau_squared: float) -> tuple[float, float]:
        """mu = sum w x y / sum w x^2, and its variance 1 / sum w x^2."""
        weight = self.weight(tau_squared)
        total = float(np.sum(weight * self.design**2))
        return float(np.sum(weight * self.design * self.effect)) / total, 1.0 / total

    def scatter(self, tau_squared: float) -> float:
        """Q(tau^2) = sum w (y - mu x)^2, which falls as tau^2 grows."""
        residual = self.effect - self.mean(tau_squared)[0] * self.design
        return float(np.sum(self.weight(tau_squared) * residual**2))

    def traces(self, tau_squared: float) -> tuple[float, float]:
        """tr P and tr PP, P = W - W x x'W / x'W x."""
        w, x2 = self.weight(tau_squared), self.design**2
        one, two, three = (float(np.sum(w**power * x2)) for power in (1, 2, 3))
        return float(np.sum(w)) - two / one, float(np.sum(w**2)) - 2 * three / one + (two / one) ** 2


def rotated(effect: FloatArray, variance: FloatArray) -> Rotated:
    """Tests made independent. Raises `ValueError` without a test or where V is no covariance matrix."""
    effect = np.asarray(effect, dtype=np.float64)
    variance = np.asarray(variance, dtype=np.float64)
    tests = len(effect)
    if not tests or variance.shape not in ((tests,), (tests, tests)):
        raise ValueError(f"{tests} effects need a variance each, or a matrix of them; got {variance.shape}.")
    if variance.ndim == 1:
        values, vectors = variance, np.eye(tests)
    else:
        values, vectors = np.linalg.eigh(variance)
    if not (np.isfinite(effect).all() and np.isfinite(values).all() and (values > 0).all()):
        raise ValueError("Every effect must be finite, and every variance finite and above 0.")
    return Rotated(vectors.T @ effect, vectors.sum(axis=0), values, vectors)


def between_tests_variance(effect: FloatArray, variance: FloatArray, method: Method = Method.REML) -> float:
    """tau^2 in SD^2, never below 0; 0 from one test."""
    return estimate_tau_squared(rotated(effect, variance), method)


def estimate_tau_squared(tests: Rotated, method: Method) -> float:
    if len(tests) == 1 or method is Method.EQUAL:
        return 0.0
    if method is Method.HEDGES:
        return _hedges(tests)
    if method is Method.DERSIMONIAN_LAIRD:
        return max(0.0, (tests.scatter(0.0) - (len(tests) - 1)) / tests.traces(0.0)[0])
    if method is Method.PAULE_MANDEL:
        return _where_scatter_is(tests, len(tests) - 1.0)
    return _reml(tests)


def _hedges(tests: Rotated) -> float:
    """The unweighted variance of the effects less the mean sampling variance (Hedges 1983)."""
    k, x = len(tests), tests.design
    mean = float(x @ tests.effect) / k
    expected = float(np.sum(tests.variance)) - float(np.sum(tests.variance * x**2)) / k
    return max(0.0, (float(np.sum((tests.effect - mean * x) ** 2)) - expected) / (k - 1))


def _reml(tests: Rotated) -> float:
    """Fisher steps up the restricted likelihood, each halved until it climbs."""
    tau_squared = _hedges(tests)
    height = _restricted_log_likelihood(tests, tau_squared)
    for _ in range(_STEPS):
        weight = tests.weight(tau_squared)
        residual = tests.effect - tests.mean(tau_squared)[0] * tests.design
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


def _restricted_log_likelihood(tests: Rotated, tau_squared: float) -> float:
    weight = tests.weight(tau_squared)
    total = float(np.sum(weight * tests.design**2))
    return 0.5 * (float(np.sum(np.log(weight))) - math.log(total) - tests.scatter(tau_squared))


def _where_scatter_is(tests: Rotated, target: float) -> float:
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
    tests = rotated(effect, variance)
    if len(tests) == 1:
        return 0.0, math.inf
    apart, tail = len(tests) - 1, (1.0 - level) / 2
    # chdtri takes the probability of the upper tail.
    return (
        _where_scatter_is(tests, float(special.chdtri(apart, tail))),
        _where_scatter_is(tests, float(special.chdtri(apart, 1.0 - tail))),
    )
