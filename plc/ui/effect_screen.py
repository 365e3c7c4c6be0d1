"""The measured effect of a test: one sentence first, then prediction beside result, then what is open."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from plc.charts import prediction_picture, signed
from plc.charts.picture import interval_words
from plc.charts.prediction_result import FOUND, PREDICTED
from plc.core.articles import with_article
from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry.balancing_effects import LOW_STARTERS, BalancingResult
from plc.inquiry.effect_record import MEASURED, NO_RESULTS, MeasuredEffect
from plc.inquiry.effect_words import share
from plc.inquiry.fidelity import fidelity_now
from plc.inquiry.measured_effect import stored_effect
from plc.inquiry.test_records import PracticeTest
from plc.practices.renewing import renew_effect
from plc.reports import effect_report
from plc.ui import (
    alerts,
    cached,
    downloads,
    effect_opened,
    effect_unmeasured,
    pictures,
    report_downloads,
    running_test,
    session,
    text,
    working,
)

CHANCES: Final = (
    ("helped", "Chance it helped at all", "above 0 SD"),
    ("worth_repeating", "Chance it is worth a second test", "above 0.05 SD"),
    ("worthwhile", "Chance it matters", "above 0.10 SD, a difference most schools would want"),
)


def draw(database: Database, viewer: Viewer, test: PracticeTest, today: date) -> None:
    """Everything a test showed, or why there is nothing yet and what to do."""
    if not test.started(today):
        effect_unmeasured.draw_not_started(viewer, test)
        return
    with alerts.stopping():
        effect = stored_effect(database, viewer, test.test_id)
    if effect is None or effect.verdict == NO_RESULTS:
        effect_unmeasured.draw_waiting(viewer, test, effect, today)
    elif effect.verdict == MEASURED:
        draw_so_far(test, today)
        _draw_measured(database, viewer, test, effect, over=today >= test.ends_on)
    else:
        effect_unmeasured.draw_unable(effect)
    measure_button(database, viewer, test)
    if effect is not None and effect.verdict == MEASURED and viewer.may(Permission.DATA_DOWNLOAD):
        _draw_download(database, viewer, test)


def draw_so_far(test: PracticeTest, today: date) -> None:
    """Say before a test's planned end that what is shown is no final result."""
    if today < test.ends_on:
        text.aside(
            f"**So far**: the test runs until {test.ends_on:%-d %B %Y}. Looking early and stopping at a good"
            " moment makes chance look like an effect; only the planned end counts towards the practice."
        )


def measure_button(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    """Work the effect out again from the results there are now."""
    if not viewer.may(Permission.EFFECT_MEASURE):
        return
    if st.button("Measure now", icon=":material/refresh:", key=f"result.measure.{test.test_id}"):
        try:
            working.with_progress(
                lambda progress: renew_effect(database, viewer, test.test_id),
                first_words="Comparing with students who started alike",
            )
        except PlcError as error:
            alerts.show(error)
            return
        session.leave_notice("Worked out from the results that are there now.")
        st.rerun()


def _draw_measured(
    database: Database, viewer: Viewer, test: PracticeTest, effect: MeasuredEffect, *, over: bool
) -> None:
    with alerts.stopping():
        answers_since = fidelity_now(database, viewer, test.test_id) != effect.fidelity
    effect_unmeasured.draw_changed(effect)
    if answers_since and effect.changed_since is None:
        text.aside(
            "Answers to the 20-second check came in since. Measure now to bring the sentence up to date."
        )
    with st.container(border=True, key="result.sentence"):
        st.markdown(f"**{effect.sentence}**")
        said = effect_unmeasured.ADVICE_WORDS.get(effect.advice or "", "")
        if said and not over:
            said = f"As it stands so far: {said[0].lower()}{said[1:]}"
        text.aside(
            f"{effect.label[:1].upper()}{effect.label[1:]}. {said} One test decides nothing by itself."
        )
        if effect.points is not None:
            text.aside(
                f"Points are those of {text.plain(test.measure_words)}; one SD of students' results on it is"
                f" {effect.points:.3g} points."
            )
    st.header("Prediction and result", anchor=False)
    effect_unmeasured.draw_prediction_late(effect)
    pictures.draw(
        prediction_picture(prediction_rows(effect), points=effect.points), key=f"result.{test.test_id}"
    )
    with st.container(horizontal=True):
        for name, label, meaning in CHANCES:
            value = getattr(effect, name)
            if value is not None:
                st.metric(label, share(value), help=f"The effect is {meaning}. {_CHANCE_HELP}", border=True)
    draw_balancing(effect)
    st.header("Did we do it?", anchor=False)
    running_test.draw_fidelity(database, viewer, test)
    if test.adaptation:
        st.markdown(f"What we changed: {text.plain(test.adaptation)}")
    effect_unmeasured.draw_limits(effect)
    effect_opened.draw(effect, test)


_CHANCE_HELP: Final = (
    "Given this test and what is typical of school practices; how it was made is open below."
)


def prediction_rows(effect: MeasuredEffect) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (PREDICTED, "prediction", effect.predicted_sd, None, None),
            (FOUND, "estimate", effect.posterior_mean, effect.posterior_lower, effect.posterior_upper),
            ("This test alone", "estimate", effect.effect, effect.lower, effect.upper),
        ],
        columns=["name", "kind", "effect", "lower", "upper"],
    ).astype({"effect": float, "lower": float, "upper": float})


def draw_balancing(effect: MeasuredEffect) -> None:
    st.header("Did anything get worse?", anchor=False)
    for one in effect.balancing:
        if one.warns and one.harm is not None:
            st.warning(
                f"{_balancing_name(one)}: {with_article(share(one.harm))} chance of a loss."
                " Look at this first.",
                title="Look before you go on",
                icon=":material/warning:",
            )
    rows = [
        (
            f"{_balancing_name(one)} ({one.students} students)",
            _difference_words(one),
            share(one.harm) if one.harm is not None else "",
        )
        for one in effect.balancing
    ]
    if not rows:
        st.markdown("Nothing else was watched.")
        return
    text.table(
        pd.DataFrame(rows, columns=["Who or what", "Difference (SD)", "Chance of a loss"]),
        hide_index=True,
        border="horizontal",
        alt="What must not get worse, and how it moved",
    )


def _difference_words(one: BalancingResult) -> str:
    if one.effect is None or one.lower is None or one.upper is None:
        return "too few students or teachers to tell"
    return f"{signed(one.effect)} ({interval_words(one.lower, one.upper)})"


def _balancing_name(one: BalancingResult) -> str:
    if one.kind == LOW_STARTERS:
        return "Students who started lowest"
    return f"{one.kind.capitalize()} {text.plain(one.target)}"


def _draw_download(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    """Our own cells and the published numbers; made when asked for, since it takes a pass over results."""
    report_downloads.draw(
        partial(effect_report, database, viewer, test.test_id),
        viewer=viewer,
        name="test-effect",
        key=f"result.report.{test.test_id}",
        what="the result",
    )
    if not st.toggle("Take the numbers away", key=f"result.take.{test.test_id}"):
        return
    with alerts.stopping(), st.spinner("Putting the numbers together"):
        tables = cached.effect_tables(database, viewer, cached.state(database, viewer), test.test_id)
    text.aside(
        "Your own classes by occasion, the classes you may not see as one row, and every published number:"
        " with them anyone can work the effect out again. No student is in them."
    )
    with st.container(horizontal=True):
        for name, table in tables.items():
            st.download_button(
                f"{name.capitalize()} (CSV)",
                downloads.csv_bytes(table),
                file_name=f"test-{name}.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key=f"result.file.{test.test_id}.{name}",
            )
