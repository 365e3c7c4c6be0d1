"""How much of what differs between sections belongs to schools, teachers, teacher-years and sections.

    V = tau_b^2 SS' + tau_u^2 ZZ' + tau_t^2 Z_Y R_rho Z_Y' + tau_c^2 I + diag(V_c),   X = stratum dummies

estimated by AI-REML with a weak prior on the variances (specification B7).

At the edges: one school has no school term; one school year no teacher-year term; where each teacher
has one section the prior alone divides teacher from section; a stratum with one section, or a
district in which no two sections share a stratum, says nothing and leaves the prior; weights are
rescaled to one per section; a section without a teacher informs its school and stratum only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from plc.statistics.blocks import DENSE_LIMIT
from plc.statistics.design import (
    SCHOOL,
    SECTION,
    TEACHER,
    TEACHER_YEAR,
    MixedModel,
    Teaching,
    check_summaries,
    section_terms,
    stratum_dummies,
    teaching_of,
)
from plc.statistics.records import Exposures, FloatArray, SectionSummaries
from plc.statistics.reml import FLOOR, fit_reml

# Centres c_k of the weak prior, SD: log tau_k^2 ~ N(log c_k^2, 1). Nearly invisible at 90 teachers,
# steadying at 30 (specification B7, by simulation; teacher .13 as in Chetty, Friedman and Rockoff 2014).
PRIOR_SCALES = {SCHOOL: 0.06, TEACHER: 0.13, TEACHER_YEAR: 0.05, SECTION: 0.09}
TERMS = (SCHOOL, TEACHER, TEACHER_YEAR, SECTION)


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """Variances in SD^2; 0 where the data cannot hold the term (one school, one school year).

    With one school year `teacher` is the sum of the teacher and teacher-year variances.
    covariance (4, 4) is the inverse information of (school, teacher, teacher_year, section),
    zero for a term that was not estimated; persistence is rho of the teacher-year effects.
    """

    school: float
    teacher: float
    teacher_year: float
    section: float
    log_likelihood: float
    iterations: int
    converged: bool
    persistence: float = 0.0
    weak_prior: bool = True
    covariance: FloatArray = field(default_factory=lambda: np.zeros((4, 4)), compare=False, repr=False)

    @property
    def teacher_cv(self) -> float:
        """Coefficient of variation of the estimated teacher variance."""
        return float(np.sqrt(max(self.covariance[1, 1], 0.0)) / self.teacher) if self.teacher > 0 else 0.0


def fit_variance_components(
    summaries: SectionSummaries,
    exposures: Exposures,
    *,
    school_year_effects: bool,
    persistence: float = 0.0,
    weak_prior: bool = True,
    dense_limit: int = DENSE_LIMIT,
) -> VarianceComponents:
    """AI-REML estimates; raises Unfinished where they do not settle.

    school_year_effects: whether teachers may vary from year to year; ignored (as False) where
    only one school year is present. persistence: rho in [0, 1) of an AR(1) between the years of
    one teacher. dense_limit: largest block solved dense. Without any section the prior is returned.
    """
    if not 0.0 <= persistence < 1.0:
        raise ValueError("persistence must lie in [0, 1).")
    check_summaries(summaries)
    if len(summaries) == 0:
        b, u, t, c = (PRIOR_SCALES[name] ** 2 for name in TERMS)
        return VarianceComponents(b, u, t, c, log_likelihood=0.0, iterations=0, converged=True)
    model, _ = section_model(
        summaries, exposures, school_year_effects=school_year_effects, persistence=persistence
    )
    fit = fit_reml(model, prior_scales=PRIOR_SCALES if weak_prior else None, dense_limit=dense_limit)
    present = [TERMS.index(name) for name in fit.variances]
    covariance = np.zeros((len(TERMS), len(TERMS)))
    covariance[np.ix_(present, present)] = fit.covariance
    values = {name: fit.variances.get(name, 0.0) for name in TERMS}
    return VarianceComponents(
        **values,
        log_likelihood=fit.log_likelihood,
        iterations=fit.iterations,
        converged=True,
        persistence=persistence,
        weak_prior=weak_prior,
        covariance=covariance,
    )


def section_model(
    summaries: SectionSummaries,
    exposures: Exposures,
    *,
    school_year_effects: bool,
    persistence: float,
    covariates: FloatArray | None = None,
) -> tuple[MixedModel, Teaching]:
    """The mixed model of the summaries; covariates (S, k) are added to the stratum dummies."""
    teaching = teaching_of(summaries, exposures)
    fixed = stratum_dummies(summaries.stratum)
    if covariates is not None:
        fixed = sparse.csr_array(sparse.hstack([fixed, sparse.csr_array(covariates)], format="csr"))
    model = MixedModel(
        response=np.asarray(summaries.effect, dtype=np.float64),
        noise=np.asarray(summaries.variance, dtype=np.float64),
        fixed=fixed,
        terms=section_terms(
            summaries, teaching, school_year_effects=school_year_effects, persistence=persistence
        ),
        site=summaries.school,
    )
    return model, teaching


def variances_of(components: VarianceComponents, model: MixedModel) -> FloatArray:
    """The components in the order of the model's terms, section last, at least the floor."""
    named = {name: float(getattr(components, name)) for name in TERMS}
    ordered = [named[term.name] for term in model.terms] + [components.section]
    return np.asarray(np.maximum(np.array(ordered), FLOOR))
