"""Our team: who is in it, how it works, and who is asked to join."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.people import own_teams
from plc.ui import alerts, guard, menu, runtime, teams

viewer = guard.page_viewer(Permission.TEAM_READ)
database = runtime.database()

st.title("Our team")
if viewer.teacher_id is None and viewer.may(Permission.TEAM_EDIT):
    st.markdown("Say which classes are yours, and you can make a team.")
    st.page_link(menu.WHO, label="Choose my classes", icon=":material/person:")
    st.stop()
with alerts.stopping():
    teams.draw_invitations(database, viewer)
    own = {team.team_id: team for team in own_teams(database, viewer)}
    teams.draw_lone_courses(database, viewer)
    if len(own) > 1:
        chosen = st.segmented_control(
            "Which team?",
            list(own),
            default=next(iter(own)),
            required=True,
            format_func=lambda team_id: own[team_id].name,
            key="team.which",
        )
        teams.draw_team(database, viewer, own[chosen])
    elif own:
        teams.draw_team(database, viewer, next(iter(own.values())))
    else:
        st.markdown(
            "You are in no team yet. A team is three to eight teachers of one course who meet weekly."
        )
    if viewer.may(Permission.TEAM_EDIT):
        with st.expander("Make a team", expanded=not own, key="team.make"):
            teams.draw_new(database, viewer)
