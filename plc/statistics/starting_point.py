"""Calibration of starting points: what a student's true standing was, given a test with error.

A test score is the truth plus error, so students far from their class's mean are, on average, nearer
to it than they look. Adjusting for the raw score would leave part of a strong class's head start in
its teacher's estimate. The *calibrated* starting point is the best guess of the true one
(regression calibration; Lockwood and McCaffrey 2014): x~_i = m_c + lambda (x_i - m_c), with m_c the
class's mean, itself pulled to the school's, and lambda the share of the spread inside classes that
is not error.
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

    peer_mean, peer_sd   mean and SD of the stratum (units of the raw z-score)
    centre               m_c, the section's mean pulled to its school's by its uncertainty
    section_mean         mx_c, mean of the calibrated starting points of the section
    mean_error_variance  what measurement error leaves in mx_c (SD^2)
    within_variance      W', variance of starting points inside classes, error included (scalar)
    kappa                W'/B: how many students' worth the school's mean weighs
    """

    peer_mean: FloatArray
    peer_sd: FloatArray
    centre: FloatArray
    section_mean: FloatArray
    mean_error_variance: FloatArray
    within_variance: float
    kappa: float


def calibrate_starting_points(sums: StartingPointSums) -> StartingPointCalibration:
    """Fit W', B and the section means by moments (specification B4).

    A section's mean moves by a = lambda + (1 - lambda) n/(n + kappa) for each unit the raw mean
    moves, so that error of variance s_m^2/n in the raw mean is a^2 s_m^2/n in mx_c.
    """
    mean, sd = _stratum_mean_and_sd(sums)
    raw_mean = sums.total / sums.students
    x = (raw_mean - mean) / sd
    within_square = np.maximum(sums.square - sums.total * raw_mean, 0.0) / sd**2
    freedom = float(np.sum(sums.students - 1))
    within = (within_square.sum() + USUAL_SECTIONS * USUAL_WITHIN_VARIANCE) / (freedom + USUAL_SECTIONS)
    school_mean = _weighted_means(x, sums.students, sums.school)[sums.school]
    between = _between_variance(x, school_mean, sums, within=within)
    kappa = within / between
    own = sums.students / (sums.students + kappa)
    centre = own * x + (1.0 - own) * school_mean
    error = sums.error_variance / sums.students
    kept = np.maximum(LEAST_LAMBDA, 1.0 - error / within)
    return StartingPointCalibration(
        peer_mean=mean,
        peer_sd=sd,
        centre=centre,
        section_mean=centre + kept * (x - centre),
        mean_error_variance=(kept + (1.0 - kept) * own) ** 2 * error / sums.students,
        within_variance=within,
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
