"""A teacher's effect year by year: theta_jt = b_school + u_j + v_jt, now and over time.

*Current effect*: theta in the teacher's latest year, the target when effects drift.
*Consistency*: mean_t P(theta_jt > 0 | data), the expected share of years above peers.
Source: specification B8, B11.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from plc.core.errors import Unfinished
from plc.statistics.design import SCHOOL, TEACHER, TEACHER_YEAR, Teaching, several, year_loadings
from plc.statistics.false_discovery import probability_above
from plc.statistics.henderson import Equations
from plc.statistics.peers import Contrast, home_schools
from plc.statistics.posterior import TeacherPosteriors, contrast_posteriors
from plc.statistics.records import BoolArray, Exposures, FloatArray, IntArray, SectionSummaries
from plc.statistics.variance_components import VarianceComponents, fit_variance_components, section_model

# Values of rho over which the likelihood is profiled, and the years needed to tell them apart (B11).
PERSISTENCE_GRID = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95)
YEARS_FOR_PERSISTENCE = 4
# Older school years no longer speak for what a teacher does now (B11).
RECENT_YEARS = 5


@dataclass(frozen=True, slots=True)
class TeacherYearPosteriors:
    """One entry per teacher and school year taught, by teacher then year; arrays of shape (T,).

    mean, sd in SD units relative to district peers of that year; above = P(theta > 0 | data).
    """

    teacher: IntArray
    school_year: IntArray
    mean: FloatArray
    sd: FloatArray
    above: FloatArray


@dataclass(frozen=True, slots=True)
class PersistenceProfile:
    """REML log-likelihood at each rho that was tried, and the components at the best one."""

    persistence: tuple[float, ...]
    log_likelihood: tuple[float, ...]
    components: VarianceComponents


def teacher_year_posteriors(
    summaries: SectionSummaries, exposures: Exposures, components: VarianceComponents
) -> TeacherYearPosteriors:
    """Posterior of theta for every teacher-year that occurs."""
    equations, teaching = _equations(summaries, exposures, components)
    contrast = _year_contrast(summaries, teaching, components)
    posteriors = contrast_posteriors(equations, components, contrast)
    return TeacherYearPosteriors(
        teacher=teaching.year_teacher,
        school_year=teaching.school_year,
        mean=posteriors.mean,
        sd=posteriors.sd,
        above=probability_above(posteriors, 0.0, prior="normal"),
    )


def current_effects(
    summaries: SectionSummaries, exposures: Exposures, components: VarianceComponents
) -> TeacherPosteriors:
    """Posterior of theta in each teacher's latest year, shape (J,); the prior without sections."""
    equations, teaching = _equations(summaries, exposures, components)
    years = _year_contrast(summaries, teaching, components)
    latest = np.flatnonzero(np.diff(teaching.year_teacher, append=-1) != 0)
    teacher = teaching.year_teacher[latest]
    pick = sparse.csr_array(
        (np.ones(latest.size), (teacher, latest)), shape=(teaching.teachers, teaching.year_teacher.size)
    )
    unseen = np.ones(teaching.teachers, dtype=np.bool_)
    unseen[teacher] = False
    _, school, peers = home_schools(summaries, teaching)
    loadings = {name: sparse.csr_array(pick @ matrix) for name, matrix in years.loadings.items()}
    loadings[TEACHER] = sparse.eye_array(teaching.teachers, format="csr")
    contrast = Contrast(loadings, unseen, np.ones_like(unseen), school, peers)
    return contrast_posteriors(equations, components, contrast)


def consistency(years: TeacherYearPosteriors, *, teachers: int) -> FloatArray:
    """Mean over a teacher's years of P(theta > 0), shape (teachers,); 0 for a teacher without years."""
    count = np.bincount(years.teacher, minlength=teachers)
    total = np.bincount(years.teacher, weights=years.above, minlength=teachers)
    return np.asarray(total / np.maximum(count, 1))


def profile_persistence(
    summaries: SectionSummaries, exposures: Exposures, *, weak_prior: bool = True
) -> PersistenceProfile:
    """Components at the rho of highest REML likelihood; rho = 0 alone with fewer than four years.

    Raises Unfinished where no value settles.
    """
    enough = np.unique(summaries.school_year).size >= YEARS_FOR_PERSISTENCE
    tried: list[VarianceComponents] = []
    for value in PERSISTENCE_GRID if enough else PERSISTENCE_GRID[:1]:
        try:
            tried.append(
                fit_variance_components(
                    summaries, exposures, school_year_effects=True, persistence=value, weak_prior=weak_prior
                )
            )
        except Unfinished:
            if not enough:
                raise
    if not tried:
        raise Unfinished("The variance components did not settle at any persistence.")
    return PersistenceProfile(
        persistence=tuple(fit.persistence for fit in tried),
        log_likelihood=tuple(fit.log_likelihood for fit in tried),
        components=max(tried, key=lambda fit: fit.log_likelihood),
    )


def recent_sections(
    summaries: SectionSummaries, exposures: Exposures, *, years: int = RECENT_YEARS
) -> tuple[SectionSummaries, Exposures]:
    """Only the sections of the latest `years` school years; teachers keep their indices."""
    if len(summaries) == 0:
        return summaries, exposures
    return keep_sections(summaries, exposures, summaries.school_year > summaries.school_year.max() - years)


def keep_sections(
    summaries: SectionSummaries, exposures: Exposures, kept: BoolArray
) -> tuple[SectionSummaries, Exposures]:
    """The sections marked in `kept` (S,), renumbered; teachers keep their indices."""
    number = np.cumsum(kept) - 1
    taught = kept[exposures.section]
    return (
        SectionSummaries(
            effect=summaries.effect[kept],
            variance=summaries.variance[kept],
            school=summaries.school[kept],
            stratum=summaries.stratum[kept],
            school_year=summaries.school_year[kept],
        ),
        Exposures(
            section=number[exposures.section[taught]],
            teacher=exposures.teacher[taught],
            weight=exposures.weight[taught],
            teachers=exposures.teachers,
        ),
    )


def _equations(
    summaries: SectionSummaries, exposures: Exposures, components: VarianceComponents
) -> tuple[Equations, Teaching]:
    model, teaching = section_model(
        summaries,
        exposures,
        school_year_effects=components.teacher_year > 0,
        persistence=components.persistence,
    )
    return Equations(model), teaching


def _year_contrast(
    summaries: SectionSummaries, teaching: Teaching, components: VarianceComponents
) -> Contrast:
    """One row per teacher-year: her effect, that year's deviation, that year's schools."""
    count = teaching.year_teacher.size
    index = np.arange(count)
    loadings = {
        TEACHER: sparse.csr_array(
            (np.ones(count), (index, teaching.year_teacher)), shape=(count, teaching.teachers)
        )
    }
    if components.teacher_year > 0 and several(summaries.school_year):
        loadings[TEACHER_YEAR] = year_loadings(teaching, persistence=components.persistence)
    if several(summaries.school):
        schools = int(summaries.school.max()) + 1
        weight = sparse.csr_array(
            (teaching.weight, (teaching.year_index, summaries.school[teaching.section])),
            shape=(count, schools),
        )
        total = np.asarray(weight.sum(axis=1)).reshape(-1)
        loadings[SCHOOL] = sparse.csr_array(sparse.diags_array(1.0 / total) @ weight)
    _, school, peers = home_schools(summaries, teaching)
    everyone = np.ones(count, dtype=np.bool_)
    return Contrast(
        loadings, ~everyone, everyone, school[teaching.year_teacher], peers[teaching.year_teacher]
    )
