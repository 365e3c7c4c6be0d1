"""The forest plot: every test of a practice over the pool of them all, whichever way it came out.

Names stand above their lines instead of beside them, so that the picture reads on a phone and on a wall.
"""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import (
    EFFECT_COLOUR,
    EFFECT_TITLE,
    SECTION_COLOURS,
    Picture,
    as_drawn,
    effect_domain,
    expected_line,
    interval_words,
    signed,
)

# Pixels per line, its name above it included, and for the axis.
ROW_HEIGHT, AXIS_HEIGHT = 46, 50
AXIS_LABEL: Final = "datum.value == 0 ? '0' : format(datum.value, '+.1f')"
POOL_COLOUR: Final = SECTION_COLOURS[1]
POOLED: Final = "All tests together"
NEXT_CLASS: Final = "Where most new classes would be"


def forest_picture(tests: pd.DataFrame, *, pooled: pd.DataFrame | None = None) -> Picture:
    """One line per test, then the pool and where 90 % of new classes would lie.

    `tests` has label (short), name (in full), effect, lower, upper (student SD, 90 % interval), students (NaN
    where hidden) and design, in the order to draw them; at least one row. `pooled` has one row with
    effect, lower, upper and prediction_lower, prediction_upper (NaN where none).
    """
    lines = tests[["label", "effect", "lower", "upper", "students"]].assign(part="test")
    if pooled is not None and not pooled.empty:
        lines = pd.concat([lines, _pool_lines(pooled)], ignore_index=True)
    lines = lines.assign(place=range(len(lines)))
    low, high = effect_domain(lines)
    x = alt.X(
        "lower:Q",
        title=EFFECT_TITLE,
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(labelExpr=AXIS_LABEL, tickCount=5, grid=False),
    )
    y = alt.Y("place:O", axis=None, sort="ascending")
    base = alt.Chart(as_drawn(lines)).encode(y=y)
    colour = alt.condition(
        alt.datum.part == "test", alt.value(EFFECT_COLOUR), alt.value(POOL_COLOUR), empty=False
    )
    ranges = base.transform_filter(alt.datum.part != "next").mark_rule(strokeWidth=3, opacity=0.75)
    next_class = base.transform_filter(alt.datum.part == "next").mark_rule(strokeWidth=3, strokeDash=[6, 4])
    points = base.transform_filter(alt.datum.part == "test").mark_point(
        shape="square", filled=True, size=90, opacity=1, color=EFFECT_COLOUR
    )
    diamond = base.transform_filter(alt.datum.part == "pool").mark_point(
        shape="diamond", filled=True, size=220, opacity=1, color=POOL_COLOUR
    )
    names = base.mark_text(align="left", baseline="bottom", dy=-9, fontSize=13, limit=290).encode(
        x=alt.value(2), text="label:N", color=alt.value(EFFECT_COLOUR)
    )
    tooltip = [
        alt.Tooltip("label:N", title="Which"),
        alt.Tooltip("effect:Q", title="Effect", format="+.2f"),
        alt.Tooltip("lower:Q", title="From", format="+.2f"),
        alt.Tooltip("upper:Q", title="To", format="+.2f"),
    ]
    chart = alt.layer(
        expected_line(horizontal=False),
        ranges.encode(x=x, x2="upper:Q", color=colour, tooltip=tooltip),
        next_class.encode(x=x, x2="upper:Q", color=alt.value(POOL_COLOUR), tooltip=tooltip),
        points.encode(x="effect:Q", tooltip=tooltip),
        diamond.encode(x="effect:Q", tooltip=tooltip),
        names,
    ).properties(height=ROW_HEIGHT * len(lines) + AXIS_HEIGHT)
    return Picture(chart=chart, alt=_alt(tests, pooled), table=_table(tests, pooled))


def _pool_lines(pooled: pd.DataFrame) -> pd.DataFrame:
    pool = pooled.iloc[[0]]
    lines = [pool[["effect", "lower", "upper"]].assign(label=POOLED, part="pool")]
    if pool["prediction_lower"].notna().all():
        bounds = pool[["prediction_lower", "prediction_upper"]].set_axis(["lower", "upper"], axis=1)
        lines.append(bounds.assign(label=NEXT_CLASS, part="next"))
    return pd.concat(lines, ignore_index=True)


def _alt(tests: pd.DataFrame, pooled: pd.DataFrame | None) -> str:
    below = int((tests["effect"] < 0).sum())
    count = "1 test" if len(tests) == 1 else f"{len(tests)} tests"
    words = f"{count} of this practice, each with its effect and 90 % range; {below} below zero."
    if pooled is not None and not pooled.empty:
        pool = pooled.iloc[0]
        words += (
            f" Together {signed(pool['effect'])} SD (90 % range"
            f" {interval_words(pool['lower'], pool['upper'])})."
        )
    return f"{words} The dashed upright line is no effect. The table below holds the numbers."


def _table(tests: pd.DataFrame, pooled: pd.DataFrame | None) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "Which": tests["name"],
            "Effect (SD)": tests["effect"].map(signed),
            "90 % range": [
                interval_words(low, high) for low, high in zip(tests["lower"], tests["upper"], strict=True)
            ],
            "Students": [
                "not shown" if pd.isna(students) else f"{students:.0f}" for students in tests["students"]
            ],
            "How tested": tests["design"],
        }
    )
    if pooled is None or pooled.empty:
        return rows
    pool = pooled.iloc[0]
    further = [(POOLED, signed(pool["effect"]), interval_words(pool["lower"], pool["upper"]), "", "")]
    if pd.notna(pool["prediction_lower"]):
        bounds = interval_words(pool["prediction_lower"], pool["prediction_upper"])
        further.append((NEXT_CLASS, "", bounds, "", ""))
    return pd.concat([rows, pd.DataFrame(further, columns=rows.columns)], ignore_index=True)
