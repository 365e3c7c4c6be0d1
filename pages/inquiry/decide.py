"""Decide: adopt, adapt, abandon or keep testing, with the reason; and what was decided before."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.inquiry.test_reading import list_tests, practice_test
from plc.people.school_calendar import school_today
from plc.ui import alerts, deciding, guard, inquiry_steps, menu, runtime, test_choice, text

NOW, BEFORE = "This test", "Decided before"

viewer = guard.page_viewer(Permission.INQUIRY_READ)
database = runtime.database()

found = inquiry_steps.draw(database, viewer, question="What do we do now?")
view = st.segmented_control(
    "Show", [NOW, BEFORE], default=NOW, required=True, label_visibility="collapsed", key="decide.view"
)
if view == BEFORE:
    deciding.draw_decisions(database, viewer, inquiry_id=found.inquiry_id)
    st.stop()
today = school_today(database)
with alerts.stopping():
    tests = list_tests(database, viewer, inquiry_id=found.inquiry_id)
chosen = test_choice.choose(tests, today, key="decide")
if chosen is None:
    st.info(
        "No test has been planned in this inquiry.", title="Nothing to decide yet", icon=":material/gavel:"
    )
    inquiry_steps.draw_link(viewer, menu.CONFIRM, label="Plan a test", icon=":material/add:")
    st.stop()
with alerts.stopping():
    test = practice_test(database, viewer, chosen.test_id)
st.header(text.plain(test_choice.label(test, today)), anchor=False)
deciding.draw(database, viewer, test, today)
