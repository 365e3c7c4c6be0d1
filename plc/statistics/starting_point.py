"""Calibration of starting points: what a student's true standing was, given a test with error.

A test score is the truth plus error, so students far from their class's mean are, on average, nearer
to it than they look. Adjusting for the raw score would leave part of a strong class's head start in
its teacher's estimate. The *calibrated* starting point is the best guess of the true one
(regression calibration; Lockwood and McCaffrey 2014): the class's mean plus `lambda` times the
student's distance from it. Class means are pulled to the school's mean by their own uncertainty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.statistics.records import FloatArray, IntArray

# Share of a score's variance that is truth, where the file does not say. State tests report .88 to .93.
DEFAULT_RELIABILITY = 0.88
# A student's distance from her class is never pulled in further, however unreliable the test is said to be.
LEAST_LAMBDA = 0.3
# Within-class and between-class variance of starting points (SD^2), and the sections they count for, so that
# three classes do not estimate a variance alone. Typical of untracked grades.
USUAL_WITHIN_VARIANCE, USUAL_BETWEEN_VARIANCE, USUAL_SECTIONS = 0.85, 0.10, 5.0
# A stratum without spread divides by one instead of zero.
SMALLEST_SD = 1e-6


@dataclass(frozen=True, slots=True)
class StartingPointSums:
    """Sums over the students with a starting point, for S sections of one subject.

    students        number with a starting point (>= 1)
    total, square   sum and sum of squares of starting points, as z-scores of their own test
    error_variance  sum of 1 - reliability
    stratum, school 0-based indices (grade x subject x year; school)
    """

    students: FloatArray
    total: FloatArray
    square: FloatArray
    error_variance: FloatArray
    stratum: IntArray
    school: IntArray


@dataclass(frozen=True, slots=True)
class StartingPointCalibration:
    """How starting points of S sections become calibrated ones, all in SD of the stratum.

    start_mean, start_sd  raw mean of the section and raw SD of its stratum (units of the raw z-score)
    section_mean          mx_c, the section's mean pulled to its school's by its uncertainty
    within_variance       W', variance of starting points inside classes, error included (scalar)
    error_variance        mean s_m^2 of each section's students
    kappa                 W'/B: how many students' worth the school's mean weighs
    """

    start_mean: FloatArray
    start_sd: FloatArray
    section_mean: FloatArray
    within_variance: float
    error_variance: FloatArray
    kappa: float


def calibrate_starting_points(sums: StartingPointSums) -> StartingPointCalibration:
    """Fit W', B and the shrunken section means by moments (specification B4)."""
    mean, sd = _stratum_mean_and_sd(sums)
    raw_mean = sums.total / sums.students
    x = (raw_mean - mean) / sd
    within_square = np.maximum(sums.square - sums.total * raw_mean, 0.0) / sd**2
    freedom = float(np.sum(sums.students - 1))
    within = (within_square.sum() + USUAL_SECTIONS * USUAL_WITHIN_VARIANCE) / (freedom + USUAL_SECTIONS)
    school_mean = _weighted_means(x, sums.students, sums.school)[sums.school]
    between = _between_variance(x, school_mean, sums, within=within)
    kappa = within / between
    section_mean = (sums.students * x + kappa * school_mean) / (sums.students + kappa)
    return StartingPointCalibration(
        start_mean=raw_mean,
        start_sd=sd,
        section_mean=section_mean,
        within_variance=within,
        error_variance=sums.error_variance / sums.students,
        kappa=kappa,
    )


def _stratum_mean_and_sd(sums: StartingPointSums) -> tuple[FloatArray, FloatArray]:
    count = np.bincount(sums.stratum, sums.students)
    divisor = np.maximum(count, 1.0)
    mean = np.bincount(sums.stratum, sums.total) / divisor
    square = np.bincount(sums.stratum, sums.square) / divisor
    variance = np.maximum(square - mean**2, 0.0) * count / np.maximum(count - 1, 1.0)
    sd = np.where(variance > SMALLEST_SD**2, np.sqrt(variance), 1.0)
    return mean[sums.stratum], sd[sums.stratum]


def _weighted_means(values: FloatArray, weights: FloatArray, group: IntArray) -> FloatArray:
    total = np.bincount(group, weights)
    return np.asarray(np.bincount(group, weights * values) / np.maximum(total, 1e-12))


def _between_variance(
    x: FloatArray, school_mean: FloatArray, sums: StartingPointSums, *, within: float
) -> float:
    """Variance of true section means around their school's, by the one-way moment estimator, never 0."""
    n = sums.students
    per_school = np.bincount(sums.school, n)
    square_per_school = np.bincount(sums.school, n * n)
    sections = np.bincount(sums.school)
    occupied = per_school > 0
    freedom = float(np.sum(sections[occupied] - 1))
    spread = float(np.sum(per_school[occupied] - square_per_school[occupied] / per_school[occupied]))
    excess = float(np.sum(n * (x - school_mean) ** 2)) - freedom * within
    typical = float(n.mean())
    between = (excess + USUAL_SECTIONS * typical * USUAL_BETWEEN_VARIANCE) / (
        spread + USUAL_SECTIONS * typical
    )
    # A hundredth of an SD^2 keeps kappa finite where classes are as alike as chance makes them.
    return max(between, 0.01)
