"""The funnel: how far figures spread at each number of students, and where the points one may see lie.

Points are the viewer's own and those whose names she may see; everyone else is only in the bands.
Spiegelhalter 2005, Statistics in Medicine 24:1185, for control limits on a funnel.
"""

from __future__ import annotations

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from plc.charts.picture import (
    BAND_DIGITS,
    EFFECT_COLOUR,
    EFFECT_TITLE,
    EXPECTED_COLOUR,
    Picture,
    as_drawn,
    expected_line,
    signed,
)

HEIGHT: Final = 300
# How many times fewer and more students than the points have are shown, so that the narrowing is seen.
ROOM: Final = 6.0


def funnel_picture(points: pd.DataFrame, bands: pd.DataFrame) -> Picture:
    """Points over the bands of everyone, with the limits of chance as dashed lines.

    `points` has name, students and effect (student SD, before allowing for luck), at least one row; `bands`
    has students and the edges chance_, all_ and middle_ lower and upper: nine in ten by chance alone, nine
    in ten of all teachers, and their middle half.
    """
    shown = _near(points, bands)
    x = alt.X(
        "students:Q", title="Students", scale=alt.Scale(type="log", nice=False), axis=alt.Axis(tickCount=5)
    )
    ground = alt.Chart(as_drawn(shown, digits=BAND_DIGITS)).encode(x=x)
    everyone = ground.mark_area(color=EXPECTED_COLOUR, opacity=0.16).encode(
        y=alt.Y("all_lower:Q", title=EFFECT_TITLE), y2="all_upper:Q"
    )
    middle = ground.mark_area(color=EXPECTED_COLOUR, opacity=0.24).encode(
        y="middle_lower:Q", y2="middle_upper:Q"
    )
    limits = [
        ground.mark_line(color=EXPECTED_COLOUR, strokeDash=[2, 3], strokeWidth=1.5).encode(y=f"{edge}:Q")
        for edge in ("chance_lower", "chance_upper")
    ]
    base = alt.Chart(as_drawn(points)).encode(
        x=x,
        y="effect:Q",
        tooltip=[
            alt.Tooltip("name:N", title="Who"),
            alt.Tooltip("students:Q", title="Students"),
            alt.Tooltip("effect:Q", title="Difference", format="+.2f"),
        ],
    )
    marks = base.mark_point(color=EFFECT_COLOUR, filled=True, size=90, opacity=1)
    names = base.mark_text(align="center", dy=-12, fontSize=12, color=EFFECT_COLOUR).encode(text="name:N")
    layers = [everyone, middle, expected_line(horizontal=True), *limits, marks, names]
    limit = np.interp(points["students"], bands["students"], bands["chance_upper"])
    outside = int((points["effect"] > limit).sum())
    return Picture(
        chart=alt.layer(*layers).properties(height=HEIGHT),
        alt=(
            f"{'1 point' if len(points) == 1 else f'{len(points)} points'} over grey bands that hold the"
            " middle half and nine in ten of all teachers; dashed lines show how far chance alone would go."
            f" {outside} of {len(points)} {'lies' if outside == 1 else 'lie'} above what chance alone would"
            " give. The table below holds the numbers."
        ),
        table=pd.DataFrame(
            {
                "Who": points["name"],
                "Students": points["students"],
                "Difference (SD)": points["effect"].map(signed),
                "Chance alone reaches": [f"{-reach:+.2f} to {reach:+.2f}" for reach in limit],
            }
        ),
    )


def _near(points: pd.DataFrame, bands: pd.DataFrame) -> pd.DataFrame:
    """The part of the bands around the points."""
    fewest, most = points["students"].min() / ROOM, points["students"].max() * ROOM
    near = bands[bands["students"].between(fewest, most)]
    return near if len(near) > 1 else bands
