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

BoolArray = NDArray[np.bool_]

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

    Students not `arriving` are in the tables from an earlier year. `prior` is the baseline score (NaN:
    none); scores are on a scale of 0 to 100, NaN where absent. `assessment` counts all occasions of all
    strata and years; the baseline is occasion 0. `true_start` is what the prior measures; it stays here.
    """

    student: IntArray
    arriving: BoolArray
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
class Roster:
    """Who is in class: n students of some sections (0-based in the district).

    `home` is each student's place in `sections`; those `arriving` sit a baseline, the others have results
    of the year before; `true_start` is x.
    """

    sections: IntArray
    home: IntArray
    student: IntArray
    arriving: BoolArray
    true_start: FloatArray


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
    """The district's students and results, whole schools at a time; every school year has new students."""
    first_student = 1
    start = 0
    while start < len(district.school):
        stop = min(start + SECTIONS_IN_A_PIECE, len(district.school))
        if stop < len(district.school):
            stop = int(np.searchsorted(district.school, district.school[stop - 1], side="right"))
        sections = np.arange(start, stop)
        home = np.repeat(np.arange(stop - start), district.size[sections])
        within = np.sqrt(1 - scenario.sorting.between)
        x = district.prior_mean[sections][home] + within * rng.standard_normal(len(home), dtype=np.float32)
        student = np.arange(first_student, first_student + len(home))
        roster = Roster(sections, home, student, np.ones(len(home), dtype=bool), x)
        yield draw_results(scenario, district, scales, roster, rng)[0]
        first_student += len(home)
        start = stop


def draw_results(
    scenario: Scenario, district: District, scales: Scales, roster: Roster, rng: np.random.Generator
) -> tuple[Piece, FloatArray]:
    """Everything the roster's students sit, and where each truly stands at the end of it."""
    home, sections, x = roster.home, roster.sections, roster.true_start
    year, stratum = district.year[sections][home], district.stratum[sections][home]
    class_mean = np.bincount(home, weights=x) / np.maximum(np.bincount(home), 1)
    effect = district.effect[sections] + scenario.sorting.context * class_mean[:, None]
    sat_in, exposure = _sit(scenario, district, sections, home, rng)
    own, own_standard = _received(effect, district.standard_effect[sections], home, sat_in, exposure)
    own += _expected(x.astype(np.float32), scales.slope[stratum])[:, None]
    own += _lasting(scenario, len(home), rng)[:, None]
    standing = own.mean(axis=1)

    points = _points(scales, _scores(scenario, own, own_standard, rng), year, stratum)
    points[rng.random(points.shape[:2], dtype=np.float32) < scenario.mess.absent] = np.nan
    occasion = np.arange(1, OCCASIONS + 1)
    standard = stratum[:, None] * STANDARDS + np.arange(1, STANDARDS + 1)
    enrolled = _enrolments(home, sat_in)
    prior = _prior_scores(scenario, scales, x, rng)
    prior[~roster.arriving] = np.nan
    piece = Piece(
        student=roster.student,
        arriving=roster.arriving,
        true_start=x,
        prior=prior,
        prior_assessment=assessment_key(year, stratum, 0),
        enrolled_student=roster.student[enrolled[0]],
        enrolled_section=sections[enrolled[1]] + 1,
        enrolled_share=enrolled[2],
        result_student=np.repeat(roster.student.astype(np.int32), OCCASIONS * STANDARDS),
        result_section=np.repeat((sections[sat_in.ravel()] + 1).astype(np.int32), STANDARDS),
        result_assessment=np.repeat(
            assessment_key(year[:, None], stratum[:, None], occasion).ravel(), STANDARDS
        ),
        result_standard=np.repeat(standard.astype(np.int32)[:, None, :], OCCASIONS, axis=1).ravel(),
        result_score=points.ravel(),
    )
    return piece, standing


def _sit(
    scenario: Scenario, district: District, sections: IntArray, home: IntArray, rng: np.random.Generator
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


def _lasting(scenario: Scenario, students: int, rng: np.random.Generator) -> FloatArray:
    """What sets a student apart all year; the part by standard is drawn with the scores."""
    sd = np.sqrt(scenario.components.student**2 - STUDENT_STANDARD_SD**2 / STANDARDS)
    return np.float32(sd) * unit_draws(scenario.tail_df, students, rng)


def _scores(
    scenario: Scenario, own: FloatArray, own_standard: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Standardised scores, students x OCCASIONS x STANDARDS."""
    passing = np.sqrt(scenario.components.residual**2 - ITEM_NOISE_SD**2 / STANDARDS)
    own += np.float32(passing) * unit_draws(scenario.tail_df, own.shape, rng)
    own_standard += np.float32(STUDENT_STANDARD_SD) * rng.standard_normal(
        own_standard.shape, dtype=np.float32
    )
    score = rng.standard_normal((*own.shape, STANDARDS), dtype=np.float32)
    score *= np.float32(ITEM_NOISE_SD)
    score += own[:, :, None]
    score += own_standard[:, None, :]
    return score


def _points(scales: Scales, score: FloatArray, year: IntArray, stratum: IntArray) -> FloatArray:
    """Whole points from 0 to MAX_SCORE, on a scale of each assessment's and standard's own."""
    np.minimum(score, np.float32(scales.cap), out=score)
    if np.isfinite(scales.cap):
        points = MAX_SCORE + scales.sd[year, stratum] * (score - np.float32(scales.cap))
    else:
        points = scales.mean[year, stratum] + scales.sd[year, stratum] * score
    return np.clip(np.rint(points), 0, MAX_SCORE)


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
