"""Our inquiry: where it stands, what it wants, what happened, and every other one."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.ui import (
    guard,
    inquiry_list,
    inquiry_overview,
    inquiry_steps,
    inquiry_wording,
    runtime,
    unit_ahead,
    visit_proposals,
)

STANDING, WORDING, HISTORY, ALL = "Where we are", "What we want", "What happened", "All inquiries"

viewer = guard.page_viewer(Permission.INQUIRY_READ)
database = runtime.database()

visit_proposals.draw_for_team(database, viewer)
found = inquiry_steps.draw_if_any(database, viewer, question="Where are we?")
if found is None:
    inquiry_list.draw_new(database, viewer)
    if viewer.team_ids:
        st.header("All inquiries", anchor=False)
        inquiry_list.draw_all(database, viewer)
    st.stop()

views = [STANDING, WORDING, HISTORY, ALL] if viewer.may(Permission.INQUIRY_EDIT) else [STANDING, HISTORY, ALL]
# Who is sent here to choose a measure or an aim lands where that is written; who was writing, too.
writes = inquiry_wording.is_being_written(found) or not inquiry_wording.is_complete(found)
begin = WORDING if WORDING in views and writes else STANDING
view = st.segmented_control(
    "Show", views, default=begin, required=True, label_visibility="collapsed", key="our_inquiry.view"
)
if view == STANDING:
    inquiry_overview.draw_standing(database, viewer, found)
    unit_ahead.draw(database, viewer, found)
    if viewer.may(Permission.INQUIRY_EDIT):
        inquiry_overview.draw_ending(database, viewer, found)
elif view == WORDING:
    inquiry_wording.draw_form(database, viewer, found)
elif view == HISTORY:
    inquiry_overview.draw_history(database, viewer, found)
else:
    inquiry_list.draw_all(database, viewer)
    if viewer.may(Permission.INQUIRY_EDIT):
        new = st.expander("Open another inquiry", icon=":material/add:", key="our_inquiry.new")
        with new:
            inquiry_list.draw_new(database, viewer)
