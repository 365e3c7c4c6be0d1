"""Catching up in two pictures: the share over the years, and each group beside what was expected."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import EFFECT_COLOUR, EXPECTED_COLOUR, Picture, as_drawn
from plc.core.disclosure import TOLD_DIGITS

CURVE_HEIGHT: Final = 260
# Pixels per group, so that names never overlap, and for the axis below them.
ROW_HEIGHT, AXIS_HEIGHT = 34, 60
CURVE_TITLE: Final = "Share now at level"
SHARE_TITLE: Final = "Share of students"


def catch_up_curve_picture(points: pd.DataFrame) -> Picture:
    """Share caught up within so many years of falling behind (Kaplan-Meier), one row per year.

    `points` has years (1..), at_risk (students), share, lower, upper (0 to 1). At least one row.
    """
    last = int(points["years"].max())
    start = pd.DataFrame({"years": [0.0], "share": [0.0], "lower": [0.0], "upper": [0.0]})
    # The last step runs on, so that one year is a step too.
    end = points.tail(1).assign(years=last + 0.5)
    frame = pd.concat([start, points, end], ignore_index=True)
    x = alt.X(
        "years:Q",
        title="Years since first seen behind",
        axis=alt.Axis(values=list(range(last + 1)), format="d", grid=False),
        scale=alt.Scale(domain=[0, last + 0.5], nice=False),
    )
    y = alt.Y("share:Q", title=CURVE_TITLE, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    base = alt.Chart(as_drawn(frame)).encode(x=x)
    # A student's level is known once a year, so the share steps up at the year's end.
    band = base.mark_area(color=EFFECT_COLOUR, opacity=0.2, interpolate="step-after").encode(
        y=alt.Y("lower:Q", title=CURVE_TITLE, scale=alt.Scale(domain=[0, 1])), y2="upper:Q"
    )
    line = base.mark_line(color=EFFECT_COLOUR, strokeWidth=2.5, interpolate="step-after").encode(y=y)
    marks = (
        alt.Chart(as_drawn(points))
        .mark_point(color=EFFECT_COLOUR, filled=True, size=70, opacity=1)
        .encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("years:Q", title="Years"),
                alt.Tooltip("share:Q", title="Caught up", format=".0%"),
                alt.Tooltip("lower:Q", title="From", format=".0%"),
                alt.Tooltip("upper:Q", title="To", format=".0%"),
                alt.Tooltip("at_risk:Q", title="Students still behind as the year began"),
            ],
        )
    )
    said = "; ".join(
        f"{_percent(share)} within {years} {'year' if years == 1 else 'years'}"
        for years, share in zip(points["years"], points["share"], strict=True)
    )
    return Picture(
        chart=alt.layer(band, line, marks).properties(height=CURVE_HEIGHT),
        alt=(
            f"Share of students who fell behind and have caught up: {said}."
            " The table below holds the numbers."
        ),
        table=pd.DataFrame(
            {
                "Years since": points["years"],
                "Caught up": points["share"].map(_percent),
                "Range": _ranges(points),
                "Still behind as the year began": points["at_risk"],
            }
        ),
    )


def catch_up_groups_picture(groups: pd.DataFrame, *, measure: str) -> Picture:
    """One line per school or student group: its share with a range, and a tick where it was expected.

    `groups` has name, share, lower, upper, expected (0 to 1, NaN where none), in the order to draw them;
    `measure` says what the share is of ("caught up within a year"). At least one row.
    """
    frame = groups.reset_index(drop=True)
    base = alt.Chart(as_drawn(frame)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=180, ticks=False, domain=False)),
        tooltip=[
            alt.Tooltip("name:N", title="Group"),
            alt.Tooltip("share:Q", title=measure.capitalize(), format=".0%"),
            alt.Tooltip("expected:Q", title="Expected", format=".0%"),
        ],
    )
    # The axis begins at nobody and ends where the widest range does, at half of the students or beyond.
    end = max(0.5, float(frame[["share", "upper", "expected"]].max().max()) + 0.05)
    scale = alt.Scale(domain=[0, round(min(1.0, end), TOLD_DIGITS)], nice=False)
    ranges = base.mark_rule(color=EFFECT_COLOUR, strokeWidth=3, opacity=0.5).encode(
        x=alt.X("lower:Q", title=SHARE_TITLE, axis=alt.Axis(format="%"), scale=scale), x2="upper:Q"
    )
    points = base.mark_point(color=EFFECT_COLOUR, filled=True, size=70, opacity=1).encode(x="share:Q")
    ticks = base.mark_tick(color=EXPECTED_COLOUR, thickness=3, size=20).encode(x="expected:Q")
    has_expected = bool(frame["expected"].notna().any())
    beside = ", with a grey tick where their starting points let one expect" if has_expected else ""
    table = pd.DataFrame({"Group": frame["name"], measure.capitalize(): frame["share"].map(_percent)})
    table["Range"] = _ranges(frame)
    if has_expected:
        table["Expected"] = frame["expected"].map(_percent)
    return Picture(
        chart=alt.layer(ranges, *([ticks] if has_expected else []), points).properties(
            height=ROW_HEIGHT * len(frame) + AXIS_HEIGHT
        ),
        alt=(
            f"Share {measure} for {len(frame)} {'group' if len(frame) == 1 else 'groups'}{beside}."
            " The table below holds the numbers."
        ),
        table=table,
    )


def _percent(share: float) -> str:
    return "not shown" if pd.isna(share) else f"{100 * share:.0f} %"


def _ranges(frame: pd.DataFrame) -> list[str]:
    return [
        "not shown" if pd.isna(low) else f"{100 * low:.0f} to {100 * high:.0f} %"
        for low, high in zip(frame["lower"], frame["upper"], strict=True)
    ]
