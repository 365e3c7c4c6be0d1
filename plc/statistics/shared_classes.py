"""Tests that share teachers or classes, made into tests that share nothing.

Two tests tell less than two when the same teachers tried the practice in both, or the same classes were
what both compared with. Tests tried by the same teachers become one weighted effect of those teachers;
what is still shared between those (comparison classes, a teacher here and there) is added to their
variances.

    R_ij  = (s_ij + t_ij) / 2,   s, t: cosine between the tests' weights on classes, on teachers
    V_ij  = sqrt(v_i v_j) R_ij,   R_ij at most 0.95
    joined if at least half of the smaller test's practice classes have a teacher in common
    effect of a group  sum y_i / v_i / sum 1 / v_i;   variance of a group  its row sum of V

A row sum is what the variance of an evenly weighted mean needs, and diag(row sums) - V has no negative
eigenvalue, so that no weighted mean of groups is claimed to be surer than it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from plc.statistics.records import BoolArray, FloatArray, IntArray

# Share of practice classes with a teacher in common from which two tests are one team's.
SAME_TEAM = 0.5
# Weight of shared teachers beside shared classes: of the variance of a class's mean (teacher .12^2, section
# .10^2, 25 students' .6^2) a third is its teacher's; a half is on the safe side.
TEACHER_PART = 0.5
# Even the same classes are not measured twice on the same day with the same test.
MOST_ALIKE = 0.95


@dataclass(frozen=True, slots=True)
class TestedClasses:
    """One entry per class of a test: which test (0-based), class and teacher, and whether it tried it."""

    __test__ = False

    test: IntArray
    section: IntArray
    teacher: IntArray
    practice: BoolArray


@dataclass(frozen=True, slots=True)
class TeamEffects:
    """One weighted effect per team of teachers.

    effect, variance  (g,) SD and SD^2; group (k,) which of them each test is part of; share (k,) how much of
    its group's effect each test is (sums to 1 in a group)
    """

    effect: FloatArray
    variance: FloatArray
    group: IntArray
    share: FloatArray


def team_effects(effect: FloatArray, variance: FloatArray, classes: TestedClasses) -> TeamEffects:
    """Effects that may be pooled as independent, from k tests (k,) and their classes."""
    tests = len(effect)
    group = _groups(classes, tests)
    groups = int(group.max()) + 1 if tests else 0
    precision = 1.0 / variance
    share = precision / np.bincount(group, weights=precision, minlength=groups)[group]
    error = np.sqrt(variance)
    across = error[:, None] * error * likeness(classes, tests)
    weight = np.zeros((groups, tests))
    weight[group, np.arange(tests)] = share
    return TeamEffects(
        effect=weight @ effect,
        variance=np.asarray((weight @ across @ weight.T).sum(axis=1), dtype=np.float64),
        group=group,
        share=share,
    )


def likeness(classes: TestedClasses, tests: int) -> FloatArray:
    """R (k, k): 1 on the diagonal, elsewhere how far two tests rest on the same teachers and classes."""
    arm = 2 * classes.test + classes.practice
    of_arm = np.bincount(arm, minlength=2 * tests)
    weight = 1.0 / of_arm[arm]
    sections = _cosines(_totals(classes.test, classes.section, weight, tests))
    teachers = _cosines(_totals(classes.test, classes.teacher, weight, tests))
    shared = MOST_ALIKE * (TEACHER_PART * teachers + (1.0 - TEACHER_PART) * sections)
    np.fill_diagonal(shared, 1.0)
    return shared


def _groups(classes: TestedClasses, tests: int) -> IntArray:
    """Group of each test: connected by a common teacher in at least half of either's practice classes."""
    tried = classes.practice
    total = _totals(classes.test[tried], classes.teacher[tried], np.ones(int(tried.sum())), tests)
    count = total.sum(axis=1)
    common = np.minimum(total[:, None, :], total[None, :, :]).sum(axis=2)
    smaller = np.maximum(np.minimum(count[:, None], count[None, :]), 1.0)
    joined = sparse.csr_matrix((common / smaller >= SAME_TEAM) & (common > 0))
    return np.asarray(sparse.csgraph.connected_components(joined, directed=False)[1])


def _totals(row: IntArray, column: IntArray, weight: FloatArray, rows: int) -> FloatArray:
    """Weights summed into a dense (rows, columns) table."""
    columns = int(column.max()) + 1 if len(column) else 1
    flat = np.bincount(row * columns + column, weights=weight, minlength=rows * columns)
    return np.asarray(flat.reshape(rows, columns), dtype=np.float64)


def _cosines(table: FloatArray) -> FloatArray:
    size = np.sqrt((table**2).sum(axis=1))
    scaled = table / np.where(size > 0, size, 1.0)[:, None]
    return np.asarray(scaled @ scaled.T, dtype=np.float64)
