"""Districts in which the lowest starters of some teachers gain less than the others, as section summaries.

The balancing check is judged where it decides: from sections' two effects on. That those effects are
without regression to the mean is judged on whole simulated districts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.statistics.balancing import LAG, PartEffects, difference, probability_below
from plc.statistics.posterior import teacher_posteriors
from plc.statistics.records import Exposures, FloatArray, SectionSummaries
from plc.statistics.variance_components import fit_variance_components

# Sampling variance (SD^2) of the mean of 8 students who started lowest and of their 15 classmates over six
# checks, from the variances within classes of the sample district (student .33, error .20).
LOW_VARIANCE, REST_VARIANCE = 0.33 / 8 + 0.20 / 48, 0.33 / 15 + 0.20 / 90
SCHOOL_SD, TEACHER_SD, YEAR_SD, SECTION_SD = 0.06, 0.11, 0.05, 0.09


@dataclass(frozen=True, slots=True)
class Balance:
    """What is true and what the check says, per teacher (J,)."""

    low_effect: FloatArray
    gap: FloatArray
    below: FloatArray
    behind: FloatArray


def simulate_balance(
    gap: FloatArray,
    rng: np.random.Generator,
    *,
    sections_a_year: int = 1,
    years: int = 2,
    gap_section_sd: float = 0.0,
    teachers_per_school: int = 3,
) -> Balance:
    """One subject whose teacher j's lowest third gains `gap[j]` (SD) less or more than the others."""
    teachers = len(gap)
    school_of = np.arange(teachers) // teachers_per_school
    school = SCHOOL_SD * rng.standard_normal(int(school_of.max()) + 1)
    lasting = TEACHER_SD * rng.standard_normal(teachers) + school[school_of]
    teacher = np.repeat(np.arange(teachers), years * sections_a_year)
    year = np.tile(np.repeat(np.arange(years), sections_a_year), teachers)
    sections = len(teacher)
    shared = lasting[teacher] + SECTION_SD * rng.standard_normal(sections)
    shared += (YEAR_SD * rng.standard_normal((teachers, years)))[teacher, year]
    own_gap = gap[teacher] + gap_section_sd * rng.standard_normal(sections)
    low, rest = (
        PartEffects(
            effect=shared + part * own_gap + np.sqrt(variance) * rng.standard_normal(sections),
            variance=np.full(sections, variance),
            students=np.full(sections, float(students)),
        )
        for part, variance, students in ((1.0, LOW_VARIANCE, 8), (0.0, REST_VARIANCE, 15))
    )
    effect, variance, _ = difference(low, rest)
    exposures = Exposures(np.arange(sections), teacher, np.ones(sections), teachers)
    posteriors = []
    for values, spread in ((low.effect, low.variance), (effect, variance)):
        summaries = SectionSummaries(values, spread, school_of[teacher], year, 2025 + year)
        components = fit_variance_components(summaries, exposures, school_year_effects=years > 1)
        posteriors.append(teacher_posteriors(summaries, exposures, components))
    return Balance(
        low_effect=lasting + gap,
        gap=gap,
        below=probability_below(posteriors[0], 0.0),
        behind=probability_below(posteriors[1], -LAG),
    )
