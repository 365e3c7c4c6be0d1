"""The effect by standard or by group of students, one line each, as a list a phone can show."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import (
    EFFECT_COLOUR,
    EFFECT_TITLE,
    Picture,
    as_drawn,
    effect_domain,
    expected_line,
    interval_words,
    signed,
)

# Pixels per line, so that names never overlap in the large type of a wall either, and for the axis below.
ROW_HEIGHT: Final = 40
AXIS_HEIGHT: Final = 90


def standards_picture(standards: pd.DataFrame) -> Picture:
    """One line per standard with its interval, in the order of their names.

    `standards` has standard_id, students, and effect, lower, upper in student SD. At least one row.
    """
    frame = standards.rename(columns={"standard_id": "name"}).sort_values("name")
    return _lines(frame, one="Standard", many="standards")


def groups_picture(groups: pd.DataFrame) -> Picture:
    """One line per group of students with its interval, in the given order.

    `groups` has student_group, students, and effect, lower, upper in student SD. At least one row.
    """
    names = groups["student_group"].str.replace("_", " ")
    return _lines(groups.assign(name=names), one="Students", many="groups of students")


def _lines(rows: pd.DataFrame, *, one: str, many: str) -> Picture:
    frame = rows.reset_index(drop=True)
    frame["interval"] = [
        interval_words(low, high) for low, high in zip(frame["lower"], frame["upper"], strict=True)
    ]
    low, high = effect_domain(frame)
    base = alt.Chart(as_drawn(frame)).encode(
        y=alt.Y(
            "name:N",
            title=None,
            sort=None,
            axis=alt.Axis(labelLimit=130, labelOverlap=False, ticks=False, domain=False),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=one),
            alt.Tooltip("students:Q", title="Students"),
            alt.Tooltip("effect:Q", title="Effect", format="+.2f"),
            alt.Tooltip("interval:N", title="Range"),
        ],
    )
    x = alt.X("lower:Q", title=EFFECT_TITLE, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    intervals = base.mark_rule(color=EFFECT_COLOUR, strokeWidth=3, opacity=0.5).encode(x=x, x2="upper:Q")
    points = base.mark_point(color=EFFECT_COLOUR, filled=True, size=70, opacity=1).encode(x="effect:Q")
    above = frame.loc[frame["lower"] > 0, "name"].tolist()
    named = f" Clearly above: {', '.join(above)}." if above else " None clearly above on its own."
    return Picture(
        chart=alt.layer(expected_line(horizontal=False), intervals, points).properties(
            height=ROW_HEIGHT * len(frame) + AXIS_HEIGHT
        ),
        alt=f"Effect of {len(frame)} {many}.{named} The table below holds the numbers.",
        table=pd.DataFrame(
            {
                one: frame["name"],
                "Number" if one == "Students" else "Students": frame["students"],
                "Effect (SD)": frame["effect"].map(signed),
                "Range": frame["interval"],
            }
        ),
    )
