"""Our steps: the team's own order, titles and minutes."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, meeting_lobby, meeting_protocol, menu, runtime

viewer = guard.page_viewer(Permission.MEETING_HOLD)
database = runtime.database()

st.page_link(menu.MEETING, label="This meeting", icon=":material/arrow_back:")
st.title("How do we spend our meeting?")
meeting_protocol.draw(database, viewer, meeting_lobby.choose_team(database, viewer))
