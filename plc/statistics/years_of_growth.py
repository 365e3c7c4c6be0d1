"""Growth in years: what students gained, against what students of that grade gain in a year.

Scores standardised inside a grade and year stay level for a student of typical growth, so a
change of d SD is 1 + d/g years, g the typical annual gain of the later grade in SD.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from plc.statistics.between_units import ShrunkenEffects, cluster_variance, shrunken_effects, sums
from plc.statistics.records import FloatArray, IntArray

Family = Literal["reading", "mathematics"]

# Typical annual gain in SD by the grade it leads to, 1 (from kindergarten) to 12, on national tests.
# Hill, Bloom, Black and Lipsey 2008, Child Development Perspectives 2:172.
TYPICAL_ANNUAL_GAIN: Final[dict[Family, tuple[float, ...]]] = {
    "reading": (1.52, 0.97, 0.60, 0.36, 0.40, 0.32, 0.23, 0.26, 0.24, 0.19, 0.19, 0.06),
    "mathematics": (1.14, 1.03, 0.89, 0.52, 0.56, 0.41, 0.30, 0.32, 0.22, 0.25, 0.14, 0.01),
}
# Above grade 8 and below 0.05 SD a year is too small a yardstick: any change becomes many years.
HIGHEST_GRADE: Final = 8
SMALLEST_CHANGE: Final = 0.05
# TNTP, The Opportunity Makers (2024): students who began below grade level grew 1.3 grade levels a year.
TRAJECTORY_CHANGING: Final = 1.3
# How sure one must be to say so (the same 0.75 as a bright spot).
SURE: Final = 0.75


def subject_family(subject: str) -> Family | None:
    """The column of the table a subject belongs to; None for any other subject."""
    words = subject.lower()
    if "math" in words or "algebra" in words:
        return "mathematics"
    if any(part in words for part in ("read", "english", "language arts", "literacy", "ela")):
        return "reading"
    return None


def typical_gain(family: Family, *, to_grade: int) -> float | None:
    """SD gained in the year that ends in `to_grade`; None outside grades 1 to 8 or below 0.05 SD."""
    if not 1 <= to_grade <= HIGHEST_GRADE:
        return None
    gain = TYPICAL_ANNUAL_GAIN[family][to_grade - 1]
    return gain if gain >= SMALLEST_CHANGE else None


def growth_in_years(change: FloatArray | float, gain: FloatArray | float) -> FloatArray:
    """1 + change/gain, both in SD of one grade and year."""
    return np.asarray(1 + np.asarray(change, dtype=np.float64) / gain)


def group_years_of_growth(
    unit: IntArray, students: FloatArray, years: FloatArray, variance: FloatArray, *, units: int
) -> ShrunkenEffects:
    """Years of growth a year per unit, shrunken to their mean, and P(at least 1.3).

    One entry per cell, one grade and year of a unit: its students (>= 1), its mean growth in years, the
    variance of one student's. Cohorts of one school differ by more than chance: that shock is added.
    """
    pooled = float(students @ variance / students.sum()) if students.sum() > 0 else 0.0
    # A cell of two students cannot tell its own variance: ten students' worth of the pooled one steadies it.
    noise = (students * variance + 10 * pooled) / (students + 10) / students
    shock = cluster_variance(unit, students, years, noise, units=units)
    total = sums(unit, students, units)
    y = sums(unit, students * years, units) / total
    v = sums(unit, students**2 * (noise + shock), units) / total**2
    return shrunken_effects(y, np.maximum(v, 1e-9), threshold=TRAJECTORY_CHANGING, centre=None)
