"""The practice library: what colleagues do, and what tests of it showed."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, practice_news, practice_search, runtime

viewer = guard.page_viewer(Permission.PRACTICE_READ)
database = runtime.database()

st.title("Practice library")
st.markdown(
    "What colleagues do, and what came of it when others tried. Tests that found nothing stand beside those"
    " that helped."
)
practice_news.draw(database, viewer)
practice_search.draw(database, viewer)
