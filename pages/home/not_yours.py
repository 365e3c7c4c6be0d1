"""The address of a page that belongs to another seat: says so, and where one's own pages are."""

from __future__ import annotations

import streamlit as st

from plc.ui import guard, menu

viewer = guard.page_viewer()
guard.note_refused_address(viewer)

st.title("Not part of your seat")
st.markdown("The page at this address belongs to another seat. What is yours stands in the menu.")
st.page_link(menu.START, label="What to do next", icon=":material/home:")
