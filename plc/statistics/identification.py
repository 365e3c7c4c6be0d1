"""Telling a teacher's part from her section's, where the data can and where they cannot.

With one section per teacher only the sum of teacher, teacher-year and section variance shows in the
data: any split fits equally well, and an optimiser stops anywhere on that ridge. Then the sum is kept
and split in the proportions of the weak prior, which claims less for the teacher than a lucky split.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from plc.statistics.records import Exposures
from plc.statistics.variance_components import PRIOR_SCALES, TERMS, VarianceComponents

# Teachers with two sections or more from which a split can be estimated at all: fewer pairs than this leave
# the correlation of two sections of one teacher with a standard error above 0.3.
TEACHERS_TO_SPLIT = 10
_TOGETHER = ("teacher", "teacher_year", "section")


def split_where_confounded(components: VarianceComponents, exposures: Exposures) -> VarianceComponents:
    """The components, or, where too few teachers have two sections, their sum split by the prior."""
    sections_taught = np.bincount(exposures.teacher, minlength=exposures.teachers)
    if int(np.count_nonzero(sections_taught > 1)) >= TEACHERS_TO_SPLIT:
        return components
    total = sum(float(getattr(components, name)) for name in _TOGETHER)
    shares = {name: PRIOR_SCALES[name] ** 2 for name in _TOGETHER}
    if components.teacher_year == 0.0:
        # One school year: the kernel's teacher variance holds the year's as well.
        shares["teacher"] += shares.pop("teacher_year")
    whole = sum(shares.values())
    split: dict[str, Any] = {name: total * share / whole for name, share in shares.items()}
    return replace(components, **split, covariance=np.zeros((len(TERMS), len(TERMS))))
