"""What a scan must reach before its figures may be believed, scenario by scenario."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.calibration.scoring import Scores

COVERAGE = (0.87, 0.93)
SLOPE_OFF_ONE = 0.08
CALIBRATION_GAP = 0.08
BASE_RECALL = 0.30
CEILING_COVERAGE = 0.86
NULL_FLAGS = 0.5

FULLY_GATED = (
    "base",
    "clean",
    "sorting",
    "sorting_reliability_75",
    "compensatory",
    "mixture",
    "class_shocks",
    "cohorts",
)
# A wrong reliability may cost some coverage; it may not cost false flags.
RELIABILITY_WRONG = (
    "base_reliability_80",
    "base_reliability_96",
    "sorting_reliability_80",
    "sorting_reliability_96",
)
FALSE_DISCOVERY_LIMIT = {
    **dict.fromkeys(FULLY_GATED, 0.12),
    **dict.fromkeys(RELIABILITY_WRONG, 0.12),
    "ceiling": 0.12,
    "messy": 0.15,
    "heavy_tails": 0.16,
    "one_year": 0.12,
    "drift": 0.12,
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One requirement and whether it was met."""

    words: str
    passed: bool


def check(scenario: str, scores: Scores) -> tuple[Gate, ...]:
    """The gates of a scenario; none for those that are reported only."""
    gates = []
    if scenario in FALSE_DISCOVERY_LIMIT:
        limit = FALSE_DISCOVERY_LIMIT[scenario]
        rate = scores.false_discovery_rate.mean
        gates.append(Gate(f"FDR {rate:.3f} <= {limit:.2f}", rate <= limit))
    if scenario in FULLY_GATED:
        low, high = COVERAGE
        coverage, slope, gap = scores.coverage.mean, scores.slope.mean, scores.calibration_gap
        gates.append(Gate(f"{low:.2f} <= coverage {coverage:.3f} <= {high:.2f}", low <= coverage <= high))
        gates.append(Gate(f"|slope {slope:.3f} - 1| <= {SLOPE_OFF_ONE:.2f}", abs(slope - 1) <= SLOPE_OFF_ONE))
        # NaN: no bin holds enough teachers to judge.
        gap_met = bool(np.isnan(gap)) or gap <= CALIBRATION_GAP
        gates.append(Gate(f"calibration gap {gap:.3f} <= {CALIBRATION_GAP:.2f}", gap_met))
    if scenario == "base":
        recall = scores.recall.mean
        gates.append(Gate(f"recall {recall:.3f} >= {BASE_RECALL:.2f}", recall >= BASE_RECALL))
    if scenario == "ceiling":
        coverage = scores.coverage.mean
        gates.append(Gate(f"coverage {coverage:.3f} >= {CEILING_COVERAGE:.2f}", coverage >= CEILING_COVERAGE))
    if scenario == "null":
        gates.append(Gate(f"flags {scores.flags.mean:.1f} <= {NULL_FLAGS}", scores.flags.mean <= NULL_FLAGS))
    return tuple(gates)
