"""What to do next, from where this school stands."""

from __future__ import annotations

import streamlit as st

from plc.ui import alerts, cached, guard, next_steps, runtime

viewer = guard.page_viewer()
database = runtime.database()

st.title("What to do next")
with alerts.stopping():
    next_steps.draw(database, viewer, cached.state(database, viewer))
