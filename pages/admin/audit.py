"""The audit as a data steward sees it: whether it is whole, and what was refused, by role and day."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.people import refused_attempts, verify_audit
from plc.ui import alerts, audit_tables, guard, runtime

viewer = guard.page_viewer(Permission.AUDIT_VERIFY)
database = runtime.database()

st.title("Audit")
st.markdown(
    "Who looked at what, what was changed and what was refused is kept in a chain: each entry carries a mark"
    " of the one before, so that nobody changes or removes one unseen. What concerns a teacher she reads"
    " herself; here are only counts."
)
if st.button("Check the whole chain", type="primary", icon=":material/policy:", key="audit.check"):
    with alerts.stopping():
        check = verify_audit(database, viewer)
    if check.whole:
        st.success(check.words, title="The record is whole", icon=":material/verified:")
    else:
        st.error(check.words, title="The record was tampered with", icon=":material/gpp_bad:")
with alerts.stopping():
    attempts = refused_attempts(database, viewer)
audit_tables.draw_refused(attempts)
