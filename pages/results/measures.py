"""Every assessment: what it is for, what it cannot tell, and which versions count together."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.results.measures import list_comparable, list_measures
from plc.ui import alerts, guard, measuring, menu, runtime, text

# Shown at once; a name in the search shows the others.
SHOWN = 20

viewer = guard.page_viewer(Permission.RESULTS_UPLOAD)
database = runtime.database()

st.title("What our assessments are for")
with alerts.stopping():
    measures, signed = list_measures(database), list_comparable(database)
if not measures:
    st.markdown("No assessment has come in yet.")
    st.page_link(menu.UPLOAD, label="Upload results", icon=":material/upload_file:")
    st.stop()

subjects = list(dict.fromkeys(measure.subject for measure in measures))
subject = subjects[0]
if len(subjects) > 1:
    subject = st.selectbox("Subject", subjects, format_func=str.capitalize, key="measures.subject")
own = [measure for measure in measures if measure.subject == subject]
silent = [measure for measure in own if measure.purpose is None]
if silent:
    st.markdown(f"Of {len(silent)} of {len(own)} assessments nobody has said yet what they are for.")
searched = st.text_input("Find an assessment", key="measures.find").strip().lower()
found = [one for one in [*silent, *(one for one in own if one.purpose)] if searched in one.name.lower()]
for measure in found[:SHOWN]:
    icon = ":material/check:" if measure.purpose else ":material/help:"
    box = st.expander(
        text.plain(measure.name),
        icon=icon,
        key=f"measures.open.{own.index(measure)}.{subject}",
        on_change="rerun",
    )
    if box.open:
        with box:
            measuring.draw_measure(database, viewer, measure)
if len(found) > SHOWN:
    text.aside(f"{len(found) - SHOWN} more: type a part of the name.")

st.header("Versions of one test", anchor=False)
st.markdown(
    "A test in two languages or forms counts as two tests, because one may be harder. If you know them to be"
    " comparable, sign it: then their results count together."
)
measuring.draw_versions(
    database,
    viewer,
    subject,
    [measure.name for measure in own],
    [one for one in signed if one.subject == subject],
)
