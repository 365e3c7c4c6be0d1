"""For you: what only she is told, and the way from there to a practice that others try."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import for_you, for_you_steps, guard, menu, runtime

viewer = guard.page_viewer(Permission.OWN_RESULT_READ)
database = runtime.database()

st.title("For you")
if not for_you.may_open(viewer):
    st.markdown(
        "Say which classes are yours, and this page tells you, privately, what their students showed."
    )
    st.page_link(menu.WHO, label="Choose my classes", icon=":material/person:")
    st.stop()
st.markdown(":material/visibility_off: Only you see this page.")
for_you.draw(database, viewer, for_you_steps.DRAWN)
