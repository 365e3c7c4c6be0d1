"""Upload results: drop a file, answer what it does not say, check, confirm."""

from __future__ import annotations

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Permission
from plc.results import load_staged
from plc.ui import alerts, cached, guard, receiving, runtime, session, uploading

viewer = guard.page_viewer(Permission.RESULTS_UPLOAD)
database = runtime.database()

st.title("Upload results")
if (finished := session.finished_upload()) is not None:
    with alerts.stopping():
        uploads = {upload.upload_id: upload for upload in cached.uploads(database, viewer)}
    if finished in uploads and uploads[finished].state == "confirmed":
        uploading.show_done(database, viewer, uploads[finished])
        st.stop()
    session.keep_finished_upload(None)
staged = None
if (upload_id := session.draft_upload()) is not None:
    try:
        staged = load_staged(database, viewer, upload_id)
    except PlcError:
        # Confirmed, cancelled or cleared away from another window: begin anew.
        session.forget_draft_upload()
if staged is None:
    receiving.ask_file(database, viewer)
elif staged.missing_answers:
    receiving.ask_answers(database, viewer, staged)
else:
    uploading.show_check(database, viewer, staged)
