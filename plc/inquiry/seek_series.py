"""A view of Seek as a series to draw: in percentage points, in SD, or as the share of points reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from plc.inquiry.records import InquiryWording
from plc.inquiry.seek_records import Point, SeekView
from plc.statistics.run_chart import SHIFT_POINTS, TREND_POINTS, RunChart, read_run_chart

Scale = Literal["points", "sd", "percent"]
SCALE_WORDS: Final[dict[Scale, str]] = {
    "points": "Points ahead",
    "sd": "SD ahead",
    "percent": "Points reached",
}
_AIMED_ON: Final[dict[str, tuple[Scale, ...]]] = {"points": ("points", "percent"), "sd": ("sd",)}
_BEYOND: Final = {"adjusted": "students who started alike", "district": "the district"}


@dataclass(frozen=True, slots=True)
class Series:
    """`frame` has assessment_name, taken_on, students, value, lower, upper and signal in the order of time.

    `signal` is "shift", "trend" or "" per point; `words` say what the rules see. `title` names the axis,
    `unit` is written behind a figure.
    """

    frame: pd.DataFrame
    reading: RunChart
    words: str
    title: str
    unit: str


def scales_of(view: SeekView) -> list[Scale]:
    """The scales a view can be drawn on; a share of points always, a comparison where there is one."""
    known: list[Scale] = []
    if view.basis != "percent":
        known += ["points"] if all(point.points_ahead is not None for point in view.points) else []
        known += ["sd"]
    return known + (["percent"] if all(point.percent is not None for point in view.points) else [])


def series_of(view: SeekView, scale: Scale) -> Series:
    """The team's line on one scale, with its median and runs. Raises `ValueError` without a point."""
    rows = [_row(point, scale, compared=view.basis != "percent") for point in view.points]
    frame = pd.DataFrame(rows, columns=["assessment_name", "taken_on", "students", "value", "lower", "upper"])
    before = int((frame["taken_on"] < view.marks[0].starts_on).sum()) if view.marks else 0
    reading = read_run_chart(frame["value"].tolist(), baseline=before)
    frame["signal"] = _signals(reading)
    return Series(
        frame=frame,
        reading=reading,
        words=_rule_words(reading),
        title=_title(view, scale),
        unit="SD" if scale == "sd" else "percentage points" if scale == "points" else "% of points",
    )


def scale_of_aim(scales: list[Scale], said: InquiryWording) -> Scale:
    """The scale to open a series on: the first on which its aim can be drawn, else the first."""
    return next((scale for scale in scales if scale in _AIMED_ON.get(said.aim_unit or "", ())), scales[0])


def aim_level(series: Series, scale: Scale, said: InquiryWording) -> tuple[float, str] | None:
    """Where the aim lies on the scale of a series, above the median it starts from, and its words.

    None without an aim, or for one counted in something the series does not show.
    """
    if said.aim_amount is None or scale not in _AIMED_ON.get(said.aim_unit or "", ()):
        return None
    return series.reading.median + said.aim_amount, f"{said.aim_words} (from the median)"


def class_frame(view: SeekView, scale: Scale) -> pd.DataFrame:
    """Every class that may be shown, a row per assessment; `is_own` marks the viewer's."""
    rows = [
        (*_row(point, scale, compared=view.basis != "percent"), line.name, line.section_id, line.is_own)
        for line in view.classes
        for point in line.points
    ]
    columns = [
        "assessment_name",
        "taken_on",
        "students",
        "value",
        "lower",
        "upper",
        "name",
        "section_id",
        "is_own",
    ]
    return pd.DataFrame(rows, columns=columns)


def _rule_words(reading: RunChart) -> str:
    """What the rules say of a series, in a sentence, and how many points they need."""
    said = [f"a shift, {run.points} points in a row {run.direction} the median" for run in reading.shifts]
    said += [f"a trend, {run.points} points in a row {run.direction}" for run in reading.trends]
    if said:
        return f"The rules see {' and '.join(said)}. Chance alone does this now and then: look for why."
    if reading.points < SHIFT_POINTS:
        counted = "1 data point" if reading.points == 1 else f"{reading.points} data points"
        return (
            f"{counted} in the series: a shift needs {SHIFT_POINTS} or more, a trend {TREND_POINTS}. Until"
            " then this is usual variation."
        )
    return "No shift and no trend: what moves here is the usual variation from one assessment to the next."


def _signals(reading: RunChart) -> list[str]:
    """The rule each point keeps; a shift says more than a trend, so it stands where both hold."""
    signals = [""] * reading.points
    for words, runs in (("trend", reading.trends), ("shift", reading.shifts)):
        for run in runs:
            signals[run.first : run.last + 1] = [words] * (run.last + 1 - run.first)
    return signals


def _row(point: Point, scale: Scale, *, compared: bool) -> tuple[object, ...]:
    named = (point.assessment_name, point.taken_on, point.students)
    if scale == "sd" or not compared:
        return (*named, point.value, point.lower, point.upper)
    # Both scales are straight-line changes of the figure in SD, so its range goes along.
    stretch = (point.points_ahead or 0.0) / point.value if point.value else 0.0
    shift = 0.0 if scale == "points" else (point.percent or 0.0) - (point.points_ahead or 0.0)
    return (*named, *(shift + stretch * figure for figure in (point.value, point.lower, point.upper)))


def _title(view: SeekView, scale: Scale) -> str:
    if scale == "percent" or view.basis == "percent":
        return "Percent of points reached"
    unit = "Percentage points" if scale == "points" else "SD"
    return f"{unit} beyond {_BEYOND[view.basis]}"
