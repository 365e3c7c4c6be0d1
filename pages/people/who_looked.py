"""Who looked at anything about the viewer, and what was refused."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.people import own_audit, refused_attempts
from plc.ui import alerts, audit_tables, guard, menu, runtime

viewer = guard.page_viewer(Permission.AUDIT_READ_OWN)
database = runtime.database()

st.title("Who looked")
if viewer.teacher_id is None:
    st.markdown("Say which classes are yours, and this page shows who looked at anything about you.")
    st.page_link(menu.WHO, label="Choose my classes", icon=":material/person:")
    st.stop()
st.markdown(
    "Every look of somebody else at your name or your figures, and every attempt that was refused. People of"
    " your team show by name, everybody else by role: they have privacy too. Nobody can change this record"
    " unseen."
)
with alerts.stopping():
    looks = own_audit(database, viewer)
    attempts = refused_attempts(database, viewer)
audit_tables.draw_looks(looks)
audit_tables.draw_refused(attempts)
