"""Did we do it? A dot and a word per class and week: what was said is read, not guessed from a colour."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from plc.charts.picture import EFFECT_COLOUR, EXPECTED_COLOUR, Picture

ROW_HEIGHT: Final = 46
# A full mark of its own shape for each answer, an empty one for none; colour repeats shape and word.
ANSWERS: Final = ("fully", "partly", "no", "no reply")
_SHAPES: Final = ("circle", "diamond", "cross", "circle")
_COLOURS: Final = (EFFECT_COLOUR, "#b7670a", "#b8557c", EXPECTED_COLOUR)
_LONGEST_NAME: Final = 22


def fidelity_picture(answers: pd.DataFrame) -> Picture:
    """Rows are classes, columns weeks.

    `answers` has class_name, week (from 1), done (one of `ANSWERS`), times (or missing) and changed, at
    least one row.
    """
    frame = answers.assign(
        week_name="Week " + answers["week"].astype(str),
        shown_name=[
            name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
            for name in answers["class_name"]
        ],
    )
    weeks = list(dict.fromkeys(frame.sort_values("week")["week_name"]))
    base = alt.Chart(frame).encode(
        x=alt.X(
            "week_name:N",
            title=None,
            sort=weeks,
            axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False),
        ),
        y=alt.Y("class_name:N", title=None, axis=alt.Axis(labelLimit=150, domain=False, ticks=False)),
        tooltip=[
            alt.Tooltip("class_name:N", title="Class"),
            alt.Tooltip("week_name:N", title="When"),
            alt.Tooltip("done:N", title="Did it"),
            alt.Tooltip("changed:N", title="What changed"),
        ],
    )
    said = alt.datum.done != "no reply"
    ring = base.transform_filter(~said).mark_point(
        filled=False, size=110, strokeWidth=1.5, color=EXPECTED_COLOUR, yOffset=-8
    )
    dots = (
        base.transform_filter(said)
        .mark_point(filled=True, size=130, opacity=1, yOffset=-8)
        .encode(
            shape=alt.Shape(
                "done:N", scale=alt.Scale(domain=list(ANSWERS), range=list(_SHAPES)), legend=None
            ),
            color=alt.Color(
                "done:N", scale=alt.Scale(domain=list(ANSWERS), range=list(_COLOURS)), legend=None
            ),
        )
    )
    words = base.mark_text(dy=12, fontSize=12, color=EXPECTED_COLOUR).encode(text="done:N")
    chart = alt.layer(dots, ring, words).properties(height=alt.Step(ROW_HEIGHT))
    return Picture(chart=chart, alt=_sentence(frame), table=_table(frame))


def _sentence(frame: pd.DataFrame) -> str:
    latest = frame[frame["week"] == frame["week"].max()]
    counts = [
        f"{int((latest['done'] == answer).sum())} {answer}"
        for answer in ANSWERS
        if (latest["done"] == answer).any()
    ]
    return (
        f"Did we do it? In week {int(frame['week'].max())}, of {len(latest)} classes: {', '.join(counts)}."
        " The table below holds the numbers."
    )


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Class": frame["class_name"],
            "Week": frame["week"],
            "Did it": frame["done"],
            "Times": ["" if pd.isna(times) else str(int(times)) for times in frame["times"]],
            "What changed": frame["changed"],
        }
    )
