"""What was predicted beside what came out, with the range the result leaves open."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import (
    EFFECT_COLOUR,
    EXPECTED_COLOUR,
    Picture,
    as_drawn,
    effect_domain,
    expected_line,
    interval_words,
    signed,
)

ROW_HEIGHT: Final = 54
PREDICTED, FOUND = "We predicted", "Best estimate"
_PREDICTION_COLOUR: Final = "#b7670a"


def prediction_picture(rows: pd.DataFrame, *, points: float | None) -> Picture:
    """A diamond for the prediction, a circle with its range for each estimate, zero dashed.

    `rows` has name, kind ('prediction' or 'estimate'), effect and lower, upper (missing for a prediction)
    in student SD; `points` is one SD in points of the measure, None where not known.
    """
    frame = rows.assign(
        lower=rows["lower"].fillna(rows["effect"]),
        upper=rows["upper"].fillna(rows["effect"]),
        label=[signed(effect) for effect in rows["effect"]],
    )
    order = frame["name"].tolist()
    low, high = effect_domain(frame)
    base = alt.Chart(as_drawn(frame)).encode(
        y=alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelLimit=140, domain=False, ticks=False)),
        tooltip=[
            alt.Tooltip("name:N", title="What"),
            alt.Tooltip("effect:Q", title="SD", format="+.2f"),
            alt.Tooltip("lower:Q", title="from", format="+.2f"),
            alt.Tooltip("upper:Q", title="to", format="+.2f"),
        ],
    )
    x = alt.X(
        "lower:Q",
        title="Difference in student SD",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(tickCount=6),
    )
    ranges = base.mark_rule(strokeWidth=3, opacity=0.55, color=EFFECT_COLOUR).encode(x=x, x2="upper:Q")
    marks = base.mark_point(filled=True, size=150, opacity=1).encode(
        x="effect:Q",
        shape=alt.Shape(
            "kind:N",
            scale=alt.Scale(domain=["prediction", "estimate"], range=["diamond", "circle"]),
            legend=None,
        ),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["prediction", "estimate"], range=[_PREDICTION_COLOUR, EFFECT_COLOUR]),
            legend=None,
        ),
    )
    words = base.mark_text(dy=-14, fontSize=12, color=EXPECTED_COLOUR).encode(x="effect:Q", text="label:N")
    chart = alt.layer(expected_line(horizontal=False), ranges, marks, words).properties(
        height=alt.Step(ROW_HEIGHT)
    )
    return Picture(chart=chart, alt=_sentence(frame), table=_table(frame, points=points))


def _sentence(frame: pd.DataFrame) -> str:
    parts = []
    for row in frame.to_dict("records"):
        reach = "" if row["kind"] == "prediction" else f", range {interval_words(row['lower'], row['upper'])}"
        parts.append(f"{row['name']} {signed(row['effect'])} SD{reach}")
    return f"{'; '.join(parts)}. The dashed line is no difference. The table below holds the numbers."


def _table(frame: pd.DataFrame, *, points: float | None) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "What": frame["name"],
            "Difference (SD)": frame["effect"].map(signed),
            "90 % range": [
                "" if kind == "prediction" else interval_words(low, high)
                for kind, low, high in zip(frame["kind"], frame["lower"], frame["upper"], strict=True)
            ],
        }
    )
    if points is not None:
        table.insert(1, "Points", [f"{effect * points:+.1f}" for effect in frame["effect"]])
    return table
