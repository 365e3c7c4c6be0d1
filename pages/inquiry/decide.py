"""Decide: adopt, adapt, abandon or keep testing, with the reason; and what was decided before."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.people.school_calendar import school_today
from plc.ui import deciding, guard, inquiry_steps, runtime, test_choice

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
test = test_choice.draw_chosen(
    database, viewer, found, today, key="decide", nothing="Nothing to decide yet", icon=":material/gavel:"
)
deciding.draw(database, viewer, test, today)
