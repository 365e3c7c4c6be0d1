"""What came through the inbox folder, file by file, with its counts."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from plc.core.viewer import Permission
from plc.results.inbox import inbox_folder, inbox_log
from plc.ui import alerts, guard, menu, runtime, text

OUTCOMES: dict[str, tuple[str, Literal["green", "orange", "gray", "red"], str]] = {
    "confirmed": ("Taken in", "green", ":material/check_circle:"),
    "unchanged": ("Here already", "gray", ":material/equal:"),
    "waits": ("Waits for someone", "orange", ":material/pending:"),
    "refused": ("Refused", "red", ":material/block:"),
}
MANIFEST = """{
  "layout": "Our gradebook",
  "answers": {"subject": "mathematics", "school_year": "2026"},
  "confirm": true
}"""

viewer = guard.page_viewer(Permission.UPLOADS_READ)
database = runtime.database()

st.title("Inbox")
st.markdown(
    "Files that a nightly job puts into the inbox folder are taken in while this app runs. Without a manifest"
    " they wait under All uploads for someone to confirm them."
)
with st.expander("How to use it", icon=":material/help:", key="inbox.how"):
    st.markdown("The folder, beside the database:")
    st.code(str(inbox_folder(database.path)), language=None, wrap_lines=True)
    st.markdown("A manifest beside `results.csv` is called `results.csv.json`. Every line of it is optional:")
    st.code(MANIFEST, language="json", wrap_lines=True)
    st.markdown(
        "With `confirm` a file is added by itself, unless more than 5 % of its rows would be left out or"
        " dates lie outside the school year: then it waits. Files taken are deleted after a week."
    )
with alerts.stopping():
    entries = inbox_log(database, viewer)
if not entries:
    st.markdown("No file has come through the inbox yet.")
for number, entry in enumerate(entries):
    words, colour, icon = OUTCOMES[entry.outcome]
    with st.container(border=True, key=f"inbox.entry.{number}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{text.plain(entry.file_name)}**", width="content")
            st.badge(words, icon=icon, color=colour)
        counts = (
            ""
            if entry.rows_read is None
            else f" {entry.rows_read:,} rows read: {entry.rows_accepted:,} to add,"
            f" {entry.rows_duplicate:,} here already, {entry.rows_rejected:,} left out."
        )
        text.aside(f"{entry.taken_at:%-d %B %Y, %H:%M} UTC.{counts}")
        st.markdown(text.plain(entry.words))
        if entry.outcome == "waits":
            st.page_link(menu.HISTORY, label="All uploads", icon=":material/history:")
