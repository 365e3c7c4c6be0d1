"""Did we do it? Twenty seconds a week for one's own class; the dots of the team."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import checking_in, guard, inquiry_steps, runtime

viewer = guard.page_viewer(Permission.INQUIRY_READ)
database = runtime.database()

st.title("Did you do it?")
if not viewer.team_ids:
    inquiry_steps.draw_empty(viewer)
    st.stop()
checking_in.draw_own(database, viewer)
checking_in.draw_team(database, viewer)
