"""Every file that came in, with its counts; undo is one click."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import alerts, cached, guard, menu, runtime, session, text, uploading

# Shown at once; older ones on request.
SHOWN = 20
STATES: dict[str, tuple[str, Literal["green", "orange", "gray"], str]] = {
    "confirmed": ("In use", "green", ":material/check_circle:"),
    "undone": ("Taken back", "gray", ":material/undo:"),
    "staged": ("Not confirmed", "orange", ":material/pending:"),
    "discarded": ("Cancelled", "gray", ":material/cancel:"),
}

viewer = guard.page_viewer(Permission.UPLOADS_READ)
database = runtime.database()

st.title("All uploads")
with alerts.stopping():
    uploads = cached.uploads(database, viewer)
if not uploads:
    st.markdown("No file has come in yet.")
    st.page_link(menu.UPLOAD, label="Upload results", icon=":material/upload_file:")
    st.stop()

st.markdown("Undo takes back every row a file brought and puts earlier values in force again.")
everything = len(uploads) <= SHOWN or st.toggle(f"Show all {len(uploads)}", key="history.all")
for upload in uploads if everything else uploads[:SHOWN]:
    words, colour, icon = STATES[upload.state]
    with st.container(border=True, key=f"history.{upload.upload_id}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{text.plain(upload.file)}**", width="content")
            st.badge(words, icon=icon, color=colour)
        moment = upload.undone_at or upload.confirmed_at or upload.staged_at
        text.aside(
            f"{moment:%-d %B %Y, %H:%M} UTC. {upload.rows_read:,} rows read: {upload.rows_accepted:,} added"
            f" ({upload.rows_superseded:,} of them corrections), {upload.rows_duplicate:,} here already,"
            f" {upload.rows_rejected:,} left out."
        )
        if upload.state == "staged" and upload.may_continue and viewer.may(Permission.RESULTS_UPLOAD):
            if st.button("Continue", icon=":material/arrow_forward:", key=f"history.go.{upload.upload_id}"):
                session.keep_draft_upload(upload.upload_id)
                st.switch_page(menu.UPLOAD)
        elif upload.state == "confirmed" and upload.may_continue and viewer.may(Permission.RESULTS_UNDO):
            uploading.undo_button(database, viewer, upload)
