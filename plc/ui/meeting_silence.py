"""Looking together: the team's students as one group, what each writes in silence, and all of it at once."""

from __future__ import annotations

from functools import partial

import streamlit as st

from plc.meetings import NoteKind, open_class_view, reveal, silent_writers
from plc.ui import meeting_series, preparing, pressing, text
from plc.ui.meeting_showing import Showing, draw_note_box, draw_notes


def draw_see(showing: Showing) -> None:
    """The team's students as one group, and a box of one's own that nobody reads yet."""
    shown = showing.step.revealed_at is not None
    written = silent_writers(showing.database, showing.viewer, showing.meeting.meeting_id)
    if showing.projected and not shown:
        meeting_series.draw_team(showing)
    draw_note_box(
        showing,
        NoteKind.OBSERVATION,
        "One thing you see",
        hint=""
        if shown
        else "A fact, not a reason. Only you see it until the facilitator shows all of them together.",
        placeholder="18 of 78 students left item 4 empty",
    )
    here = sum(bool(member.present) for member in showing.meeting.members)
    count = written.get(showing.step.step_key, 0)
    if not shown:
        st.markdown(f"**{count} of {max(here, count)} have written.**")
        _draw_reveal(showing, count)
    draw_notes(showing, showing.notes(NoteKind.OBSERVATION, step_key=showing.step.step_key))
    if shown or not showing.projected:
        meeting_series.draw_team(showing)


def _draw_reveal(showing: Showing, count: int) -> None:
    if not showing.leads:
        return
    pressing.button(
        "Show all observations",
        partial(
            reveal, showing.database, showing.viewer, showing.meeting.meeting_id,
            step_key=showing.step.step_key,
        ),
        viewer=showing.viewer,
        icon=":material/visibility:",
        disabled=count == 0,
        key="meeting.reveal",
    )  # fmt: skip


def draw_observations(showing: Showing) -> None:
    """Every observation, the classes once the facilitator opens them, and what the team makes of it."""
    st.header("What we saw", anchor=False)
    draw_notes(
        showing,
        showing.notes(NoteKind.OBSERVATION),
        empty="Nobody wrote an observation. Say what you see; the recorder writes it below.",
    )
    draw_note_box(
        showing, NoteKind.DISCUSSION, "What do we agree on?", placeholder="Item 4 is where it breaks"
    )
    draw_notes(showing, showing.notes(NoteKind.DISCUSSION, step_key=showing.step.step_key))
    st.header("By class", anchor=False)
    preparing.draw_words(showing.database, showing.viewer, showing.meeting.team_id)
    _draw_lock(showing)
    if showing.meeting.class_view_open:
        meeting_series.draw_classes(showing)


def _draw_lock(showing: Showing) -> None:
    opened = showing.meeting.class_view_open
    if not opened:
        text.aside(
            ":material/lock: Locked, so that the team looks at all its students first."
            " The facilitator opens it for everybody."
        )
    if showing.leads:
        pressing.button(
            "Lock it again" if opened else "Open the view by class",
            partial(
                open_class_view, showing.database, showing.viewer, showing.meeting.meeting_id,
                opened=not opened,
            ),
            viewer=showing.viewer,
            icon=":material/lock:" if opened else ":material/lock_open:",
            key="meeting.class_view",
        )  # fmt: skip


def draw_task(showing: Showing) -> None:
    """An item the students had, done by the adults first."""
    st.markdown(
        "Put one item of the assessment on paper or on the wall. Everyone answers it alone, then compare:"
        " what does it take to get it right, and where would a student stop?"
    )
    draw_note_box(
        showing,
        NoteKind.DISCUSSION,
        "What does the item ask for?",
        placeholder="Two steps; the second is hidden",
    )
    draw_notes(showing, showing.notes(NoteKind.DISCUSSION, step_key=showing.step.step_key))
