"""Each occasion of a teacher's classes: one assessment of one section, with its interval."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import (
    EFFECT_TITLE,
    SECTION_COLOURS,
    SECTION_SHAPES,
    Picture,
    as_drawn,
    effect_domain,
    expected_line,
    interval_words,
    signed,
)

# Pixels; the width follows the page, down to 320.
HEIGHT: Final = 260
# The sections of one assessment stand side by side within this share of the shortest gap between dates.
SPREAD: Final = 0.5
# More sections than this of one year share a shape.
SHAPES: Final = len(SECTION_SHAPES)


def occasions_picture(occasions: pd.DataFrame) -> Picture:
    """Occasions over time, a shape per class, a line through each for its interval.

    `occasions` has one row per section and assessment: section_id, school_year, assessment_name,
    taken_on (date), students, and effect, lower, upper in student SD. At least one row.
    """
    frame = occasions.sort_values(["taken_on", "section_id"]).reset_index(drop=True)
    frame["taken_on"] = pd.to_datetime(frame["taken_on"])
    # A section lasts one year, so the shapes start anew each year.
    frame["position"] = frame.groupby("school_year")["section_id"].transform(
        lambda ids: ids.map({section: index for index, section in enumerate(ids.unique())})
    )
    frame["class_label"] = (frame["position"] % SHAPES + 1).astype(str)
    frame["shown_on"] = frame["taken_on"] + _sideways(frame)
    frame["interval"] = [
        interval_words(low, high) for low, high in zip(frame["lower"], frame["upper"], strict=True)
    ]
    labels = [str(number) for number in range(1, min(SHAPES, int(frame["position"].max()) + 1) + 1)]
    x = alt.X(
        "shown_on:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=6, grid=False)
    )
    low, high = effect_domain(frame)
    colour = alt.Color(
        "class_label:N",
        scale=alt.Scale(domain=labels, range=list(SECTION_COLOURS[: len(labels)])),
        legend=alt.Legend(title="Class", orient="bottom", titleOrient="left", symbolOpacity=1, symbolSize=80)
        if len(labels) > 1
        else None,
    )
    base = alt.Chart(as_drawn(frame)).encode(
        x=x,
        color=colour,
        tooltip=[
            alt.Tooltip("assessment_name:N", title="Assessment"),
            alt.Tooltip("taken_on:T", title="Taken on"),
            alt.Tooltip("section_id:N", title="Class"),
            alt.Tooltip("students:Q", title="Students"),
            alt.Tooltip("effect:Q", title="Effect", format="+.2f"),
            alt.Tooltip("interval:N", title="Range"),
        ],
    )
    y = alt.Y("lower:Q", title=EFFECT_TITLE, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    intervals = base.mark_rule(strokeWidth=2, opacity=0.55).encode(y=y, y2="upper:Q")
    points = base.mark_point(filled=True, size=64, opacity=1).encode(
        y="effect:Q",
        shape=alt.Shape(
            "class_label:N", scale=alt.Scale(domain=labels, range=list(SECTION_SHAPES[: len(labels)]))
        ),
    )
    chart = alt.layer(expected_line(horizontal=True), intervals, points).properties(height=HEIGHT)
    return Picture(chart=chart, alt=_sentence(frame), table=_table(frame))


def _sideways(frame: pd.DataFrame) -> pd.Series[pd.Timedelta]:
    """How far each point moves from its date, so that classes with one date stand side by side."""
    dates = frame["taken_on"].drop_duplicates().sort_values()
    gap = dates.diff().min()
    days = gap / timedelta(days=1) if pd.notna(gap) else 14.0
    classes = int(frame["position"].max()) + 1
    step = SPREAD * min(days, 28.0) / max(classes, 1)
    centre = frame.groupby("school_year")["position"].transform("max") / 2
    shift: pd.Series[pd.Timedelta] = pd.to_timedelta((frame["position"] - centre) * step, unit="D")
    return shift


def _sentence(frame: pd.DataFrame) -> str:
    above = int((frame["effect"] > 0).sum())
    clear = int((frame["lower"] > 0).sum())
    first, last = frame["taken_on"].iloc[0], frame["taken_on"].iloc[-1]
    classes = frame[["school_year", "section_id"]].drop_duplicates().shape[0]
    occasions = "1 occasion" if len(frame) == 1 else f"{len(frame)} occasions"
    return (
        f"{occasions} in {'1 class' if classes == 1 else f'{classes} classes'},"
        f" {first:%b %Y} to {last:%b %Y}: {above} of {len(frame)} lie above what was"
        f" expected, {clear} with their whole range."
        " The table below holds the numbers."
    )


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Taken on": frame["taken_on"].dt.strftime("%-d %b %Y"),
            "Assessment": frame["assessment_name"],
            "Class": frame["section_id"],
            "Shown as": "class " + frame["class_label"],
            "Students": frame["students"],
            "Effect (SD)": frame["effect"].map(signed),
            "Range": frame["interval"],
        }
    )
