"""What the company of strong classmates adds, and what calibration left of it: the contextual term.

A teacher's sections differ in how strong their students start. If her stronger sections also end
up further beyond expectation, that is not her doing, since she taught both; the slope of effect on
section mean inside teachers measures it and is taken out of every section. Section means carry
measurement error of their own; `gamma` is corrected for it, shrunk to 0 by how little is known of it, and
0 where too few teachers have sections to compare or these start too much alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.statistics.identification import TEACHERS_TO_SPLIT
from plc.statistics.records import FloatArray, IntArray

# Section and teacher-year SD assumed in the weights before components are fitted (specification B7).
USUAL_SECTION_SD, USUAL_TEACHER_YEAR_SD = 0.09, 0.05
# SD per SD of section mean that the company of classmates is taken to add before it is looked at: the size of
# most estimates (review: Sacerdote 2011). Beyond `MOST_CONTEXT` it is something else than company.
USUAL_CONTEXT, MOST_CONTEXT = 0.2, 0.5
# Of the variance of section means inside teachers: the part that may be error of measurement (with more, the
# corrected slope has no usable mean or variance; Fuller 1987), and the part that may be one teacher's, whose
# own slope it would be.
MOST_ERROR, MOST_OF_ONE = 0.5, 0.5
# Sweeps of alternating demeaning; each removes most of what is left.
MOST_SWEEPS, SMALLEST_CHANGE = 100, 1e-9


@dataclass(frozen=True, slots=True)
class ContextualTerm:
    """`gamma` per SD of section mean, shrunk; `unshrunk` and its standard error (inf where unknown).

    `teachers` counts those with several sections: what a teacher adds to each of hers is learnt from them.
    """

    gamma: float
    unshrunk: float
    standard_error: float
    teachers: int


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
    lead teacher, `slope` how much of a starting point carries over (specification B6). Where it cannot be
    learnt, `gamma` is 0: from few teachers with several sections, of sections that start alike, or of one.
    """
    kept = np.bincount(teacher)[teacher] > 1
    several, teacher = np.unique(teacher[kept], return_inverse=True)
    unknown = ContextualTerm(gamma=0.0, unshrunk=0.0, standard_error=float("inf"), teachers=len(several))
    if len(several) < TEACHERS_TO_SPLIT:
        return unknown
    weight = 1.0 / (variance[kept] + USUAL_SECTION_SD**2 + USUAL_TEACHER_YEAR_SD**2)
    dx = two_way_deviations(section_mean[kept], weight, teacher, stratum[kept])
    dy = two_way_deviations(effect[kept], weight, teacher, stratum[kept])
    share = weight / np.bincount(teacher, weight)[teacher]
    error = float(np.sum(weight * (1.0 - share) * mean_error_variance[kept]))
    by_teacher = np.bincount(teacher, weight * dx * dx)
    varies = float(by_teacher.sum())
    if error >= MOST_ERROR * varies or by_teacher.max() > MOST_OF_ONE * varies:
        return unknown
    information = varies - error
    unshrunk = (float(np.sum(weight * dx * dy)) + slope * error) / information
    freedom = max(len(teacher) - len(by_teacher) - len(np.unique(stratum[kept])), 1)
    # Sections may differ by more than the weights assume, and then by how they differ.
    spread = max(1.0, float(np.sum(weight * (dy - unshrunk * dx) ** 2)) / freedom)
    variance_of_slope = spread * varies / information**2
    beyond_error = 1.0 - variance_of_slope / max(unshrunk**2, 1e-300)
    as_usual = USUAL_CONTEXT**2 / (USUAL_CONTEXT**2 + variance_of_slope)
    gamma = unshrunk * max(0.0, min(beyond_error, as_usual))
    return ContextualTerm(
        gamma=float(np.clip(gamma, -MOST_CONTEXT, MOST_CONTEXT)),
        unshrunk=unshrunk,
        standard_error=float(np.sqrt(variance_of_slope)),
        teachers=len(several),
    )


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
