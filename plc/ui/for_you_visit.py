"""See it in class, a step of For you: a colleague visits her class and a typical one."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.candidates import CONTRASTS, NOT_DISTINGUISHING
from plc.practices import OwnCard, consider, fitting_inquiries
from plc.ui import alerts, menu, session, text
from plc.ui.for_you import MOST_CANDIDATES, Path


def draw_visit(database: Database, viewer: Viewer, path: Path) -> None:
    """A colleague looks at her class and at a typical one: is it done there too?"""
    st.markdown(
        "A colleague watches your class and a typical one, with look-fors and six questions, and answers:"
        " **do typical classes do it too?**"
    )
    considered = {candidate.practice_id for _, candidate in path.candidates}
    for inquiry_id, candidate in path.candidates:
        with st.container(border=True, key=f"for_you.visit.{candidate.practice_id}"):
            st.markdown(f"**{text.plain(candidate.title)}**")
            if candidate.not_distinguishing:
                st.badge(NOT_DISTINGUISHING, icon=":material/equal:", color="orange")
            else:
                text.aside(
                    f"Typical classes: {CONTRASTS.get(candidate.also_typical, 'not asked yet').lower()}"
                )
            if st.button(
                "Visits and answers",
                icon=":material/travel_explore:",
                key=f"for_you.see.{candidate.practice_id}",
            ):
                _open_discover(inquiry_id)
    if not viewer.team_ids:
        st.info("A visit needs a colleague.", title="Find a team first", icon=":material/groups:")
        st.page_link(menu.MY_TEAM, label="Find or make a team", icon=":material/groups:")
        return
    waiting = [own for own in path.cards if own.practice_id not in considered]
    for own in waiting[:MOST_CANDIDATES]:
        _draw_take_along(database, viewer, own)
    if not path.cards:
        st.markdown(
            "Nothing written down yet? Plan a visit in your team's inquiry and let the visitor find it."
        )
        if st.button(
            "Plan a visit", type="primary", icon=":material/travel_explore:", key="for_you.discover"
        ):
            _open_discover(None)


def _draw_take_along(database: Database, viewer: Viewer, own: OwnCard) -> None:
    with alerts.stopping():
        inquiries = fitting_inquiries(database, viewer, own.practice_id)
    with st.container(border=True, key=f"for_you.take.{own.practice_id}"):
        st.markdown(f"**{text.plain(own.title)}**")
        if not inquiries:
            text.aside("Your team has no open inquiry to look at it in.")
            st.page_link(menu.OUR_INQUIRY, label="Open an inquiry", icon=":material/add:")
            return
        text.aside(f"Your team then reads this line in “{text.plain(inquiries[0].title)}”.")
        if st.button("Ask my team to look", icon=":material/groups:", key=f"for_you.ask.{own.practice_id}"):
            with alerts.stopping():
                consider(database, viewer, own.practice_id, inquiry_id=inquiries[0].inquiry_id)
            _open_discover(inquiries[0].inquiry_id)


def _open_discover(inquiry_id: str | None) -> None:
    if inquiry_id is not None:
        session.choose_inquiry(inquiry_id)
    st.session_state["discover.view"] = "Visits and interviews"
    session.go_to(menu.DISCOVER)
