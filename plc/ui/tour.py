"""A tour of five steps on the first page. Dismissed once, it never comes back for this seat or account."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people import dismiss_tour, tour_dismissed
from plc.ui import alerts, menu, text

STEP: Final = "tour.step"
# Title, words, page, and the words of the way there.
FOR_TEAMS: Final = (
    ("Your own classes first", "What your students showed, for your eyes only. You decide who else sees it.",
     menu.MY_CLASSES, "My classes"),
    ("Meet in 45 minutes", "One click starts the timer; everybody writes; the record makes itself.",
     menu.MEETING, "This meeting"),
    ("One question at a time", "Seek, Discover, Confirm, Share: your team's inquiry shows its next step.",
     menu.OUR_INQUIRY, "Our inquiry"),
    ("Try what colleagues do", "Practices with all that tests of them showed, failures included.",
     menu.LIBRARY, "Practice library"),
    ("Bring your own results", "One file from a gradebook. You see what was read before anything is kept.",
     menu.UPLOAD, "Upload results"),
)  # fmt: skip
FOR_LEADERS: Final = (
    ("The month on one screen", "Are teams meeting, testing, learning? Counts, never people.",
     menu.SCHOOL_MONTH, "Month at a glance"),
    ("What helps somewhere", "Practices for your priorities, with their failures.",
     menu.SCHOOL_PRACTICES, "Practices we need"),
    ("Who needs help", "Teams whose work stands still, and what you can give.",
     menu.STALLED, "Who needs help"),
    ("What is in their way", "Teams ask, you answer with a date.", menu.SCHOOL_BARRIERS, "In their way"),
    ("Three decisions", "What you will do, carried on until it is done.", menu.MY_DECISIONS, "My decisions"),
)  # fmt: skip


def draw(database: Database, viewer: Viewer) -> None:
    """The step of the tour she is at, with the way on and the way out; nothing once dismissed."""
    if viewer.may(Permission.SCHOOL_REVIEW_READ):
        stops = FOR_LEADERS
    elif viewer.may(Permission.MEETING_HOLD):
        stops = FOR_TEAMS
    else:
        return
    with alerts.stopping():
        if tour_dismissed(database, viewer):
            return
    step = min(int(st.session_state.get(STEP, 0)), len(stops) - 1)
    title, words, page, link = stops[step]
    with st.container(border=True, key="tour.card"):
        text.aside(f"A short tour, {step + 1} of {len(stops)}")
        st.markdown(f"**{title}.** {words}")
        with st.container(horizontal=True, vertical_alignment="center"):
            if step + 1 < len(stops):
                st.button(
                    "Next", icon=":material/arrow_forward:", key="tour.next", on_click=_go, args=(step + 1,)
                )
            if any(entry.path == page for entry in menu.entries_of(viewer)):
                st.page_link(page, label=link, icon=":material/open_in_new:", width="content")
            last = step + 1 == len(stops)
            if st.button("Done" if last else "Do not show this again", type="tertiary", key="tour.dismiss"):
                with alerts.stopping():
                    dismiss_tour(database, viewer)
                st.rerun()


def _go(step: int) -> None:
    st.session_state[STEP] = step
