"""Stalled inquiries on the page: the team and the reason, and what one can do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, get_args

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.people.school_calendar import school_today
from plc.schools import (
    REASONS,
    StalledTeam,
    Support,
    give_support,
    given_support,
    stalled_teams,
    take_back_support,
)
from plc.schools.support import Kind
from plc.ui import alerts, menu, school_choice, session, text

ROUND: Final = "who_needs_help.round"
KEY: Final = "school_stalled"
REASON_WORDS: Final = {
    "data": "No data for three weeks",
    "decision": "No decision for two cycles",
    "barrier": "A barrier waits too long",
}
KIND_WORDS: Final = {"time": "Give time", "coach": "Offer a coach"}
GIVEN_WORDS: Final = {"time": "time given", "coach": "a coach offered"}
EXAMPLES: Final = {
    "time": "The lesson after lunch is covered for all of you.",
    "coach": "Ms Berg could join your next meeting.",
}
ANSWER_WORDS: Final = {
    "yes": "the team said yes",
    "not now": "the team said not now",
    None: "not answered yet",
}


def draw(database: Database, viewer: Viewer) -> None:
    """Teams that may need help, a page at a time, then what was given."""
    query = school_choice.ask(database, viewer, key=KEY)
    reason = school_choice.filter_by("Why", REASONS, words=REASON_WORDS.__getitem__, key=KEY, name="reason")
    with alerts.stopping():
        found = stalled_teams(database, viewer, query, reason=reason)
    if not found.rows:
        st.info("No team stands still for this reason." if reason else "No team stands still.",
                icon=":material/check_circle:")  # fmt: skip
    for row in found.rows:
        with st.container(border=True, key=f"{KEY}.team.{row.team_id}"):
            _draw_team(database, viewer, row)
    school_choice.draw_pages(shown=found.page, pages=found.pages, found=found.found, key=KEY)
    _draw_given(database, viewer)
    st.page_link(menu.SCHOOL_BARRIERS, label="What is in their way?", icon=":material/arrow_forward:")


def _draw_team(database: Database, viewer: Viewer, row: StalledTeam) -> None:
    where = f", {text.plain(row.school_name)}" if row.school_name and len(viewer.school_ids) != 1 else ""
    st.markdown(f"**{text.plain(row.team_name)}**{where}")
    for reason in row.reasons:
        st.markdown(f"- {reason}.")
    if row.phase:
        text.aside(f"In {row.phase.capitalize()}")
    if row.helped_on is not None and row.helped_kind is not None:
        text.aside(f":material/check: {GIVEN_WORDS[row.helped_kind].capitalize()} on {row.helped_on:%-d %B}")
    with st.container(horizontal=True, vertical_alignment="center"):
        for kind in get_args(Kind):
            # Another key once something was sent: the popover is a new one, closed and empty.
            key = f"{KEY}.{kind}.{row.team_id}.{st.session_state.get(ROUND, 0)}"
            with st.popover(KIND_WORDS[kind], icon=_icon(kind), key=key):
                _draw_giving(database, viewer, row, kind)
        if row.late_barriers:
            st.page_link(menu.SCHOOL_BARRIERS, label="Answer the barrier", icon=":material/reply:")


def _icon(kind: str) -> str:
    return ":material/schedule:" if kind == "time" else ":material/support_agent:"


def _draw_giving(database: Database, viewer: Viewer, row: StalledTeam, kind: Kind) -> None:
    today = school_today(database)
    with st.form(f"{KEY}.form.{kind}.{row.team_id}", border=False):
        words = st.text_area(
            "What do you give?" if kind == "time" else "Who could come?",
            placeholder=EXAMPLES[kind],
            key=f"{KEY}.say.{kind}.{row.team_id}",
        )
        day = st.date_input(
            "For which day?",
            value=today + timedelta(days=7),
            min_value=today,
            key=f"{KEY}.day.{kind}.{row.team_id}",
        )
        text.aside("The team reads this on its own page, dated, and answers.")
        sent = st.form_submit_button("Send to the team", type="primary", icon=":material/send:")
    if sent:
        with alerts.shown():
            give_support(database, viewer, row.team_id, kind=kind, words=words, for_on=day)
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
            session.leave_notice(f"{row.team_name} reads it on its page.")
            st.rerun()


def _draw_given(database: Database, viewer: Viewer) -> None:
    with alerts.stopping():
        notes = given_support(database, viewer)
    if not notes:
        return
    st.header("What was given", anchor=False)
    for note in notes:
        _draw_note(database, viewer, note)


def _draw_note(database: Database, viewer: Viewer, note: Support) -> None:
    with st.container(border=True, key=f"{KEY}.note.{note.support_id}"):
        st.markdown(f"{_icon(note.kind)} **{text.plain(note.team_name)}:** {text.plain(note.words)}")
        text.aside(f"For {note.for_on:%-d %B}, sent on {note.given_on:%-d %B}; {ANSWER_WORDS[note.answer]}")
        if note.answer is None and st.button(
            "Take it back", type="tertiary", icon=":material/undo:", key=f"{KEY}.back.{note.support_id}"
        ):
            with alerts.shown():
                take_back_support(database, viewer, note.support_id)
                st.rerun()
