"""A run chart: a line over time, the median of its baseline, when a test ran, and the runs that are signals.

Signals differ by the shape of their points and are named in the legend; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import (
    EFFECT_COLOUR,
    EXPECTED_COLOUR,
    SECTION_COLOURS,
    SECTION_SHAPES,
    Picture,
    as_drawn,
)

# Pixels, the legend under the chart included.
HEIGHT: Final = 420
USUAL: Final = "one assessment"
SHIFT: Final = "shift: 6+ on one side of the median"
TREND: Final = "trend: 5+ rising or falling"
_SIGNALS: Final = (USUAL, SHIFT, TREND)
_SHAPES: Final = ("circle", "diamond", "triangle-up")
_COLOURS: Final = (EFFECT_COLOUR, "#b7670a", "#6c7bd0")
TEST_COLOUR: Final = "#b8557c"
AIM_COLOUR: Final = "#2f7d5b"
# Letters that fit over a chart 320 pixels wide.
LINE_LETTERS: Final = 38
# Digits behind the point by what is drawn.
_DIGITS: Final = {"SD": "+.2f", "percentage points": "+.1f", "% of points": ".0f"}


def run_chart_picture(
    points: pd.DataFrame,
    *,
    median: float,
    baseline: int,
    words: str,
    title: str,
    unit: str,
    tests: Sequence[tuple[str, object, object]] = (),
    aim: tuple[float, str] | None = None,
) -> Picture:
    """The line of `points` in the order of time, at least one.

    `points` has assessment_name, taken_on, students, value, lower, upper and signal ("shift", "trend" or "").
    `median` is of the `baseline` first points, of all where that is 0; `words` say what the rules see;
    `tests` are (title, first day, last day); `unit` is what a figure counts in; `aim` is the level aimed at
    on the same scale, and its words.
    """
    frame = points.reset_index(drop=True)
    frame["taken_on"] = pd.to_datetime(frame["taken_on"])
    frame["signal"] = frame["signal"].map({"shift": SHIFT, "trend": TREND}).fillna(USUAL)
    marks = _test_frame(tests, frame)
    x = alt.X(
        "taken_on:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=5, grid=False)
    )
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, padding=12))
    base = alt.Chart(as_drawn(frame)).encode(x=x)
    ranges = base.mark_rule(color=EFFECT_COLOUR, strokeWidth=2, opacity=0.35).encode(
        y=alt.Y("lower:Q", title=None), y2="upper:Q"
    )
    line = base.mark_line(color=EFFECT_COLOUR, strokeWidth=2).encode(y=y)
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        y=y,
        shape=alt.Shape(
            "signal:N",
            scale=alt.Scale(domain=list(_SIGNALS), range=list(_SHAPES)),
            legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=480, symbolOpacity=1),
        ),
        color=alt.Color("signal:N", scale=alt.Scale(domain=list(_SIGNALS), range=list(_COLOURS))),
        tooltip=[
            alt.Tooltip("assessment_name:N", title="Assessment"),
            alt.Tooltip("taken_on:T", title="Taken on"),
            alt.Tooltip("students:Q", title="Students"),
            alt.Tooltip("value:Q", title=title, format=_DIGITS.get(unit, "+.2f")),
            alt.Tooltip("signal:N", title="Part of"),
        ],
    )
    layers = [*_test_layers(marks, frame), *_aim_layers(aim, unit), _median_line(median), ranges, line, dots]
    lines = [f"dashed: {_median_words(baseline)}", *([f"dotted: the aim, {aim[1]}"] if aim else [])]
    said = f" The aim is {figure_words(aim[0], unit)} {unit}: {aim[1]}." if aim else ""
    return Picture(
        chart=alt.layer(*layers).properties(height=HEIGHT, title=_heading(title, *lines)),
        alt=_sentence(frame, median, baseline, words=f"{words}{said}", unit=unit, tests=len(marks)),
        table=_table(frame, title=title, unit=unit),
    )


def class_lines_picture(classes: pd.DataFrame, *, title: str, unit: str) -> Picture:
    """Each class's own line. `classes` has section_id, name, taken_on, assessment_name, students, value.

    At least one row; classes differ by shape first.
    """
    frame = classes.reset_index(drop=True)
    frame["taken_on"] = pd.to_datetime(frame["taken_on"])
    frame["label"] = frame["name"] + ", " + frame["section_id"]
    labels = list(dict.fromkeys(frame["label"]))
    shapes = [SECTION_SHAPES[place % len(SECTION_SHAPES)] for place in range(len(labels))]
    colours = [SECTION_COLOURS[place % len(SECTION_COLOURS)] for place in range(len(labels))]
    base = alt.Chart(as_drawn(frame)).encode(
        x=alt.X("taken_on:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=5, grid=False)),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, padding=12)),
        color=alt.Color("label:N", scale=alt.Scale(domain=labels, range=colours)),
        tooltip=[
            alt.Tooltip("label:N", title="Class"),
            alt.Tooltip("assessment_name:N", title="Assessment"),
            alt.Tooltip("students:Q", title="Students"),
            alt.Tooltip("value:Q", title=title, format=_DIGITS.get(unit, "+.2f")),
        ],
    )
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(
        shape=alt.Shape(
            "label:N",
            scale=alt.Scale(domain=labels, range=shapes),
            legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=480, symbolOpacity=1),
        )
    )
    return Picture(
        chart=alt.layer(base.mark_line(strokeWidth=1.5, opacity=0.7), dots).properties(
            height=HEIGHT, title=_heading(title, "one line per class")
        ),
        alt=f"{len(labels)} {'class' if len(labels) == 1 else 'classes'} over time, one line each."
        " The table below holds the numbers.",
        table=pd.DataFrame(
            {
                "Class": frame["label"],
                "Taken on": frame["taken_on"].dt.strftime("%-d %b %Y"),
                "Assessment": frame["assessment_name"],
                "Students": frame["students"],
                title: frame["value"].map(lambda value: figure_words(value, unit)),
            }
        ),
    )


def figure_words(value: float, unit: str) -> str:
    """A figure with its sign where it compares, in the digits of its unit."""
    return format(value, _DIGITS.get(unit, "+.2f"))


def _heading(title: str, *asides: str) -> alt.TitleParams:
    """What is drawn, over the chart: beside a narrow one an axis title would be cut off."""
    return alt.TitleParams(
        text=wrap(title, LINE_LETTERS),
        subtitle=[line for aside in asides for line in wrap(aside, LINE_LETTERS + 6)],
        anchor="start",
        fontSize=13,
        fontWeight="normal",
        subtitleFontSize=12,
        subtitleColor=EXPECTED_COLOUR,
    )


def _median_words(baseline: int) -> str:
    return f"median of the {baseline} before the test" if baseline else "median of all"


def _median_line(median: float) -> alt.Chart:
    rule: alt.Chart = (
        alt.Chart(as_drawn(pd.DataFrame({"value": [median]})))
        .mark_rule(color=EXPECTED_COLOUR, strokeDash=[6, 4], strokeWidth=2, aria=False)
        .encode(y="value:Q")
    )
    return rule


def _aim_layers(aim: tuple[float, str] | None, unit: str) -> list[alt.Chart]:
    """The level aimed at as a dotted line with its figure on it; what it says stands over the chart."""
    if aim is None:
        return []
    level, _ = aim
    base = alt.Chart(
        as_drawn(pd.DataFrame({"value": [level], "words": [f"aim {figure_words(level, unit)}"]}))
    )
    rule = base.mark_rule(color=AIM_COLOUR, strokeDash=[2, 3], strokeWidth=2, aria=False)
    words = base.mark_text(align="right", baseline="bottom", dy=-3, fontSize=12, color=AIM_COLOUR)
    return [rule.encode(y="value:Q"), words.encode(y="value:Q", x=alt.value("width"), text="words:N")]


def _test_frame(tests: Sequence[tuple[str, object, object]], frame: pd.DataFrame) -> pd.DataFrame:
    """The tests as bands; one long before the first assessment would only squeeze the line."""
    marks = pd.DataFrame(list(tests), columns=["title", "starts_on", "ends_on"])
    for column in ("starts_on", "ends_on"):
        marks[column] = pd.to_datetime(marks[column])
    marks["words"] = "test starts"
    kept: pd.DataFrame = marks[marks["ends_on"] >= frame["taken_on"].min() - pd.Timedelta(days=60)]
    return kept


def _test_layers(marks: pd.DataFrame, frame: pd.DataFrame) -> list[alt.Chart]:
    if marks.empty:
        return []
    base = alt.Chart(marks)
    tooltip = [
        alt.Tooltip("title:N", title="Test"),
        alt.Tooltip("starts_on:T", title="From"),
        alt.Tooltip("ends_on:T", title="To"),
    ]
    band = base.mark_rect(color=TEST_COLOUR, opacity=0.10).encode(
        x="starts_on:T", x2="ends_on:T", tooltip=tooltip
    )
    start = base.mark_rule(color=TEST_COLOUR, strokeWidth=2).encode(x="starts_on:T", tooltip=tooltip)
    end = base.mark_rule(color=TEST_COLOUR, strokeWidth=2, strokeDash=[3, 3]).encode(x="ends_on:T")
    # Written towards the middle of the chart, where there is room.
    first, last = frame["taken_on"].min(), max(frame["taken_on"].max(), marks["ends_on"].max())
    late = bool(marks["starts_on"].max() > first + (last - first) / 2)
    words = base.mark_text(
        align="right" if late else "left",
        baseline="top",
        dx=-5 if late else 5,
        fontSize=12,
        color=TEST_COLOUR,
    ).encode(x="starts_on:T", y=alt.value(2), text="words:N")
    return [band, start, end, words]


def _sentence(frame: pd.DataFrame, median: float, baseline: int, *, words: str, unit: str, tests: int) -> str:
    first, last = frame.iloc[0], frame.iloc[-1]
    of = f"the {baseline} assessments before the test" if baseline else "all assessments"
    ran = f" {'A test is' if tests == 1 else f'{tests} tests are'} marked." if tests else ""
    return (
        f"{len(frame)} {'assessment' if len(frame) == 1 else 'assessments'}, {first['taken_on']:%b %Y} to"
        f" {last['taken_on']:%b %Y}, from {figure_words(first['value'], unit)} to"
        f" {figure_words(last['value'], unit)} {unit}; median of {of} {figure_words(median, unit)}."
        f"{ran} {words} The table below holds the numbers."
    )


def _table(frame: pd.DataFrame, *, title: str, unit: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Taken on": frame["taken_on"].dt.strftime("%-d %b %Y"),
            "Assessment": frame["assessment_name"],
            "Students": frame["students"],
            title: frame["value"].map(lambda value: figure_words(value, unit)),
            "Range": [
                f"{figure_words(low, unit)} to {figure_words(high, unit)}"
                for low, high in zip(frame["lower"], frame["upper"], strict=True)
            ],
            "Rule": frame["signal"].where(frame["signal"] != USUAL, ""),
        }
    )
