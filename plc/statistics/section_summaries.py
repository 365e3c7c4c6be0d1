"""From residual cells to one summary per section: its mean beyond expectation and how far to trust it.

A *cell* is one section on one assessment. The same students sit every assessment of a section, so
four cells of 23 students are nearer to 23 pieces of evidence than to 92: `student_variance` is what
stays with a student all year, `error_variance` what changes from one assessment to the next, and
`occasion_variance` what a whole class shares on one day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, polygamma

from plc.statistics.records import FloatArray, IntArray

# Variance of a student's outcome around her class and starting point (SD^2) and the degrees of freedom it
# counts for, so that a district of one small class still has a variance. Typical of common assessments.
USUAL_VARIANCE, USUAL_FREEDOM = 0.5, 10.0
# Share of that variance that stays with the student, in a school that gives each class one assessment.
USUAL_STUDENT_SHARE = 0.6
# A section's own variance may be estimated, never smaller than this share of the district's.
SMALLEST_VARIANCE_FACTOR = 0.2


@dataclass(frozen=True, slots=True)
class ResidualCells:
    """C cells of S sections, and sums per section.

    section       (C,)  0-based index of the section
    students      (C,)  n_ca >= 1
    mean          (C,)  mean residual r_ca
    square        (C,)  sum of squared deviations from that mean
    section_students (S,)  different students n_c
    section_square   (S,)  sum over students of (sum of deviations over assessments)^2
    section_pairs    (S,)  sum over students of A_i (A_i - 1)
    """

    section: IntArray
    students: FloatArray
    mean: FloatArray
    square: FloatArray
    section_students: FloatArray
    section_square: FloatArray
    section_pairs: FloatArray


@dataclass(frozen=True, slots=True)
class SectionEffects:
    """Per section: `effect` y_c and `variance` V_c; per cell: `cell_variance`, of the cell's own mean.

    student_variance, error_variance, occasion_variance are those of the subject (SD^2);
    variance_factor phi_c is the section's own spread against the subject's.
    """

    effect: FloatArray
    variance: FloatArray
    cell_variance: FloatArray
    variance_factor: FloatArray
    student_variance: float
    error_variance: float
    occasion_variance: float


def summarise_sections(cells: ResidualCells) -> SectionEffects:
    """y_c, V_c and the variances behind them (specification B6)."""
    sections = len(cells.section_students)
    square = np.asarray(np.bincount(cells.section, cells.square, minlength=sections), dtype=np.float64)
    freedom = np.bincount(cells.section, cells.students - 1.0, minlength=sections)
    occasions = np.bincount(cells.section, minlength=sections).astype(np.float64)
    within = (square.sum() + USUAL_FREEDOM * USUAL_VARIANCE) / (freedom.sum() + USUAL_FREEDOM)
    student = _student_variance(cells, square, within=within)
    error = within - student
    independent = freedom / (1.0 + np.maximum(occasions - 1.0, 0.0) * (student / within) ** 2)
    factor = squeeze_variances(square / np.maximum(freedom, 1.0), independent, pooled=within) / within
    n_section = cells.section_students[cells.section]
    sampling = error / cells.students + student * np.maximum(1.0 / cells.students - 1.0 / n_section, 0.0)
    sampling *= factor[cells.section]
    occasion = _occasion_variance(cells, sampling, occasions)
    weight = 1.0 / np.maximum(occasion + sampling, 1e-12)
    weights = np.bincount(cells.section, weight, minlength=sections)
    effect = np.bincount(cells.section, weight * cells.mean, minlength=sections) / weights
    roster = factor * student / cells.section_students
    return SectionEffects(
        effect=effect,
        variance=roster + 1.0 / weights,
        cell_variance=roster[cells.section] + sampling + occasion,
        variance_factor=factor,
        student_variance=student,
        error_variance=error,
        occasion_variance=occasion,
    )


def _student_variance(cells: ResidualCells, square: FloatArray, *, within: float) -> float:
    """sig_a^2 from pairs of assessments of one student; a usual share where nobody sat two."""
    pairs = float(np.sum(cells.section_pairs * (1.0 - 1.0 / cells.section_students)))
    if pairs < USUAL_FREEDOM:
        return USUAL_STUDENT_SHARE * within
    return float(np.clip(np.sum(cells.section_square - square) / pairs, 0.0, within))


def _occasion_variance(cells: ResidualCells, sampling: FloatArray, occasions: FloatArray) -> float:
    """tau_o^2: what cells of one section differ by, beyond their sampling; 0 with one occasion each."""
    freedom = float(np.sum(np.maximum(occasions - 1.0, 0.0)))
    if freedom == 0.0:
        return 0.0
    section_mean = np.bincount(cells.section, cells.mean) / np.maximum(np.bincount(cells.section), 1)
    spread = float(np.sum((cells.mean - section_mean[cells.section]) ** 2))
    share = 1.0 - 1.0 / occasions[cells.section]
    return max(0.0, (spread - float(np.sum(share * sampling))) / freedom)


def squeeze_variances(variances: FloatArray, freedom: FloatArray, *, pooled: float) -> FloatArray:
    """Variances pulled to a common one by how much they differ beyond chance (Smyth 2004, limma's fitFDist).

    `freedom` are the degrees of freedom of each; with none, the common variance is the answer.
    """
    seen = (freedom >= 1.0) & (variances > 0.0)
    if np.count_nonzero(seen) < 3:
        return np.full(len(variances), pooled)
    half = freedom[seen] / 2.0
    log_variance = np.log(variances[seen]) - digamma(half) + np.log(half)
    excess = float(np.var(log_variance, ddof=1) - np.mean(polygamma(1, half)))
    if excess <= 0.0:
        return np.full(len(variances), pooled)
    prior_freedom = 2.0 * inverse_trigamma(excess)
    centre = np.exp(np.mean(log_variance) + digamma(prior_freedom / 2.0) - np.log(prior_freedom / 2.0))
    weight = np.where(seen, freedom, 0.0)
    squeezed = (prior_freedom * centre + weight * np.where(seen, variances, 0.0)) / (prior_freedom + weight)
    return np.asarray(np.maximum(squeezed, SMALLEST_VARIANCE_FACTOR * pooled))


def inverse_trigamma(value: float) -> float:
    """y with trigamma(y) = value > 0, by Newton's method on 1/trigamma (Smyth 2004, appendix)."""
    if value > 1e7:
        return float(1.0 / np.sqrt(value))
    if value < 1e-6:
        return float(1.0 / value)
    y = 0.5 + 1.0 / value
    for _ in range(50):
        trigamma = float(polygamma(1, y))
        step = trigamma * (1.0 - trigamma / value) / float(polygamma(2, y))
        y += step
        if -step / y < 1e-10:
            break
    return y
