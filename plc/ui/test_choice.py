"""Which test a page is about: the one chosen before, else the latest that runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import Inquiry
from plc.inquiry.test_reading import list_tests, practice_test
from plc.inquiry.test_records import PracticeTest
from plc.ui import alerts, inquiry_steps, menu, session, text

NEW: Final = ""
STATE_WORDS: Final = {
    "draft": "draft",
    "planned": "planned",
    "decided": "decided",
    "withdrawn": "withdrawn",
}


def state_words(test: PracticeTest, today: date) -> str:
    """`draft`, `starts 25 May 2026`, `week 3 of 6`, `ended 11 June 2026`, `decided`."""
    if test.state != "planned":
        return STATE_WORDS[test.state]
    if today < test.starts_on:
        return f"starts {test.starts_on:%-d %B %Y}"
    if today > test.ends_on:
        return f"ended {test.ends_on:%-d %B %Y}"
    return f"week {test.week(today)} of {test.weeks()}"


def label(test: PracticeTest, today: date) -> str:
    """A test in one line."""
    return f"Test {test.iteration}: {test.title} ({state_words(test, today)})"


def choose(
    tests: Sequence[PracticeTest], today: date, *, key: str, may_plan: bool = False
) -> PracticeTest | None:
    """The test in question; None where a new one is to be planned. Asked only where there is a choice."""
    labels = {test.test_id: label(test, today) for test in reversed(tests) if test.state != "withdrawn"}
    if may_plan:
        labels[NEW] = "Plan a new test"
    remembered = session.chosen_test()
    ids = list(labels)
    chosen = remembered if remembered in labels else _usual(tests, today)
    if len(ids) > 1:
        asked = st.selectbox(
            "Test",
            ids,
            index=ids.index(chosen) if chosen in labels else 0,
            format_func=labels.__getitem__,
            # A test planned or cloned a moment ago is offered, and chosen, under a key of its own.
            key=f"{key}.test.{chosen}.{len(ids)}",
        )
        if asked != chosen:
            session.choose_test(asked or None)
            session.go_to_plan_step(0)
            chosen = asked
            if asked != NEW:
                st.rerun()
    return next((test for test in tests if test.test_id == chosen), None)


def draw_chosen(
    database: Database, viewer: Viewer, found: Inquiry, today: date, *, key: str, nothing: str, icon: str
) -> PracticeTest:
    """The test in question with its heading; where none was planned, the way to one, and the page ends."""
    with alerts.stopping():
        tests = list_tests(database, viewer, inquiry_id=found.inquiry_id)
    chosen = choose(tests, today, key=key)
    if chosen is None:
        st.info("No test has been planned in this inquiry.", title=nothing, icon=icon)
        inquiry_steps.draw_link(viewer, menu.CONFIRM, label="Plan a test", icon=":material/add:")
        st.stop()
    with alerts.stopping():
        test = practice_test(database, viewer, chosen.test_id)
    st.header(text.plain(label(test, today)), anchor=False)
    return test


def _usual(tests: Sequence[PracticeTest], today: date) -> str:
    running = [test for test in tests if test.started(today) and test.state == "planned"]
    open_ones = running or [test for test in tests if test.state in ("draft", "planned")] or list(tests)
    return open_ones[-1].test_id if open_ones else NEW
