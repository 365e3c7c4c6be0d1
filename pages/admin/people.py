"""People and roles: who may sign in, as what, and which teacher each is."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, identity, people_admin, runtime

viewer = guard.page_viewer(Permission.ACCOUNT_MANAGE)
database = runtime.database()

st.title("People and roles")
if not identity.needed():
    st.info(
        "Nobody signs in at this copy. What you set here takes effect once sign-in is set up.",
        icon=":material/info:",
    )
people_admin.draw_accounts(database, viewer)
st.header("Invite someone", anchor=False)
people_admin.draw_invite(database, viewer)
st.header("Invitations not used yet", anchor=False)
people_admin.draw_open_invitations(database, viewer)
