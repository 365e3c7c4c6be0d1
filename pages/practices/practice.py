"""One practice: the card, everything its tests showed, trying it, asking the people behind it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from plc.core.viewer import Permission, Role
from plc.practices import card
from plc.reports import practice_report
from plc.ui import (
    alerts,
    guard,
    in_address,
    menu,
    practice_asking,
    practice_card,
    practice_evidence,
    practice_trying,
    report_downloads,
    runtime,
    session,
    text,
    visit_proposals,
)

CARD, EVIDENCE, TRY, ASK = "The practice", "What tests say", "Try it", "Ask and visit"

viewer = guard.page_viewer(Permission.PRACTICE_READ)
database = runtime.database()

practice_id = in_address.follow(in_address.CARD, session.chosen_practice())
if practice_id is None:
    st.title("A practice")
    st.markdown("Choose a practice in the library first.")
    st.page_link(menu.LIBRARY, label="Practice library", icon=":material/menu_book:")
    st.stop()
with alerts.stopping():
    found = card(database, viewer, practice_id)
session.choose_practice(practice_id)

st.page_link(menu.LIBRARY, label="Practice library", icon=":material/arrow_back:")
st.title(text.plain(found.wording.title))
practice_card.draw_byline(found.byline)
views = [CARD, EVIDENCE]
if viewer.may(Permission.PRACTICE_EDIT) and viewer.teacher_id is not None:
    views.append(TRY)
if viewer.role is not Role.REVIEWER:
    views.append(ASK)
if st.session_state.get("practice.view") not in views:
    st.session_state["practice.view"] = CARD
view = st.segmented_control("Show", views, required=True, label_visibility="collapsed", key="practice.view")
if view == EVIDENCE:
    practice_evidence.draw(database, viewer, found)
elif view == TRY:
    practice_trying.draw(database, viewer, found)
elif view == ASK:
    practice_asking.draw(database, viewer, found)
    visit_proposals.draw_inviting(database, viewer, found)
else:
    practice_card.draw_wording(found.wording)
    practice_card.draw_materials(database, viewer, practice_id, key="practice")
    practice_card.draw_versions(database, viewer, found)
    practice_asking.draw_check(database, viewer, found)
    practice_trying.draw_own(database, viewer, found)
if view in (CARD, EVIDENCE):
    report_downloads.draw(
        partial(practice_report, database, viewer, practice_id),
        viewer=viewer,
        name="practice",
        key="practice.report",
    )
