"""This meeting: before it one click to start, while it runs the step on this device, after it the record."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.meetings import State
from plc.ui import guard, meeting_lobby, meeting_record, meeting_room, menu, runtime, session

viewer = guard.page_viewer(Permission.MEETING_HOLD)
database = runtime.database()

team_id = meeting_lobby.choose_team(database, viewer)
current = meeting_lobby.current(database, viewer, team_id)
if current is not None and current.state is State.RUNNING:
    session.follow_meeting(current.meeting_id)
    meeting_room.draw(database, viewer, current.meeting_id)
elif followed := session.followed_meeting():
    # The meeting that was on this screen has ended.
    with st.container(horizontal=True, key="meeting.after"):
        if st.button("Done", type="primary", icon=":material/check:", key="meeting.done"):
            session.follow_meeting(None)
            st.rerun()
        st.page_link(menu.RECORDS, label="All meetings", icon=":material/history:")
    meeting_record.draw(database, viewer, followed)
else:
    meeting_lobby.draw(database, viewer, team_id, current)
    meeting_room.wait(database, viewer, team_id)
