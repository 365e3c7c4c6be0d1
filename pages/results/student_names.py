"""Names of my students: for the teacher of the class alone, where the district allows it."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.results.student_names import names_allowed
from plc.ui import guard, menu, naming, runtime, text

viewer = guard.page_viewer(Permission.OWN_RESULT_READ)
database = runtime.database()

st.title("Names of my students")
if not names_allowed():
    st.info(
        "Your district keeps no names of students here. Pages call students by numbers of the class.",
        icon=":material/lock:",
    )
    st.stop()
if viewer.teacher_id is None:
    st.markdown("Say which classes are yours first.")
    st.page_link(menu.WHO, label="Choose my classes", icon=":material/person:")
    st.stop()
st.markdown(":material/visibility_off: Only you see these names, and only of your classes this school year.")
naming.draw_names(database, viewer)
naming.ask_names(database, viewer)
text.aside("They lie apart from the results, encrypted under a key of their own.")
