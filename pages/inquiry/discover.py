"""Discover: what is done differently, seen in a bright-spot class and in a typical one."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import discovering, guard, inquiry_steps, runtime, unit_ahead, visiting

PRACTICES, VISITS = "What might explain it", "Visits and interviews"

viewer = guard.page_viewer(Permission.INQUIRY_READ)
database = runtime.database()

found = inquiry_steps.draw(database, viewer, question="What is done differently?")
unit_ahead.draw(database, viewer, found)
# Who is sent here for the visits lands there.
view = st.segmented_control(
    "Show",
    [PRACTICES, VISITS],
    default=VISITS if visiting.come_next(database, viewer, found) else PRACTICES,
    required=True,
    label_visibility="collapsed",
    key="discover.view",
)
if view == VISITS:
    visiting.draw_visits(database, viewer, found)
else:
    discovering.draw_candidates(database, viewer, found)
