"""The first line of every page: no shell, no page; no permission, no page."""

from __future__ import annotations

import streamlit as st

from plc.core.errors import NotAllowed
from plc.core.viewer import Permission, Role, Viewer
from plc.people import note_access
from plc.ui import alerts, menu, runtime, session


def page_viewer(*permissions: Permission, seated: bool = True) -> Viewer:
    """The viewer of this page, who carries at least one of the permissions (any seat if none is named).

    A page reached without app.py is sent there; who has not sat down is asked first, unless `seated` is
    False; a viewer without permission sees one sentence.
    """
    if not session.take_shell_ran():
        st.switch_page("app.py")
    with alerts.stopping():
        viewer = runtime.page_viewer()
    if seated and viewer.role is Role.NOBODY:
        st.switch_page(menu.WHO)
    if permissions and not any(viewer.may(permission) for permission in permissions):
        asked = " or ".join(permissions)
        note_access(runtime.database(), viewer, action="open page", thing=f"a page for {asked}", refused=True)
        alerts.draw(NotAllowed("This page is not part of your seat."))
        st.stop()
    return viewer


def note_refused_address(viewer: Viewer) -> None:
    """Keep in the audit that somebody with a seat asked for the address of a page that is not hers."""
    asked = menu.asked_address()
    if viewer.role is not Role.NOBODY and menu.is_known(asked) and not menu.is_known(asked, viewer=viewer):
        note_access(runtime.database(), viewer, action="open page", thing=asked, refused=True)
