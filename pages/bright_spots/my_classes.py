"""My classes: a teacher's own result, for her eyes first; and who may see her name."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.growth import own_catch_up
from plc.people import open_own_result
from plc.ui import alerts, cached, catching_up, findings, guard, menu, preparing, runtime, sharing, takeaway

viewer = guard.page_viewer(Permission.OWN_RESULT_READ)
database = runtime.database()

st.title("My classes")
if viewer.teacher_id is None:
    st.markdown("Say which classes are yours, and this page shows what their students did.")
    st.page_link(menu.WHO, label="Choose my classes", icon=":material/person:")
    st.stop()
st.markdown(":material/visibility_off: Only you see this page.")
with alerts.stopping():
    state = cached.state(database, viewer)
    own = cached.own_findings(database, viewer, state)
    made_of = cached.evidence(database, viewer, state)
    bands = cached.bands(database, viewer, state)
    flagged = [row for row in own_catch_up(database, viewer) if row.exceeds]
if findings.draw_scan_state(database, viewer, state):
    findings.draw_own(own, made_of, bands)
    catching_up.draw_own(flagged)
    with alerts.stopping():
        # From here on, and not before, her consent decides who else is shown anything about her.
        open_own_result(database, viewer)
    preparing.draw_own(database, viewer)
    if made_of:
        takeaway.draw(database, viewer)
    sharing.draw(database, viewer)
