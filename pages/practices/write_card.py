"""My practice cards: writing down what one does, so that a colleague can try it. Saved as you go."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.practices import card
from plc.ui import (
    alerts,
    guard,
    menu,
    practice_own,
    practice_writing,
    runtime,
    visit_proposals,
)

viewer = guard.page_viewer(Permission.PRACTICE_EDIT)
database = runtime.database()

st.title("My practice cards")
if viewer.teacher_id is None:
    st.markdown("Say which classes are yours, and you can write down what you do in them.")
    st.page_link(menu.WHO, label="Choose my classes", icon=":material/person:")
    st.stop()
practice_id = practice_own.edited(database, viewer)
if practice_id is None:
    visit_proposals.draw_asked(database, viewer)
    practice_own.draw_list(database, viewer)
    practice_own.draw_new(database, viewer)
    st.stop()
with alerts.stopping():
    found = card(database, viewer, practice_id)
practice_writing.draw(database, viewer, found)
