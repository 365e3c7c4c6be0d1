"""Past meetings and what was decided in them, over the years."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, meeting_record, runtime, session

MEETINGS, DECISIONS = "Meetings", "Decisions"

viewer = guard.page_viewer(Permission.MEETING_HOLD)
database = runtime.database()

if opened := session.chosen_record():
    if st.button("All meetings", type="tertiary", icon=":material/arrow_back:", key="record.back"):
        session.choose_record(None)
        st.rerun()
    meeting_record.draw(database, viewer, opened)
    st.stop()
st.title("What did we decide?")
view = st.segmented_control(
    "Show", [DECISIONS, MEETINGS], default=DECISIONS, required=True, label_visibility="collapsed",
    key="record.view",
)  # fmt: skip
if view == MEETINGS:
    meeting_record.draw_past(database, viewer)
else:
    meeting_record.draw_search(database, viewer)
