"""One scenario, one seed: simulate, scan, compare."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from plc.database import Database
from tests.calibration.district import Truth
from tests.calibration.loading import simulate
from tests.calibration.scenarios import SCENARIOS, Scenario
from tests.calibration.scoring import Outcome, Target, standard_outcome, teacher_outcome, together

# Kept for the one run of frozen code that is reported; choosing between variants on them would spend them.
FIRST_RESERVED_SEED = 601


@dataclass(frozen=True, slots=True)
class Run:
    """What one run gave: outcomes for teachers and (None: not asked for) teacher-standards, and timings."""

    scenario: str
    seed: int
    teachers: Outcome
    standards: Outcome | None
    expected: float
    expected_standards: float
    components: pd.DataFrame
    seconds_scanning: float


def target_of(scenario: Scenario) -> Target:
    """Drift is judged on the current year's effect, everything else on the lasting one."""
    return "current" if scenario.drift else "relative"


def run(
    name: str,
    seed: int,
    *,
    rows: int,
    standards: bool,
    target: Target | None = None,
    districts: int | None = None,
    keep: Callable[[Truth, pd.DataFrame], None] | None = None,
) -> Run:
    """Simulate a scenario's districts for a seed, scan each with default options, compare with the truth."""
    from plc.bright_spots import ScanOptions, scan

    scenario = SCENARIOS[name]
    target = target or target_of(scenario)
    by_teacher, by_standard, expected, components, seconds = [], [], [], [], 0.0
    for replicate in range(districts or scenario.districts):
        with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "plc.duckdb") as database:
            truth = simulate(database, scenario, seed=seed, rows=rows, replicate=replicate)
            start = time.perf_counter()
            found = scan(database, replace(ScanOptions(), standards=standards))
            seconds += time.perf_counter() - start
        if keep is not None:
            keep(truth, found.teachers)
        by_teacher.append(teacher_outcome(found.teachers, truth, target))
        if standards:
            by_standard.append(standard_outcome(found.standards, truth, target))
        expected.append(_announced(by_teacher[-1], found.expected_false_discovery_rate))
        components.append(found.components.assign(seed=seed, replicate=replicate))
    return Run(
        scenario=name,
        seed=seed,
        teachers=together(by_teacher),
        standards=together(by_standard) if standards else None,
        expected=_mean(expected),
        expected_standards=_mean([_announced(outcome, None) for outcome in by_standard]),
        components=pd.concat(components, ignore_index=True),
        seconds_scanning=seconds,
    )


def _announced(outcome: Outcome, stated: float | None) -> float:
    """The expected share of false flags: as stated by the scan, else from its flagged probabilities."""
    if not outcome.flagged.any():
        return float("nan")
    return float(stated if stated is not None else 1 - outcome.probability[outcome.flagged].mean())


def _mean(values: list[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return sum(known) / len(known) if known else float("nan")
