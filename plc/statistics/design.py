"""The linear mixed model of section effects: which sections share which effects.

    y = X beta + sum_k W_k a_k + c + e,   a_k ~ N(0, tau_k^2 I),  c ~ N(0, tau_c^2),  e_c ~ N(0, V_c)

with W_school the school's indicator, W_teacher = Z (exposure weights) and W_teacher_year = Z_Y chol(R),
R_tt' = rho^|t-t'| within a teacher, so that an AR(1) teacher-year effect becomes independent columns.
X holds one column per stratum. Source: specification B2 and B7.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from plc.statistics.records import BoolArray, Exposures, FloatArray, IntArray, SectionSummaries

SCHOOL = "school"
TEACHER = "teacher"
TEACHER_YEAR = "teacher_year"
SECTION = "section"


@dataclass(frozen=True, slots=True)
class RandomTerm:
    """One family of independent effects with a common variance: W_k as triplets, shape (S, columns).

    `shared` marks effects that many sections share (school): they are solved last, together
    with the fixed effects, and so do not tie the blocks of teachers to each other.
    """

    name: str
    row: IntArray
    column: IntArray
    value: FloatArray
    columns: int
    shared: bool = False

    def matrix(self, rows: int) -> sparse.csr_array:
        """W_k as a sparse matrix (rows, columns)."""
        return sparse.csr_array((self.value, (self.row, self.column)), shape=(rows, self.columns))


@dataclass(frozen=True, slots=True)
class MixedModel:
    """Everything the solver needs: response and noise (S,), fixed effects (S, p), terms, site of each row.

    `site` (S,) is a grouping of rows, normally the school: effects reaching more than one
    site are what makes blocks large, and are then solved last.
    """

    response: FloatArray
    noise: FloatArray
    fixed: sparse.csr_array
    terms: tuple[RandomTerm, ...]
    site: IntArray


@dataclass(frozen=True, slots=True)
class Teaching:
    """Clean exposures: weights positive and summing to one per section, one entry per section and teacher.

    section, teacher, weight and year_index have one entry per exposure; `year_index` points into
    year_teacher and school_year, which list the teacher-years that occur, by teacher then year.
    """

    section: IntArray
    teacher: IntArray
    weight: FloatArray
    teachers: int
    year_index: IntArray
    year_teacher: IntArray
    school_year: IntArray


def check_summaries(summaries: SectionSummaries) -> None:
    """Raise ValueError where a figure is missing, infinite or a variance is negative."""
    sections = len(summaries)
    for name in ("variance", "school", "stratum", "school_year"):
        if getattr(summaries, name).shape != (sections,):
            raise ValueError(f"{name} must have one value per section ({sections}).")
    if not (np.all(np.isfinite(summaries.effect)) and np.all(np.isfinite(summaries.variance))):
        raise ValueError("Section effects and variances must be finite.")
    if np.any(summaries.variance < 0):
        raise ValueError("Section variances must not be negative.")


def teaching_of(summaries: SectionSummaries, exposures: Exposures) -> Teaching:
    """Exposures with duplicates added up, zeros dropped and weights rescaled to one per section.

    A section without any teacher stays in the model and informs its stratum and school only.
    Raises ValueError for negative or infinite weights and for indices out of range.
    """
    sections = len(summaries)
    weight = np.asarray(exposures.weight, dtype=np.float64)
    if np.any(~np.isfinite(weight)) or np.any(weight < 0):
        raise ValueError("Exposure weights must be finite and not negative.")
    limits: tuple[tuple[IntArray, int], ...] = (
        (exposures.section, sections),
        (exposures.teacher, exposures.teachers),
    )
    for index, limit in limits:
        if index.size and (index.min() < 0 or index.max() >= limit):
            raise ValueError("An exposure points at a section or teacher that does not exist.")
    key, inverse = np.unique(
        exposures.section.astype(np.int64) * max(exposures.teachers, 1) + exposures.teacher,
        return_inverse=True,
    )
    total = np.bincount(inverse, weights=weight, minlength=key.size)
    key, total = key[total > 0], total[total > 0]
    section, teacher = np.divmod(key, max(exposures.teachers, 1))
    share = total / np.bincount(section, weights=total, minlength=sections)[section]

    year = summaries.school_year[section].astype(np.int64)
    first = int(year.min()) if year.size else 0
    span = int(year.max()) - first + 1 if year.size else 1
    pair, year_index = np.unique(teacher * span + (year - first), return_inverse=True)
    return Teaching(
        section=section,
        teacher=teacher,
        weight=share,
        teachers=exposures.teachers,
        year_index=year_index,
        year_teacher=pair // span,
        school_year=pair % span + first,
    )


def year_loadings(teaching: Teaching, *, persistence: float) -> sparse.csr_array:
    """chol(R) over teacher-years, shape (T, T): v = loadings @ s with independent s.

    For an AR(1) the factor is closed: C_il = rho^(t_i - t_l) g_l with g_l^2 = 1 - rho^(2 gap_l)
    (g = 1 in the teacher's first year), gap_l the years since the one before.
    """
    count = teaching.year_teacher.size
    if persistence <= 0:
        return sparse.eye_array(count, format="csr")
    starts = np.searchsorted(teaching.year_teacher, teaching.year_teacher)
    reach = np.arange(count) - starts + 1
    row = np.repeat(np.arange(count), reach)
    column = np.arange(row.size) - np.repeat(np.cumsum(reach) - reach, reach) + np.repeat(starts, reach)
    gap = np.diff(teaching.school_year, prepend=0)
    innovation = np.where(reach == 1, 1.0, np.sqrt(1.0 - persistence ** (2.0 * np.maximum(gap, 1))))
    lag = teaching.school_year[row] - teaching.school_year[column]
    value = persistence**lag * innovation[column]
    return sparse.csr_array((value, (row, column)), shape=(count, count))


def stratum_dummies(stratum: IntArray) -> sparse.csr_array:
    """One column per stratum that occurs, shape (S, p)."""
    levels, code = np.unique(stratum, return_inverse=True)
    rows = stratum.shape[0]
    return sparse.csr_array((np.ones(rows), (np.arange(rows), code)), shape=(rows, levels.size))


def section_terms(
    summaries: SectionSummaries,
    teaching: Teaching,
    *,
    school_year_effects: bool,
    persistence: float,
) -> tuple[RandomTerm, ...]:
    """School, teacher and teacher-year terms, each only where the data can hold it.

    The school term needs two schools (a single school is its own peer group), the
    teacher-year term two school years (in one year it cannot be told from the teacher).
    """
    sections = len(summaries)
    terms: list[RandomTerm] = []
    if several(summaries.school):
        schools = int(summaries.school.max()) + 1
        terms.append(
            RandomTerm(SCHOOL, np.arange(sections), summaries.school, np.ones(sections), schools, shared=True)
        )
    if teaching.section.size:
        terms.append(
            RandomTerm(TEACHER, teaching.section, teaching.teacher, teaching.weight, teaching.teachers)
        )
        if school_year_effects and several(summaries.school_year):
            terms.append(_teacher_year_term(teaching, persistence))
    return tuple(terms)


def several(labels: IntArray) -> bool:
    """Whether more than one label occurs."""
    return bool(labels.size) and bool(labels.min() != labels.max())


def _teacher_year_term(teaching: Teaching, persistence: float) -> RandomTerm:
    count = teaching.year_teacher.size
    plain = sparse.csr_array(
        (teaching.weight, (teaching.section, teaching.year_index)),
        shape=(int(teaching.section.max()) + 1, count),
    )
    loaded = sparse.coo_array(plain @ year_loadings(teaching, persistence=persistence))
    row, column = loaded.coords
    return RandomTerm(TEACHER_YEAR, row, column, loaded.data, count)


def independent_columns(design: FloatArray, *, tolerance: float = 1e-9) -> BoolArray:
    """Which columns of a dense design (S, p) to keep so that it has full rank, earlier columns first."""
    keep = np.zeros(design.shape[1], dtype=np.bool_)
    basis = np.zeros((design.shape[0], 0))
    for column in range(design.shape[1]):
        vector = design[:, column]
        length = float(np.linalg.norm(vector))
        for _ in range(2):
            vector = vector - basis @ (basis.T @ vector)
        rest = float(np.linalg.norm(vector))
        if rest > tolerance * max(length, 1e-300):
            keep[column] = True
            basis = np.column_stack([basis, vector / rest])
    return keep
