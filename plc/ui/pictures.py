"""A picture on the page: the chart with its sentence, and the same as a table."""

from __future__ import annotations

import streamlit as st

from plc.charts import Picture
from plc.ui import text


def draw(picture: Picture, *, key: str) -> None:
    """Draw the chart, named by its sentence, over a closed table of the same numbers."""
    st.altair_chart(picture.chart, width="stretch", key=f"{key}.chart", alt=picture.alt)
    with st.expander("The same as a table", icon=":material/table:", key=f"{key}.table"):
        text.aside(picture.alt.removesuffix(" The table below holds the numbers."))
        st.table(picture.table, alt=picture.alt, border="horizontal")
