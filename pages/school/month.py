"""Month at a glance: are teams meeting, testing, learning?"""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, runtime, school_month

viewer = guard.page_viewer(Permission.SCHOOL_REVIEW_READ)
database = runtime.database()

st.title("Are teams meeting, testing, learning?")
school_month.draw(database, viewer)
