"""How far figures spread at each number of students: by chance alone, and with teachers as they differ.

The grid comes from the fitted variances and the size of a usual class, never from anyone's figure, so
that no point can be worked out from it: its normal bands hold nine in ten (or half) of all there could be.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from plc.bright_spots.tallies import SubjectFindings
from plc.statistics.funnel import between_variance, funnel_limits
from plc.statistics.records import FloatArray

# Numbers of students at which the bands are kept: from the fewest of whom a figure is told to more than a
# teacher meets in five years.
GRID_STUDENTS: Final = tuple(np.unique(np.geomspace(10, 1000, 48).round().astype(int)).tolist())
# The bands: nine in ten, and the middle half.
WIDE, MIDDLE = 0.90, 0.50


def funnel_rows(found: SubjectFindings) -> pd.DataFrame:
    """Rows of one subject: students, and the bands of chance, of everyone, and of everyone's middle half."""
    # Before any student has a starting point there is no spread to draw.
    grid = GRID_STUDENTS if len(found.estimates.summaries) else ()
    students = np.asarray(grid, dtype=np.float64)
    error = _standard_errors(found, students) if len(students) else students
    between = between_variance(found.estimates.components)
    chance = funnel_limits(error, coverage=WIDE)
    everyone = funnel_limits(error, coverage=WIDE, between=between)
    middle = funnel_limits(error, coverage=MIDDLE, between=between)
    return pd.DataFrame(
        {
            "subject": found.name,
            "students": students.astype(np.int64),
            "chance_lower": chance[0],
            "chance_upper": chance[1],
            "all_lower": everyone[0],
            "all_upper": everyone[1],
            "middle_lower": middle[0],
            "middle_upper": middle[1],
        }
    )


def _standard_errors(found: SubjectFindings, students: FloatArray) -> FloatArray:
    """Standard error of a plain mean over n students in usual classes, (n,), SD.

    n students fill K = max(1, n/m) classes of the usual size m, in min(K, T) of the T school years:
    se^2 = s^2/n + tau_c^2/K + tau_t^2/min(K, T), s^2 the usual sampling variance times class size.
    """
    estimates, sections = found.estimates, found.subject.sections
    size = sections["started"].astype(np.float64)
    usual = float(np.median(size))
    per_student = float(np.median(estimates.summaries.variance * size))
    years = float(len(np.unique(estimates.summaries.school_year)))
    classes = np.maximum(students / usual, 1.0)
    variance = (
        per_student / students
        + estimates.components.section / classes
        + estimates.components.teacher_year / np.minimum(classes, years)
    )
    return np.asarray(np.sqrt(variance))


def half_width(grid: pd.DataFrame, students: FloatArray) -> FloatArray:
    """What chance alone gives around zero at these numbers of students, from a stored grid."""
    return np.asarray(np.interp(students, grid["students"], grid["chance_upper"]), dtype=np.float64)
