"""From the results of a test's classes to section x occasion moments, in SQL; numpy solves slopes in between.

Results are standardised as the scan does it, over everyone in the district who sat the assessment. *Before*
are the occasions of the subject and year up to the start, *after* those of the measure from the start to
the test's end. Each student's result is taken beyond what her starting point predicts, with slopes of the
whole district.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from plc.bright_spots import ScanOptions, steps
from plc.bright_spots.reduction import codes, standardise_results
from plc.bright_spots.steps import Columns
from plc.database.database import Cursor
from plc.inquiry.effect_beside import Beside, read_beside
from plc.inquiry.effect_steps import keep, read, sign_results
from plc.inquiry.tested import PlannedTest, TestedClass
from plc.statistics.records import FloatArray
from plc.statistics.slopes import SlopeMoments, fit_slopes
from plc.statistics.starting_point import LEAST_LAMBDA, StartingPointSums, calibrate_starting_points

# An outcome is often given some days after the last lesson: where the test's dates hold no occasion after
# the start, the first within six weeks of its end counts.
LATE_DAYS = 42
# Where fewer than half of the students who could be compared have a starting point, the classes' own
# occasions before the start stand in for it.
LEAST_STARTED = 0.5


@dataclass(frozen=True, slots=True)
class Occasion:
    """One assessment that counts: its scale, 0-based place by date, side of the start, points of one SD."""

    scale_key: int
    assessment_name: str
    taken_on: date
    place: int
    after: bool
    points: float
    grade: int


@dataclass(frozen=True, slots=True)
class TestMoments:
    """What is left of a test's results.

    cells     section_key, scale_key, after, students, sum_y .. sum_xy, mean_residual, square_residual
    sums      section_key, students, sum_after, square_after, sum_start, square_start, sum_square, pairs
    counts    section_key, there, stayed, compared, both_sides, without_start, joined
    section_mean  mean calibrated start by section_key; teaching  section_key, teacher_key, share
    own_before    whether classes' own occasions before stand in for starting points
    signatures    a word for the results each class brought, by section_key: another one says they changed
    beside        the same of everybody else who took the occasions, and who loaded it
    """

    __test__ = False

    occasions: tuple[Occasion, ...]
    cells: Columns
    sums: Columns
    counts: Columns
    teaching: Columns
    section_mean: dict[int, float]
    own_before: bool
    signatures: dict[int, str]
    beside: Beside


def prepare_subject(cursor: Cursor, subject: str, school_year: int) -> Columns:
    """Standardise a subject and calibrate the starting points of a year; one row per class of the district.

    Columns: section_key, school_key, grade, students, started, ..., section_mean. Leaves temporary tables
    in `cursor` that `reduce_test` reads.
    """
    standardise_results(cursor, ScanOptions(subject=subject, standards=False, opportunity=False))
    keep(cursor, "pupil", school_year=school_year)
    steps.keep(cursor, "12_start")
    sums = read(cursor, "effect_start_sum")
    kept = sums["started"] > 0
    sums = {name: values[kept] for name, values in sums.items()}
    calibration = calibrate_starting_points(
        StartingPointSums(
            students=sums["started"].astype(np.float64),
            total=sums["sum_start"].astype(np.float64),
            square=sums["sum_square"].astype(np.float64),
            error_variance=sums["sum_error_variance"].astype(np.float64),
            stratum=codes(sums["grade"]),
            school=codes(sums["school_key"]),
        )
    ) if kept.any() else None  # fmt: skip
    names = ("peer_mean", "peer_sd", "centre", "within_variance")
    size = int(kept.sum())
    supplied = {
        name: np.broadcast_to(getattr(calibration, name), size) if calibration else np.zeros(0)
        for name in names
    }
    steps.supply(cursor, "effect_calibration", {"section_key": sums["section_key"], **supplied})
    keep(cursor, "effect_pupil", least_lambda=LEAST_LAMBDA)
    return sums | {"section_mean": calibration.section_mean if calibration else np.zeros(0)}


def reduce_test(
    cursor: Cursor, test: PlannedTest, district: Columns, *, context: float
) -> TestMoments | None:
    """The moments of a test in a prepared subject; None while no occasion after the start has results.

    `context` is what a stronger class adds per SD of its mean start, as the scan learnt it.
    """
    _supply_sections(cursor, test)
    occasions = _find_occasions(cursor, test)
    if not any(occasion.after for occasion in occasions):
        return None
    own_before = _find_members(cursor, occasions)
    means = dict(zip(district["section_key"].tolist(), district["section_mean"].tolist(), strict=True))
    if own_before:
        means, context = {}, 0.0
    _supply_slopes(cursor, means, context=context)
    cells, sums = summarise_members(cursor, low_only=False)
    return TestMoments(
        occasions=occasions,
        cells=cells,
        sums=sums,
        counts=read(cursor, "effect_member_count"),
        teaching=read(cursor, "effect_section_teacher"),
        section_mean=means,
        own_before=own_before,
        signatures=sign_results(cursor, low_only=False),
        beside=read_beside(cursor),
    )


def summarise_members(cursor: Cursor, *, low_only: bool) -> tuple[Columns, Columns]:
    """Cells and section sums of the students compared, or of those among them who started lowest."""
    keep(cursor, "effect_residual", low_only=low_only)
    return read(cursor, "effect_cell"), read(cursor, "effect_section_sum")


def _find_occasions(cursor: Cursor, test: PlannedTest) -> tuple[Occasion, ...]:
    """The assessments that count for a test, supplied to SQL as `effect_scale`.

    One that too few of the district sat to be compared over it counts only where all the test's classes of
    its grade sat it: results are centred among those who did.
    """
    first = _first_start(test)
    rows = _counting_rows(cursor, test, first)
    days = sorted({_taken(row) for row in rows})
    steps.supply(
        cursor,
        "effect_scale",
        {
            "scale_key": np.array([int(row["scale_key"]) for row in rows], dtype=np.int64),
            "assessment_key": np.array([int(row["assessment_key"]) for row in rows], dtype=np.int64),
            "standard_key": np.array(
                [
                    int(row["standard_key"]) if test.standard_id and _taken(row) > first else -1
                    for row in rows
                ],
                dtype=np.int64,
            ),
            "after": np.array([int(_taken(row) > first) for row in rows], dtype=np.int64),
        },
    )
    keep(cursor, "effect_result")
    return tuple(
        Occasion(
            scale_key=int(row["scale_key"]),
            assessment_name=str(row["assessment_name"]),
            taken_on=_taken(row),
            place=days.index(_taken(row)),
            after=_taken(row) > first,
            points=float(row["points"]),
            grade=int(row["grade"]),
        )
        for row in rows
    )


def _counting_rows(cursor: Cursor, test: PlannedTest, first: date) -> list[dict[str, Any]]:
    """The occasions that count: those before the first start, and the measure's own after it."""
    found = read(cursor, "effect_occasion", standard_id=test.standard_id)
    classes = len({each.section_key for each in test.classes} - {None})
    grades = len(set(found["grade"].tolist()))
    chosen = []
    for place in range(len(found["scale_key"])):
        row = {name: values[place] for name, values in found.items()}
        shared = not row["few_takers"] or (grades == 1 and row["sections"] == classes)
        if row["is_outcome"] and shared and np.isfinite(row["points"]):
            chosen.append(row)
    before = [row for row in chosen if _taken(row) <= first]
    later = [row for row in chosen if _taken(row) > first and _measures(row, test)]
    within = [row for row in later if _taken(row) <= test.ends_on]
    if not within and later:
        next_on = min(_taken(row) for row in later)
        within = [row for row in later if _taken(row) == next_on <= test.ends_on + timedelta(days=LATE_DAYS)]
    return [*before, *within]


def _supply_slopes(cursor: Cursor, means: dict[int, float], *, context: float) -> None:
    """Fit results on starting points inside classes, before and after apart, and supply them to SQL.

    `level` is the mean result of the grade beyond its slopes, so that residuals are 0 on average over the
    district, plus what the company of the class adds.
    """
    rows: dict[str, list[FloatArray]] = {
        name: [] for name in ("section_key", "after", "level", "b1", "b2", "b3")
    }
    for after in (0, 1):
        moments = read(cursor, "effect_slope_moment", after=after)
        size = len(moments["section_key"])
        if not size:
            continue
        own = np.array([means.get(key, 0.0) for key in moments["section_key"].tolist()])
        grade = codes(moments["grade"])
        powers = np.column_stack([moments[n] for n in ("students", "x1", "x2", "x3", "x4", "x5", "x6")])
        slopes = fit_slopes(
            SlopeMoments(
                powers=powers.astype(np.float64),
                y=moments["y"],
                powers_y=np.column_stack([moments[n] for n in ("y", "x1y", "x2y", "x3y")]),
                ceiling=np.zeros(size),
                ceiling_y=np.zeros(size),
                ceiling_x=np.zeros((size, 3)),
                section_mean=own,
                grade=grade,
            )
        ).by_grade[grade][:, :3]
        left = moments["y"] - np.sum(slopes * powers[:, 1:4], axis=1)
        level = np.bincount(grade, left) / np.bincount(grade, powers[:, 0])
        found = (moments["section_key"], np.full(size, after), level[grade] + context * own, *slopes.T)
        for name, values in zip(rows, found, strict=True):
            rows[name].append(np.asarray(values))
    steps.supply(cursor, "effect_slope", {name: np.concatenate(values) for name, values in rows.items()})


def class_start(test: PlannedTest, each: TestedClass) -> date | None:
    """When a class began the practice; a comparison class of a test with one start begins with the test."""
    if each.starts_on is not None:
        return each.starts_on
    staggered = test.design.value == "staggered"
    return None if staggered and not each.tried else test.starts_on


def _first_start(test: PlannedTest) -> date:
    """When the first of a test's classes began."""
    return min((class_start(test, each) or test.starts_on for each in test.classes), default=test.starts_on)


def in_subject(test: PlannedTest, subject: str) -> PlannedTest:
    """The same test measured by every assessment of another subject."""
    return replace(test, subject=subject, standard_id=None, measure_kind=None, measure_name=None)


def _find_members(cursor: Cursor, occasions: tuple[Occasion, ...]) -> bool:
    """Make `effect_member`; whether classes' own occasions before had to stand in for starting points."""
    keep(cursor, "effect_member")
    counts = read(cursor, "effect_member_count")
    able = float(np.sum(counts["compared"]) + np.sum(counts["without_start"]))
    if float(np.sum(counts["compared"])) >= LEAST_STARTED * able:
        return False
    if not any(not occasion.after for occasion in occasions):
        return False
    steps.supply(cursor, "effect_pupil", read(cursor, "effect_pupil_before"))
    keep(cursor, "effect_member")
    return True


def _supply_sections(cursor: Cursor, test: PlannedTest) -> None:
    known = [each for each in test.classes if each.section_key is not None]
    # Who starts when is known from the first start on: who joins a later class after it may have chosen it.
    starts = [_first_start(test)] * len(known)
    steps.supply(
        cursor,
        "effect_section",
        {
            "section_key": np.array([each.section_key for each in known], dtype=np.int64),
            "school_year": np.full(len(known), test.school_year, dtype=np.int64),
            "starts_on": np.array(starts, dtype="datetime64[D]").astype("datetime64[us]"),
        },
    )


def _measures(row: dict[str, Any], test: PlannedTest) -> bool:
    """Whether an assessment is the test's measure: the one it names, else every one of its kind."""
    if test.standard_id and not np.isfinite(row["standard_key"]):
        return False
    if test.measure_name:
        return bool(row["assessment_name"] == test.measure_name)
    return not test.measure_kind or bool(row["kind"] == test.measure_kind)


def _taken(row: dict[str, Any]) -> date:
    day: date = np.datetime64(row["taken_on"], "D").astype(object)
    return day
