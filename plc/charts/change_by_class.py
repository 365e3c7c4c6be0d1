"""How far each class moved since a test began: the team first, then the classes that may be shown."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import (
    EFFECT_COLOUR,
    Picture,
    as_drawn,
    effect_domain,
    expected_line,
    interval_words,
    signed,
)

ROW_HEIGHT: Final = 38
TITLE: Final = "Change in SD"
TEAM_COLOUR: Final = "#b7670a"


def change_by_class_picture(changes: pd.DataFrame) -> Picture:
    """One line per class with its interval, in the given order; the team's line is a diamond.

    `changes` has name, is_team, students, unmatched, and change, lower, upper in student SD. At least one
    row.
    """
    frame = changes.reset_index(drop=True)
    frame["kind"] = frame["is_team"].map({True: "the whole team", False: "a class"})
    frame["interval"] = [
        interval_words(low, high) for low, high in zip(frame["lower"], frame["upper"], strict=True)
    ]
    low, high = effect_domain(frame)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["the whole team", "a class"], range=[TEAM_COLOUR, EFFECT_COLOUR]),
        legend=alt.Legend(title=None, orient="bottom", columns=1, symbolOpacity=1),
    )
    base = alt.Chart(as_drawn(frame)).encode(
        y=alt.Y(
            "name:N",
            title=None,
            sort=None,
            axis=alt.Axis(labelLimit=170, labelOverlap=False, ticks=False, domain=False),
        ),
        color=colour,
        tooltip=[
            alt.Tooltip("name:N", title="Who"),
            alt.Tooltip("students:Q", title="Students before and after"),
            alt.Tooltip("change:Q", title="Change", format="+.2f"),
            alt.Tooltip("interval:N", title="Range"),
        ],
    )
    x = alt.X("lower:Q", title=TITLE, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    intervals = base.mark_rule(strokeWidth=3, opacity=0.5).encode(x=x, x2="upper:Q")
    points = base.mark_point(filled=True, size=90, opacity=1).encode(
        x="change:Q",
        shape=alt.Shape(
            "kind:N", scale=alt.Scale(domain=["the whole team", "a class"], range=["diamond", "circle"])
        ),
    )
    clear = int((frame["lower"] > 0).sum())
    return Picture(
        chart=alt.layer(expected_line(horizontal=False), intervals, points).properties(
            height=ROW_HEIGHT * len(frame) + 90
        ),
        alt=(
            f"Change of {len(frame)} {'group' if len(frame) == 1 else 'groups'} since the test began:"
            f" {clear} clearly above none. The table below holds the numbers."
        ),
        table=pd.DataFrame(
            {
                "Who": frame["name"],
                "Students before and after": frame["students"],
                "Only after, left out": frame["unmatched"],
                TITLE: frame["change"].map(signed),
                "Range": frame["interval"],
            }
        ),
    )
