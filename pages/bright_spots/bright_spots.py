"""Bright spots: classes whose students keep exceeding expectation, where their teachers agreed."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import alerts, cached, evidence, filters, findings, guard, runtime

viewer = guard.page_viewer(Permission.BRIGHT_SPOTS_READ)
database = runtime.database()

st.title("Bright spots")
st.markdown(
    "Classes whose students keep ending higher than students **who started at the same level** elsewhere."
    " Each is a place to visit and learn from, not a verdict on anyone."
)
with alerts.stopping():
    state = cached.state(database, viewer)
    everything = cached.shown_findings(database, viewer, state)
if not findings.draw_scan_state(database, viewer, state):
    st.stop()
choice = filters.ask(everything)
with alerts.stopping():
    shown = cached.shown_findings(
        database,
        viewer,
        state,
        subject=choice.subject,
        grade=choice.grade,
        school_year=choice.school_year,
        standard=choice.standard,
    )
findings.draw_shown(shown, viewer, any_unfiltered=bool(everything))
with alerts.stopping():
    evidence.draw_funnel(shown, cached.bands(database, viewer, state), key="bright_spots")
findings.draw_areas(database, viewer, state)
findings.draw_about(database, viewer, state)
