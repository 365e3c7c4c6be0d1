"""Keeping a plan of a test; where two people wrote at once, both texts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from plc.core.errors import BothTexts, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.test_plans import edit_test
from plc.inquiry.test_reading import team_classes
from plc.inquiry.test_records import PracticeTest, TestPlan
from plc.ui import alerts, plan_words, session, text, two_writers, written


def form(test: PracticeTest) -> str:
    """The boxes of a test; each step of its plan is a part of them."""
    return f"confirm.box.{test.test_id}"


def box(test: PracticeTest, what: str, kept: Any, *, earliest: date | None = None) -> dict[str, Any]:
    """A box of the step in question, holding what is written in it, else what is stored."""
    return written.box(form(test), what, kept, part=str(session.plan_step()), earliest=earliest)


def seen_version(test: PracticeTest, part: str) -> int:
    """The version that what is written in a part began from; the one stored where nothing is written."""
    return written.seen_version(form(test), test.version, part=part)


def changed_by_me(test: PracticeTest, version: int) -> None:
    """The viewer has just kept this version: what she is writing in other steps goes on from it."""
    for part in written.unkept(form(test)):
        seen = f"{form(test)}.{part}"
        if session.seen_of(seen, test.version) == test.version:
            two_writers.go_on(seen, version)


def save_button(
    database: Database, viewer: Viewer, test: PracticeTest, plan: TestPlan, *, label: str, then: int
) -> None:
    """Keep the plan; where a colleague wrote in between, both texts stand and nothing is lost."""
    part = str(session.plan_step())
    seen = seen_version(test, part)
    if seen != test.version:
        _draw_conflict(database, viewer, test, plan, then=then)
        return
    if st.button(label, type="primary", icon=":material/check:", key=f"confirm.keep.{then}"):
        _save(database, viewer, test, plan, seen_version=seen, then=then)
    written.draw_not_kept(form(test), part=part)


def _save(
    database: Database, viewer: Viewer, test: PracticeTest, plan: TestPlan, *, seen_version: int, then: int
) -> None:
    try:
        kept = edit_test(database, viewer, test.test_id, plan, seen_version=seen_version)
    except BothTexts:
        # Hers came since this page was drawn: drawn anew, both stand on it.
        st.rerun()
    except PlcError as error:
        alerts.show(error)
        return
    written.forget(form(test), part=str(session.plan_step()))
    changed_by_me(test, kept.version)
    session.go_to_plan_step(then)
    st.rerun()


def _draw_conflict(
    database: Database, viewer: Viewer, test: PracticeTest, plan: TestPlan, *, then: int
) -> None:
    two_writers.warn(
        "A colleague changed this plan while you wrote. Nothing is lost: your words are still in the boxes."
    )
    with alerts.stopping():
        classes = team_classes(database, viewer, test.inquiry_id)
    kept, mine = plan_words.answers(test.plan, classes), plan_words.answers(plan, classes)
    differing = [(name, kept[name], mine[name]) for name in kept if kept[name] != mine[name]]
    if differing:
        text.table(
            pd.DataFrame(differing, columns=["What", "Kept now", "In your boxes"]),
            hide_index=True,
            border="horizontal",
            alt="What differs between the plan that is kept and your boxes",
        )
    with st.container(horizontal=True):
        # The version is part of the key: a press says yes only to what stood beside it.
        mine_key = f"confirm.mine.{then}.{test.version}"
        if st.button("Keep what is in my boxes", icon=":material/check:", key=mine_key):
            _save(database, viewer, test, plan, seen_version=test.version, then=then)
        if st.button("Take what is kept now", icon=":material/undo:", key=f"confirm.theirs.{then}"):
            written.forget(form(test), part=str(session.plan_step()))
            st.rerun()
