"""Funnel plot: each teacher's plain average against its precision, with control limits.

    limits = centre -+ z sqrt(s^2 + tau^2)

tau^2 = 0: what chance alone would give; tau^2 = tau_b^2 + tau_u^2: the additive adjustment for
over-dispersion, i.e. for teachers differing as teachers do (Spiegelhalter 2005, Stat Med 24:1185).
The plain average is not shrunken and is no basis for a flag; the picture shows why small n is not told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from plc.statistics.heterogeneity import section_deviations
from plc.statistics.records import Exposures, FloatArray, IntArray, SectionSummaries
from plc.statistics.variance_components import VarianceComponents


@dataclass(frozen=True, slots=True)
class FunnelPoints:
    """One entry per teacher, shape (J,); estimate and standard error 0 for a teacher without sections.

    estimate        precision-weighted mean of her sections' deviations from their strata, SD units
    standard_error  from sampling, sections' own shocks and years, without differences between teachers
    """

    estimate: FloatArray
    standard_error: FloatArray
    sections: IntArray


def funnel_points(
    summaries: SectionSummaries, exposures: Exposures, components: VarianceComponents
) -> FunnelPoints:
    """Plain averages and their standard errors; a co-taught section counts by the teacher's share."""
    teaching, deviation = section_deviations(summaries, exposures, components)
    noise = np.maximum(summaries.variance + components.section, 1e-12)
    weight = teaching.weight / (noise + components.teacher_year)[teaching.section]
    total = np.bincount(teaching.teacher, weights=weight, minlength=teaching.teachers)
    share = weight / total[teaching.teacher]
    estimate = np.bincount(
        teaching.teacher, weights=share * deviation[teaching.section], minlength=teaching.teachers
    )
    sampling = np.bincount(
        teaching.teacher, weights=share**2 * noise[teaching.section], minlength=teaching.teachers
    )
    by_year = np.bincount(teaching.year_index, weights=share, minlength=teaching.year_teacher.size)
    yearly = np.bincount(teaching.year_teacher, weights=by_year**2, minlength=teaching.teachers)
    return FunnelPoints(
        estimate=np.asarray(estimate, dtype=np.float64),
        standard_error=np.sqrt(sampling + components.teacher_year * yearly),
        sections=np.bincount(teaching.teacher, minlength=teaching.teachers),
    )


def between_variance(components: VarianceComponents) -> float:
    """tau^2 of the over-dispersion adjustment: schools and teachers, SD^2."""
    return components.school + components.teacher


def funnel_limits(
    standard_error: FloatArray, *, coverage: float, between: float = 0.0, centre: float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """Lower and upper control limit at each standard error; usual coverages are 0.95 and 0.998."""
    reach = float(special.ndtri(0.5 + coverage / 2.0)) * np.sqrt(standard_error**2 + between)
    return centre - reach, centre + reach
