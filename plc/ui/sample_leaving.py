"""Taking the sample district away for one's own results. Where people sign in, only a steward can."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.meetings.forgetting import forget_meetings
from plc.people import forget_everyone, sample_upload_ids
from plc.results import undo_upload
from plc.sample.forgetting import forget_team_work
from plc.schools.forgetting import forget_schools
from plc.ui import alerts, identity, menu, rescan, runtime, session, text


def offer(database: Database, viewer: Viewer, *, kind: Literal["primary", "tertiary"], key: str) -> None:
    """The way to one's own results, with what goes."""
    if not _may_leave(viewer):
        text.aside("A data steward can take the sample district away.")
        return
    with st.popover(
        "Use our own results instead", icon=":material/upload_file:", type=kind, key=f"{key}.ask"
    ):
        st.markdown(
            "The sample district goes, **for everybody and for good**, with all that was written beside it:"
            " teams, meetings, inquiries, practice cards and who agreed to what."
        )
        if st.button("Take the sample away", type="primary", icon=":material/delete:", key=key):
            _leave(database)


def _may_leave(viewer: Viewer) -> bool:
    return not identity.needed() or viewer.role is Role.STEWARD


def _leave(database: Database) -> None:
    """Take the sample district back, with everything its made-up people decided."""
    with alerts.stopping():
        for upload_id in sample_upload_ids(database):
            undo_upload(database, LOCAL_STEWARD, upload_id)
        forget_everyone(database)
        forget_meetings(database)
        forget_schools(database)
        forget_team_work(database)
        rescan.bring_up_to_date(database, LOCAL_STEWARD)
        if not identity.needed():
            runtime.take_seat(Viewer(Role.TEACHER))
    session.leave_notice("The sample district is gone. `plc demo` brings it back into an empty database.")
    session.go_to(menu.UPLOAD)
