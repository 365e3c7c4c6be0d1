"""Stalled inquiries: who needs help from me?"""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, runtime, school_stalled

viewer = guard.page_viewer(Permission.SCHOOL_REVIEW_READ)
database = runtime.database()

st.title("Who needs help from me?")
school_stalled.draw(database, viewer)
