"""My three decisions on the page: make, finish, let go; and as the leadership team sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.people.school_calendar import school_today
from plc.schools import MOST_OPEN, LeaderDecision, change_decision, leader_decisions, make_decision
from plc.schools.decisions import State
from plc.ui import alerts, school_choice, session, text

KEY: Final = "school_decisions"
MINE, SHOWN = "My decisions", "As the leadership team sees them"


def draw(database: Database, viewer: Viewer) -> None:
    """Open decisions with what became of them; then the next one, while fewer than three are open."""
    with alerts.stopping():
        found = leader_decisions(database, viewer)
    view = st.segmented_control(
        "Show", [MINE, SHOWN], default=MINE, required=True, label_visibility="collapsed", key=f"{KEY}.view"
    )
    if view == SHOWN:
        _draw_shown(found)
        return
    own = [one for one in found if one.own]
    waiting = [one for one in own if one.state == "open"]
    for one in waiting:
        with st.container(border=True, key=f"{KEY}.{one.decision_id}"):
            _draw_open(database, viewer, one)
    if len(waiting) < MOST_OPEN:
        _draw_new(database, viewer, number=len(waiting) + 1)
    else:
        text.aside("Three are open. Finish one or let it go before you add another.")
    closed = [one for one in own if one.state != "open"]
    if closed:
        st.header("Closed lately", anchor=False)
    for one in closed:
        _draw_closed(database, viewer, one)


def _draw_open(database: Database, viewer: Viewer, one: LeaderDecision) -> None:
    st.markdown(f"**{text.plain(one.words)}**")
    carried = f":material/redo: carried on from {one.made_on:%B} · " if one.carried else ""
    late = " · :material/schedule: that day has passed" if one.late else ""
    text.aside(f"{carried}by {one.due_on:%-d %B %Y}{late}")
    with st.container(horizontal=True):
        if st.button("Done", icon=":material/check:", key=f"{KEY}.done.{one.decision_id}"):
            _close(database, viewer, one, "done")
        if st.button("Let it go", type="tertiary", key=f"{KEY}.drop.{one.decision_id}"):
            _close(database, viewer, one, "dropped")


def _draw_closed(database: Database, viewer: Viewer, one: LeaderDecision) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"{KEY}.closed.{one.decision_id}"):
        st.markdown(f"{_mark(one)} {text.plain(one.words)}")
        if st.button(
            "Open it again", type="tertiary", icon=":material/undo:", key=f"{KEY}.reopen.{one.decision_id}"
        ):
            _close(database, viewer, one, "open")


def _close(database: Database, viewer: Viewer, one: LeaderDecision, state: State) -> None:
    with alerts.stopping():
        change_decision(database, viewer, one.decision_id, seen_version=one.version, state=state)
    st.rerun()


def _mark(one: LeaderDecision) -> str:
    if one.state == "open":
        return f"**By {one.due_on:%-d %B}:**"
    return ":material/check: **Done:**" if one.state == "done" else ":material/close: **Let go:**"


def _draw_new(database: Database, viewer: Viewer, *, number: int) -> None:
    today, names = school_today(database), school_choice.own_schools(database, viewer)
    with st.form(f"{KEY}.new"):
        words = st.text_input(
            f"Decision {number} of {MOST_OPEN}: what will you do?",
            placeholder="Cover one lesson for the grade 7 team so that they can visit a colleague",
            key=f"{KEY}.words.{session.times_kept(KEY)}",
        )
        school_id = viewer.school_ids[0] if viewer.school_ids else None
        if len(viewer.school_ids) > 1:
            school_id = st.selectbox(
                "For which school?",
                viewer.school_ids,
                format_func=lambda one: names.get(one, one),
                key=f"{KEY}.school",
            )
        due_on = st.date_input(
            "By when?", value=today + timedelta(days=14), min_value=today, key=f"{KEY}.due", width=200
        )
        sent = st.form_submit_button("Decide", type="primary", icon=":material/check:")
    if sent:
        with alerts.shown():
            make_decision(database, viewer, words=words, due_on=due_on, school_id=school_id)
            session.count_kept(KEY)
            session.leave_notice("Decided. The leadership team sees it with its date.")
            st.rerun()


def _draw_shown(found: list[LeaderDecision]) -> None:
    if not found:
        st.info("Nothing is decided yet.", icon=":material/check_circle:")
    for one in found:
        with st.container(border=True, key=f"{KEY}.shown.{one.decision_id}"):
            st.markdown(f"## {_mark(one)} {text.plain(one.words)}")
            if one.carried:
                text.aside(f"Carried on from {one.made_on:%B}")
    text.aside("Put this page on the wall at the next meeting of the leadership team.")
