"""How long data stays: the table, school years to delete, copies of the database."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.stewardship.purging import held_years
from plc.stewardship.snapshots import list_snapshots
from plc.ui import alerts, guard, keeping, runtime

viewer = guard.page_viewer(Permission.RETENTION_MANAGE)
database = runtime.database()

st.title("How long data stays")
st.markdown(
    "Every kind of data has one row here: how long it stays, what ends it, and why it is kept at all."
)
keeping.draw_retention()

st.header("School years", anchor=False)
with alerts.stopping():
    years = held_years(database, viewer)
keeping.draw_years(database, viewer, years)

st.header("The audit", anchor=False)
with alerts.stopping():
    keeping.draw_audit(database, viewer)

st.header("Copies of the database", anchor=False)
with alerts.stopping():
    snapshots = list_snapshots(database, viewer)
keeping.draw_copies(database, viewer, snapshots)
