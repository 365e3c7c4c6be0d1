"""Whether the measured effect of a test is what it says: false alarms, coverage, power, width, bias.

Districts are drawn by the simulator and scanned by the product; the scan's own components are what the
tests borrow, the truth is never handed over. Many tests of a few classes are then formed in each district
and measured by the product's own reduction and estimators. An effect d on every student of a class moves
its means after the start by d and nothing else, so each test without an effect also tells how it would have
come out with one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from plc.bright_spots import scan_and_store
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.inquiry.estimating import kernel_tables, own_variance
from plc.inquiry.measuring import TestMoments, prepare_subject, reduce_test, summarise_members
from plc.inquiry.tested import Fidelity, PlannedTest, TestedClass, borrowed_variance
from plc.statistics.effect_designs import Design
from plc.statistics.effect_posterior import REPLICATE, advice, effect_posterior
from plc.statistics.gain_effect import before_after, difference_effect, series_effect, staggered_effect
from plc.statistics.moderated_effect import ModeratedEffect, moderated_effect
from plc.statistics.tested_sections import BorrowedVariance, OccasionCells, TestedSections
from tests.calibration.district import FIRST_YEAR, SUBJECTS, Truth
from tests.calibration.loading import DAYS, simulate
from tests.calibration.scenarios import SCENARIOS, Scenario

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

EFFECT = 0.20
SIZES = (2, 4, 6, 8, 10)
# The borrowed SD between classes and occasions as the scan has it, 30 % too small, 30 % too large.
SCALES = (1.0, 0.7, 1.3)
# Tests whose posterior is worked out, of each cell of the table.
ADVISED = 200
# Occasions of the simulated year (of four) before the start, by name of the layout.
BEFORE = {"nothing before": 0, "one before": 1, "two before": 2}


@dataclass(frozen=True, slots=True)
class Pool:
    """All classes of one subject and year with their cells around one start, and what the scan lends.

    cells are the kernel's, section indexing `sections`; grade, teacher (roster key), start (mean calibrated
    start) and total (the teacher's true lasting effect) are by section.
    """

    cells: OccasionCells
    sections: TestedSections
    variance: BorrowedVariance
    grade: IntArray
    teacher: IntArray
    start: FloatArray
    total: FloatArray
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Trial:
    """One test without an effect: estimate, SE and df, by scale of the borrowed SD; and its pool."""

    found: tuple[tuple[float, float, float], ...]
    pool: int


def pools(scenario: Scenario, seed: int, *, rows: int) -> dict[str, list[Pool]]:
    """Simulate and scan a district; its subjects and years around each start."""
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "plc.duckdb") as database:
        truth = simulate(database, scenario, seed=seed, rows=rows)
        scan_and_store(database, LOCAL_STEWARD)
        return pools_of(database, scenario, truth)


def pools_of(
    database: Database, scenario: Scenario, truth: Truth, *, low_only: bool = False
) -> dict[str, list[Pool]]:
    """The subjects and years of a scanned district around each start; of its low starters alone if asked."""
    found: dict[str, list[Pool]] = {name: [] for name in BEFORE}
    for subject in SUBJECTS:
        for year in range(FIRST_YEAR, FIRST_YEAR + scenario.years):
            with database.read() as cursor:
                district = prepare_subject(cursor, subject, year)
                borrowed, context = borrowed_variance(cursor, subject)
                rows_of: dict[str, Any] = cursor.execute(
                    "select section_key, section_id, grade, school_key, min(teacher_key) as teacher_key"
                    " from section join section_teacher using (section_key)"
                    " where subject = $subject and school_year = $year"
                    " group by all order by section_key",
                    {"subject": subject, "year": year},
                ).fetchnumpy()
                for name, before in BEFORE.items():
                    test = _everyone(rows_of, subject, year, before)
                    moments = reduce_test(cursor, test, district, context=context)
                    assert moments is not None
                    if low_only:
                        cells, sums = summarise_members(cursor, low_only=True)
                        moments = replace(moments, cells=cells, sums=sums)
                    total = truth.total[np.asarray(rows_of["teacher_key"]) - 1]
                    found[name].append(_pool(scenario, test, moments, borrowed, rows_of, total))
    return found


def _everyone(rows: dict[str, Any], subject: str, year: int, before: int) -> PlannedTest:
    """A test in which every class of the district takes part, with so many occasions before its start."""
    opening = date(year - 1, 9, 1)
    starts_on = opening + timedelta(days=DAYS[before])
    classes = tuple(
        TestedClass(int(key), str(name), str(teacher), str(school), tried=True, block="", starts_on=None)
        for key, name, teacher, school in zip(
            rows["section_key"], rows["section_id"], rows["teacher_key"], rows["school_key"], strict=True
        )
    )
    return PlannedTest(
        "all", "", "", "", Design.MATCHED, subject, None, year, None, None, None, None, 0.2, False, starts_on,
        opening + timedelta(days=300), False, "planned", classes, (), Fidelity(0, 0, 0, 0),
    )  # fmt: skip


def _pool(
    scenario: Scenario,
    test: PlannedTest,
    moments: TestMoments,
    borrowed: BorrowedVariance,
    rows: dict[str, Any],
    total: FloatArray,
) -> Pool:
    cells, sections = kernel_tables(test, test.classes, moments.cells, moments.sums, moments)
    keys = [each.section_key for each in test.classes]
    return Pool(
        cells=cells,
        sections=sections,
        variance=own_variance(moments, borrowed),
        grade=np.asarray(rows["grade"], dtype=np.int64),
        teacher=np.asarray(rows["teacher_key"], dtype=np.int64),
        start=np.array([moments.section_mean.get(key or 0, 0.0) for key in keys]),
        total=total,
        scenario=scenario,
    )


def chosen(
    pool: Pool, tried: IntArray, others: IntArray, starts: IntArray | None = None
) -> tuple[OccasionCells, TestedSections]:
    """The kernel's tables of a test of these classes; `starts` in the order tried, others."""
    picked = np.concatenate([tried, others])
    place = np.full(len(pool.sections), -1)
    place[picked] = np.arange(len(picked))
    kept = place[pool.cells.section] >= 0
    Z = pool.sections.teaching[picked]
    sections = TestedSections(
        tried=np.arange(len(picked)) < len(tried),
        students=pool.sections.students[picked],
        school=pool.sections.school[picked],
        teaching=Z[:, Z.any(axis=0)],
        block=np.zeros(len(picked), dtype=np.int64),
        starts=pool.sections.starts[picked] if starts is None else starts,
    )
    cells = OccasionCells(
        section=place[pool.cells.section[kept]],
        occasion=pool.cells.occasion[kept],
        students=pool.cells.students[kept],
        mean=pool.cells.mean[kept],
    )
    return cells, sections


Former = Callable[[Pool, int, np.random.Generator], "tuple[OccasionCells, TestedSections] | None"]
Estimator = Callable[[OccasionCells, TestedSections, BorrowedVariance], "ModeratedEffect | None"]


def drawn_classes(
    pool: Pool, size: int, rng: np.random.Generator
) -> tuple[OccasionCells, TestedSections] | None:
    """Classes of one school, half of them drawn to try the practice."""
    mine = _of_a_school(pool, size, rng)
    return None if mine is None else chosen(pool, mine[: size // 2], mine[size // 2 :])


def low_with_match(
    pool: Pool, size: int, rng: np.random.Generator
) -> tuple[OccasionCells, TestedSections] | None:
    """The school's lowest-starting classes try it; each beside the nearest start of its grade elsewhere."""
    tried = _lowest_of_a_school(pool, size // 2, rng)
    if tried is None:
        return None
    free = ~np.isin(pool.teacher, pool.teacher[tried])
    others: list[int] = []
    for place in tried:
        fit = np.flatnonzero(free & (pool.grade == pool.grade[place]))
        if not len(fit):
            return None
        nearest = int(fit[np.argmin(np.abs(pool.start[fit] - pool.start[place]))])
        free[nearest] = False
        others.append(nearest)
    return chosen(pool, tried, np.array(others))


def low_with_any(
    pool: Pool, size: int, rng: np.random.Generator
) -> tuple[OccasionCells, TestedSections] | None:
    """The school's lowest-starting classes try it, beside any classes of the district: starts differ."""
    tried = _lowest_of_a_school(pool, size // 2, rng)
    if tried is None:
        return None
    free = np.flatnonzero(~np.isin(pool.teacher, pool.teacher[tried]))
    return chosen(pool, tried, rng.choice(free, size - size // 2, replace=False))


def stronger_teachers(
    pool: Pool, size: int, rng: np.random.Generator
) -> tuple[OccasionCells, TestedSections] | None:
    """Classes of a school's stronger teachers try it, beside those of its weaker ones, who stay weaker."""
    mine = _of_a_school(pool, min(2 * size, 16), rng, least=size)
    if mine is None:
        return None
    order = mine[np.argsort(-pool.total[mine])]
    return chosen(pool, order[: size // 2], order[-(size - size // 2) :])


def in_waves(pool: Pool, size: int, rng: np.random.Generator) -> tuple[OccasionCells, TestedSections] | None:
    """Classes of a school start in an order drawn by lot: after the first occasion, the third, or between."""
    mine = _of_a_school(pool, size, rng)
    if mine is None:
        return None
    waves = np.array([1, 3]) if size < 6 else np.array([1, 2, 3])
    return chosen(pool, mine, np.zeros(0, dtype=np.int64), waves[np.arange(size) % len(waves)])


def long_series(
    pool: Pool, size: int, rng: np.random.Generator
) -> tuple[OccasionCells, TestedSections] | None:
    """Five occasions before and four after, drawn from the true model: the simulated year has only four."""
    sds, occasions = pool.scenario.components, 9
    students = rng.choice(pool.sections.students, size)
    section = np.repeat(np.arange(size), occasions)
    lasting = np.sqrt(sds.school**2 + sds.teacher**2 + sds.teacher_year**2 + sds.section**2)
    level = lasting * rng.standard_normal(size) + sds.student * rng.standard_normal(size) / np.sqrt(students)
    noise = np.sqrt(sds.occasion**2 + sds.residual**2 / students)[section]
    cells = OccasionCells(
        section=section,
        occasion=np.tile(np.arange(occasions), size),
        students=students[section],
        mean=level[section] + noise * rng.standard_normal(size * occasions),
    )
    sections = TestedSections(
        tried=np.ones(size, dtype=bool),
        students=students,
        school=np.zeros(size, dtype=np.int64),
        teaching=np.eye(size),
        block=np.zeros(size, dtype=np.int64),
        starts=np.full(size, 5),
    )
    return cells, sections


def _of_a_school(
    pool: Pool, size: int, rng: np.random.Generator, *, least: int | None = None
) -> IntArray | None:
    school = rng.choice(pool.sections.school)
    mine = rng.permutation(np.flatnonzero(pool.sections.school == school))[:size]
    return mine if len(mine) >= (least or size) else None


def _lowest_of_a_school(pool: Pool, size: int, rng: np.random.Generator) -> IntArray | None:
    mine = _of_a_school(pool, 3 * size, rng, least=size)
    return None if mine is None else mine[np.argsort(pool.start[mine])][:size]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of test: what it is called, occasions before, how its classes are found, how it is measured."""

    words: str
    before: str
    form: Former
    estimate: Estimator


# The permutation test of a drawn design is not scored here, so it is not worked out either.
KINDS: dict[str, Kind] = {
    "randomised": Kind(
        "randomised, two occasions before",
        "two before",
        drawn_classes,
        lambda c, s, v: moderated_effect(c, s, v, randomised=False),
    ),
    "randomised_new": Kind(
        "randomised, nothing before",
        "nothing before",
        drawn_classes,
        lambda c, s, v: moderated_effect(c, s, v, randomised=False),
    ),
    "matched": Kind(
        "low-starting classes, matched comparison, two before",
        "two before",
        low_with_match,
        lambda c, s, v: moderated_effect(c, s, v, randomised=False),
    ),
    "matched_new": Kind(
        "low-starting classes, matched comparison, nothing before",
        "nothing before",
        low_with_match,
        lambda c, s, v: moderated_effect(c, s, v, randomised=False),
    ),
    "unmatched_new": Kind(
        "low-starting classes beside any classes, nothing before",
        "nothing before",
        low_with_any,
        lambda c, s, v: moderated_effect(c, s, v, randomised=False),
    ),
    "difference": Kind(
        "stronger teachers try it, before and after with comparison, two before",
        "two before",
        stronger_teachers,
        difference_effect,
    ),
    "staggered": Kind(
        "staggered start in a drawn order, one before",
        "one before",
        in_waves,
        lambda c, s, v: staggered_effect(c, s, v, randomised=True),
    ),
    "series": Kind("series, five before and four after", "two before", long_series, series_effect),
}


def trials(kind: Kind, pooled: list[Pool], size: int, many: int, rng: np.random.Generator) -> list[Trial]:
    """Form and measure `many` tests of `size` classes without an effect."""
    found: list[Trial] = []
    for _ in range(20 * many):
        if len(found) == many:
            break
        which = int(rng.integers(len(pooled)))
        pool = pooled[which]
        formed = kind.form(pool, size, rng)
        if formed is None:
            continue
        effects = [kind.estimate(*formed, pool.variance.scaled(scale)) for scale in SCALES]
        known = [effect for effect in effects if effect is not None]
        if len(known) == len(SCALES):
            figures = tuple((one.estimate, one.standard_error, one.df) for one in known)
            found.append(Trial(figures, which))
    return found


@dataclass(frozen=True, slots=True)
class Score:
    """Of many tests: false alarms at 5 %, coverage of the 90 % interval, power at +0.20, width, bias.

    Errors are those of means over pools of classes, because tests of one pool share classes.
    """

    tests: int
    false_alarms: float
    false_alarms_error: float
    coverage: float
    coverage_error: float
    power: float
    width: float
    bias: float
    bias_error: float


def score(found: list[Trial], scale: int = 0) -> Score:
    """Summarise tests at one scale of the borrowed SD."""
    estimate, error, df = np.array([trial.found[scale] for trial in found]).T
    critical, reach = stats.t.ppf(0.975, df), stats.t.ppf(0.95, df) * error
    pool = np.array([trial.pool for trial in found])
    alarmed = (np.abs(estimate) / error > critical).astype(float)
    covered = (np.abs(estimate) <= reach).astype(float)
    return Score(
        tests=len(found),
        false_alarms=float(alarmed.mean()),
        false_alarms_error=_error_over(alarmed, pool),
        coverage=float(covered.mean()),
        coverage_error=_error_over(covered, pool),
        power=float(np.mean(np.abs(estimate + EFFECT) / error > critical)),
        width=float(np.mean(2 * reach)),
        bias=float(np.mean(estimate)),
        bias_error=_error_over(estimate, pool),
    )


def _error_over(values: FloatArray, pool: IntArray) -> float:
    """Standard error of a mean whose values are alike within pools."""
    return float(np.sqrt(np.sum(np.bincount(pool, values - values.mean()) ** 2)) / len(values))


def told_to_replicate(found: list[Trial], effect: float) -> float:
    """Share of tests, of the first few hundred, that an effect of this size would advise to replicate."""
    posteriors = [
        effect_posterior(trial.found[0][0] + effect, trial.found[0][1], df=trial.found[0][2])
        for trial in found[:ADVISED]
    ]
    return float(np.mean([advice(posterior) == REPLICATE for posterior in posteriors]))


@dataclass(frozen=True, slots=True)
class LowStart:
    """Before and after only, of classes that stood lowest: their mean change and what is stated beside it."""

    share: float
    change: float
    stated: float
    tests: int


def low_starting_change(pooled: list[Pool], share: float) -> LowStart:
    """The change without any practice of the lowest share of classes by their occasion before the start."""
    changes, stated = [], []
    for pool in pooled:
        before = pool.cells.occasion < pool.sections.starts[pool.cells.section]
        mean = np.full(len(pool.sections), np.nan)
        total = np.bincount(pool.cells.section[before], minlength=len(pool.sections))
        sums = np.bincount(pool.cells.section[before], pool.cells.mean[before], minlength=len(pool.sections))
        mean[total > 0] = sums[total > 0] / total[total > 0]
        lowest = np.argsort(mean)[: int(share * np.sum(total > 0))]
        for place in lowest:
            formed = chosen(pool, np.array([place]), np.zeros(0, dtype=np.int64))
            change = before_after(*formed, pool.variance)
            if change is not None:
                changes.append(change.change)
                stated.append(change.spurious)
    return LowStart(share, float(np.mean(changes)), float(np.mean(stated)), len(changes))


def many_pools(names: tuple[str, ...], seeds: list[int], *, rows: int) -> dict[str, list[Pool]]:
    """The pools of several districts together."""
    together: dict[str, list[Pool]] = {name: [] for name in BEFORE}
    for name in names:
        for seed in seeds:
            for layout, found in pools(SCENARIOS[name], seed, rows=rows).items():
                together[layout] += found
    return together
