"""You said, we did: what teams asked, and the dated answers."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.people.school_calendar import school_today
from plc.priorities import Barrier, list_barriers, take_back_barrier
from plc.ui import alerts, text

WHO = {"principal": "the principal", "district": "the district"}


def draw(database: Database, viewer: Viewer) -> None:
    """Open barriers first, then answered ones."""
    with alerts.stopping():
        barriers = list_barriers(database, viewer)
    if not barriers:
        st.info(
            "Nothing is in your way yet. A meeting's step “Ask, barrier, share” sends a barrier to who"
            " can remove it; the answer comes back here.",
            icon=":material/check_circle:",
        )
        return
    waiting = [barrier for barrier in barriers if barrier.answered_on is None]
    done = [barrier for barrier in barriers if barrier.answered_on is not None]
    if waiting:
        st.header("Waiting for an answer", anchor=False)
    for barrier in waiting:
        with st.container(border=True, key=f"barrier.{barrier.barrier_id}"):
            _draw_waiting(database, viewer, barrier)
    if done:
        st.header("You said, we did", anchor=False)
    for barrier in done:
        with st.container(border=True, key=f"barrier.{barrier.barrier_id}"):
            st.markdown(f"**You said:** {text.plain(barrier.words)}")
            st.markdown(f"**We did** ({barrier.outcome}): {text.plain(barrier.answer or '')}")
            text.aside(f"{text.plain(barrier.team_name)}, answered on {barrier.answered_on:%-d %B %Y}")


def _draw_waiting(database: Database, viewer: Viewer, barrier: Barrier) -> None:
    late = barrier.is_late(school_today(database))
    st.markdown(f"**{text.plain(barrier.words)}**")
    text.aside(
        f"{text.plain(barrier.team_name)}, {barrier.kind}; asked of {WHO[barrier.removable_by]} on"
        f" {barrier.asked_on:%-d %B}, answer by {barrier.due_on:%-d %B}"
        + ("; :material/schedule: that day has passed" if late else "")
    )
    if barrier.answer:
        st.markdown(f"So far: {text.plain(barrier.answer)}")
    if st.button(
        "Take it back", type="tertiary", icon=":material/undo:", key=f"barrier.back.{barrier.barrier_id}"
    ):
        with alerts.stopping():
            take_back_barrier(database, viewer, barrier.barrier_id)
        st.rerun()
