"""A step of a meeting being shown: to whom, and whether on the wall or on her own device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings import Meeting, MeetingStep, Note, NoteKind, notes, send_note, take_back_note
from plc.ui import draft_box, pressing, text
from plc.ui.draft_box import Sent


@dataclass(frozen=True, slots=True)
class Showing:
    """What every screen draws from. `projected`: everybody in the room reads it, so nothing private shows."""

    database: Database
    viewer: Viewer
    meeting: Meeting
    step: MeetingStep
    projected: bool

    @property
    def leads(self) -> bool:
        """Whether the facilitator's own buttons belong here."""
        return not self.projected and self.meeting.roles.facilitator_id == self.viewer.teacher_id

    def notes(self, kind: NoteKind, *, step_key: str | None = None) -> list[Note]:
        """The notes of one kind that the viewer may read, of one step or of the whole meeting."""
        return [
            note
            for note in notes(self.database, self.viewer, self.meeting.meeting_id)
            if note.kind is kind and (step_key is None or note.step_key == step_key)
        ]

    def store(self, *place: str) -> str:
        """Where this device keeps a draft of this step."""
        return draft_box.store_of(self.viewer, self.meeting.meeting_id, self.step.step_key, *place)


def draw_note_box(
    showing: Showing,
    kind: NoteKind,
    label: str,
    *,
    hint: str = "",
    placeholder: str = "",
    lines: int = 2,
    before_sending: Callable[[Sent], None] | None = None,
) -> None:
    """A box that sends notes of one kind; nothing on the wall."""
    if showing.projected:
        return
    draft_box.draw(
        label,
        viewer=showing.viewer,
        store=showing.store(str(kind)),
        on_send=partial(_send, showing, kind, before_sending),
        hint=hint,
        placeholder=placeholder,
        lines=lines,
    )


def _send(
    showing: Showing, kind: NoteKind, before_sending: Callable[[Sent], None] | None, sent: Sent
) -> None:
    if before_sending is not None:
        before_sending(sent)
    send_note(
        showing.database,
        showing.viewer,
        showing.meeting.meeting_id,
        note_id=sent.note_id,
        step_key=showing.step.step_key,
        kind=kind,
        words=sent.words,
    )


def draw_notes(showing: Showing, shown: list[Note], *, empty: str = "") -> None:
    """Notes as a list; one's own can be taken back."""
    if not shown and empty:
        text.aside(empty)
    for note in shown:
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"note.{note.note_id}"
        ):
            said = f" :small[:gray[{text.plain(note.author_name)}]]" if note.author_name else ""
            st.markdown(f"{text.plain(note.words)}{said}", width="stretch")
            if note.own and not showing.projected:
                _draw_take_back(showing, note)


def _draw_take_back(showing: Showing, note: Note) -> None:
    pressing.button(
        "Take back",
        partial(take_back_note, showing.database, showing.viewer, note.note_id),
        viewer=showing.viewer,
        kind="tertiary",
        icon=":material/undo:",
        hint="Removes your own note.",
        key=f"note.back.{note.note_id}",
    )
