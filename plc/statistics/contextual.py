"""What the company of strong classmates adds, and what calibration left of it: the contextual term.

A teacher's sections differ in how strong their students start. If her stronger sections also end
up further beyond expectation, that is not her doing, since she taught both; the slope of effect on
section mean inside teachers measures it and is taken out of every section. Section means carry
measurement error of their own; `gamma` is corrected for it, and shrunk to 0 where it cannot be learnt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.statistics.records import FloatArray, IntArray

# Section and teacher-year SD assumed in the weights before components are fitted (specification B7).
USUAL_SECTION_SD, USUAL_TEACHER_YEAR_SD = 0.09, 0.05
# Sweeps of alternating demeaning; each removes most of what is left.
MOST_SWEEPS, SMALLEST_CHANGE = 100, 1e-9


@dataclass(frozen=True, slots=True)
class ContextualTerm:
    """`gamma` per SD of section mean, shrunk; `unshrunk` and its standard error (inf where unknown)."""

    gamma: float
    unshrunk: float
    standard_error: float


NO_CONTEXT = ContextualTerm(gamma=0.0, unshrunk=0.0, standard_error=float("inf"))


def fit_contextual_term(
    *,
    effect: FloatArray,
    variance: FloatArray,
    section_mean: FloatArray,
    mean_error_variance: FloatArray,
    teacher: IntArray,
    stratum: IntArray,
    slope: float,
) -> ContextualTerm:
    """Slope of effect on section mean within teachers and strata, corrected for error in the mean.

    All arrays are (S,). `mean_error_variance` is (s_m^2/n)(n/(n + kappa))^2, `teacher` the 0-based
    lead teacher, `slope` how much of a starting point carries over (specification B6).
    """
    weight = 1.0 / (variance + USUAL_SECTION_SD**2 + USUAL_TEACHER_YEAR_SD**2)
    sections_of_teacher = np.bincount(teacher)[teacher]
    kept = sections_of_teacher > 1
    if np.count_nonzero(kept) < 3:
        return NO_CONTEXT
    weight, teacher, stratum = weight[kept], teacher[kept], stratum[kept]
    dx = two_way_deviations(section_mean[kept], weight, teacher, stratum)
    dy = two_way_deviations(effect[kept], weight, teacher, stratum)
    teacher_weight = np.bincount(teacher, weight)[teacher]
    error = float(np.sum(weight * (1.0 - weight / teacher_weight) * mean_error_variance[kept]))
    information = float(np.sum(weight * dx * dx)) - error
    if information <= 0.0:
        return NO_CONTEXT
    unshrunk = (float(np.sum(weight * dx * dy)) + slope * error) / information
    standard_error = information**-0.5
    keep = max(0.0, 1.0 - (standard_error / unshrunk) ** 2) if unshrunk != 0.0 else 0.0
    return ContextualTerm(gamma=unshrunk * keep, unshrunk=unshrunk, standard_error=standard_error)


def two_way_deviations(
    values: FloatArray, weight: FloatArray, first: IntArray, second: IntArray
) -> FloatArray:
    """Residuals of a weighted regression on two sets of dummies, by alternating demeaning."""
    totals = [np.maximum(np.bincount(group, weight), 1e-300) for group in (first, second)]
    residual = np.array(values, dtype=np.float64)
    for _ in range(MOST_SWEEPS):
        largest = 0.0
        for group, total in zip((first, second), totals, strict=True):
            mean = np.bincount(group, weight * residual, minlength=len(total)) / total
            residual -= mean[group]
            largest = max(largest, float(np.max(np.abs(mean))))
        if largest < SMALLEST_CHANGE:
            break
    return residual
