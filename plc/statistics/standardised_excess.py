"""Catch-up beyond what students who began equally far behind do across the district.

Indirect standardisation: each student is expected to catch up as often as the district's
students of her starting gap and grade, so a school is never blamed for its intake and
regression to the mean is in the expectation as it is in the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.statistics.between_units import (
    UnitSpread,
    cluster_variance,
    shrunken_effects,
    sums,
)
from plc.statistics.records import FloatArray, IntArray

# Width of a bin of the starting gap, SD; and the bin below which all are one (3 SD behind).
GAP_BIN = 0.25
LOWEST_BIN = -12
# Weight, in students, of the district's curve when a cell of gap and grade is small.
PSEUDO_STUDENTS = 20.0
# Prior precision of the curve's slopes: small, yet finite when all or none caught up.
RIDGE = 0.5
# Newton steps; the deviance is convex and 25 leave nothing to gain.
NEWTON_STEPS = 25
# A share beyond the expected one that matters: five students in a hundred. Near a cut, where the density of
# later scores is about 0.5 per SD, it is what 0.10 SD of growth amounts to.
MEANINGFUL_EXCESS = 0.05
# A unit whose every student was sure to catch up, or sure not to, has no sampling variance; weights need one.
SMALLEST_VARIANCE = 1e-9


def expected_shares(students: FloatArray, caught_up: FloatArray, gap: FloatArray) -> FloatArray:
    """E per cell of gap and grade: (caught up + 20 p) / (students + 20), p the logistic curve over `gap`.

    All arrays have one entry per cell (length K, students > 0, gap the bin's midpoint in SD). The curve
    borrows over grades and neighbouring bins, so that a cell of one student is not its own expectation.
    """
    curve = _logistic_curve(students, caught_up, gap)
    return np.asarray((caught_up + PSEUDO_STUDENTS * curve) / (students + PSEUDO_STUDENTS))


def _logistic_curve(students: FloatArray, caught_up: FloatArray, gap: FloatArray) -> FloatArray:
    """Penalised likelihood of logit p = a + b (gap - mean gap), drawn weakly to the overall share."""
    X = np.column_stack([np.ones_like(gap), gap - students @ gap / students.sum()])
    overall = (caught_up.sum() + 0.5) / (students.sum() + 1.0)
    centre = np.array([np.log(overall / (1 - overall)), 0.0])
    beta = centre.copy()
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-np.clip(X @ beta, -30, 30)))
        gradient = X.T @ (caught_up - students * p) - RIDGE * (beta - centre)
        information = (X * (students * p * (1 - p))[:, None]).T @ X + RIDGE * np.eye(2)
        step = np.linalg.solve(information, gradient)
        # A step of more than 2 on the logit scale overshoots where the curve is flat.
        beta = beta + np.clip(step, -2, 2)
    return np.asarray(1 / (1 + np.exp(-np.clip(X @ beta, -30, 30))))


@dataclass(frozen=True, slots=True)
class UnitCells:
    """What one cluster of one unit had in one cell of gap and grade (all arrays length N).

    unit       0-based index below `units`
    cluster    0-based index of the section or year
    students   sum of student weights
    squared    sum of squared weights (= students where every weight is 1)
    caught_up  weighted count that caught up
    expected   E of the cell, between 0 and 1
    """

    unit: IntArray
    cluster: IntArray
    students: FloatArray
    squared: FloatArray
    caught_up: FloatArray
    expected: FloatArray
    units: int


@dataclass(frozen=True, slots=True)
class Differences:
    """How units differ, and clusters of one unit: the spread of units, and the variance a cluster shares."""

    units: UnitSpread
    shock: float


@dataclass(frozen=True, slots=True)
class StandardisedExcess:
    """One entry per unit. Shares of students, so 0.05 is five in a hundred.

    excess    (observed - expected) / students
    variance  its sampling variance: sum w^2 E(1-E) / n^2, plus the shock a class or a year shares
    mean, sd  after shrinkage to 0 by how much units differ (`differences`)
    probability  P(true excess > MEANINGFUL_EXCESS)
    """

    students: FloatArray
    clusters: IntArray
    observed: FloatArray
    expected: FloatArray
    excess: FloatArray
    variance: FloatArray
    mean: FloatArray
    sd: FloatArray
    probability: FloatArray
    differences: Differences

    @property
    def between(self) -> float:
        """tau^2 of Paule and Mandel."""
        return self.differences.units.between


def standardised_excess(cells: UnitCells, *, differences: Differences | None = None) -> StandardisedExcess:
    """Observed against expected catch-up per unit, shrunken by how much units differ: as stated, or as these
    units do."""
    students = sums(cells.unit, cells.students, cells.units)
    safe = np.where(students > 0, students, 1.0)
    observed = sums(cells.unit, cells.caught_up, cells.units)
    expected = sums(cells.unit, cells.students * cells.expected, cells.units)
    unit_of, n_c, y_c, v_c = _clusters(cells)
    if differences is None:
        shock = cluster_variance(unit_of, n_c, y_c, v_c, units=cells.units)
    else:
        shock = differences.shock
    squares = sums(unit_of, n_c**2, cells.units)
    noise = cells.squared * cells.expected * (1 - cells.expected)
    variance = sums(cells.unit, noise, cells.units) / safe**2 + shock * squares / safe**2
    excess = (observed - expected) / safe
    sampling = np.maximum(variance, SMALLEST_VARIANCE)
    shrunken = shrunken_effects(
        excess,
        sampling,
        threshold=MEANINGFUL_EXCESS,
        centre=0.0,
        spread=differences.units if differences else None,
    )
    return StandardisedExcess(
        students=students,
        clusters=np.bincount(unit_of, minlength=cells.units),
        observed=observed,
        expected=expected,
        excess=excess,
        variance=variance,
        mean=shrunken.mean,
        sd=shrunken.sd,
        probability=shrunken.probability,
        differences=Differences(shrunken.spread, shock),
    )


def _clusters(cells: UnitCells) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
    pairs, index = np.unique(np.stack([cells.unit, cells.cluster]), axis=1, return_inverse=True)
    index = index.reshape(-1)
    size = pairs.shape[1]
    n = sums(index, cells.students, size)
    beyond = sums(index, cells.caught_up - cells.students * cells.expected, size)
    noise = sums(index, cells.squared * cells.expected * (1 - cells.expected), size)
    return pairs[0].astype(np.intp), n, beyond / n, noise / n**2
