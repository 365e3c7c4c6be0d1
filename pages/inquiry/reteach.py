"""Reteach: a standard taught again to a group inside one's own class, and what the re-check shows."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.people.school_calendar import school_today
from plc.ui import guard, menu, reteaching, runtime

PLANS, NEW = "My groups", "Plan a group"

viewer = guard.page_viewer(Permission.RETEACH_PLAN)
database = runtime.database()

st.title("Who needs it once more?")
if viewer.teacher_id is None:
    st.markdown("Say which classes are yours, and this page shows their standards.")
    st.page_link(menu.WHO, label="Choose my classes", icon=":material/person:")
    st.stop()
st.markdown(reteaching.PRIVATE)
today = school_today(database)
view = st.segmented_control(
    "Show", [NEW, PLANS], default=NEW, required=True, label_visibility="collapsed", key="reteach.view"
)
if view == NEW:
    reteaching.draw_new(database, viewer, today)
else:
    reteaching.draw_plans(database, viewer, today)
    reteaching.draw_undo(database, viewer)
    reteaching.draw_team(database, viewer)
