"""You said, we did: barriers, who can remove them, and the dated answers."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import barriers, guard, runtime

viewer = guard.page_viewer(Permission.BARRIER_ASK)
database = runtime.database()

st.title("What is in our way?")
barriers.draw(database, viewer)
