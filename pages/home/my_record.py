"""My record: what a teacher shared, who tried it and what came of it; hers alone to take away."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import guard, menu, own_record, runtime

viewer = guard.page_viewer(Permission.PRACTICE_EDIT)
database = runtime.database()

st.title("My record")
if viewer.teacher_id is None:
    st.markdown("Say which classes are yours, and this page shows what you shared.")
    st.page_link(menu.WHO, label="Choose my classes", icon=":material/person:")
    st.stop()
st.markdown(":material/visibility_off: Only you see this page, and only you can take it away.")
own_record.draw(database, viewer)
