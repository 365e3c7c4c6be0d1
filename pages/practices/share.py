"""Sharing a card: how far it goes, under what name, until when; and how colleagues will see it."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.practices import card, sharing
from plc.ui import alerts, guard, menu, practice_sharing, runtime, session, text

viewer = guard.page_viewer(Permission.PRACTICE_EDIT)
database = runtime.database()

st.title("Share a card")
practice_id = session.chosen_practice()
if practice_id is None or viewer.teacher_id is None:
    st.markdown("Choose one of your cards first.")
    st.page_link(menu.SHARE, label="My practice cards", icon=":material/edit_note:")
    st.stop()
with alerts.stopping():
    found = card(database, viewer, practice_id)
    stands = sharing(database, viewer, practice_id)

st.markdown(f"**{text.plain(found.wording.title)}**")
practice_sharing.draw_now(stands)
practice_sharing.draw_colleagues(database, viewer, found, stands)
practice_sharing.draw_decision(database, viewer, found, stands)
practice_sharing.draw_take_back(database, viewer, found, stands)
practice_sharing.draw_coauthors(database, viewer, found, stands)
