"""Students and their results, drawn from a district in pieces that fit in memory.

The true model, for student i of section c with teachers j (shares Z), assessment a, standard k:

    y_iac = f(x_i) + context * mean_c(x) + school + sum_j Z_cj (u_j + v_jt) + c_c + o_ca + student_i + e_ia
    z_iak = y_ia + d_ck + student_ik + noise_iak          (the last three sum to about 0 over standards)

x is the student's true starting point (variance 1); what the district sees of it is x plus noise of the
stated reliability. f is slightly curved and differs by grade and subject. The variance of y is 1, so that
effects are in student standard deviations. A student who moves carries both sections' effects from then
on, in proportion to the occasions spent in each; each result names the section she sat in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.calibration.district import (
    OCCASIONS,
    STANDARDS,
    STRATA,
    STUDENTS_PER_SECTION,
    District,
    FloatArray,
    IntArray,
    unit_draws,
)
from tests.calibration.scenarios import Scenario

# Of a standard's score, the student's lasting deviation and the noise of few items (variance 1 = a result's).
STUDENT_STANDARD_SD = 0.25
ITEM_NOISE_SD = 0.50
CURVATURE = 0.03
SLOPE_SPREAD = 0.03
SECTIONS_IN_A_PIECE = 8_000
# Normal quantile of 1 - share is taken from a table of one: only 20 % ceilings are simulated.
CEILING_QUANTILE = {0.20: 0.8416}
MAX_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some sections' students (n), enrolments and results (r), keyed from 1.

    `prior` is the baseline score (NaN: none); scores are on a scale of 0 to 100, NaN where absent.
    `assessment` counts all occasions of all strata and years; the baseline is occasion 0. `true_start`
    is what the prior measures; it stays here.
    """

    student: IntArray
    true_start: FloatArray
    prior: FloatArray
    prior_assessment: IntArray
    enrolled_student: IntArray
    enrolled_section: IntArray
    enrolled_share: FloatArray
    result_student: NDArray[np.int32]
    result_section: NDArray[np.int32]
    result_assessment: NDArray[np.int32]
    result_standard: NDArray[np.int32]
    result_score: FloatArray


@dataclass(frozen=True, slots=True)
class Scales:
    """How truths become scores: slope of f by stratum, and mean and SD of the published scale.

    `slope` (STRATA); `mean`, `sd` (years x STRATA x OCCASIONS x STANDARDS) in points; `cap` is the highest
    standardised score a standard or (`prior_cap`) the baseline can show.
    """

    slope: FloatArray
    mean: FloatArray
    sd: FloatArray
    cap: float
    prior_cap: float


def assessment_key(year: IntArray, stratum: IntArray, occasion: IntArray | int) -> IntArray:
    """The key of an assessment; occasion 0 is the year's baseline."""
    return ((year * STRATA + stratum) * (OCCASIONS + 1) + occasion + 1).astype(np.int32)


def draw_scales(scenario: Scenario, rng: np.random.Generator) -> Scales:
    """Choose slopes that make the variance of y one, and a difficulty for every assessment and standard."""
    shape = (scenario.years, STRATA, OCCASIONS, STANDARDS)
    quantile = CEILING_QUANTILE[scenario.ceiling] if scenario.ceiling else np.inf
    of_standard = 1 + (STUDENT_STANDARD_SD**2 + ITEM_NOISE_SD**2) * (1 - 1 / STANDARDS)
    return Scales(
        slope=(true_slope(scenario) + SLOPE_SPREAD * rng.standard_normal(STRATA)).astype(np.float32),
        mean=rng.uniform(45, 58, shape).astype(np.float32),
        sd=rng.uniform(9, 11, shape).astype(np.float32),
        cap=float(quantile * np.sqrt(of_standard)),
        prior_cap=float(quantile * np.sqrt(1 / scenario.reliability)),
    )


def true_slope(scenario: Scenario) -> float:
    """The slope b that solves b^2 + 2 b (context B + cov) + context^2 B + curvature + the rest = 1."""
    sorting, sds = scenario.sorting, scenario.components
    between = sorting.between + (1 - sorting.between) / STUDENTS_PER_SECTION
    half = sorting.context * between + sorting.with_teacher * sorting.teacher * sds.teacher
    rest = sds.total_variance + scenario.unobserved**2 + sorting.context**2 * between + 2 * CURVATURE**2
    return float(-half + np.sqrt(half**2 + 1 - rest))


def draw_pieces(
    scenario: Scenario, district: District, scales: Scales, rng: np.random.Generator
) -> Iterator[Piece]:
    """The district's students and results, whole schools at a time."""
    first_student = 1
    start = 0
    while start < len(district.school):
        stop = min(start + SECTIONS_IN_A_PIECE, len(district.school))
        if stop < len(district.school):
            stop = int(np.searchsorted(district.school, district.school[stop - 1], side="right"))
        piece = _draw_piece(scenario, district, scales, slice(start, stop), first_student, rng)
        yield piece
        first_student += len(piece.student)
        start = stop


def _draw_piece(
    scenario: Scenario,
    district: District,
    scales: Scales,
    sections: slice,
    first_student: int,
    rng: np.random.Generator,
) -> Piece:
    size = district.size[sections]
    home = np.repeat(np.arange(len(size)), size)
    students = len(home)
    year, stratum = district.year[sections][home], district.stratum[sections][home]
    student = np.arange(first_student, first_student + students)

    within = np.sqrt(1 - scenario.sorting.between)
    x = district.prior_mean[sections][home] + within * rng.standard_normal(students, dtype=np.float32)
    class_mean = np.bincount(home, weights=x) / size
    effect = district.effect[sections] + scenario.sorting.context * class_mean[:, None]
    sat_in, exposure = _sit(scenario, district, sections, home, rng)
    own, own_standard = _received(effect, district.standard_effect[sections], home, sat_in, exposure)

    own += _expected(x.astype(np.float32), scales.slope[stratum])[:, None]
    score = _scores(scenario, own, own_standard, rng)
    np.minimum(score, np.float32(scales.cap), out=score)
    if np.isfinite(scales.cap):
        points = MAX_SCORE + scales.sd[year, stratum] * (score - np.float32(scales.cap))
    else:
        points = scales.mean[year, stratum] + scales.sd[year, stratum] * score
    points = np.clip(np.rint(points), 0, MAX_SCORE)
    points[rng.random((students, OCCASIONS), dtype=np.float32) < scenario.mess.absent] = np.nan

    occasion = np.arange(1, OCCASIONS + 1)
    standard = stratum[:, None] * STANDARDS + np.arange(1, STANDARDS + 1)
    enrolled = _enrolments(home, sat_in)
    return Piece(
        student=student,
        true_start=x,
        prior=_prior_scores(scenario, scales, x, rng),
        prior_assessment=assessment_key(year, stratum, 0),
        enrolled_student=student[enrolled[0]],
        enrolled_section=enrolled[1] + sections.start + 1,
        enrolled_share=enrolled[2],
        result_student=np.repeat(student.astype(np.int32), OCCASIONS * STANDARDS),
        result_section=np.repeat((sat_in.ravel() + sections.start + 1).astype(np.int32), STANDARDS),
        result_assessment=np.repeat(
            assessment_key(year[:, None], stratum[:, None], occasion).ravel(), STANDARDS
        ),
        result_standard=np.repeat(standard.astype(np.int32)[:, None, :], OCCASIONS, axis=1).ravel(),
        result_score=points.ravel(),
    )


def _sit(
    scenario: Scenario, district: District, sections: slice, home: IntArray, rng: np.random.Generator
) -> tuple[IntArray, FloatArray | None]:
    """The section each student sits in at each occasion, and her exposure to `home` so far (None: all)."""
    sat_in = np.repeat(home[:, None], OCCASIONS, axis=1)
    if scenario.mess.movers == 0:
        return sat_in, None
    group = (
        district.school[sections] * scenario.years + district.year[sections]
    ) * STRATA + district.stratum[sections]
    order = np.argsort(group, kind="stable")
    start = np.searchsorted(group[order], group)
    count = np.searchsorted(group[order], group, side="right") - start
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    hop = 1 + rng.integers(0, np.maximum(count - 1, 1)[home])
    there = order[start[home] + (place[home] - start[home] + hop) % count[home]]
    moves = (rng.random(len(home)) < scenario.mess.movers) & (count[home] > 1)
    stayed = np.where(moves, rng.integers(1, OCCASIONS, len(home)), OCCASIONS)[:, None]
    occasions = np.arange(OCCASIONS)
    sat_in = np.where(occasions < stayed, home[:, None], there[:, None])
    exposure = np.minimum(stayed / (occasions + 1), 1.0).astype(np.float32)
    return sat_in, exposure


def _received(
    effect: FloatArray,
    standard_effect: FloatArray,
    home: IntArray,
    sat_in: IntArray,
    exposure: FloatArray | None,
) -> tuple[FloatArray, FloatArray]:
    """What sections gave each student: by occasion (n x OCCASIONS), by standard (n x STANDARDS)."""
    effect, standard_effect = effect.astype(np.float32), standard_effect.astype(np.float32)
    if exposure is None:
        return effect[home], standard_effect[home]
    occasions = np.arange(OCCASIONS)
    own = exposure * effect[home] + (1 - exposure) * effect[sat_in, occasions]
    last = exposure[:, -1:]
    return own, last * standard_effect[home] + (1 - last) * standard_effect[sat_in[:, -1]]


def _expected(x: FloatArray, slope: FloatArray) -> FloatArray:
    """f(x): what a student of this true starting point is expected to reach."""
    return slope * x + np.float32(CURVATURE) * (x * x - 1)


def _scores(
    scenario: Scenario, own: FloatArray, own_standard: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Standardised scores, students x OCCASIONS x STANDARDS."""
    students = len(own)
    sds, df = scenario.components, scenario.tail_df
    lasting = np.sqrt(sds.student**2 - STUDENT_STANDARD_SD**2 / STANDARDS)
    passing = np.sqrt(sds.residual**2 - ITEM_NOISE_SD**2 / STANDARDS)
    own += np.float32(lasting) * unit_draws(df, students, rng)[:, None]
    own += np.float32(passing) * unit_draws(df, (students, OCCASIONS), rng)
    own_standard += np.float32(STUDENT_STANDARD_SD) * rng.standard_normal(
        (students, STANDARDS), dtype=np.float32
    )
    score = rng.standard_normal((students, OCCASIONS, STANDARDS), dtype=np.float32)
    score *= np.float32(ITEM_NOISE_SD)
    score += own[:, :, None]
    score += own_standard[:, None, :]
    return score


def _prior_scores(scenario: Scenario, scales: Scales, x: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The baseline as the district sees it; students who start lower are likelier to have none."""
    noise = np.sqrt((1 - scenario.reliability) / scenario.reliability)
    seen = x + noise * rng.standard_normal(len(x))
    if np.isfinite(scales.prior_cap):
        points = MAX_SCORE + 10 * (np.minimum(seen, scales.prior_cap) - scales.prior_cap)
    else:
        points = 50 + 10 * seen
    prior = np.clip(np.rint(points), 0, MAX_SCORE).astype(np.float32)
    missing = scenario.mess.missing_prior
    if missing:
        chance = missing / (1 - missing) * np.exp(-0.3 * x)
        prior[rng.random(len(x)) < chance / (1 + chance)] = np.nan
    return np.asarray(prior)


def _enrolments(home: IntArray, sat_in: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Rows of (student, section, share): a mover has two, in proportion to occasions."""
    at_home = (sat_in == home[:, None]).mean(axis=1)
    moved = np.flatnonzero(at_home < 1)
    everyone = np.arange(len(home))
    return (
        np.concatenate([everyone, moved]),
        np.concatenate([home, sat_in[moved, -1]]),
        np.concatenate([at_home, 1 - at_home[moved]]),
    )
