"""The funnel: how far chance alone carries a class of a given size, and where the viewer's own points lie.

Points are the viewer's own and those whose names she may see; everyone else is only in the bands.
Spiegelhalter 2005, Statistics in Medicine 24:1185, for control limits on a funnel.
"""

from __future__ import annotations

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from plc.charts.picture import EFFECT_COLOUR, EFFECT_TITLE, EXPECTED_COLOUR, Picture, interval_words, signed

HEIGHT: Final = 300
# Two-sided 90 % of a normal distribution, the interval used everywhere on screen.
NINETY_PERCENT: Final = 1.645
# Steps of the bands along the axis of students.
STEPS: Final = 40


def funnel_limits_frame(
    *, student_variance: float, teacher_variance: float, fewest: int, most: int
) -> pd.DataFrame:
    """Bands by number of students, in student SD.

    `student_variance` is the variance of one student's adjusted result, so that chance alone gives a
    mean of n students a variance of student_variance / n; `teacher_variance` is how much teachers
    differ on top. Columns: students, chance_lower, chance_upper, all_lower, all_upper.
    """
    students = np.unique(np.geomspace(max(fewest, 1), max(most, fewest + 1), STEPS).round())
    chance = NINETY_PERCENT * np.sqrt(student_variance / students)
    everyone = NINETY_PERCENT * np.sqrt(student_variance / students + teacher_variance)
    return pd.DataFrame(
        {
            "students": students,
            "chance_lower": -chance,
            "chance_upper": chance,
            "all_lower": -everyone,
            "all_upper": everyone,
        }
    )


def funnel_picture(points: pd.DataFrame, limits: pd.DataFrame) -> Picture:
    """Points over the two bands.

    `points` has name, students, effect, lower, upper; `limits` comes from `funnel_limits_frame`.
    """
    x = alt.X("students:Q", title="Students", scale=alt.Scale(nice=False, zero=False))
    bands = alt.Chart(limits).encode(x=x)
    everyone = bands.mark_area(color=EXPECTED_COLOUR, opacity=0.18).encode(
        y=alt.Y("all_lower:Q", title=EFFECT_TITLE), y2="all_upper:Q"
    )
    chance = bands.mark_area(color=EXPECTED_COLOUR, opacity=0.25).encode(
        y="chance_lower:Q", y2="chance_upper:Q"
    )
    frame = points.assign(
        interval=[
            interval_words(low, high) for low, high in zip(points["lower"], points["upper"], strict=True)
        ]
    )
    base = alt.Chart(frame).encode(
        x=x,
        tooltip=[
            alt.Tooltip("name:N", title="Who"),
            alt.Tooltip("students:Q", title="Students"),
            alt.Tooltip("effect:Q", title="Effect", format="+.2f"),
            alt.Tooltip("interval:N", title="Range"),
        ],
    )
    rules = base.mark_rule(color=EFFECT_COLOUR, strokeWidth=2, opacity=0.6).encode(y="lower:Q", y2="upper:Q")
    marks = base.mark_point(color=EFFECT_COLOUR, filled=True, size=80, opacity=1).encode(y="effect:Q")
    names = base.mark_text(align="left", dx=8, dy=-6, fontSize=12, color=EFFECT_COLOUR).encode(
        y="effect:Q", text="name:N"
    )
    outside = int(
        (frame["effect"] > np.interp(frame["students"], limits["students"], limits["chance_upper"])).sum()
    )
    return Picture(
        chart=alt.layer(everyone, chance, rules, marks, names).properties(height=HEIGHT),
        alt=(
            f"{len(frame)} {'point' if len(frame) == 1 else 'points'} over two bands: the darker holds"
            " nine in ten classes if only chance were at work, the lighter nine in ten of all teachers."
            f" {outside} of {len(frame)} lie above what chance alone would give."
            " The table below holds the numbers."
        ),
        table=pd.DataFrame(
            {
                "Who": frame["name"],
                "Students": frame["students"],
                "Effect (SD)": frame["effect"].map(signed),
                "Range": frame["interval"],
            }
        ),
    )
