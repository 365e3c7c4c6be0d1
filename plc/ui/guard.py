"""The first line of every page: no shell, no page; no permission, no page."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission, Role, Viewer
from plc.ui import alerts, menu, runtime, session


def page_viewer(*permissions: Permission, seated: bool = True) -> Viewer:
    """The viewer of this page, who carries at least one of the permissions (any seat if none is named).

    A page reached without app.py is sent there; who has not sat down is asked first, unless `seated` is
    False; a viewer without permission sees one sentence.
    """
    if not session.take_shell_ran():
        st.switch_page("app.py")
    with alerts.stopping():
        viewer = runtime.viewer()
    if seated and viewer.role is Role.NOBODY:
        st.switch_page(menu.WHO)
    if permissions and not any(viewer.may(permission) for permission in permissions):
        st.error("This page is not part of your seat.", icon=":material/lock:")
        st.stop()
    return viewer
