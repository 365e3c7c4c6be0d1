"""From a test's moments to its effect: which classes stand where, which estimator, which checks beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plc.bright_spots.steps import Columns
from plc.inquiry.measuring import Occasion, TestMoments, class_start
from plc.inquiry.tested import PlannedTest, TestedClass
from plc.statistics.attrition import Attrition, attrition
from plc.statistics.baseline_equivalence import BaselineDifference, baseline_difference
from plc.statistics.effect_designs import COMPARED, Design
from plc.statistics.gain_effect import (
    BeforeAfter,
    before_after,
    difference_effect,
    pre_trend_z,
    series_effect,
    staggered_effect,
)
from plc.statistics.moderated_effect import ModeratedEffect, moderated_effect
from plc.statistics.records import BoolArray, FloatArray, IntArray
from plc.statistics.section_summaries import ResidualCells, summarise_sections
from plc.statistics.tested_sections import NEVER, BorrowedVariance, OccasionCells, TestedSections


@dataclass(frozen=True, slots=True)
class Arms:
    """Counts of one arm of a test: classes planned and with results, students there at the start, with a
    result after, compared, compared and seen before, without a starting point, joined after the start."""

    planned: int
    classes: int
    teachers: int
    there: int
    stayed: int
    compared: int
    both_sides: int
    without_start: int
    joined: int


@dataclass(frozen=True, slots=True)
class Estimated:
    """A test's estimate with everything judged beside it; effects in SD.

    `used` are the classes that entered, in the order of `sections`; `sd` is the pooled SD of students'
    results after; effect is None where the design needs more occasions or classes than there are.
    """

    effect: ModeratedEffect | None
    change: BeforeAfter | None
    cells: OccasionCells
    sections: TestedSections
    used: tuple[TestedClass, ...]
    variance: BorrowedVariance
    sd: float
    practice: Arms
    comparison: Arms
    baseline: BaselineDifference | None
    lost_students: Attrition | None
    lost_classes: Attrition | None
    pre_trend: float | None


def estimate_test(test: PlannedTest, moments: TestMoments, borrowed: BorrowedVariance) -> Estimated:
    """Run the estimator of the test's design on its moments."""
    used = _used(test, moments.cells)
    variance = own_variance(moments, borrowed)
    cells, sections = kernel_tables(test, used, moments.cells, moments.sums, moments)
    effect = estimate_cells(test, cells, sections, variance, own_before=moments.own_before)
    of_series = test.design in (Design.SERIES, Design.BEFORE_AFTER)
    arms = [_arms(test, used, moments.counts, tried=tried) for tried in (True, False)]
    lost = _lost(test, arms)
    return Estimated(
        effect=effect,
        change=before_after(cells, sections, variance) if of_series or effect is None else None,
        cells=cells,
        sections=sections,
        used=used,
        variance=variance,
        sd=_pooled_sd(moments.sums, used, "after"),
        practice=arms[0],
        comparison=arms[1],
        baseline=_baseline(test, used, moments),
        lost_students=lost[0],
        lost_classes=lost[1],
        pre_trend=None if of_series else pre_trend_z(cells, sections, variance),
    )


def kernel_tables(
    test: PlannedTest, used: tuple[TestedClass, ...], cells: Columns, sums: Columns, moments: TestMoments
) -> tuple[OccasionCells, TestedSections]:
    """Cells and sections in the kernel's 0-based order of `used`."""
    keys = np.array([each.section_key for each in used], dtype=np.int64)
    order = np.argsort(keys)
    kept = np.isin(cells["section_key"], keys)
    section = order[np.searchsorted(keys[order], cells["section_key"][kept])]
    place = {occasion.scale_key: occasion.place for occasion in moments.occasions}
    students = dict(zip(sums["section_key"].tolist(), sums["students"].tolist(), strict=True))
    sections = TestedSections(
        tried=np.array([each.tried for each in used], dtype=np.bool_),
        students=np.array([students.get(key, 1) for key in keys.tolist()], dtype=np.float64),
        school=_codes([each.school_id for each in used]),
        teaching=_teaching(keys, moments.teaching),
        block=_codes([each.block for each in used]),
        starts=np.array([_first_after(test, each, moments.occasions) for each in used], dtype=np.int64),
    )
    return (
        OccasionCells(
            section=section,
            occasion=np.array([place[key] for key in cells["scale_key"][kept].tolist()], dtype=np.int64),
            students=cells["students"][kept].astype(np.float64),
            mean=cells["mean_residual"][kept].astype(np.float64),
        ),
        sections,
    )


def own_variance(moments: TestMoments, borrowed: BorrowedVariance) -> BorrowedVariance:
    """The borrowed variances with those of students taken from the test itself, which has enough of them.

    A measure of one standard, or a start of another test, leaves other spreads inside classes than the
    district's usual. Only what lies between classes and occasions must be borrowed.
    """
    sums, cells = moments.sums, moments.cells
    kept = np.isin(cells["section_key"], sums["section_key"])
    found = summarise_sections(
        ResidualCells(
            section=np.searchsorted(sums["section_key"], cells["section_key"][kept]),
            students=cells["students"][kept].astype(np.float64),
            mean=cells["mean_residual"][kept],
            square=cells["square_residual"][kept],
            section_students=sums["students"].astype(np.float64),
            section_square=sums["sum_square"],
            section_pairs=sums["pairs"].astype(np.float64),
        )
    )
    return replace(borrowed, student=found.student_variance, error=found.error_variance)


def estimate_cells(
    test: PlannedTest,
    cells: OccasionCells,
    sections: TestedSections,
    variance: BorrowedVariance,
    *,
    own_before: bool,
) -> ModeratedEffect | None:
    """The estimator of the test's design on the kernel's tables; None where it needs more than there is.

    `own_before`: classes' own occasions before stand in for starting points.
    """
    if test.design is Design.BEFORE_AFTER:
        return None
    if test.design is Design.SERIES:
        return series_effect(cells, sections, variance)
    # Without starting points only a class's own occasions before tell how strong it is.
    carry = 1.0 if own_before else None
    if test.design is Design.STAGGERED:
        return staggered_effect(cells, sections, variance, randomised=test.drawn and not own_before)
    if test.design is Design.DIFFERENCE:
        return difference_effect(cells, sections, variance)
    return moderated_effect(
        cells, sections, variance, randomised=test.design is Design.RANDOMISED, carry=carry
    )


def _used(test: PlannedTest, cells: Columns) -> tuple[TestedClass, ...]:
    """Classes with a result after; of a design without comparison, the practice classes alone."""
    measured = set(cells["section_key"][cells["after"] == 1].tolist())
    return tuple(
        each
        for each in test.classes
        if each.section_key in measured and (each.tried or test.design in COMPARED)
    )


def _first_after(test: PlannedTest, each: TestedClass, occasions: tuple[Occasion, ...]) -> int:
    start = class_start(test, each)
    if start is None:
        return NEVER
    return min((one.place for one in occasions if one.taken_on > start), default=NEVER)


def _teaching(keys: IntArray, teaching: Columns) -> FloatArray:
    """Who teaches each class, rows sum to 1; a class nobody is known to teach has a teacher of its own."""
    teachers = np.unique(teaching["teacher_key"])
    Z = np.zeros((len(keys), len(teachers) + len(keys)))
    for place, key in enumerate(keys.tolist()):
        mine = teaching["section_key"] == key
        shares = teaching["share"][mine].astype(np.float64)
        if not len(shares):
            Z[place, len(teachers) + place] = 1.0
            continue
        Z[place, np.searchsorted(teachers, teaching["teacher_key"][mine])] = shares / shares.sum()
    return Z


def _arms(test: PlannedTest, used: tuple[TestedClass, ...], counts: Columns, *, tried: bool) -> Arms:
    planned = [each for each in test.classes if each.tried is tried]
    mine = np.isin(
        counts["section_key"], [each.section_key for each in planned if each.section_key is not None]
    )
    present = [each for each in used if each.tried is tried]
    return Arms(
        planned=len(planned),
        classes=len(present),
        teachers=len({each.teacher_id for each in present}),
        **{
            name: int(np.sum(counts[name][mine]))
            for name in ("there", "stayed", "compared", "both_sides", "without_start", "joined")
        },
    )


def _lost(test: PlannedTest, arms: list[Arms]) -> tuple[Attrition | None, Attrition | None]:
    """Attrition of students and of classes; only a randomised test can be spoiled by it in this sense."""
    if not test.drawn or test.design not in (Design.RANDOMISED, Design.STAGGERED) or not arms[1].planned:
        return None, None
    tried, others = arms
    return (
        attrition(
            tried_start=tried.there,
            tried_end=tried.stayed,
            others_start=others.there,
            others_end=others.stayed,
        ),
        attrition(
            tried_start=tried.planned,
            tried_end=tried.classes,
            others_start=others.planned,
            others_end=others.classes,
        ),
    )


def _baseline(
    test: PlannedTest, used: tuple[TestedClass, ...], moments: TestMoments
) -> BaselineDifference | None:
    """How the arms' students differed in their starts, as they were seen."""
    tried, others = (_chosen(moments.sums, used, tried=tried) for tried in (True, False))
    if test.design not in COMPARED or not tried.any() or not others.any():
        return None
    sums = moments.sums
    means = [float(sums["sum_start"][mine].sum() / sums["students"][mine].sum()) for mine in (tried, others)]
    return baseline_difference(
        means[0] - means[1],
        _pooled_sd(sums, used, "start"),
        students=int(sums["students"][tried | others].sum()),
        adjusted=True,
    )


def _pooled_sd(sums: Columns, used: tuple[TestedClass, ...], what: str) -> float:
    """SD of students around their own arm's mean."""
    square, freedom = 0.0, 0.0
    for tried in (True, False):
        mine = _chosen(sums, used, tried=tried)
        students = float(sums["students"][mine].sum())
        if students > 1:
            total = float(sums[f"sum_{what}"][mine].sum())
            square += float(sums[f"square_{what}"][mine].sum()) - total**2 / students
            freedom += students - 1
    return float(np.sqrt(square / freedom)) if freedom > 0 and square > 0 else 1.0


def _chosen(sums: Columns, used: tuple[TestedClass, ...], *, tried: bool) -> BoolArray:
    keys = [each.section_key for each in used if each.tried is tried and each.section_key is not None]
    return np.asarray(np.isin(sums["section_key"], keys))


def _codes(values: list[str]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    return np.asarray(np.unique(np.array(values, dtype=object), return_inverse=True)[1], dtype=np.intp)
