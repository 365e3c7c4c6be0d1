"""What the data say about each teacher: mean and spread of her effect relative to a group of peers.

*District peers*: b_school + u_j. *School peers*: u_j less the mean of the other teachers' u in her
school. *Similar schools*: as district, after regressing on the schools' make-up, or relative to the
nearest schools. All from one fit (specification B2, B8):

    m = G W' V^-1 (y - X beta),   Cov = G - G W'V^-1W G + (G K) C (G K)',   K = W'V^-1X

One school year: u | data has mean phi m and variance phi^2 v + phi (1 - phi) tau^2, because the
fitted teacher variance holds the year's as well (B7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse, special
from threadpoolctl import threadpool_limits

from plc.statistics.design import SCHOOL, TEACHER, TEACHER_YEAR, several
from plc.statistics.henderson import Equations
from plc.statistics.peers import (
    Contrast,
    district_contrast,
    school_contrast,
    similar_contrast,
    similar_covariates,
)
from plc.statistics.records import BoolArray, Exposures, FloatArray, IntArray, SectionSummaries
from plc.statistics.reml import FLOOR, weak_prior_log_density
from plc.statistics.variance_components import (
    PRIOR_SCALES,
    TERMS,
    VarianceComponents,
    section_model,
    variances_of,
)

Peers = Literal["district", "school", "similar"]
# Share of a one-year teacher effect taken as lasting. The specification (B7) uses .85; over 20 simulated
# districts of one year .80 kept the false discovery rate at .10 where .85 gave .11, with slope 1.02.
ONE_YEAR_PERSISTENCE = 0.80
# Above this coefficient of variation of tau_u^2 its uncertainty is averaged over (B7).
CV_FOR_MIXTURE = 0.10
MIXTURE_POINTS = 9
# Reach of the mixture's points in standard errors of tau_u: holds 99 % of a normal likelihood.
MIXTURE_REACH = 2.5


@dataclass(frozen=True, slots=True)
class Mixture:
    """Posteriors at P values of tau_u: mean and sd (P, J), weight (P,) summing to one."""

    mean: FloatArray
    sd: FloatArray
    weight: FloatArray


@dataclass(frozen=True, slots=True)
class TeacherPosteriors:
    """One entry per teacher, SD units. Arrays have shape (J,).

    mean, sd          of the effect relative to the peers; with the uncertainty of tau_u where it matters
    reliability       1 - v / prior_variance with the plug-in v, 0 for a teacher without sections
    prior_variance    variance of the effect among teachers
    school            home school: where she teaches most; -1 without sections
    peers_in_school   other teachers whose home school is the same
    comparable        False where there is no peer group; mean is then 0 and sd the prior's
    plug_in_mean, plug_in_sd   at the estimated components, before averaging over tau_u
    mixture           the averaged posteriors, None where tau_u is known well enough
    """

    mean: FloatArray
    sd: FloatArray
    reliability: FloatArray
    prior_variance: FloatArray
    school: IntArray
    peers_in_school: IntArray
    comparable: BoolArray
    plug_in_mean: FloatArray
    plug_in_sd: FloatArray
    mixture: Mixture | None = None


def teacher_posteriors(
    summaries: SectionSummaries,
    exposures: Exposures,
    components: VarianceComponents,
    *,
    peers: Peers = "district",
    school_covariates: FloatArray | None = None,
    similar_by: Literal["regression", "nearest"] = "regression",
    one_year_persistence: float = ONE_YEAR_PERSISTENCE,
) -> TeacherPosteriors:
    """Posterior of every teacher's persistent effect relative to `peers`.

    school_covariates (schools, k), such as mean prior result and share of low income, is needed for
    peers="similar". Raises TooSmall where there are too few schools to find similar ones.
    """
    covariates = None
    if peers == "similar" and similar_by == "regression":
        covariates = similar_covariates(summaries, school_covariates)
    model, teaching = section_model(
        summaries,
        exposures,
        school_year_effects=components.teacher_year > 0,
        persistence=components.persistence,
        covariates=covariates,
    )
    if peers == "school":
        contrast = school_contrast(summaries, teaching)
    elif peers == "similar" and similar_by == "nearest":
        contrast = similar_contrast(summaries, teaching, school_covariates)
    else:
        contrast = district_contrast(summaries, teaching)
    share = one_year_persistence if len(summaries) and not several(summaries.school_year) else 1.0
    return contrast_posteriors(Equations(model), components, contrast, persistent_share=share)


def contrast_posteriors(
    equations: Equations,
    components: VarianceComponents,
    contrast: Contrast,
    *,
    persistent_share: float = 1.0,
) -> TeacherPosteriors:
    """Posterior of each row of a contrast; `persistent_share` discounts its teacher part."""
    plug_in = _Target(contrast, persistent_share)
    with threadpool_limits(limits=1, user_api="blas"):
        mean, sd, prior_variance, _ = plug_in.posterior(equations, components, _theta(components))
        mixture = _tau_mixture(equations, components, plug_in)
    plug_in_mean, plug_in_sd = mean, sd
    if mixture is not None:
        mean = mixture.weight @ mixture.mean
        spread = mixture.sd**2 + (mixture.mean - mean) ** 2
        sd = np.sqrt(mixture.weight @ spread)
    return TeacherPosteriors(
        mean=mean,
        sd=sd,
        reliability=np.clip(1.0 - plug_in_sd**2 / prior_variance, 0.0, 1.0),
        prior_variance=prior_variance,
        school=contrast.school,
        peers_in_school=contrast.peers_in_school,
        comparable=contrast.comparable,
        plug_in_mean=plug_in_mean,
        plug_in_sd=plug_in_sd,
        mixture=mixture,
    )


def credible_interval(
    mean: FloatArray, sd: FloatArray, *, level: float = 0.90
) -> tuple[FloatArray, FloatArray]:
    """Central interval mean -+ z sd of a normal posterior; z = 1.645 at 90 %."""
    reach = float(special.ndtri(0.5 + level / 2.0)) * sd
    return mean - reach, mean + reach


@dataclass(frozen=True, slots=True)
class _Target:
    contrast: Contrast
    persistent_share: float

    def posterior(
        self, equations: Equations, components: VarianceComponents, theta: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, float]:
        """Mean, sd and prior variance (J,) at variances theta (4,) ordered as TERMS, and the objective."""
        named = dict(zip(TERMS, theta, strict=True))
        terms = {term.name for term in equations.model.terms}
        share = self.persistent_share
        # A teacher without sections may be in any school, and in any state that year.
        anywhere = named[SCHOOL] + (named[TEACHER_YEAR] if TEACHER_YEAR in self.contrast.loadings else 0.0)
        prior = self.contrast.outside * anywhere
        unexplained = prior.copy()
        loadings: dict[str, sparse.csr_array] = {}
        for name, matrix in self.contrast.loadings.items():
            size = np.asarray(matrix.multiply(matrix).sum(axis=1)).reshape(-1)
            variance = size * max(named[name], FLOOR if name == TEACHER else 0.0)
            kept = share if name == TEACHER else 1.0
            prior = prior + kept * variance
            if name in terms:
                loadings[name] = sparse.csr_array(matrix * kept)
                unexplained += kept * (1.0 - kept) * variance
            else:
                unexplained += kept * variance
        mean, variance, height = np.zeros_like(prior), np.zeros_like(prior), 0.0
        if loadings and len(equations.model.response):
            at = variances_of(_with(components, theta), equations.model)
            solution = equations.solve(at)
            mean, variance = solution.combine(loadings)
            height = solution.log_likelihood + _prior_density(equations, components, at)
        variance = variance + unexplained
        comparable = self.contrast.comparable
        return (
            np.where(comparable, mean, 0.0),
            np.sqrt(np.where(comparable, variance, prior)),
            prior,
            height,
        )


def _theta(components: VarianceComponents) -> FloatArray:
    return np.array([float(getattr(components, name)) for name in TERMS])


def _with(components: VarianceComponents, theta: FloatArray) -> VarianceComponents:
    school, teacher, teacher_year, section = (float(value) for value in theta)
    return VarianceComponents(
        school,
        teacher,
        teacher_year,
        section,
        log_likelihood=components.log_likelihood,
        iterations=components.iterations,
        converged=components.converged,
        persistence=components.persistence,
        weak_prior=components.weak_prior,
    )


def _tau_mixture(equations: Equations, components: VarianceComponents, target: _Target) -> Mixture | None:
    """Posteriors over tau_u with weights exp(l), uniform prior on tau_u; None where CV <= 10 %.

    The other components follow to first order what they would be re-estimated to,
    d theta_k / d theta_u = Cov(theta_k, theta_u) / Var(theta_u).
    """
    if components.teacher_cv <= CV_FOR_MIXTURE or not len(equations.model.response):
        return None
    theta, covariance = _theta(components), components.covariance
    teacher = TERMS.index(TEACHER)
    tau = float(np.sqrt(theta[teacher]))
    reach = MIXTURE_REACH * 0.5 * components.teacher_cv * tau
    slope = covariance[:, teacher] / covariance[teacher, teacher]
    means, sds, heights = [], [], []
    for point in np.linspace(max(tau - reach, 0.05 * tau), tau + reach, MIXTURE_POINTS):
        moved = theta + slope * (point**2 - theta[teacher])
        moved = np.clip(moved, 0.05 * theta, theta + theta[teacher])
        moved[teacher] = point**2
        mean, sd, _, objective = target.posterior(equations, components, moved)
        means.append(mean)
        sds.append(sd)
        heights.append(objective)
    height = np.array(heights)
    weight = np.exp(height - height.max())
    return Mixture(np.array(means), np.array(sds), weight / weight.sum())


def _prior_density(equations: Equations, components: VarianceComponents, theta: FloatArray) -> float:
    if not components.weak_prior:
        return 0.0
    names = [*(term.name for term in equations.model.terms), "section"]
    return weak_prior_log_density(theta, np.array([PRIOR_SCALES[name] ** 2 for name in names]))
