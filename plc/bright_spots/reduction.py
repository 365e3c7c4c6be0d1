"""From result rows to residual cells: SQL sums, numpy solves what a sum cannot, SQL sums again.

A *cell* is one section on one assessment. Everything after this module works on sections and cells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plc.bright_spots import steps
from plc.bright_spots.options import (
    BASELINE_DAYS,
    FARTHEST_SCORE,
    MINIMUM_STRATUM_TEACHERS,
    OPENING_SHARE,
    STRAY_REACH,
    TIED_AT_CEILING,
    ScanOptions,
)
from plc.bright_spots.scale_effects import scale_effects
from plc.bright_spots.steps import Columns
from plc.core.disclosure import LOWEST_MINIMUM, MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.progress import Progress, silent
from plc.database.database import Cursor
from plc.statistics.records import FloatArray
from plc.statistics.slopes import SlopeMoments, Slopes, fit_slopes
from plc.statistics.starting_point import (
    DEFAULT_RELIABILITY,
    LEAST_LAMBDA,
    StartingPointCalibration,
    StartingPointSums,
    calibrate_starting_points,
)

# What a student's calibrated starting point is made from, per section.
_FOR_STUDENTS = ("peer_mean", "peer_sd", "centre", "within_variance")
# Whose results a test must hold: three teachers beside the one who reads, and beside her and the colleague of
# most as many students as two of them bring at least.
_TAKERS = {
    "least": MINIMUM_TEACHERS + 1,
    "least_each": LOWEST_MINIMUM,
    "least_students": MINIMUM_STUDENTS,
    "least_beside": LOWEST_MINIMUM * (MINIMUM_TEACHERS - 1),
}


@dataclass(frozen=True, slots=True)
class Reduction:
    """What is left of the results: small tables, in integer keys.

    sections  one row per section with a student who has a starting point, ordered by section_key:
              section_key, school_key, subject_key, grade, school_year, students, started, section_mean,
              mean_error_variance, slope (how much of a starting point carries over), mean_result,
              mean_expected
    cells     section_key, scale_key, students, mean_residual, square_residual, at_ceiling
    pairs     section_key, students, sum_square, pairs
    exposures section_key, teacher_key, weight, leads
    seats     teacher_key, subject_key, students (different ones), seats (students times sections)
    left_out  subject_key, reason, students
    subjects  subject_key -> name
    """

    sections: Columns
    cells: Columns
    pairs: Columns
    exposures: Columns
    seats: Columns
    left_out: Columns
    subjects: dict[int, str]


def reduce_results(
    cursor: Cursor,
    options: ScanOptions,
    *,
    reliability: float = DEFAULT_RELIABILITY,
    keep_starts: bool = False,
    progress: Progress = silent,
) -> Reduction:
    """Run the numbered steps in `cursor`, whose temporary tables then hold what they made.

    `keep_starts` leaves the students' starting points there for `shift_reliability`.
    """
    _standardise(cursor, options, reliability=reliability, progress=progress)
    _find_starting_points(cursor)
    progress(0.4, "Comparing with starting points")
    sections = _calibrate(cursor)
    sections = _fit_slopes(cursor, sections)
    if options.opportunity:
        steps.keep(cursor, "40_starting_third")
    steps.keep(cursor, "16_expected")
    if not keep_starts:
        steps.drop(cursor, "calibrated_start")
    steps.keep(cursor, "17_cell", tied=TIED_AT_CEILING)
    pairs = steps.read(cursor, "18_student_pair")
    progress(0.6, "Counting students and teachers")
    steps.keep(cursor, "19_attendance")
    exposures = steps.read(cursor, "20_exposure")
    left_out = steps.read(cursor, "23_left_out")
    steps.drop(cursor, "place", "attended", "attendance", *(() if keep_starts else ("start",)))
    subjects = steps.read(cursor, "24_subject")
    cells, sections = _level_tests(cursor, sections)
    return Reduction(
        sections=sections,
        cells=cells,
        pairs=pairs,
        exposures=exposures,
        seats=steps.read(cursor, "21_teacher_students"),
        left_out=left_out,
        subjects=dict(zip(subjects["subject_key"].tolist(), subjects["subject"].tolist(), strict=True)),
    )


def shift_reliability(cursor: Cursor, reduction: Reduction, shift: float) -> Reduction:
    """The reduction had every starting point been `shift` more reliable; who is in it stays the same.

    Steps 13 to 18 run again on the starting points that `reduce_results` kept, in place of its tables.
    """
    steps.keep(cursor, "53_scale", shift=shift)
    sections = _fit_slopes(cursor, _calibrate(cursor))
    steps.keep(cursor, "16_expected")
    steps.keep(cursor, "17_cell", tied=TIED_AT_CEILING)
    cells, sections = _level_tests(cursor, sections)
    return replace(
        reduction,
        sections=sections,
        cells=cells,
        pairs=steps.read(cursor, "18_student_pair"),
    )


def standardise_results(cursor: Cursor, options: ScanOptions) -> None:
    """Leave every result as the scan sees it in `cursor`, for what is measured beside a scan.

    Temporary tables: scanned_section, scored_result, score_moment, scale, scale_spread, student_result,
    attended, few_takers, counted_outcome, place, taught_before.
    """
    _standardise(cursor, options, reliability=DEFAULT_RELIABILITY, progress=silent)
    _find_places(cursor)


def _standardise(cursor: Cursor, options: ScanOptions, *, reliability: float, progress: Progress) -> None:
    steps.keep(
        cursor,
        "01_scanned_section",
        subject=options.subject,
        grades=_listed(options.grades),
        school_years=_listed(options.school_years),
    )
    steps.keep(
        cursor,
        "02_scanned_assessment",
        subject=options.subject,
        reliability=reliability,
        baseline_days=BASELINE_DAYS,
        opening_share=OPENING_SHARE,
    )
    steps.keep(cursor, "03_late_attempt")
    steps.name(cursor, "04_counted_result")
    steps.name(cursor, "04_scored_result")
    progress(0.0, "Reading results")
    steps.name(cursor, "55_scale_score")
    steps.keep(cursor, "56_first_moment")
    steps.keep(cursor, "57_stray_scale", reach=STRAY_REACH)
    steps.keep(cursor, "05_score_moment", farthest=FARTHEST_SCORE)
    steps.keep(cursor, "06_scale")
    progress(0.1, "Standardising assessments")
    steps.keep(cursor, "07_student_result")
    steps.keep(cursor, "08_scale_spread")


def _find_places(cursor: Cursor) -> None:
    steps.keep(cursor, "10_attended")
    steps.keep(cursor, "54_few_takers", minimum=MINIMUM_STRATUM_TEACHERS, **_TAKERS)
    steps.name(cursor, "59_counted_outcome")
    steps.keep(cursor, "09_place")
    steps.keep(cursor, "11_taught_before")


def _find_starting_points(cursor: Cursor) -> None:
    _find_places(cursor)
    steps.keep(cursor, "58_pupil")
    steps.keep(cursor, "12_start")
    steps.drop(cursor, "taught_before", "pupil")


def _calibrate(cursor: Cursor) -> Columns:
    """Solve each subject's calibration and hand it back to SQL as `section_calibration`."""
    sums = steps.read(cursor, "13_start_sum", tied=TIED_AT_CEILING)
    sums = {name: values[sums["started"] > 0] for name, values in sums.items()}
    solved = {
        name: np.zeros(len(sums["section_key"]))
        for name in (*_FOR_STUDENTS, "section_mean", "mean_error_variance")
    }
    for mine in _per_subject(sums):
        calibration = _calibrate_subject(sums, mine)
        for name, values in solved.items():
            values[mine] = getattr(calibration, name)
    sums |= solved
    supplied = {name: sums[name] for name in ("section_key", *_FOR_STUDENTS)}
    steps.supply(cursor, "section_calibration", supplied)
    steps.keep(cursor, "14_calibrated_start", tied=TIED_AT_CEILING, least_lambda=LEAST_LAMBDA)
    return sums


def _calibrate_subject(sums: Columns, mine: NDArray[np.intp]) -> StartingPointCalibration:
    return calibrate_starting_points(
        StartingPointSums(
            students=sums["started"][mine].astype(np.float64),
            total=sums["sum_start"][mine].astype(np.float64),
            square=sums["sum_square"][mine].astype(np.float64),
            error_variance=sums["sum_error_variance"][mine].astype(np.float64),
            stratum=codes(sums["grade"][mine] * 10_000 + sums["school_year"][mine]),
            school=codes(sums["school_key"][mine]),
        )
    )


def _fit_slopes(cursor: Cursor, sections: Columns) -> Columns:
    """Solve each subject's slopes and hand them back to SQL as `slope`, one row per section."""
    moments = steps.read(cursor, "15_slope_moment")
    size = len(sections["section_key"])
    coefficients = np.zeros((size, 5))
    slope, expected = np.zeros(size), np.zeros(size)
    for mine in _per_subject(sections):
        powers = _stack(moments, ("students", "x1", "x2", "x3", "x4", "x5", "x6"))[mine]
        grade = codes(sections["grade"][mine])
        slopes: Slopes = fit_slopes(
            SlopeMoments(
                powers=powers,
                y=moments["y"][mine],
                powers_y=_stack(moments, ("y", "x1y", "x2y", "x3y"))[mine],
                ceiling=moments["k"][mine],
                ceiling_y=moments["ky"][mine],
                ceiling_x=_stack(moments, ("kx1", "kx2", "kx3"))[mine],
                section_mean=sections["section_mean"][mine],
                grade=grade,
            )
        )
        coefficients[mine] = slopes.by_grade[grade]
        slope[mine] = slopes.at_the_middle()
    ceiling = coefficients[:, 3] + coefficients[:, 4] * sections["section_mean"]
    students = moments["students"].astype(np.float64)
    for power in range(3):
        expected += coefficients[:, power] * moments[f"x{power + 1}"] / students
    expected += ceiling * moments["k"] / students
    steps.supply(
        cursor,
        "slope",
        {
            "section_key": sections["section_key"],
            "b1": coefficients[:, 0],
            "b2": coefficients[:, 1],
            "b3": coefficients[:, 2],
            "b4": ceiling,
        },
    )
    return sections | {"slope": slope, "mean_result": moments["y"] / students, "mean_expected": expected}


def _level_tests(cursor: Cursor, sections: Columns) -> tuple[Columns, Columns]:
    """Cells and sections without what a test only some classes sat adds; SQL gets it as `scale_effect`."""
    cells = steps.read(cursor, "22_cell_row")
    scales, effect = scale_effects(cells, sections)
    steps.supply(cursor, "scale_effect", {"scale_key": scales, "effect": effect})
    of_cell = effect[np.searchsorted(scales, cells["scale_key"])]
    place = np.searchsorted(sections["section_key"], cells["section_key"])
    size = len(sections["section_key"])
    students = np.bincount(place, cells["students"], minlength=size)
    taken_off = np.bincount(place, cells["students"] * of_cell, minlength=size) / np.maximum(students, 1)
    return (
        cells | {"mean_residual": cells["mean_residual"] - of_cell},
        sections | {"mean_result": sections["mean_result"] - taken_off},
    )


def _per_subject(sections: Columns) -> list[NDArray[np.intp]]:
    return [
        np.flatnonzero(sections["subject_key"] == subject) for subject in np.unique(sections["subject_key"])
    ]


def codes(values: NDArray[np.generic]) -> NDArray[np.intp]:
    """0-based index of each value among the sorted distinct ones."""
    return np.asarray(np.unique(values, return_inverse=True)[1], dtype=np.intp)


def _stack(columns: Columns, names: tuple[str, ...]) -> FloatArray:
    return np.column_stack([columns[name].astype(np.float64) for name in names])


def _listed(values: tuple[int, ...] | None) -> list[int] | None:
    return None if values is None else list(values)
