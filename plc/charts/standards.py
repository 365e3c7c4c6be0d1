"""The effect by standard, one line each, as a list a phone can show."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import (
    EFFECT_COLOUR,
    EFFECT_TITLE,
    Picture,
    effect_domain,
    expected_line,
    interval_words,
    signed,
)

# Pixels per standard, so that names never overlap.
ROW_HEIGHT: Final = 34


def standards_picture(standards: pd.DataFrame) -> Picture:
    """One row per standard with its interval.

    `standards` has standard_id, students, and effect, lower, upper in student SD. At least one row.
    """
    frame = standards.sort_values("standard_id").reset_index(drop=True)
    frame["interval"] = [
        interval_words(low, high) for low, high in zip(frame["lower"], frame["upper"], strict=True)
    ]
    low, high = effect_domain(frame)
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "standard_id:N", title=None, sort=None, axis=alt.Axis(labelLimit=110, ticks=False, domain=False)
        ),
        tooltip=[
            alt.Tooltip("standard_id:N", title="Standard"),
            alt.Tooltip("students:Q", title="Students"),
            alt.Tooltip("effect:Q", title="Effect", format="+.2f"),
            alt.Tooltip("interval:N", title="Range"),
        ],
    )
    x = alt.X("lower:Q", title=EFFECT_TITLE, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    intervals = base.mark_rule(color=EFFECT_COLOUR, strokeWidth=3, opacity=0.5).encode(x=x, x2="upper:Q")
    points = base.mark_point(color=EFFECT_COLOUR, filled=True, size=70, opacity=1).encode(x="effect:Q")
    # A filled point has its whole range above the line; colour and side never say it alone.
    chart = alt.layer(expected_line(horizontal=False), intervals, points).properties(
        height=ROW_HEIGHT * (len(frame) + 1)
    )
    above = frame.loc[frame["lower"] > 0, "standard_id"].tolist()
    named = f" Clearly above: {', '.join(above)}." if above else " None clearly above on its own."
    return Picture(
        chart=chart,
        alt=f"Effect by standard for {len(frame)} standards.{named} The table below holds the numbers.",
        table=pd.DataFrame(
            {
                "Standard": frame["standard_id"],
                "Students": frame["students"],
                "Effect (SD)": frame["effect"].map(signed),
                "Range": frame["interval"],
            }
        ),
    )
