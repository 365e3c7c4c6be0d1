"""How much units (schools, teachers) truly differ, given noisy figures of each.

`units` below are indexed 0..J-1; a *cluster* is one section or one year of a unit, whose
students share a shock that is not the unit's doing.
"""

from __future__ import annotations

import numpy as np

from plc.statistics.records import FloatArray, IntArray

# Bisection steps: 2^-80 of the bracket is below any double.
STEPS = 80


def paule_mandel(effects: FloatArray, variances: FloatArray) -> float:
    """tau^2 that solves sum w (y - mu)^2 = J - 1, w = 1/(v + tau^2); 0 where the left side never reaches it.

    `effects`, `variances` have length J, variances > 0. Paule and Mandel 1982, J Res NBS 87:377.
    """
    y, v = np.asarray(effects, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    freedom = y.shape[0] - 1

    def excess(tau2: float) -> float:
        w = 1 / (v + tau2)
        mu = float(w @ y / w.sum())
        return float(w @ (y - mu) ** 2 - freedom)

    if freedom < 1 or excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(((y - y.mean()) ** 2).sum()) + 1e-12
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def precision_weighted_mean(effects: FloatArray, variances: FloatArray, between: float) -> float:
    """mu = sum w y / sum w, w = 1/(v + tau^2)."""
    w = 1 / (variances + between)
    return float(w @ effects / w.sum())


def sums(index: IntArray, weights: FloatArray, size: int) -> FloatArray:
    """Sum of `weights` per index 0..size-1, as floats also where there is nothing to add."""
    return np.bincount(index, weights, size).astype(np.float64)


def cluster_variance(
    unit: IntArray, students: FloatArray, effect: FloatArray, variance: FloatArray, *, units: int
) -> float:
    """Moment estimate of the shock clusters of one unit share (variance, >= 0); 0 with one cluster a unit.

    One entry per cluster: its unit, students n_c, figure y_c and sampling variance v_c.
    E sum_c n_c (y_c - ybar_j)^2 = sum_c n_c (1 - n_c/n_j) v_c + tau_c^2 (n_j - sum_c n_c^2/n_j).
    """
    total = sums(unit, students, units)
    safe = np.where(total > 0, total, 1.0)
    mean = sums(unit, students * effect, units) / safe
    spread = float(students @ (effect - mean[unit]) ** 2)
    noise = float((students * (1 - students / safe[unit])) @ variance)
    room = float((total - sums(unit, students**2, units) / safe).sum())
    return max(0.0, (spread - noise) / room) if room > 1e-9 else 0.0
