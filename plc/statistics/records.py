"""The two tables the kernel works on: section summaries and who taught each section how much.

A *section* is one class of students in one school year; its *effect* is the mean of its
students' results beyond what their starting points predict. Units are student-level SD.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SectionSummaries:
    """S sections of one subject; every array has length S.

    effect       y_c, SD units, adjusted for starting points, before stratum means are removed
    variance     V_c, its sampling variance (SD^2, >= 0)
    school       0-based index of the school
    stratum      0-based index of the peer stratum: grade x subject x year
    school_year  the calendar year the school year ends in, e.g. 2026
    """

    effect: FloatArray
    variance: FloatArray
    school: IntArray
    stratum: IntArray
    school_year: IntArray

    def __len__(self) -> int:
        return int(self.effect.shape[0])


@dataclass(frozen=True, slots=True)
class Exposures:
    """Sparse Z: entry i says that `teacher[i]` carries `weight[i]` of section `section[i]`.

    section   0-based index into SectionSummaries
    teacher   0-based index below `teachers`
    weight    share of the section's students and time; sums to about 1 per section
    teachers  number of teachers J (a teacher without a section keeps her place)
    """

    section: IntArray
    teacher: IntArray
    weight: FloatArray
    teachers: int
