"""The effect of a practice from few classes, with the district's own variance between classes borrowed.

A handful of classes cannot tell how much classes differ by themselves; the district's scan can. The
standard error starts from the borrowed variance and moves to the one these classes show as they become many
(specification C2, after Smyth 2004):

    SE^2 = base (d0 + (G - 2) R) / (d0 + G - 2),   df = d0 + G - 2
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from plc.statistics.cluster_robust import (
    MeanDifference,
    RobustCoefficient,
    cluster_robust,
    mean_difference,
    permutation_p,
)
from plc.statistics.effect_options import (
    INTERVAL,
    LEAST_BORROWED_FREEDOM,
    MOST_BORROWED_FREEDOM,
    PERMUTATION_SECTIONS,
    ROBUST_SECTIONS,
)
from plc.statistics.records import BoolArray, FloatArray, IntArray
from plc.statistics.tested_sections import (
    BorrowedVariance,
    OccasionCells,
    SectionGains,
    TestedSections,
    gain_covariance,
    section_gains,
)


@dataclass(frozen=True, slots=True)
class ModeratedEffect:
    """A practice's effect (SD) with a standard error fit for few sections.

    base_variance is the borrowed SE^2, ratio R what these sections' own spread is of it (nan: too few),
    worth own_freedom degrees of freedom beside borrowed_freedom d0. internal trusts these sections alone,
    robust is CR2 (from 6 sections), permutation the exact p (randomised, from 8). sections holds the gains
    it was made from.
    """

    estimate: float
    standard_error: float
    df: float
    base_variance: float
    ratio: float
    own_freedom: float
    borrowed_freedom: float
    carry: float
    tried: int
    others: int
    internal: MeanDifference | None = None
    robust: RobustCoefficient | None = None
    permutation: float | None = None
    gains: SectionGains | None = None

    @property
    def p(self) -> float:
        """Two-sided p of no effect."""
        return float(2 * stats.t.sf(abs(self.estimate) / self.standard_error, self.df))

    def interval(self, level: float = INTERVAL) -> tuple[float, float]:
        """Where `level` of such intervals hold the effect; no prior enters."""
        reach = float(stats.t.ppf(0.5 + level / 2, self.df)) * self.standard_error
        return self.estimate - reach, self.estimate + reach


def moderated_effect(
    cells: OccasionCells,
    sections: TestedSections,
    borrowed: BorrowedVariance,
    *,
    randomised: bool,
    carry: float | None = None,
) -> ModeratedEffect | None:
    """Sections that tried a practice against those that did not, by gains; None where an arm is empty.

    `carry` as in `section_gains`. Sections are weighed by generalised least squares with the borrowed
    covariance, so that two sections of one teacher, or arms within a school, count for what they are.
    """
    gains = section_gains(cells, sections, borrowed, carry=carry)
    tried = sections.tried[gains.place]
    if not tried.any() or tried.all():
        return None
    whole, between, occasion = gain_covariance(gains, sections, borrowed)
    solved = solve_arms(whole, tried, gains.value)
    load = solved.load
    base = float(load @ whole @ load)
    borrowed_freedom = freedom_borrowed(
        base, between=float(load @ between @ load), occasion=float(load @ occasion @ load), borrowed=borrowed
    )
    standard_error, df = moderate(base, solved.ratio, own=solved.own_freedom, borrowed=borrowed_freedom)
    return ModeratedEffect(
        estimate=solved.estimate,
        standard_error=standard_error,
        df=df,
        base_variance=base,
        ratio=solved.ratio,
        own_freedom=solved.own_freedom,
        borrowed_freedom=borrowed_freedom,
        carry=gains.carry,
        tried=int(tried.sum()),
        others=int((~tried).sum()),
        internal=mean_difference(gains.value, tried),
        robust=_robust(gains, tried, sections, 1.0 / np.diag(whole)),
        permutation=permutation_p(gains.value, tried, sections.block[gains.place])
        if randomised and len(tried) >= PERMUTATION_SECTIONS
        else None,
        gains=gains,
    )


@dataclass(frozen=True, slots=True)
class ArmSolution:
    """Two arms by least squares: weights (g,) of the difference, the difference, the residuals' ratio R."""

    load: FloatArray
    estimate: float
    ratio: float
    own_freedom: float


def solve_arms(whole: FloatArray, tried: BoolArray, value: FloatArray) -> ArmSolution:
    """Difference of the arms in `value` (g,) with covariance `whole` (g, g); ratio nan with two sections."""
    X = _arms(tried)
    inverse = np.linalg.inv(whole)
    loads = np.linalg.solve(X.T @ inverse @ X, X.T @ inverse)
    residual = value - X @ (loads @ value)
    own = float(len(tried) - 2)
    ratio = float(residual @ inverse @ residual) / own if own > 0 else float("nan")
    return ArmSolution(loads[1], float(loads[1] @ value), ratio, own)


def _robust(
    gains: SectionGains, tried: BoolArray, sections: TestedSections, weight: FloatArray
) -> RobustCoefficient | None:
    if len(tried) < ROBUST_SECTIONS or min(int(tried.sum()), int((~tried).sum())) < 2:
        return None
    cluster = teacher_clusters(sections.teaching[gains.place])
    return cluster_robust(_arms(tried), gains.value, cluster, coefficient=1, weight=weight)


def _arms(tried: BoolArray) -> FloatArray:
    return np.column_stack([np.ones(len(tried)), tried.astype(np.float64)])


def moderate(base: float, ratio: float, *, own: float, borrowed: float) -> tuple[float, float]:
    """Standard error and degrees of freedom of a borrowed variance moved towards what the sections show."""
    if own <= 0:
        return float(np.sqrt(base)), borrowed
    return float(np.sqrt(base * (borrowed + own * ratio) / (borrowed + own))), borrowed + own


def freedom_borrowed(base: float, *, between: float, occasion: float, borrowed: BorrowedVariance) -> float:
    """d0 = 2/CV^2 of the borrowed variance of the estimate, within the stated bounds.

    `between` and `occasion` are the parts of `base` that scale with the variances the scan may have wrong.
    """
    spread = _relative(borrowed.between_error, borrowed.between) * between
    of_occasion = _relative(borrowed.occasion_error, borrowed.occasion) * occasion
    if not np.isfinite(spread) or not np.isfinite(of_occasion):
        return LEAST_BORROWED_FREEDOM
    cv2 = (spread**2 + of_occasion**2) / base**2
    return float(np.clip(2.0 / max(cv2, 1e-9), LEAST_BORROWED_FREEDOM, MOST_BORROWED_FREEDOM))


def _relative(error: float, value: float) -> float:
    return error / value if value > 0 else 0.0


def teacher_clusters(teaching: FloatArray) -> IntArray:
    """Sections joined where they share a teacher, (g,) 0-based."""
    joined = (teaching @ teaching.T) > 0
    cluster = np.arange(len(teaching))
    for place in range(len(teaching)):
        mine = np.isin(cluster, cluster[joined[place]])
        cluster[mine] = cluster[mine].min()
    return np.asarray(np.unique(cluster, return_inverse=True)[1])
