"""Keeping a plan of a test; where two people wrote at once, both texts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from plc.core.errors import Conflict, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.test_plans import edit_test
from plc.inquiry.test_records import PracticeTest, TestPlan
from plc.ui import alerts, session, text


def box(test: PracticeTest, what: str) -> str:
    """The key of a box of this plan."""
    return f"confirm.box.{test.test_id}.{what}"


def save_button(
    database: Database, viewer: Viewer, test: PracticeTest, plan: TestPlan, *, label: str, then: int
) -> None:
    """Keep the plan; where a colleague wrote in between, both texts stand and nothing is lost."""
    seen = session.plan_seen(test.test_id, test.version)
    pressed = st.button(label, type="primary", icon=":material/check:", key=f"confirm.keep.{then}")
    if pressed:
        _save(database, viewer, test, plan, seen_version=seen, then=then)
    elif seen != test.version:
        _draw_conflict(database, viewer, test, plan, then=then)


def _save(
    database: Database, viewer: Viewer, test: PracticeTest, plan: TestPlan, *, seen_version: int, then: int
) -> None:
    try:
        kept = edit_test(database, viewer, test.test_id, plan, seen_version=seen_version)
    except Conflict as error:
        if error.version is None:
            alerts.show(error)
        else:
            _draw_conflict(database, viewer, test, plan, then=then, differing=(error.mine, error.theirs))
        return
    except PlcError as error:
        alerts.show(error)
        return
    session.keep_plan_seen(test.test_id, kept.version)
    session.go_to_plan_step(then)
    st.rerun()


def _draw_conflict(
    database: Database,
    viewer: Viewer,
    test: PracticeTest,
    plan: TestPlan,
    *,
    then: int,
    differing: tuple[Mapping[str, object], Mapping[str, object]] = ({}, {}),
) -> None:
    st.warning(
        "A colleague changed this plan while you wrote. Nothing is lost: your words are still in the boxes.",
        title="Two people wrote at once",
        icon=":material/group:",
    )
    mine, theirs = differing
    if mine:
        text.table(
            pd.DataFrame(
                [(name, str(theirs[name]), str(mine[name])) for name in mine],
                columns=["What", "Your colleague wrote", "You wrote"],
            ),
            hide_index=True,
            border="horizontal",
            alt="What differs between the two plans",
        )
    with st.container(horizontal=True):
        if st.button("Keep what is in my boxes", icon=":material/check:", key=f"confirm.mine.{then}"):
            _save(database, viewer, test, plan, seen_version=test.version, then=then)
        if st.button("Take my colleague's", icon=":material/undo:", key=f"confirm.theirs.{then}"):
            session.keep_plan_seen(test.test_id, None)
            session.forget_boxes(test.test_id)
            st.rerun()
