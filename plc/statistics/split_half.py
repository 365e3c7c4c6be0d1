"""Does the past predict a year the fit has not seen? The standing check of shrinkage and drift.

The components and teachers are estimated without the latest school year; the latest year's section
deviations are regressed on what was predicted for them, within strata. A slope outside 0.9 to 1.1
says that shrinkage or drift is wrong; it cannot see persistent sorting (specification H).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse, special
from threadpoolctl import threadpool_limits

from plc.core.errors import TooSmall
from plc.statistics.design import SCHOOL, TEACHER, Teaching, stratum_dummies, teaching_of
from plc.statistics.henderson import Equations
from plc.statistics.posterior import ONE_YEAR_PERSISTENCE
from plc.statistics.records import BoolArray, Exposures, FloatArray, IntArray, SectionSummaries
from plc.statistics.teacher_years import keep_sections
from plc.statistics.variance_components import (
    VarianceComponents,
    fit_variance_components,
    section_model,
    variances_of,
)

# Standard errors are clustered by school from here on, by teacher below.
SCHOOLS_FOR_CLUSTERS = 10
# Sections of teachers seen before that a regression within strata needs.
MINIMUM_SECTIONS = 10


@dataclass(frozen=True, slots=True)
class SplitHalf:
    """slope (1 is right) with cluster-robust standard error, correlation within strata, and
    coverage: share of the new sections inside their 90 % predictive interval."""

    slope: float
    standard_error: float
    correlation: float
    coverage: float
    sections: int


def split_half(summaries: SectionSummaries, exposures: Exposures, *, weak_prior: bool = True) -> SplitHalf:
    """Predict the latest school year from the years before it.

    Only sections taught mostly by teachers seen before count. Raises TooSmall with one school year
    or fewer than 10 such sections, Unfinished where the earlier years cannot be fitted.
    """
    if len(summaries) == 0:
        raise TooSmall("There are no sections to predict.")
    newest = summaries.school_year == summaries.school_year.max()
    past = keep_sections(summaries, exposures, ~newest)
    if len(past[0]) == 0:
        raise TooSmall("Prediction can be checked from the second school year on.")
    components = fit_variance_components(*past, school_year_effects=True, weak_prior=weak_prior)
    present, present_exposures = keep_sections(summaries, exposures, newest)
    teaching = teaching_of(present, present_exposures)
    predicted, variance, used = _predictions(past, components, present, teaching)
    if int(used.sum()) < MINIMUM_SECTIONS:
        raise TooSmall("Too few sections of teachers seen before to check the prediction.")
    noise = present.variance + components.section + components.teacher_year
    cluster = _clusters(present, teaching)
    return _regression(
        present.effect[used],
        predicted[used],
        noise[used] + variance[used],
        stratum=present.stratum[used],
        cluster=cluster[used],
    )


def _predictions(
    past: tuple[SectionSummaries, Exposures],
    components: VarianceComponents,
    present: SectionSummaries,
    teaching: Teaching,
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Predicted deviation of every new section, its variance, and whether its teachers were seen."""
    model, earlier = section_model(*past, school_year_effects=components.teacher_year > 0, persistence=0.0)
    seen = np.bincount(earlier.teacher, minlength=teaching.teachers) > 0
    share = np.bincount(
        teaching.section, weights=teaching.weight * seen[teaching.teacher], minlength=len(present)
    )
    names = {term.name: term.columns for term in model.terms}
    loadings: dict[str, sparse.csr_array] = {}
    persistence = ONE_YEAR_PERSISTENCE if np.unique(past[0].school_year).size == 1 else 1.0
    if TEACHER in names:
        loadings[TEACHER] = persistence * sparse.csr_array(
            (teaching.weight, (teaching.section, teaching.teacher)), shape=(len(present), names[TEACHER])
        )
    known = np.ones(len(present), dtype=np.bool_)
    if SCHOOL in names:
        known = present.school < names[SCHOOL]
        row = np.flatnonzero(known)
        loadings[SCHOOL] = sparse.csr_array(
            (np.ones(row.size), (row, present.school[row])), shape=(len(present), names[SCHOOL])
        )
    if not loadings:
        return np.zeros(len(present)), np.zeros(len(present)), np.zeros(len(present), dtype=np.bool_)
    with threadpool_limits(limits=1, user_api="blas"):
        mean, variance = Equations(model).solve(variances_of(components, model)).combine(loadings)
    left_over = persistence * (1.0 - persistence) * components.teacher
    return mean, variance + left_over, known & (share >= 0.5)


def _clusters(present: SectionSummaries, teaching: Teaching) -> IntArray:
    if np.unique(present.school).size >= SCHOOLS_FOR_CLUSTERS:
        return present.school
    main = np.zeros(len(present), dtype=np.int64)
    order = np.argsort(teaching.weight, kind="stable")
    main[teaching.section[order]] = teaching.teacher[order]
    return main


def _regression(
    effect: FloatArray,
    predicted: FloatArray,
    variance: FloatArray,
    *,
    stratum: IntArray,
    cluster: IntArray,
) -> SplitHalf:
    """Weighted least squares of effect on predicted within strata, CR1 standard error by cluster."""
    weight = 1.0 / np.maximum(variance, 1e-12)
    strata = stratum_dummies(stratum)
    size = strata.T @ weight
    x = predicted - strata @ ((strata.T @ (weight * predicted)) / size)
    y = effect - strata @ ((strata.T @ (weight * effect)) / size)
    xx, yy = float(weight @ x**2), float(weight @ y**2)
    groups, code = np.unique(cluster, return_inverse=True)
    # Predictions that do not differ within a stratum (no teacher variance) support no slope.
    if xx < 1e-9 * float(weight.sum()) * float(variance.mean()) or yy <= 0 or groups.size < 2:
        raise TooSmall("The predictions differ too little to be checked against a new year.")
    slope = float(weight @ (x * y)) / xx
    error = y - slope * x
    scores = np.bincount(code, weights=weight * x * error)
    correction = groups.size / (groups.size - 1)
    reach = float(special.ndtri(0.95)) * np.sqrt(variance)
    return SplitHalf(
        slope=slope,
        standard_error=float(np.sqrt(correction * (scores @ scores))) / xx,
        correlation=float(weight @ (x * y)) / float(np.sqrt(xx * yy)),
        coverage=float(np.mean(np.abs(y - x) <= reach)),
        sections=int(effect.size),
    )
