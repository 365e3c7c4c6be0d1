"""The first and the last step: what we are here for, who is here, and whether it was worth it."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from plc.meetings import answer_exit, exit_answers, pulse_trend, set_attendance
from plc.meetings.pulse import FEWEST_ANSWERS
from plc.ui import draft_box, switches, text, unnamed
from plc.ui.draft_box import Choice, Sent
from plc.ui.meeting_controls import draw_roles
from plc.ui.meeting_showing import Showing

WORTH: Final = tuple(Choice(str(worth), str(worth), f"{worth} of 5") for worth in range(1, 6))


def draw_opening(showing: Showing) -> None:
    """The goal in one sentence, phase and week, norms, roles, who is here."""
    meeting = showing.meeting
    draw_goal(
        meeting.goal or "Our team has no open inquiry yet. Today is a good day to agree on a challenge."
    )
    draw_phase(meeting.phase, meeting.week_number, meeting.week_count)
    left, right = st.columns(2)
    with left:
        st.markdown("**Who does what today**")
        draw_roles(showing.database, showing.viewer, meeting)
    with right:
        st.markdown("**How we work together**")
        norms = [line for line in meeting.norms.splitlines() if line.strip()]
        st.markdown("\n".join(f"- {text.plain(norm)}" for norm in norms) or "No norms are written down yet.")
    _draw_attendance(showing)


def draw_goal(goal: str) -> None:
    """The challenge in large type, the aim below it."""
    challenge, _, aim = goal.partition("\n")
    st.header(text.plain(challenge), anchor=False)
    if aim:
        st.markdown(text.plain(aim))


def draw_phase(phase: str | None, week_number: int | None, week_count: int | None) -> None:
    """`Confirm, week 3 of 6`; nothing outside an inquiry."""
    if phase is not None:
        week = f", week {week_number} of {week_count}" if week_number else ""
        st.badge(f"{phase.capitalize()}{week}", icon=":material/flag:", color="gray")


def _draw_attendance(showing: Showing) -> None:
    st.markdown("**Who is here**")
    members = showing.meeting.members
    if showing.projected:
        here = [member.name for member in members if member.present]
        st.markdown(", ".join(text.plain(name) for name in here) or "Nobody has arrived yet.")
        return
    with st.container(horizontal=True, key="meeting.attendance"):
        for member in members:
            key = f"meeting.here.{unnamed.key_of(member.teacher_id)}"
            there = st.checkbox(
                text.plain(member.name), key=switches.key_of_stored(key, stored=bool(member.present))
            )
            if there != bool(member.present):
                with switches.storing(key):
                    set_attendance(
                        showing.database, showing.viewer, showing.meeting.meeting_id,
                        teacher_id=member.teacher_id, present=there,
                    )  # fmt: skip
                st.rerun()
    text.aside("Whoever opens the meeting is marked. Put it right by hand where somebody sits beside you.")


def draw_exit(showing: Showing) -> None:
    """One number and one word, which nobody can trace; then the trend."""
    answers, own = exit_answers(showing.database, showing.viewer, showing.meeting.meeting_id)
    here = sum(bool(member.present) for member in showing.meeting.members)
    if not showing.projected:
        if own:
            st.success("Your answer is counted. Thank you.", icon=":material/done:")
        else:
            draft_box.draw(
                "One word, if you like. Then press a number: 1 is not at all, 5 is very much.",
                viewer=showing.viewer,
                store=showing.store("pulse"),
                on_send=partial(_answer, showing),
                choices=WORTH,
                placeholder="Focused",
                lines=1,
                may_be_empty=True,
                most=30,
                sent_words="Counted.",
            )
    st.markdown(f"**{answers} of {max(here, answers)} have answered.**")
    text.aside(
        "Answers are counted without names. Only this team sees them, and only as a mean of at least"
        f" {FEWEST_ANSWERS}."
    )
    draw_trend(showing)


def _answer(showing: Showing, sent: Sent) -> None:
    answer_exit(
        showing.database, showing.viewer, showing.meeting.meeting_id, worth=int(sent.choice), word=sent.words
    )


def draw_trend(showing: Showing) -> None:
    """Means of earlier meetings, as a table: there are a handful a term."""
    trend = pulse_trend(showing.database, showing.viewer, showing.meeting.team_id)
    if not trend:
        text.aside(f"The trend begins once {FEWEST_ANSWERS} answers of meetings that ended have come in.")
        return
    st.markdown("**Worth our time, so far**")
    text.table(
        {
            "Meetings": [
                f"{block.first_on:%-d %b}" if block.first_on == block.last_on
                else f"{block.first_on:%-d %b} to {block.last_on:%-d %b}"
                for block in trend
            ],
            "Mean of 1 to 5": [f"{block.mean:.1f}" for block in trend],
            "Answers": [str(block.answers) for block in trend],
            "Words": [", ".join(block.words) for block in trend],
        }
    )  # fmt: skip
