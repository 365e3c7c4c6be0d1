"""Barriers on the leader's page: who can remove them, asked on, due, answered on; you said, we did."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people.school_calendar import school_today
from plc.priorities import OUTCOMES, REMOVABLE_BY, Barrier, answer_barrier
from plc.schools import STATES, BarrierRow, barrier_days, school_barriers
from plc.ui import alerts, menu, school_choice, session, text
from plc.ui.barriers import WHO

KEY: Final = "school_barriers"


def draw(database: Database, viewer: Viewer) -> None:
    """How long answers take, then each barrier with its answer or the way to give one."""
    query = school_choice.ask(database, viewer, key=KEY)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{KEY}.filters"):
        state = school_choice.filter_by("Show", STATES, words=str.capitalize, key=KEY, name="state")
        removable_by = school_choice.filter_by(
            "Who can remove it", REMOVABLE_BY, words=str.capitalize, key=KEY, name="removable_by"
        )
    with alerts.stopping():
        days = barrier_days(database, viewer, school_id=query.school_id)
        found = school_barriers(database, viewer, query, state=state, removable_by=removable_by)
    if days.median_days is not None:
        took = f"{days.median_days:g} {'day' if days.median_days == 1 else 'days'}"
        one = days.answered == 1
        said = (
            f"The one answer took {took}."
            if one
            else f"Half of {days.answered:,} answers came within {took}."
        )
        st.markdown(f"**{said}** {days.waiting:,} waiting, {days.late:,} late.")
    if not found.rows:
        st.info("No team has asked for anything here.", icon=":material/check_circle:")
    for row in found.rows:
        with st.container(border=True, key=f"{KEY}.{row.barrier.barrier_id}"):
            _draw(database, viewer, row)
    school_choice.draw_pages(shown=found.page, pages=found.pages, found=found.found, key=KEY)
    st.page_link(menu.MY_DECISIONS, label="What will I do?", icon=":material/arrow_forward:")


def _draw(database: Database, viewer: Viewer, row: BarrierRow) -> None:
    barrier = row.barrier
    school = f", {text.plain(row.school_name)}" if row.school_name and len(viewer.school_ids) != 1 else ""
    said = f"**You said:** {text.plain(barrier.words)}"
    st.markdown(said if barrier.answered_on else f"**{text.plain(barrier.words)}**")
    if barrier.answered_on is not None:
        st.markdown(f"**We did** ({barrier.outcome}): {text.plain(barrier.answer or '')}")
    elif barrier.answer:
        st.markdown(f"So far: {text.plain(barrier.answer)}")
    dates = f"asked on {barrier.asked_on:%-d %B}, due {barrier.due_on:%-d %B}"
    if barrier.answered_on is not None:
        dates += f", answered on {barrier.answered_on:%-d %B}"
    elif barrier.is_late(school_today(database)):
        dates += "; :material/schedule: that day has passed"
    who = WHO[barrier.removable_by]
    text.aside(f"{text.plain(barrier.team_name)}{school} · {barrier.kind} · {who} can remove it · {dates}")
    if barrier.answered_on is None:
        if viewer.role is Role.PRINCIPAL and barrier.removable_by == "district":
            text.aside(":material/forward: It waits for the district.")
            return
        _draw_answering(database, viewer, barrier)


def _draw_answering(database: Database, viewer: Viewer, barrier: Barrier) -> None:
    outcomes = [one for one in OUTCOMES if one != "asked on" or barrier.removable_by == "principal"]
    words_of = {one: one.capitalize() for one in OUTCOMES} | {"asked on": "Ask the district"}
    box = st.popover("Answer", icon=":material/reply:", key=f"{KEY}.open.{barrier.barrier_id}")
    with box, st.form(f"{KEY}.form.{barrier.barrier_id}", border=False):
        outcome = st.selectbox(
            "What can you do?",
            outcomes,
            format_func=words_of.__getitem__,
            key=f"{KEY}.outcome.{barrier.barrier_id}",
        )
        answer = st.text_area("In one or two sentences", key=f"{KEY}.words.{barrier.barrier_id}")
        text.aside("The team reads it with today's date.")
        sent = st.form_submit_button("Answer", type="primary", icon=":material/send:")
    if sent:
        with alerts.shown():
            answer_barrier(database, viewer, barrier.barrier_id, outcome=outcome, answer=answer)
            session.leave_notice(f"{barrier.team_name} reads your answer.")
            st.rerun()
