"""What is said of a test of which no figures are told: it waits, is of too few, or is told in words alone."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from plc.charts import signed
from plc.core.viewer import Viewer
from plc.inquiry.effect_record import FEW_TEACHERS, NOT_EVIDENCE, MeasuredEffect
from plc.inquiry.effect_words import NO_OUTCOME, changed_sentence
from plc.inquiry.test_records import PracticeTest
from plc.ui import inquiry_steps, menu, text

ADVICE_WORDS: Final[dict[str, str]] = {
    "replicate": "Test it again, in other classes.",
    "adapt and test again": "Change one part and test again, or test it in more classes.",
    "set aside": "Set it aside, unless you have a reason to change it and try again.",
    "stop": "Stop it for now: it is likelier to have cost learning than to have added some.",
}


def draw_not_started(viewer: Viewer, test: PracticeTest) -> None:
    """When it starts, and the way to its plan."""
    words = (
        f"It starts on {test.starts_on:%-d %B %Y}."
        if test.state == "planned"
        else "Its plan is still a draft."
    )
    st.info(
        f"There is nothing to measure yet. {words}", title="Not started", icon=":material/hourglass_empty:"
    )
    inquiry_steps.draw_link(viewer, menu.CONFIRM, label="Open the plan", icon=":material/science:")


def draw_waiting(viewer: Viewer, test: PracticeTest, effect: MeasuredEffect | None, today: date) -> None:
    """No figure yet: results are still to come, of the measure or of some classes."""
    if effect is not None and effect.sentence != NO_OUTCOME:
        st.info(effect.sentence, title="Not all results are in", icon=":material/hourglass_top:")
        draw_changed(effect)
    else:
        _draw_expected(test, today)
    if test.prediction_line:
        st.markdown(f"We predicted **{test.prediction_line}**.")
    inquiry_steps.draw_link(viewer, menu.UPLOAD, label="Upload results", icon=":material/upload_file:")


def _draw_expected(test: PracticeTest, today: date) -> None:
    expected = test.outcome_on or test.ends_on
    when = "are expected on" if expected >= today else "were expected on"
    st.info(
        f"No results of {text.plain(test.measure_words)} since the start are there yet. They {when}"
        f" {expected:%-d %B %Y}. Upload them and the effect is worked out by itself.",
        title="Running, no results yet",
        icon=":material/hourglass_top:",
    )


def draw_unable(effect: MeasuredEffect) -> None:
    """What stands in place of figures."""
    draw_changed(effect)
    if effect.verdict == NOT_EVIDENCE:
        st.warning(
            effect.sentence, title="Before and after only: not evidence", icon=":material/trending_flat:"
        )
        if effect.change is not None and effect.change_spurious is not None:
            text.table(
                pd.DataFrame(
                    [
                        ("Change of our classes beside the district", signed(effect.change)),
                        ("What starting there gives by itself", signed(effect.change_spurious)),
                    ],
                    columns=["What", "SD"],
                ),
                hide_index=True,
                border="horizontal",
                alt="The change, and what regression to the mean alone gives",
            )
            text.aside(
                "Classes that stand low move up by themselves, and high ones move down (regression"
                " to the mean): that part is not from the practice."
            )
    elif effect.verdict == FEW_TEACHERS:
        st.info(effect.sentence, title="In words only", icon=":material/group_off:")
        draw_prediction_late(effect)
        if effect.advice is not None:
            st.markdown(f"Where it points: {ADVICE_WORDS.get(effect.advice, '')}")
        if effect.balancing_harm:
            st.warning("Something else may have got worse.", title="Look before you go on")
    else:
        st.info(effect.sentence, title="Too few to tell", icon=":material/group_off:")
        text.aside("At least 10 students with results are needed on each side. Pool with another team.")
    draw_limits(effect)


def draw_prediction_late(effect: MeasuredEffect) -> None:
    """Say that a prediction was written with results in hand."""
    if effect.predicted_late:
        st.warning(
            "The prediction was changed after data were seen, so it does not count as made before. The next"
            " cycle can predict first.",
            title="Not predicted before",
            icon=":material/history:",
        )


def draw_limits(effect: MeasuredEffect) -> None:
    """What it cannot show, each as a line."""
    if not effect.limits:
        return
    st.header("What this cannot show", anchor=False)
    for line in effect.limits:
        st.markdown(f"- {text.plain(line)}")


def draw_changed(effect: MeasuredEffect) -> None:
    """Say that results changed since, where the viewer is not told the new figure."""
    if effect.changed_since is not None:
        st.info(
            changed_sentence(date.fromisoformat(effect.changed_since)),
            title="Some results changed since",
            icon=":material/update:",
        )
