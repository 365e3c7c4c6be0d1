"""Runs the grid of measured effects and writes docs/effects_calibration.md."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from plc.core import clock
from tests.calibration.effects import (
    EFFECT,
    KINDS,
    SIZES,
    Kind,
    Pool,
    Score,
    Trial,
    low_starting_change,
    many_pools,
    score,
    told_to_replicate,
    trials,
)
from tests.calibration.report import code_version, seeds_words
from tests.calibration.runs import FIRST_RESERVED_SEED

DOCUMENT = Path(__file__).parents[2] / "docs" / "effects_calibration.md"
ROWS = 150_000
TESTS, TESTS_ELSEWHERE, SIZE_ELSEWHERE = 1_500, 400, 4
ELSEWHERE = ("sorting", "class_shocks", "messy", "heavy_tails", "small_30")
MOST_FALSE_ALARMS, LEAST_COVERAGE, MOST_COVERAGE = 0.06, 0.87, 0.93

Say = Callable[[str], None]

HEADER = """# Measured effects: how often they are right

Made by `python -m tests.calibration --effects`; nothing here is typed by hand. Districts come from the
simulator of `docs/calibration.md`, are scanned by the product, and the scan's own variance components are
what each test borrows: the truth is never handed over. Tests of a few classes are formed in them and
measured by the product's own code. An effect of +0.20 SD is added to every student of the classes that try
it.

False alarms: share of tests without an effect that are significant at 5 % (limit 6 %). Coverage: share of
90 % intervals, of the test alone, that hold the truth (87 to 93 %). Power: share of tests with +0.20 found
at 5 %. Width: of the 90 % interval, SD. Replicate: share of tests advised to replicate, without an effect
and with +0.20.
"""

LEGEND = """Half of the classes try the practice; in a series and a staggered start all of them do, in time.
The series has five occasions before and four after: the simulated year has four, so its cells are drawn from
the true model and only what is borrowed comes from the scan. Of six or more classes that start in
turn a third each starts after the first, second and third occasion; of fewer, half after the first and half
after the third.
"""


def run(seeds: list[int], *, tests: int = TESTS, rows: int = ROWS, say: Say = print) -> tuple[str, bool]:
    """Every kind of test in every size on the base district, and one size elsewhere; the document and whether
    all limits held."""
    base = many_pools(("base",), seeds, rows=rows)
    rng = np.random.default_rng(seeds)
    lines, missed = [], []
    for kind in KINDS.values():
        for size in SIZES:
            found = trials(kind, base[kind.before], size, tests, rng)
            scores = [score(found, scale) for scale in range(3)]
            lines.append(_line(kind.words, size, scores, found))
            missed += _missed(kind, size, scores[0])
            say(lines[-1])
    elsewhere = _elsewhere(seeds[:3], rows=rows, rng=rng, say=say)
    fresh = min(seeds) >= FIRST_RESERVED_SEED
    use = "seeds never used before" if fresh else "decisions were made while looking at these seeds"
    parts = [
        HEADER,
        f"{clock.now():%Y-%m-%d}, code {code_version()}, {seeds_words(seeds)} ({use}), {rows:,} results a "
        f"district, {tests:,} tests a row. The ± are Monte Carlo standard errors over pools of classes (a "
        "subject and year of a district), whose tests share classes.",
        "## By design and number of classes",
        LEGEND,
        _table(lines),
        "All limits held." if not missed else "Limits missed:\n\n" + "\n".join(f"- {m}" for m in missed),
        f"## Other districts, {SIZE_ELSEWHERE} classes",
        f"{TESTS_ELSEWHERE} tests a row, in three districts (small_30: nine).",
        _table(elsewhere),
        _low_starts(base),
    ]
    return "\n\n".join(parts) + "\n", not missed


def _elsewhere(seeds: list[int], *, rows: int, rng: np.random.Generator, say: Say) -> list[str]:
    lines = []
    for name in ELSEWHERE:
        # Districts of 30 teachers hold little each, so there are more of them.
        more = range(3 if name.startswith("small") else 1)
        own = [seed + 1_000 * step for seed in seeds for step in more]
        pooled = many_pools((name,), own, rows=rows)
        for kind in KINDS.values():
            found = trials(kind, pooled[kind.before], SIZE_ELSEWHERE, TESTS_ELSEWHERE, rng)
            if found:
                scores = [score(found, scale) for scale in range(3)]
                lines.append(_line(f"{name}: {kind.words}", SIZE_ELSEWHERE, scores, found))
                say(lines[-1])
    return lines


def _table(lines: list[str]) -> str:
    columns = (
        "test", "classes", "false alarms", "coverage", "power", "width", "bias", "replicate at 0 / +0.20",
        "SD 30 % too small: alarms, coverage", "30 % too large",
    )  # fmt: skip
    return "\n".join(["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|", *lines])


def _line(words: str, size: int, scores: list[Score], found: list[Trial]) -> str:
    own, small, large = scores
    cells = (
        words,
        str(size),
        f"{own.false_alarms:.3f} ± {own.false_alarms_error:.3f}",
        f"{own.coverage:.3f} ± {own.coverage_error:.3f}",
        f"{own.power:.2f}",
        f"{own.width:.2f}",
        f"{own.bias:+.3f} ± {own.bias_error:.3f}",
        f"{told_to_replicate(found, 0.0):.2f} / {told_to_replicate(found, EFFECT):.2f}",
        f"{small.false_alarms:.3f}, {small.coverage:.3f}",
        f"{large.false_alarms:.3f}, {large.coverage:.3f}",
    )
    return "| " + " | ".join(cells) + " |"


def _missed(kind: Kind, size: int, found: Score) -> list[str]:
    """Limits passed by more than two Monte Carlo standard errors."""
    slack = 2 * found.false_alarms_error, 2 * found.coverage_error
    lines = []
    if found.false_alarms > MOST_FALSE_ALARMS + slack[0]:
        lines.append(f"{kind.words}, {size} classes: {found.false_alarms:.3f} false alarms")
    if not LEAST_COVERAGE - slack[1] <= found.coverage <= MOST_COVERAGE + slack[1]:
        lines.append(f"{kind.words}, {size} classes: coverage {found.coverage:.3f}")
    return lines


def _low_starts(base: dict[str, list[Pool]]) -> str:
    lines = [
        "## Before and after only",
        "Classes that stood lowest beside expectation before, and nothing was done: what they gain by "
        "themselves, and what the product states beside such a change.",
        "| classes | occasions before | gain by itself, SD | stated, SD | classes looked at |",
        "|---|---|---|---|---|",
    ]
    for layout in ("one before", "two before"):
        for share, words in ((0.25, "lowest quarter"), (0.10, "lowest tenth")):
            found = low_starting_change(base[layout], share)
            gain = f"{found.change:+.3f} | {found.stated:+.3f} | {found.tests}"
            lines.append(f"| {words} | {layout.split()[0]} | {gain} |")
    return "\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])
