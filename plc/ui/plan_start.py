"""The last two questions of a plan: what must not get worse, and whether it can show anything at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.choices import Course, course_choices, standard_choices
from plc.inquiry.detectable import Detectable, detectable
from plc.inquiry.plan_checks import what_is_missing
from plc.inquiry.plan_notices import plan_notices
from plc.inquiry.test_plans import start_test, withdraw_test
from plc.inquiry.test_records import Balancing, PracticeTest
from plc.statistics.effect_designs import DESIGN_WORDS, Design
from plc.ui import alerts, plan_classes, plan_saving, plan_words, planning, session, text, written

LOWEST: Final = Balancing("low starters")


def ask_balancing(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    """Those who started lowest always; another standard, another subject."""
    st.markdown(
        ":material/check_box: **Students who started lowest** are always watched: a class can rise while"
        " they fall."
    )
    with alerts.stopping():
        standards = standard_choices(
            database, viewer, Course(test.subject, test.grade or 0, test.school_year)
        )
        subjects = sorted(
            {
                one.subject
                for one in course_choices(database, viewer)
                if one.school_year == test.school_year
                and one.grade == test.grade
                and one.subject != test.subject
            }
        )
    watched = [
        *_ask(test, "standard", "Another standard", [one for one in standards if one != test.standard_id])
    ]
    watched += _ask(test, "subject", "Another subject", subjects)
    # Answers to a survey cannot be uploaded, so none is offered; one that a plan names stays with it.
    for one in (one for one in test.balancing if one.kind == "survey"):
        text.aside(
            f"{text.plain(one.words).capitalize()}: look at its answers together. Nothing is computed."
        )
        watched.append(one)
    plan = replace(test.plan, balancing=(LOWEST, *watched))
    plan_saving.save_button(database, viewer, test, plan, label="Keep and go on", then=3)


def ask_start(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    """The whole plan, what it could find, what is missing, and the button that starts it."""
    planning.plan_table(test, plan_rows(test))
    with alerts.stopping():
        draw_detectable(detectable(database, viewer, test.test_id), test)
        plan_classes.draw_notices(plan_notices(database, viewer, test.test_id))
    missing = what_is_missing(test)
    missing += [
        f"Keep what you wrote under {step}, or put back what was kept."
        for step in planning.unkept_steps(test)
    ]
    for words in missing:
        st.markdown(f":material/radio_button_unchecked: {words}")
    with st.container(horizontal=True):
        if st.button(
            "Start this test",
            type="primary",
            icon=":material/flag:",
            disabled=bool(missing),
            key="confirm.start",
        ):
            with alerts.stopping():
                start_test(database, viewer, test.test_id, seen_version=test.version)
            session.leave_notice("The plan stands. Each week a 20-second check asks who did it.")
            st.rerun()
        withdraw_button(database, viewer, test)
    if not missing:
        text.aside(
            "From the first day on its classes, measure and first day stay as they are; the prediction stays"
            " once results are there."
        )


def withdraw_button(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    """Take the test off the list; it can be brought back."""
    if st.button("Withdraw", type="tertiary", icon=":material/undo:", key="confirm.withdraw"):
        with alerts.stopping():
            withdraw_test(database, viewer, test.test_id, seen_version=test.version)
        written.forget(plan_saving.form(test))
        session.choose_test(None)
        session.leave_notice("Withdrawn. It is kept below the tests and can be brought back.")
        st.rerun()


def draw_detectable(found: Detectable | None, test: PracticeTest) -> None:
    """The smallest effect the plan could find, in words, and what would help."""
    if found is None:
        st.warning(_unable_words(test), title="This plan cannot show an effect", icon=":material/block:")
        return
    box = st.error if found.hopeless else st.success if found.finds_typical else st.warning
    title = "What this plan could find"
    box(found.words, title=title, icon=":material/troubleshoot:")
    if found.helps:
        with st.expander("What would help?", icon=":material/tips_and_updates:", key="confirm.helps"):
            text.table(
                pd.DataFrame(
                    [("as planned", f"{found.effect:.2f} SD")]
                    + [(words, f"{effect:.2f} SD") for words, effect in found.helps],
                    columns=["With", "Smallest effect found"],
                ),
                hide_index=True,
                border="horizontal",
                alt="The smallest effect found, by what is changed",
            )
            text.aside(
                f"Counted with {found.practice_sections} classes that try it, {found.comparison_sections}"
                f" compared, {found.before} checks before and {found.after} after the start, and how much"
                " classes of this district differ by themselves. Found four times of five, at a 5 % false"
                " alarm."
            )


def plan_rows(test: PracticeTest) -> list[tuple[str, str]]:
    """The plan as lines of words."""
    rows = [
        ("We predict", test.prediction_line or "nothing yet"),
        ("Because", test.prediction_words or "no reason given"),
        ("Measured by", test.measure_words),
        ("From, to", f"{test.starts_on:%-d %B %Y} to {test.ends_on:%-d %B %Y}"),
        ("Who tries it", "; ".join(one.words for one in test.tried) or "nobody yet"),
        ("Compared with", _compared_words(test)),
        ("Must not get worse", "; ".join(one.words for one in test.balancing)),
    ]
    if test.predicted_at is not None:
        rows.insert(1, ("Predicted on", f"{test.predicted_at:%-d %B %Y}"))
    return rows


def _compared_words(test: PracticeTest) -> str:
    how = plan_words.DESIGNS[test.design][0]
    if not test.compared:
        return how
    counts: dict[str, int] = {}
    for one in test.compared:
        counts[one.words] = counts.get(one.words, 0) + 1
    listed = "; ".join(f"{count}, each {words}" if count > 1 else words for words, count in counts.items())
    return f"{how}: {listed}"


def _unable_words(test: PracticeTest) -> str:
    if test.design is Design.BEFORE_AFTER:
        return f"{DESIGN_WORDS[Design.BEFORE_AFTER].cannot_show} Choose a comparison to learn more."
    if test.design is Design.SERIES:
        return "It needs at least 4 checks before the start and 3 after it. Choose a comparison, or wait."
    return "Choose who tries it, and it is worked out. Comparing changes also needs a check before the start."


def _ask(test: PracticeTest, kind: str, label: str, options: Sequence[str]) -> list[Balancing]:
    before = [one.target for one in test.balancing if one.kind == kind]
    if not options and not before:
        return []
    chosen = st.multiselect(
        label,
        list(dict.fromkeys([*options, *before])),
        placeholder="None",
        **plan_saving.box(test, f"watched.{kind}", before),
    )
    return [Balancing(kind, target) for target in chosen]  # type: ignore[arg-type]
