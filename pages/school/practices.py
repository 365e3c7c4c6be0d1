"""Practices across schools: what helps somewhere that we need?"""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, runtime, school_practices

viewer = guard.page_viewer(Permission.SCHOOL_REVIEW_READ)
database = runtime.database()

st.title("What helps somewhere that we need?")
school_practices.draw(database, viewer)
