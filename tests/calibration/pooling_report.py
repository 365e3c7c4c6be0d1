"""Runs the simulation of pools and writes docs/pooling_calibration.md."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from plc.practices.thresholds import Thresholds, thresholds
from tests.calibration import pooling
from tests.calibration.pooling import LEAST_COVERAGE, TAUS, TESTS, Cell
from tests.calibration.report import code_version, seeds_words

DOCUMENT = Path(__file__).parents[2] / "docs" / "pooling_calibration.md"
SETS, PRACTICES, STORIES = 1500, 1000, 2000
FIRST = 0.25
Say = Callable[[str], None]

HEAD = """# Pools of tests: what simulation says of them

Written by `python -m tests.calibration --pooling`; do not edit. {version}, {seeds}.

Tests are drawn around a true mean of 0, .08 or .15 SD. Classes differ around it by tau; each test has an
error between .06 and .20 SD, which it knows from 6 to 20 degrees of freedom only. {sets} sets of tests of
each mean, tau and number of tests.
"""

COVERAGE = """## 90 % intervals of the pooled mean

As implemented: tau half-normal(.15), each variance times df / (df - 2). "Lowest" is the lowest coverage over
the three means. Beside it the specification's half-normal(.10) with errors taken as known, and the floored
95 % interval from the tests alone. Required: at least {least:.2f} in every row as implemented.

| tau | tests | coverage | lowest | width | coverage at .10 | width at .10 | alone, 95 % | width alone |
|---|---|---|---|---|---|---|---|---|
{rows}

Monte Carlo error of a coverage is about .005, of a lowest about .009.
"""

FALSE = """## "Confirmed here" by mistake, and by right

A practice is tested up to ten times, each time by new teachers, two classes in two schools a test; its status
is computed after every test. The share of practices that are "Confirmed here" after 3, 5 and 10 tests, and
that were so after any of them. {sets} practices a row. "Unfloored" is the plain HKSJ interval, which the
thresholds' file can ask for with `floored = false`.

| true mean | tau | after 3 | after 5 | after 10 | ever | unfloored: after 3 | after 5 | after 10 | ever |
|---|---|---|---|---|---|---|---|---|---|
{rows}

{said}
"""

STORY = """## A lucky first test

The first test of a practice of no effect measured {first:+.2f} SD; every later one has a true effect of 0 and
an error of .12 SD. Mean pooled estimate and mean 90 % interval over {sets} histories.

| tests | estimate | 90 % interval |
|---|---|---|
{rows}
"""


def run(
    seeds: list[int],
    *,
    sets: int = SETS,
    practices: int = PRACTICES,
    stories: int = STORIES,
    say: Say = print,
) -> tuple[str, bool]:
    """The document, and whether every coverage required was reached."""
    rng = np.random.default_rng(seeds)
    cells = []
    for tau in TAUS:
        for tests in TESTS:
            cells.append(pooling.cell(rng, sets, tests=tests, tau=tau))
            say(_coverage_line(cells[-1]))
    rows, ever = _confirmations(rng, practices, say)
    story = pooling.fading(rng, stories, first=FIRST, replications=5)
    parts = [
        HEAD.format(version=code_version(), seeds=seeds_words(seeds), sets=sets),
        COVERAGE.format(least=LEAST_COVERAGE, rows="\n".join(map(_coverage_line, cells))),
        FALSE.format(sets=practices, rows="\n".join(rows), said=_said(ever)),
        STORY.format(first=FIRST, sets=stories, rows="\n".join(_story_lines(story))),
    ]
    return "\n".join(parts), all(cell.coverage >= LEAST_COVERAGE for cell in cells)


def _coverage_line(cell: Cell) -> str:
    figures = (
        cell.coverage, cell.worst, cell.width, cell.specified, cell.specified_width, cell.robust,
        cell.robust_width,
    )  # fmt: skip
    words = ("-" if np.isnan(figure) else f"{figure:.3f}" for figure in figures)
    return f"| {cell.tau:.2f} | {cell.tests} | " + " | ".join(words) + " |"


def _confirmations(rng: np.random.Generator, practices: int, say: Say) -> tuple[list[str], list[float]]:
    """Table rows, and the shares of true-zero practices ever confirmed as the thresholds stand."""
    rules = thresholds()
    rows, ever = [], []
    for mean, tau in [*((0.0, tau) for tau in TAUS), (0.10, 0.05), (0.15, 0.05), (0.20, 0.10)]:
        figures: list[float] = []
        for floored in (True, False):
            share, any_time = pooling.confirmed(
                rng, practices, _floored(rules, floored=floored), mean=mean, tau=tau
            )
            figures += [share[2], share[4], share[9], any_time]
        if mean == 0.0:
            ever.append(figures[3] if rules.pool.floored else figures[7])
        rows.append(f"| {mean:.2f} | {tau:.2f} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
        say(rows[-1])
    return rows, ever


def _floored(rules: Thresholds, *, floored: bool) -> Thresholds:
    return rules.model_copy(update={"pool": rules.pool.model_copy(update={"floored": floored})})


def _said(ever: list[float]) -> str:
    low, high = (f"{100 * share:.1f}" for share in (min(ever), max(ever)))
    return (
        f"Of practices whose true mean effect is 0, between {low} and {high} in a hundred are called"
        ' "Confirmed here" at some time in ten tests.'
    )


def _story_lines(story: np.ndarray) -> list[str]:
    return [
        f"| {tests} | {mean:+.3f} | {lower:+.2f} to {upper:+.2f} |"
        for tests, (mean, lower, upper) in enumerate(story.tolist(), start=1)
    ]
