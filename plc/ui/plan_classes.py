"""Who tries it and what they are compared with: a draw by chance, or classes like ours elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.assignment import DRAWN, assign_at_random, draws
from plc.inquiry.comparisons import (
    PROPOSED,
    ComparisonProposal,
    choose_comparisons,
    propose_comparisons,
)
from plc.inquiry.plan_notices import plan_notices
from plc.inquiry.test_reading import team_classes
from plc.inquiry.test_records import PracticeTest, TestClass, TestPlan
from plc.statistics.baseline_equivalence import BaselineDifference
from plc.statistics.effect_designs import DESIGN_WORDS, Design
from plc.ui import alerts, plan_saving, session, text, working, written
from plc.ui.plan_words import DESIGNS


def ask_classes(database: Database, viewer: Viewer, test: PracticeTest, today: date) -> None:
    """The classes and how we will know; then the draw or the proposal."""
    with alerts.stopping():
        classes = team_classes(database, viewer, test.inquiry_id)
    if not classes:
        st.info(
            "No class of your team's members is known in this course and year. Upload a roster or results.",
            icon=":material/groups:",
        )
        return
    plan = _ask_plan(test, classes)
    changed = (set(plan.section_ids), plan.design, plan.second_start_on) != (
        set(test.plan.section_ids),
        test.design,
        test.second_start_on if test.design is Design.STAGGERED else None,
    )
    if changed or not plan.section_ids:
        plan_saving.save_button(database, viewer, test, plan, label="Keep these classes", then=1)
        return
    _draw_comparison(database, viewer, test, today)


def _ask_plan(test: PracticeTest, classes: Sequence[TestClass]) -> TestPlan:
    """Which classes, and compared with what."""
    labels = {
        one.section_id: f"{one.words} ({one.students} students)"
        for one in classes
        if one.section_id is not None
    }
    chosen = st.multiselect(
        "Which classes take part?",
        list(labels),
        format_func=labels.__getitem__,
        placeholder="Only classes whose teachers said yes",
        **plan_saving.box(test, "sections", [one for one in test.plan.section_ids if one in labels]),
    )
    design = st.radio(
        "How will we know?",
        list(DESIGNS),
        format_func=lambda one: f"**{DESIGNS[one][0]}**: {DESIGNS[one][1]}",
        **plan_saving.box(test, "design", test.design),
    )
    text.aside(f"What it cannot show: {DESIGN_WORDS[design].cannot_show}")
    if design is Design.STAGGERED:
        second = _ask_second_start(test)
    else:
        second = None
        written.set_aside(plan_saving.form(test), "second")
    return replace(test.plan, section_ids=tuple(chosen), design=design, second_start_on=second)


def _draw_comparison(database: Database, viewer: Viewer, test: PracticeTest, today: date) -> None:
    """The draw or the proposal, and the way on once one stands."""
    if test.design in DRAWN:
        _draw_draw(database, viewer, test, today)
    elif test.design in PROPOSED:
        _draw_proposal(database, viewer, test)
    with alerts.stopping():
        draw_notices(plan_notices(database, viewer, test.test_id))
    ready = test.assigned_at is not None if test.design in DRAWN else True
    ready = ready and (test.design not in PROPOSED or bool(test.compared))
    if st.button(
        "Go on",
        type="primary" if ready else "secondary",
        icon=":material/arrow_forward:",
        key="confirm.classes.on",
    ):
        session.go_to_plan_step(2)
        st.rerun()


def class_table(test: PracticeTest) -> pd.DataFrame:
    """The classes of a test in words: what each does, and from when."""
    rows = [
        (
            one.words,
            _does(test, starts=one.starts_on, tries=one.arm == "practice"),
            "not told" if one.students is None else str(one.students),
        )
        for one in test.classes
    ]
    return pd.DataFrame(
        [(text.plain(words), does, students) for words, does, students in rows],
        columns=["Class", "What it does", "Students"],
    )


def draw_notices(said: Sequence[str]) -> None:
    """Who will read the result in words alone, and why."""
    for words in said:
        st.info(words, title="You will read the result in words", icon=":material/group_off:")


def found_words(proposal: ComparisonProposal) -> str:
    """`Found 6 classes with 156 students in 3 schools.`, or only how many classes."""
    found = f"Found {proposal.classes} {'class' if proposal.classes == 1 else 'classes'}"
    if proposal.students is None or proposal.schools is None:
        return f"{found}."
    schools = "1 school" if proposal.schools == 1 else f"{proposal.schools} schools"
    return f"{found} with {proposal.students} students in {schools}."


def baseline_words(baseline: BaselineDifference) -> str:
    """`Together they start 0.04 SD above ours: alike at the start.`"""
    side = "below" if baseline.g > 0 else "above"
    if abs(baseline.g) < 0.005:
        return "Together they start where ours start."
    return f"Together they start {abs(baseline.g):.2f} SD {side} ours: {baseline.verdict}."


def _ask_second_start(test: PracticeTest) -> date:
    middle = test.starts_on + (test.ends_on - test.starts_on) / 2
    earliest = test.starts_on + timedelta(days=1)
    chosen: date = st.date_input(
        "When do the classes that wait begin?",
        min_value=earliest,
        help="Results between the two first days are what tells the difference.",
        **plan_saving.box(test, "second", max(test.second_start_on or middle, earliest), earliest=earliest),
    )
    return chosen


def _draw_draw(database: Database, viewer: Viewer, test: PracticeTest, today: date) -> None:
    drawn = test.assigned_at is not None
    if drawn:
        text.table(class_table(test), hide_index=True, border="horizontal", alt="Who starts, as drawn")
        _draw_log(database, viewer, test)
    if drawn and test.starts_on <= today:
        text.aside("The test has begun, so who started stays as drawn.")
        return
    text.aside("Classes are drawn within a teacher or a school where two are there. The seed is kept.")
    words = "Draw again" if drawn else "Draw by chance"
    if st.button(
        words, icon=":material/casino:", type="secondary" if drawn else "primary", key="confirm.draw"
    ):
        with alerts.stopping():
            kept = assign_at_random(database, viewer, test.test_id)
        plan_saving.changed_by_me(test, kept.version)
        st.rerun()


def _draw_log(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    with alerts.stopping():
        kept = draws(database, viewer, test.test_id)
    held = "; ".join(
        f"seed {one.seed} on {one.drawn_at:%-d %B %Y}{'' if one.undone_at is None else ' (no longer holds)'}"
        for one in kept
    )
    text.aside(f"Drawn with {held}. The same seed over the same classes draws the same again.")


def _draw_proposal(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    if test.compared:
        text.table(class_table(test), hide_index=True, border="horizontal", alt="Classes of the test")
    come = " and how far they had come" if viewer.account_id is None else ""
    st.markdown(
        f"The classes nearest in where students started{come}, none of your own team's teachers'. Nobody is"
        " named, and they need do nothing."
        if test.design is Design.MATCHED
        else f"The classes nearest in where students started{come}. Nobody is named."
    )
    if st.button("Look for classes like ours", icon=":material/search:", key="confirm.propose"):
        try:
            proposal = working.with_progress(
                lambda progress: propose_comparisons(database, viewer, test.test_id),
                first_words="Comparing where students started",
            )
        except PlcError as error:
            alerts.show(error)
            return
        st.markdown(found_words(proposal))
        st.markdown(baseline_words(proposal.baseline) if proposal.baseline else proposal.refusal or "")
    words = "Look again and compare with those" if test.compared else "Compare with them"
    if st.button(
        words,
        icon=":material/compare_arrows:",
        type="secondary" if test.compared else "primary",
        key="confirm.compare",
    ):
        try:
            kept = working.with_progress(
                lambda progress: choose_comparisons(database, viewer, test.test_id),
                first_words="Choosing the classes nearest to ours",
            )
        except PlcError as error:
            alerts.show(error)
            return
        plan_saving.changed_by_me(test, kept.version)
        st.rerun()


def _does(test: PracticeTest, *, starts: date | None, tries: bool) -> str:
    if not tries:
        return "waits, is compared" if test.design is Design.RANDOMISED else "is compared"
    if test.design is Design.STAGGERED and starts is not None:
        return f"tries it from {starts:%-d %B}"
    return "tries it"
