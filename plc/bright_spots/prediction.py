"""Standing checks on a district's own data: does the past predict the latest year, and who starts where.

The prediction tests shrinkage and drift. It cannot see students sorted to teachers year after year by
something no earlier result shows: such sorting predicts itself (specification H). Beside it stands the
correlation of teachers' estimates with where their students start, which adjustment should leave near
zero unless strong teachers really teach strong starters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from plc.bright_spots.estimate import Subject
from plc.bright_spots.notes import checks_of_earlier_look
from plc.bright_spots.tallies import SubjectFindings
from plc.core.disclosure import MINIMUM_STUDENTS
from plc.core.errors import TooSmall, Unfinished
from plc.statistics.records import FloatArray
from plc.statistics.split_half import split_half

# A slope in these bounds says that shrinkage and drift are about right (specification H).
LOWEST_SLOPE: Final = 0.9
HIGHEST_SLOPE: Final = 1.1
# Standard errors on each side that hold nine in ten.
REACH: Final = 1.645
# Teachers from which a correlation is told: with fewer its own error is above a third.
TEACHERS_FOR_CORRELATION: Final = 10
# How far the correlation strays without any placement, since what a strong class adds is itself estimated:
# -0.25 to 0.03 in eight simulated subjects of 360 teachers.
USUAL_CORRELATION: Final = 0.25


@dataclass(frozen=True, slots=True)
class Prediction:
    """One subject. Figures are None where they could not be had; `reason` then says why.

    slope          SD that held-out sections moved per SD predicted, with its 90 % range
    coverage       share of them inside their own 90 % predictive range
    sections       held-out sections of the latest year
    start_correlation, start_teachers  of estimates with mean starting points, and teachers behind it
    figures_of     the earlier look these are of, where results of too few teachers changed since
    """

    subject: str
    slope: float | None = None
    lower: float | None = None
    upper: float | None = None
    coverage: float | None = None
    sections: int = 0
    reason: str = ""
    start_correlation: float | None = None
    start_teachers: int = 0
    figures_of: datetime | None = None

    @property
    def out_of_bounds(self) -> bool:
        """Whether the slope lies outside 0.9 to 1.1 by more than its uncertainty."""
        if self.lower is None or self.upper is None:
            return False
        return self.upper < LOWEST_SLOPE or self.lower > HIGHEST_SLOPE


def predict(found: SubjectFindings) -> Prediction:
    """Check one subject of a scan on the years it has."""
    correlation, teachers = start_correlation(found)
    start = Prediction(found.name, start_correlation=correlation, start_teachers=teachers)
    try:
        halves = split_half(found.estimates.summaries, found.subject.exposures)
    except (TooSmall, Unfinished) as error:
        return replace(start, reason=error.message)
    return replace(
        start,
        slope=halves.slope,
        lower=halves.slope - REACH * halves.standard_error,
        upper=halves.slope + REACH * halves.standard_error,
        coverage=halves.coverage,
        sections=halves.sections,
    )


def start_correlation(found: SubjectFindings) -> tuple[float | None, int]:
    """Pearson correlation over teachers with enough students, and how many those are."""
    start = _mean_starts(found.subject)
    told = (found.tallies.students >= MINIMUM_STUDENTS) & np.isfinite(start)
    teachers = int(np.count_nonzero(told))
    effect = found.estimates.district.mean
    if teachers < TEACHERS_FOR_CORRELATION or not (effect[told].std() > 0 and start[told].std() > 0):
        return None, teachers
    return float(np.corrcoef(effect[told], start[told])[0, 1]), teachers


def _mean_starts(subject: Subject) -> FloatArray:
    """Mean calibrated starting point of each teacher's students, SD, (J,); NaN without sections."""
    section, teacher = subject.led
    weight = subject.exposures.weight[subject.leads] * subject.sections["started"][section]
    size = subject.exposures.teachers
    students = np.bincount(teacher, weight, minlength=size)
    total = np.bincount(teacher, weight * subject.sections["section_mean"][section], minlength=size)
    return np.asarray(np.where(students > 0, total / np.where(students > 0, students, 1.0), np.nan))


def prediction_words(check: Prediction) -> str:
    """`Maths: on your data, held-out classes moved 0.97 of what was predicted (90 % range 0.85 to 1.09).`"""
    if check.slope is None or check.lower is None or check.upper is None:
        return check.reason
    return (
        f"On your data, held-out classes moved {check.slope:.2f} of what was predicted "
        f"(90 % range {check.lower:.2f} to {check.upper:.2f}, {check.sections:,} classes of the latest year)."
    )


WHAT_IT_CANNOT_SHOW: Final = (
    "This tests whether figures are pulled in far enough and whether teachers change over the years. It does "
    "not test for bias: students who are sorted to the same teachers every year, by something no earlier "
    "result shows, pass it."
)


def warning_words(check: Prediction) -> str:
    """What to make of a slope that is off; empty where it is not."""
    if check.slope is None or not check.out_of_bounds:
        return ""
    if check.slope < LOWEST_SLOPE:
        return (
            f"{check.subject.capitalize()}: held-out classes moved less than predicted, so the figures here "
            "are larger than they should be. Treat bright spots of this subject as places to visit, no more."
        )
    return (
        f"{check.subject.capitalize()}: held-out classes moved more than predicted, so the figures here are "
        "smaller than they should be, and some bright spots are missed."
    )


def earlier_words(check: Prediction) -> str:
    """That the check is of an earlier look; empty where it is of the latest."""
    return "" if check.figures_of is None else checks_of_earlier_look(check.figures_of)


def start_words(check: Prediction) -> str:
    """The correlation in words; empty where it is not told."""
    if check.start_correlation is None:
        return ""
    return (
        f"Estimates and where students start go together with a correlation of "
        f"{check.start_correlation:+.2f} over {check.start_teachers:,} teachers. Within about "
        f"{USUAL_CORRELATION:.2f} of 0 is usual where nobody was placed by strength; further away, teachers "
        "were placed that way or something is left unadjusted."
    )
