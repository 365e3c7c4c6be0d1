"""How the numbers are made, for a teacher who does not take a number's word for it."""

from __future__ import annotations

from importlib import resources

import streamlit as st

from plc.ui import guard

guard.page_viewer()

st.title("How the numbers are made")
st.markdown(
    "Written for someone who has seen too many numbers about teaching. Open what you doubt most first."
)
text = (resources.files("plc.ui") / "methods.md").read_text(encoding="utf-8")
opening, *sections = text.split("\n## ")
st.markdown(opening)
for section in sections:
    heading, _, body = section.partition("\n")
    with st.expander(heading, key=f"methods.{heading}"):
        st.markdown(body)
