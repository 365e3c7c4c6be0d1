"""Files that were read and neither added nor cancelled: found again after a reload, or on another day."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.results import UploadSummary, discard_upload
from plc.ui import alerts, cached, menu, session, text

# The latest; all of them are under All uploads.
SHOWN: Final = 3


def offer(database: Database, viewer: Viewer) -> None:
    """The viewer's own files that wait, each with the way on and the way out."""
    if not viewer.may(Permission.UPLOADS_READ):
        return
    with alerts.stopping():
        waiting = [
            upload
            for upload in cached.uploads(database, viewer)
            if upload.state == "staged" and upload.may_continue
        ]
    # Its place stays when the last one goes: what is being pasted below would be drawn anew and lost.
    with st.container():
        for upload in waiting[:SHOWN]:
            _draw(database, viewer, upload)
        if len(waiting) > SHOWN:
            st.page_link(menu.HISTORY, label=f"All {len(waiting)} files that wait", icon=":material/history:")


def _draw(database: Database, viewer: Viewer, upload: UploadSummary) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/pending: **{text.plain(upload.file)}** was read on {upload.staged_at:%-d %B, %H:%M}"
            " UTC and waits. Nothing of it is added yet.",
            width="stretch",
        )
        st.button(
            "Go on", icon=":material/arrow_forward:", key=f"upload.go_on.{upload.upload_id}",
            on_click=session.keep_draft_upload, args=(upload.upload_id,),
        )  # fmt: skip
        if st.button("Cancel it", type="tertiary", key=f"upload.drop.{upload.upload_id}"):
            with alerts.shown():
                discard_upload(database, viewer, upload.upload_id)
                st.rerun()
