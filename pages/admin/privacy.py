"""One student's data on request, the release of figures, and the key of student ids."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.stewardship.students import past_erasures
from plc.ui import alerts, guard, keeping, runtime, text

viewer = guard.page_viewer(Permission.RETENTION_MANAGE)
database = runtime.database()

st.title("Privacy")
st.header("One student's data", anchor=False)
st.markdown("When a family asks: hand out everything held about a student, or erase it.")
student_id = st.text_input(
    "Student id, as your district writes it", key="privacy.student", autocomplete="off", type="password"
)
if student_id.strip():
    keeping.draw_student(database, viewer, student_id)
with alerts.stopping():
    erasures = past_erasures(database, viewer)
keeping.draw_erasures(erasures)

st.header("Figures that cross teams and schools", anchor=False)
st.markdown(
    "They are released once a month by themselves, and change only where enough students and teachers did:"
    " two readings around a change of the roster tell nobody's result. A release before its month keeps the"
    " same rule."
)
keeping.draw_release(database, viewer)

st.header("The key of student ids", anchor=False)
st.markdown("Change it when somebody may have seen it, or when who kept it leaves.")
keeping.draw_key(database, viewer)
text.aside("docs/privacy.md says what each of these protects from, and what not.")
