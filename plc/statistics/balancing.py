"""Whether a result was reached at the cost of the students who started lowest.

A section's students in two parts, each with its effect and variance: their *difference* is what one
part gained beyond the other. What the whole class shares (its teacher's usual effect, its company, a
good day) is in both parts and cancels, so that a difference is often clearer than either effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plc.statistics.false_discovery import probability_above
from plc.statistics.posterior import TeacherPosteriors
from plc.statistics.records import BoolArray, FloatArray

# How far one part must lag for the difference to matter, in student SD: as much as makes a bright spot.
LAG = 0.10
# Least P(the part's effect < 0) and P(difference < -LAG) for a warning: as sure as a bright spot must be. On
# simulated districts at most 2 % of teachers whose students all gain the same are warned, even beside one
# whose students do not (tests/calibration/test_balancing.py).
LEAST_BELOW, LEAST_BEHIND = 0.75, 0.75


@dataclass(frozen=True, slots=True)
class PartEffects:
    """What a part of each section's students gained: effect and variance (S,), from `students` (S,).

    Where a section has no such student, `students` is 0 and the other two mean nothing.
    """

    effect: FloatArray
    variance: FloatArray
    students: FloatArray


def together(parts: Sequence[PartEffects]) -> PartEffects:
    """Parts without a student in common as one, each weighing its students: variance sum n^2 V / n.^2."""
    students = np.sum([part.students for part in parts], axis=0)
    divisor = np.maximum(students, 1.0)
    effect = np.sum([part.students * part.effect for part in parts], axis=0) / divisor
    variance = np.sum([part.students**2 * part.variance for part in parts], axis=0) / divisor**2
    return PartEffects(effect=effect, variance=variance, students=students)


def difference(part: PartEffects, rest: PartEffects) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Effect of `part` less that of `rest`, its variance, and where a section has students of both.

    A shock to the whole class on one day is in both variances although it cancels; at its usual size
    (SD .045 a day) that makes the variance about 2 % too large, never too small.
    """
    return (
        part.effect - rest.effect,
        part.variance + rest.variance,
        np.asarray((part.students > 0) & (rest.students > 0)),
    )


def probability_below(posteriors: TeacherPosteriors, limit: float) -> FloatArray:
    """P(effect < limit) per teacher (J,); 0 where there is no peer group, so that nothing is claimed."""
    above = probability_above(posteriors, limit, prior="normal")
    return np.where(posteriors.comparable, 1.0 - above, 0.0)


def look_first(below: FloatArray, behind: FloatArray) -> BoolArray:
    """Whether to warn, from P(part's effect < 0) and P(difference < -LAG); both must be likely.

    A part may lag and still gain (others gain more), or lose while all lose: neither is a result
    bought at its cost.
    """
    return np.asarray((below >= LEAST_BELOW) & (behind >= LEAST_BEHIND))
