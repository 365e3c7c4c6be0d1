"""Who teaches what, and what is true: schools, teachers, sections and their effects.

Everything here is small (one entry per teacher or section); students and results are drawn from it
in pieces by the simulator. A *stratum* is one grade and subject, the group a teacher is compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.calibration.scenarios import Scenario

FloatArray = NDArray[np.floating[Any]]
IntArray = NDArray[np.int64]

GRADES = (3, 4, 5, 6, 7)
SUBJECTS = ("mathematics", "reading")
STRATA = len(GRADES) * len(SUBJECTS)
OCCASIONS = 4
STANDARDS = 3
FIRST_YEAR = 2024
TEACHERS_PER_SCHOOL = 20
STUDENTS_PER_SECTION = 23
SECTIONS_A_YEAR = np.array([1, 2, 3])
SECTIONS_A_YEAR_SHARES = np.array([0.25, 0.54, 0.21])
# With these, three years give a teacher five sections on average, and one to nine.
STAYS_THROUGHOUT = 0.70


@dataclass(frozen=True, slots=True)
class Truth:
    """What the engine should find, by teacher (J entries; `deviation` and `standard_id` are J x STANDARDS).

    `total` is school + lasting teacher effect around the population's mean of 0; `relative` the same around
    the mean of the teachers of her stratum, which is what "relative to peers" means to a reader; `current`
    adds the teacher-year effect of her latest year, relative to the same peers; `deviation` is the standard's
    own effect around the teacher's.
    """

    teacher_id: NDArray[np.str_]
    subject: NDArray[np.str_]
    stratum: IntArray
    school: IntArray
    sections: IntArray
    total: FloatArray
    relative: FloatArray
    current: FloatArray
    deviation: FloatArray
    standard_id: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class District:
    """A district before its students: S sections of J teachers, ordered by school.

    `effect` (S x OCCASIONS) holds everything that lifts a section's students except context;
    `standard_effect` (S x STANDARDS) the same by standard; `prior_mean` the section's expected
    true starting point. Co-taught sections have a `second` teacher (-1: none) and a `lead_share`.
    """

    truth: Truth
    schools: int
    school: IntArray
    teacher: IntArray
    second: IntArray
    lead_share: FloatArray
    year: IntArray
    stratum: IntArray
    size: IntArray
    prior_mean: FloatArray
    effect: FloatArray
    standard_effect: FloatArray


def teachers_for(scenario: Scenario, rows: int) -> int:
    """How many teachers a district of about `rows` results has."""
    if scenario.teachers is not None:
        return scenario.teachers
    years = scenario.years if scenario.years == 1 else scenario.years * (1 + STAYS_THROUGHOUT) / 2
    sections = years * float(SECTIONS_A_YEAR @ SECTIONS_A_YEAR_SHARES)
    results = STUDENTS_PER_SECTION * OCCASIONS * STANDARDS * (1 - scenario.mess.absent)
    return max(STRATA, round(rows / (sections * results)))


def draw_district(scenario: Scenario, teachers: int, rng: np.random.Generator) -> District:
    """Draw a district's staff, sections and true effects."""
    sds = scenario.components
    schools = max(1, round(teachers / TEACHERS_PER_SCHOOL))
    school = np.minimum(np.arange(teachers) // TEACHERS_PER_SCHOOL, schools - 1)
    stratum = np.arange(teachers) % STRATA
    present = _years_present(teachers, scenario.years, rng)

    lasting = lasting_effects(scenario, teachers, rng)
    yearly = _teacher_years(scenario, teachers, rng)
    school_effect = sds.school * rng.standard_normal(schools)
    deviation = _centred_deviations(sds.standard, (teachers, STANDARDS), rng)
    bias = scenario.unobserved * rng.standard_normal(teachers)

    taught = present * rng.choice(SECTIONS_A_YEAR, size=present.shape, p=SECTIONS_A_YEAR_SHARES)
    teacher = np.repeat(np.arange(teachers), taught.sum(axis=1))
    year = np.repeat(np.tile(np.arange(scenario.years), teachers), taught.ravel())
    sections = len(teacher)
    second, lead_share = _second_teachers(scenario, teacher, present, year, rng)

    by_teacher = lasting + bias
    lead = by_teacher[teacher] + yearly[teacher, year]
    other = by_teacher[second] + yearly[second, year]
    shared = lead_share * lead + (1 - lead_share) * other
    section_shock = sds.section * rng.standard_normal(sections)
    occasion_shock = sds.occasion * rng.standard_normal((sections, OCCASIONS))
    effect = (school_effect[school[teacher]] + shared + section_shock)[:, None] + occasion_shock
    by_standard = lead_share[:, None] * deviation[teacher] + (1 - lead_share[:, None]) * deviation[second]

    return District(
        truth=_truth(school, stratum, taught, school_effect[school] + lasting, yearly, present, deviation),
        schools=schools,
        school=school[teacher],
        teacher=teacher,
        second=second,
        lead_share=lead_share,
        year=year,
        stratum=stratum[teacher],
        size=np.clip(np.rint(STUDENTS_PER_SECTION + 4 * rng.standard_normal(sections)), 8, 36).astype(int),
        prior_mean=_prior_means(scenario, school, lasting, teacher, rng),
        effect=effect,
        standard_effect=by_standard + _centred_deviations(sds.section_standard, (sections, STANDARDS), rng),
    )


def lasting_effects(scenario: Scenario, teachers: int, rng: np.random.Generator) -> FloatArray:
    """Teachers' lasting effects: mean 0, normal, t-tailed, or a mixture with exemplary teachers."""
    effects = scenario.components.teacher * unit_draws(scenario.tail_df, teachers, rng).astype(float)
    raised = rng.random(teachers) < scenario.exemplary
    return effects + scenario.exemplary_shift * (raised - scenario.exemplary)


def unit_draws(tail_df: float | None, size: int | tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """Draws of mean 0 and variance 1: normal, or t with `tail_df` degrees of freedom."""
    normal = rng.standard_normal(size, dtype=np.float32)
    if tail_df is None:
        return normal
    chi2 = 2 * rng.standard_gamma(tail_df / 2, size, dtype=np.float32)
    # A t variable has variance df / (df - 2).
    return np.asarray(normal * np.sqrt((tail_df - 2) / chi2, dtype=np.float32))


def _years_present(teachers: int, years: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    present = np.ones((teachers, years), dtype=bool)
    if years == 1:
        return present
    cut = rng.integers(1, years, teachers)[:, None]
    late = (rng.random(teachers) < 0.5)[:, None]
    leaves_or_joins = (rng.random(teachers) >= STAYS_THROUGHOUT)[:, None]
    before_cut = np.arange(years) < cut
    return np.asarray(present & ~(leaves_or_joins & (before_cut == late)))


def _teacher_years(scenario: Scenario, teachers: int, rng: np.random.Generator) -> FloatArray:
    """Teacher-year effects, teachers x years: independent, or AR(1) and stationary where they drift."""
    shocks = rng.standard_normal((teachers, scenario.years))
    for year in range(1, scenario.years):
        fresh = np.sqrt(1 - scenario.drift**2) * shocks[:, year]
        shocks[:, year] = scenario.drift * shocks[:, year - 1] + fresh
    return scenario.components.teacher_year * shocks


def _centred_deviations(sd: float, shape: tuple[int, int], rng: np.random.Generator) -> FloatArray:
    """Deviations that sum to 0 over standards and have the stated SD each."""
    draws = rng.standard_normal(shape)
    draws -= draws.mean(axis=1, keepdims=True)
    return np.asarray(sd * draws / np.sqrt(1 - 1 / shape[1]))


def _second_teachers(
    scenario: Scenario,
    teacher: IntArray,
    present: NDArray[np.bool_],
    year: IntArray,
    rng: np.random.Generator,
) -> tuple[IntArray, FloatArray]:
    """A colleague of the same school and subject for each co-taught section, and the lead's share."""
    teachers = len(present)
    first_of_school = teacher // TEACHERS_PER_SCHOOL * TEACHERS_PER_SCHOOL
    # Strata alternate between the two subjects, so an even step stays within the subject.
    step = 2 * rng.integers(1, TEACHERS_PER_SCHOOL // 2, len(teacher))
    colleague = first_of_school + (teacher - first_of_school + step) % TEACHERS_PER_SCHOOL
    wanted = rng.random(len(teacher)) < scenario.mess.co_taught
    possible = (colleague < teachers) & present[np.minimum(colleague, teachers - 1), year]
    second = np.where(wanted & possible, colleague, -1)
    return second, np.where(second >= 0, rng.uniform(0.5, 0.7, len(teacher)).round(2), 1.0)


def _prior_means(
    scenario: Scenario, school: IntArray, lasting: FloatArray, teacher: IntArray, rng: np.random.Generator
) -> FloatArray:
    """Expected true starting point of each section: its school's, its teacher's usual classes, its own."""
    sorting = scenario.sorting
    together = sorting.with_teacher
    standardised = lasting / (lasting.std() or 1.0)
    usual = together * standardised + np.sqrt(1 - together**2) * rng.standard_normal(len(lasting))
    by_teacher = sorting.school * rng.standard_normal(school.max() + 1)[school] + sorting.teacher * usual
    return np.asarray(by_teacher[teacher] + sorting.section * rng.standard_normal(len(teacher)))


def _truth(
    school: IntArray,
    stratum: IntArray,
    taught: IntArray,
    total: FloatArray,
    yearly: FloatArray,
    present: NDArray[np.bool_],
    deviation: FloatArray,
) -> Truth:
    teachers = len(school)
    latest = present.shape[1] - 1 - present[:, ::-1].argmax(axis=1)
    now = total + yearly[np.arange(teachers), latest]
    return Truth(
        teacher_id=np.array([f"T{number:06d}" for number in range(1, teachers + 1)]),
        subject=np.array(SUBJECTS)[stratum % len(SUBJECTS)],
        stratum=stratum,
        school=school,
        sections=taught.sum(axis=1),
        total=total,
        relative=total - peer_mean(total, stratum)[stratum],
        current=now - peer_mean(now, stratum)[stratum],
        deviation=deviation,
        standard_id=np.array([[standard_id(s, k) for k in range(STANDARDS)] for s in range(STRATA)])[stratum],
    )


def peer_mean(values: FloatArray, stratum: IntArray) -> FloatArray:
    """Mean over the teachers of each stratum."""
    counts = np.maximum(np.bincount(stratum, minlength=STRATA), 1)
    return np.bincount(stratum, weights=values, minlength=STRATA) / counts


def standard_id(stratum: int, standard: int) -> str:
    """The name of a grade's standard, such as `mathematics.4.B`."""
    return f"{SUBJECTS[stratum % len(SUBJECTS)]}.{GRADES[stratum // len(SUBJECTS)]}.{'ABC'[standard]}"
