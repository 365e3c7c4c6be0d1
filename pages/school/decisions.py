"""My three decisions, carried on until they are done."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, runtime, school_decisions

viewer = guard.page_viewer(Permission.SCHOOL_REVIEW_READ)
database = runtime.database()

st.title("What will I do?")
school_decisions.draw(database, viewer)
