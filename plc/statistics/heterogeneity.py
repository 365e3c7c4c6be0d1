"""Do a teacher's sections agree with each other, and in how many did students exceed expectation?

    Q_j = sum_c (y_c - m_c)^2 / (V_c + tau_c^2 + tau_t^2),  compared with chi-squared on K - 1

y_c relative to its stratum; m_c is what the posterior means of the section's teachers predict, the
teacher's own mean where she teaches alone (specification B8).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from plc.statistics.design import Teaching
from plc.statistics.henderson import Equations
from plc.statistics.posterior import TeacherPosteriors
from plc.statistics.records import Exposures, FloatArray, IntArray, SectionSummaries
from plc.statistics.variance_components import VarianceComponents, section_model, variances_of

# A section counts as a teacher's own if she carries at least this share of it.
OWN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """One entry per teacher, shape (J,).

    sections     K, sections of which she carries at least half
    above        k, those in which students exceeded what peers' students did
    statistic    Q; probability = P(chi2_{K-1} >= Q), 1 with fewer than two sections
    """

    sections: IntArray
    above: IntArray
    statistic: FloatArray
    probability: FloatArray


def heterogeneity(
    summaries: SectionSummaries,
    exposures: Exposures,
    components: VarianceComponents,
    posteriors: TeacherPosteriors,
) -> Heterogeneity:
    """ "Above peers' expectation in k of K sections", and the test of one common effect.

    posteriors: against district peers.
    """
    teaching, deviation = section_deviations(summaries, exposures, components)
    predicted = np.bincount(
        teaching.section,
        weights=teaching.weight * posteriors.mean[teaching.teacher],
        minlength=len(summaries),
    )
    noise = summaries.variance + components.section + components.teacher_year
    surprise = (deviation - predicted) ** 2 / np.maximum(noise, 1e-12)
    # A pair's share is half less rounding.
    own = teaching.weight >= OWN_SHARE - 1e-9
    teacher, section = teaching.teacher[own], teaching.section[own]
    count = np.bincount(teacher, minlength=teaching.teachers)
    statistic = np.bincount(teacher, weights=surprise[section], minlength=teaching.teachers)
    tail = special.chdtrc(np.maximum(count - 1, 1), statistic)
    return Heterogeneity(
        sections=count,
        above=np.bincount(teacher[deviation[section] > 0], minlength=teaching.teachers),
        statistic=np.asarray(statistic, dtype=np.float64),
        probability=np.where(count >= 2, tail, 1.0),
    )


def section_deviations(
    summaries: SectionSummaries, exposures: Exposures, components: VarianceComponents
) -> tuple[Teaching, FloatArray]:
    """Clean exposures, and y_c less its stratum's estimated mean (S,), SD units."""
    model, teaching = section_model(
        summaries,
        exposures,
        school_year_effects=components.teacher_year > 0,
        persistence=components.persistence,
    )
    if len(summaries) == 0:
        return teaching, np.zeros(0)
    solution = Equations(model).solve(variances_of(components, model))
    return teaching, np.asarray(model.response - model.fixed @ solution.fixed)
