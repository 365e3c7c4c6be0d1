"""How much units (schools, teachers) truly differ, given noisy figures of each.

`units` below are indexed 0..J-1; a *cluster* is one section or one year of a unit, whose
students share a shock that is not the unit's doing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from plc.statistics.records import FloatArray, IntArray

# Points of the spread that the shrunken effects average over; more change the third digit of nothing.
GRID = 41
# The grid ends three times beyond what Paule and Mandel find plus its own error.
REACH = 3.0
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


@dataclass(frozen=True, slots=True)
class UnitSpread:
    """What the spread of true effects may be: tau^2 on a grid, its weights (sum 1), and for each the centre
    and that centre's variance, all of length GRID; `between` is tau^2 of Paule and Mandel."""

    tau2: FloatArray
    weight: FloatArray
    centre: FloatArray
    doubt: FloatArray
    between: float


@dataclass(frozen=True, slots=True)
class ShrunkenEffects:
    """One entry per unit: mean, sd and P(true effect > threshold) given the data; `spread` as it was used."""

    mean: FloatArray
    sd: FloatArray
    probability: FloatArray
    spread: UnitSpread

    @property
    def between(self) -> float:
        """tau^2 of Paule and Mandel."""
        return self.spread.between


def unit_spread(effects: FloatArray, variances: FloatArray, *, centre: float | None) -> UnitSpread:
    """What tau may be, from the effects: with few units one tau is a guess, and at zero it would claim that
    all are exactly alike.

    So tau is given a uniform prior on a grid placed by Paule and Mandel's estimate and weighted by its
    likelihood. `centre` None is estimated too (restricted likelihood). Arrays as of `shrunken_effects`.
    """
    y, v = effects[None, :], variances[None, :]
    between = paule_mandel(effects, variances)
    top = REACH * np.sqrt(between + np.median(variances) * np.sqrt(2 / effects.shape[0]))
    tau2 = np.linspace(0, top, GRID) ** 2
    total = tau2[:, None] + v
    w = 1 / total
    known = centre is not None
    middle = np.full(GRID, centre) if known else (w * y).sum(1) / w.sum(1)
    likelihood = -0.5 * (np.log(total) + (y - middle[:, None]) ** 2 * w).sum(1)
    if not known:
        likelihood -= 0.5 * np.log(w.sum(1))
    weight = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    doubt = np.zeros(GRID) if known else 1 / w.sum(1)
    return UnitSpread(tau2, weight, np.asarray(middle, dtype=np.float64), doubt, between)


def shrunken_effects(
    effects: FloatArray,
    variances: FloatArray,
    *,
    threshold: float,
    centre: float | None,
    spread: UnitSpread | None = None,
) -> ShrunkenEffects:
    """Effects y_j ~ N(theta_j, v_j), theta_j ~ N(centre, tau^2), averaged over what tau may be.

    For each tau the mean is centre + tau^2/(tau^2+v) (y - centre). Without `spread` it is that of these
    effects. Arrays have length J >= 1, variances > 0.
    """
    spread = spread or unit_spread(effects, variances, centre=centre)
    y, v = effects[None, :], variances[None, :]
    kept = 1 - v / (spread.tau2[:, None] + v)
    middle = spread.centre[:, None]
    mean_at = middle + kept * (y - middle)
    variance_at = kept * v + (1 - kept) ** 2 * spread.doubt[:, None]
    weight = spread.weight
    mean = weight @ mean_at
    sd = np.sqrt(weight @ (variance_at + (mean_at - mean) ** 2))
    certain = variance_at <= 0
    beyond = ndtr((mean_at - threshold) / np.sqrt(np.where(certain, 1.0, variance_at)))
    probability = weight @ np.where(certain, mean_at > threshold, beyond)
    return ShrunkenEffects(mean, sd, probability, spread)
