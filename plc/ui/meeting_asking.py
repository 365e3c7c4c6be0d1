"""Asking for help, sending a barrier to who can remove it, offering to share."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final

import streamlit as st

from plc.meetings import NoteKind, tell_devices
from plc.people.school_calendar import school_today
from plc.priorities import KINDS, REMOVABLE_BY, ask_barrier, list_barriers
from plc.ui import draft_box, text
from plc.ui.draft_box import Choice, Sent
from plc.ui.meeting_showing import Showing, draw_note_box, draw_notes

WEEK: Final = timedelta(days=7)
WHO_CAN: Final = {"principal": "Our principal", "district": "The district"}


def draw_ask(showing: Showing) -> None:
    """Three things a team may send, none of which it must."""
    st.markdown("All three are optional.")
    help_box, barrier_box, share_box = (
        st.expander(title, icon=f":material/{icon}:", key=f"ask.{icon}", on_change="rerun")
        for title, icon in (
            ("We need help", "support"),
            ("Something is in our way", "block"),
            ("We have something to share", "volunteer_activism"),
        )
    )
    with help_box:
        draw_note_box(showing, NoteKind.HELP, "What would help?", placeholder="A coach to watch one lesson")
        draw_notes(showing, showing.notes(NoteKind.HELP))
    with barrier_box:
        _draw_barrier(showing)
    with share_box:
        draw_note_box(
            showing, NoteKind.SHARE, "What could others try?",
            hint="This stays in your record. Sharing the practice itself is its own step, with consent.",
        )  # fmt: skip
        draw_notes(showing, showing.notes(NoteKind.SHARE))


def _draw_barrier(showing: Showing) -> None:
    asked = [
        barrier
        for barrier in list_barriers(showing.database, showing.viewer, unanswered=True)
        if barrier.team_id == showing.meeting.team_id
    ]
    for barrier in asked:
        st.markdown(
            f"- {text.plain(barrier.words)} :small[:gray[{WHO_CAN[barrier.removable_by]},"
            f" answer by {barrier.due_on:%-d %B}]]"
        )
    if showing.projected:
        return
    today = school_today(showing.database)
    who = st.segmented_control(
        "Who can remove it?", REMOVABLE_BY, format_func=WHO_CAN.__getitem__, default=REMOVABLE_BY[0],
        required=True, key="ask.who",
    )  # fmt: skip
    left, right = st.columns(2)
    kind = left.selectbox("What kind?", KINDS, format_func=str.capitalize, key="ask.kind")
    due_on = right.date_input("Answer by when?", value=today + 2 * WEEK, min_value=today, key="ask.due")
    draft_box.draw(
        "What is in our way?",
        viewer=showing.viewer,
        store=showing.store("barrier"),
        on_send=partial(_ask, showing, kind, who or REMOVABLE_BY[0], due_on),
        choices=(Choice("ask", "Send it"),),
        hint="They read these words, your team's name and the date; no name of yours.",
        lines=2,
        most=500,
        sent_words="Sent. The answer comes back to this team, with its date.",
    )


def _ask(showing: Showing, kind: str, who: str, due_on: date, sent: Sent) -> None:
    ask_barrier(
        showing.database, showing.viewer, showing.meeting.team_id, kind=kind, words=sent.words,
        removable_by=who, due_on=due_on, inquiry_id=showing.meeting.inquiry_id,
        meeting_id=showing.meeting.meeting_id, barrier_id=sent.note_id,
    )  # fmt: skip
    tell_devices(showing.database, showing.viewer, showing.meeting.meeting_id)
