"""The wall: the same step in large type, with nothing on it that is one person's own."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.meetings import State
from plc.ui import guard, meeting_lobby, meeting_room, menu, runtime

# Streamlit measures in rem: a larger root is read from the back of a room. The menu is nobody's on a wall.
LARGE = """<style>
html { font-size: 150%; }
@media (max-width: 60rem) { html { font-size: 125%; } }
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stMainBlockContainer"] { max-width: 60rem; }
</style>"""

viewer = guard.page_viewer(Permission.MEETING_HOLD)
database = runtime.database()
st.html(LARGE)

team_id = meeting_lobby.choose_team(database, viewer)
current = meeting_lobby.current(database, viewer, team_id)
if current is not None and current.state is State.RUNNING:
    meeting_room.draw(database, viewer, current.meeting_id, projected=True)
else:
    st.title("No meeting is running")
    st.markdown("This page follows it by itself as soon as somebody presses **Start the meeting**.")
    meeting_room.wait(database, viewer, team_id)
st.page_link(menu.MEETING, label="Leave the wall", icon=":material/close_fullscreen:")
