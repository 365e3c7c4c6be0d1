"""How much of a starting point carries over: slopes estimated inside sections only.

Within a section every student has the same teacher, so a slope from within-section cross-products
is independent of any teacher's effect (Guarino et al.; Chetty, Friedman and Rockoff 2014). Each
grade's slopes are pulled to those of the whole subject as if 200 more students had been seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.statistics.records import BoolArray, FloatArray, IntArray

# Weight of the whole subject's slopes in each grade's, in students (specification B5).
PSEUDO_STUDENTS = 200.0
# Students beyond sections needed for a cubic, and for a straight line, before slopes are trusted at all.
STUDENTS_FOR_CUBIC, STUDENTS_FOR_LINE = 200, 20
# A sum of squares this share of what it was taken from is rounding, not spread.
ROUNDING = 1e-10
# Share of starting points at the top of the test above which the ceiling gets terms of its own.
CEILING_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class SlopeMoments:
    """Sums over the students of S sections: x the calibrated starting point, y the student's mean outcome.

    powers        (S, 7)  sums of x^0 .. x^6
    y             (S,)    sum of y
    powers_y      (S, 4)  sums of x^p y, p = 0 .. 3 (column 0 repeats y)
    ceiling       (S,)    students at the top of the starting test (k = 1)
    ceiling_y     (S,)    sum of k y
    ceiling_x     (S, 3)  sums of k x, k x^2, k x^3
    section_mean  (S,)    mx_c
    grade         (S,)    0-based index of the grade
    """

    powers: FloatArray
    y: FloatArray
    powers_y: FloatArray
    ceiling: FloatArray
    ceiling_y: FloatArray
    ceiling_x: FloatArray
    section_mean: FloatArray
    grade: IntArray


@dataclass(frozen=True, slots=True)
class Slopes:
    """Coefficients of x, x^2, x^3, k and k mx_c: pooled (5,), and per grade (G, 5). Unused ones are 0."""

    pooled: FloatArray
    by_grade: FloatArray
    with_ceiling: bool

    def at_the_middle(self) -> float:
        """Mean slope of the cubic over students, for x ~ N(0, 1)."""
        return float(self.pooled[0] + 3.0 * self.pooled[2])


def fit_slopes(moments: SlopeMoments) -> Slopes:
    """Solve (S_g + P) b_g = T_g + P b with P = 200 S / N, per grade g, around the pooled b."""
    students = float(moments.powers[:, 0].sum())
    freedom = students - len(moments.y)
    with_ceiling = bool(students > 0 and moments.ceiling.sum() > CEILING_SHARE * students)
    used = _terms(freedom, with_ceiling=with_ceiling)
    grades = int(moments.grade.max()) + 1 if len(moments.grade) else 0
    pooled, by_grade = np.zeros(5), np.zeros((grades, 5))
    if used.size:
        cross, target = within_section_products(moments)
        used = used[_varies(cross, moments)[used]]
        cross, target = cross[:, used[:, None], used], target[:, used]
        cross_sum, target_sum = cross.sum(axis=0), target.sum(axis=0)
        pooled[used] = _solve(cross_sum, target_sum)
        prior = PSEUDO_STUDENTS * cross_sum / students
        for grade in range(grades):
            mine = moments.grade == grade
            right = target[mine].sum(axis=0) + prior @ pooled[used]
            by_grade[grade, used] = _solve(cross[mine].sum(axis=0) + prior, right)
    return Slopes(pooled=pooled, by_grade=by_grade, with_ceiling=with_ceiling)


def within_section_products(moments: SlopeMoments) -> tuple[FloatArray, FloatArray]:
    """S_c = sum bb' - (sum b)(sum b)'/n, (S, 5, 5), and T_c = sum by - (sum b)(sum y)/n, (S, 5)."""
    sections = len(moments.y)
    total = np.zeros((sections, 5))
    cross = np.zeros((sections, 5, 5))
    target = np.zeros((sections, 5))
    total[:, :3] = moments.powers[:, 1:4]
    target[:, :3] = moments.powers_y[:, 1:4]
    for row in range(3):
        cross[:, row, :3] = moments.powers[:, row + 2 : row + 5]
    mean = moments.section_mean
    for column, weight in ((3, np.ones(sections)), (4, mean)):
        total[:, column] = weight * moments.ceiling
        target[:, column] = weight * moments.ceiling_y
        cross[:, :3, column] = cross[:, column, :3] = weight[:, None] * moments.ceiling_x
    cross[:, 3, 3] = moments.ceiling
    cross[:, 3, 4] = cross[:, 4, 3] = mean * moments.ceiling
    cross[:, 4, 4] = mean**2 * moments.ceiling
    n = np.maximum(moments.powers[:, 0], 1.0)
    cross -= total[:, :, None] * total[:, None, :] / n[:, None, None]
    target -= total * (moments.y / n)[:, None]
    return cross, target


def _terms(freedom: float, *, with_ceiling: bool) -> IntArray:
    if freedom < STUDENTS_FOR_LINE:
        return np.array([], dtype=np.intp)
    if freedom < STUDENTS_FOR_CUBIC:
        return np.array([0], dtype=np.intp)
    return np.arange(5 if with_ceiling else 3, dtype=np.intp)


def _varies(cross: FloatArray, moments: SlopeMoments) -> BoolArray:
    """Which of the five terms vary inside sections by more than the rounding of their sums."""
    inside = np.einsum("sii->i", cross)
    ceiling = moments.ceiling.sum()
    whole = np.append(
        moments.powers[:, 2::2].sum(axis=0), [ceiling, ceiling * np.max(moments.section_mean**2)]
    )
    return np.asarray(inside > ROUNDING * np.maximum(whole, 1e-300))


def _solve(cross: FloatArray, target: FloatArray) -> FloatArray:
    """Least squares of least length: a term that never varies inside sections gets 0."""
    return np.asarray(np.linalg.lstsq(cross, target, rcond=1e-10)[0])
