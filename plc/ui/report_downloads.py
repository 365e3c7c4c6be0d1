"""Taking a report away: a PDF that can be read aloud, and the same as CSV; made at the click only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from plc.core.viewer import Viewer
from plc.reports import Report
from plc.ui import downloads


def draw(make: Callable[[], Report], *, viewer: Viewer, name: str, key: str, what: str = "this page") -> None:
    """Two download buttons; `name` is the files' name without an ending. `make` is for this viewer."""
    with st.container(horizontal=True):
        st.download_button(
            f"Take {what} as PDF",
            data=downloads.at_press(viewer, partial(_pdf, make)),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
            key=f"{key}.pdf",
        )
        st.download_button(
            "As CSV",
            data=downloads.at_press(viewer, partial(_csv, make)),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/table_view:",
            on_click="ignore",
            key=f"{key}.csv",
        )


def _pdf(make: Callable[[], Report]) -> bytes:
    return make().pdf()


def _csv(make: Callable[[], Report]) -> bytes:
    return downloads.csv_bytes(make().frame())
