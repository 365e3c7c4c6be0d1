"""Teacher x standard: where within a subject a teacher's students stand out.

Per section and standard the response is the mean over students of (z_k - mean_k z): what the
standard adds to or takes from the section's overall figure. Strata x standard are fixed effects,
teacher-standard and section-standard the random ones, by the same AI-REML (specification B10):

    d_ck = mu_[stratum, k] + sum_j Z_cj s_jk + c_ck + e_ck
    effect of teacher j on standard k = m_j + s_jk,   variance v_j + var(s_jk)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits

from plc.statistics.design import (
    SECTION,
    TEACHER,
    MixedModel,
    RandomTerm,
    Teaching,
    stratum_dummies,
    teaching_of,
)
from plc.statistics.henderson import Equations
from plc.statistics.posterior import TeacherPosteriors
from plc.statistics.records import Exposures, FloatArray, IntArray, SectionSummaries
from plc.statistics.reml import FLOOR, fit_reml

# Centres of the weak prior, SD: about the teacher-standard spread of the simulated districts (B10: .045).
STANDARD_PRIOR_SCALES = {TEACHER: 0.05, SECTION: 0.05}


@dataclass(frozen=True, slots=True)
class StandardSummaries:
    """R rows, one per section and standard; every array has length R.

    effect    d_ck, SD units: standard k less the section's mean over standards
    variance  its sampling variance, SD^2
    section   0-based index into the SectionSummaries of the same subject
    standard  0-based index of the standard
    """

    effect: FloatArray
    variance: FloatArray
    section: IntArray
    standard: IntArray


@dataclass(frozen=True, slots=True)
class StandardComponents:
    """Variances in SD^2 of teacher x standard and section x standard effects."""

    teacher: float
    section: float
    log_likelihood: float
    iterations: int
    converged: bool


@dataclass(frozen=True, slots=True)
class StandardPosteriors:
    """One entry per teacher and standard taught, by teacher then standard; arrays of shape (T,).

    mean, sd            effect on the standard relative to peers: m_j + s_jk
    deviation, deviation_sd   s_jk alone: the standard relative to her own overall effect
    sections            sections with results on the standard
    """

    teacher: IntArray
    standard: IntArray
    mean: FloatArray
    sd: FloatArray
    deviation: FloatArray
    deviation_sd: FloatArray
    sections: IntArray


@dataclass(frozen=True, slots=True)
class _Cells:
    """The teacher-standard pairs that occur, and which rows carry which share of them."""

    teacher: IntArray
    standard: IntArray
    row: IntArray
    cell: IntArray
    weight: FloatArray


def fit_standard_components(
    standards: StandardSummaries,
    summaries: SectionSummaries,
    exposures: Exposures,
    *,
    weak_prior: bool = True,
) -> StandardComponents:
    """AI-REML for the two variances; raises Unfinished where it does not settle.

    Without any row the prior is returned.
    """
    if standards.effect.size == 0:
        teacher, section = (STANDARD_PRIOR_SCALES[name] ** 2 for name in (TEACHER, SECTION))
        return StandardComponents(teacher, section, log_likelihood=0.0, iterations=0, converged=True)
    model, _ = _standard_model(standards, summaries, exposures)
    fit = fit_reml(model, prior_scales=STANDARD_PRIOR_SCALES if weak_prior else None)
    return StandardComponents(
        teacher=fit.variances.get(TEACHER, 0.0),
        section=fit.variances[SECTION],
        log_likelihood=fit.log_likelihood,
        iterations=fit.iterations,
        converged=True,
    )


def standard_posteriors(
    standards: StandardSummaries,
    summaries: SectionSummaries,
    exposures: Exposures,
    components: StandardComponents,
    *,
    overall: TeacherPosteriors,
) -> StandardPosteriors:
    """Posterior of every teacher x standard with results; `overall` is the teacher level's posterior."""
    if standards.effect.size == 0:
        none, nowhere = np.zeros(0), np.zeros(0, dtype=np.int64)
        return StandardPosteriors(nowhere, nowhere, none, none, none, none, nowhere)
    model, cells = _standard_model(standards, summaries, exposures)
    count = cells.teacher.size
    deviation, variance = np.zeros(count), np.full(count, components.teacher)
    if count and components.teacher > 0:
        at = np.maximum(np.array([components.teacher, components.section]), FLOOR)
        with threadpool_limits(limits=1, user_api="blas"):
            solution = Equations(model).solve(at)
            deviation, variance = solution.combine({TEACHER: sparse.eye_array(count, format="csr")})
    return StandardPosteriors(
        teacher=cells.teacher,
        standard=cells.standard,
        mean=overall.mean[cells.teacher] + deviation,
        sd=np.sqrt(overall.sd[cells.teacher] ** 2 + variance),
        deviation=deviation,
        deviation_sd=np.sqrt(variance),
        sections=np.bincount(cells.cell, minlength=count),
    )


def _standard_model(
    standards: StandardSummaries, summaries: SectionSummaries, exposures: Exposures
) -> tuple[MixedModel, _Cells]:
    if not (np.all(np.isfinite(standards.effect)) and np.all(np.isfinite(standards.variance))):
        raise ValueError("Effects and variances by standard must be finite.")
    if np.any(standards.variance < 0):
        raise ValueError("Variances by standard must not be negative.")
    cells = _cells(standards, teaching_of(summaries, exposures), sections=len(summaries))
    kinds = int(standards.standard.max()) + 1
    terms: tuple[RandomTerm, ...] = ()
    if cells.teacher.size:
        terms = (RandomTerm(TEACHER, cells.row, cells.cell, cells.weight, cells.teacher.size),)
    model = MixedModel(
        response=np.asarray(standards.effect, dtype=np.float64),
        noise=np.asarray(standards.variance, dtype=np.float64),
        fixed=stratum_dummies(
            summaries.stratum[standards.section].astype(np.int64) * kinds + standards.standard
        ),
        terms=terms,
        site=summaries.school[standards.section],
    )
    return model, cells


def _cells(standards: StandardSummaries, teaching: Teaching, *, sections: int) -> _Cells:
    """Join rows (section, standard) with exposures (section, teacher)."""
    count = np.bincount(teaching.section, minlength=sections)
    start = np.cumsum(count) - count  # exposures are ordered by section
    repeats = count[standards.section]
    row = np.repeat(np.arange(standards.section.size), repeats)
    offset = np.arange(row.size) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    exposure = start[standards.section[row]] + offset
    kinds = int(standards.standard.max()) + 1
    key, cell = np.unique(teaching.teacher[exposure] * kinds + standards.standard[row], return_inverse=True)
    return _Cells(
        teacher=key // kinds,
        standard=key % kinds,
        row=row,
        cell=cell,
        weight=teaching.weight[exposure],
    )
