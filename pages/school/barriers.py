"""Barriers: what teams asked for, and the dated answers."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, runtime, school_barriers

viewer = guard.page_viewer(Permission.BARRIER_ANSWER)
database = runtime.database()

st.title("What is in their way?")
school_barriers.draw(database, viewer)
