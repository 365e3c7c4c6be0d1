"""Two authors wrote the same words of a card at once: both texts, and the words to keep."""

from __future__ import annotations

from typing import Any

import streamlit as st

from plc.core.errors import BothTexts, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import FIELD_NAMES, Card, edit_field
from plc.practices.wording import LONGEST_TEXT
from plc.ui import alerts, practice_fields, session, text, two_writers
from plc.ui.practice_words import grades_words


def draw(database: Database, viewer: Viewer, found: Card) -> None:
    """Both texts of each field that met a co-author's, and the words to keep; nothing where none did."""
    with st.container():
        for name in list(practice_fields.conflicts(found.practice_id)):
            with st.container(border=True, key=f"card.conflict.{found.practice_id}.{name}"):
                _draw_one(database, viewer, found, name)


def _draw_one(database: Database, viewer: Viewer, found: Card, name: str) -> None:
    key = f"card.conflict.{found.practice_id}.{name}"
    mine, met = practice_fields.conflicts(found.practice_id)[name]
    theirs = getattr(found.wording, name)
    two_writers.warn("A co-author changed the same words while you wrote. Nothing is lost: both stand here.")
    st.header(FIELD_NAMES[name], anchor=False)
    text.aside("Your co-author wrote")
    st.text(_words(theirs))
    text.aside("You wrote")
    st.text(_words(mine))
    if name in practice_fields.TEXTS:
        kept: Any = st.text_area("Keep", value=mine, key=f"{key}.words", height=180, max_chars=LONGEST_TEXT)
    else:
        sides = {"mine": "Mine", "theirs": "My co-author's"}
        side = st.radio("Keep", list(sides), format_func=sides.__getitem__, key=f"{key}.side")
        kept = mine if side == "mine" else theirs
    with st.container(horizontal=True):
        keep = st.button("Keep these words", type="primary", icon=":material/check:", key=f"{key}.keep")
        drop = st.button("Leave my words out", type="tertiary", icon=":material/undo:", key=f"{key}.drop")
    if keep:
        _keep(database, viewer, found, name, kept, met)
    elif drop:
        _leave(found, name, "Your co-author's words stand.")


def _keep(database: Database, viewer: Viewer, found: Card, name: str, kept: Any, met: int) -> None:
    """Save the words put together, unless the co-author wrote there once more."""
    try:
        edit_field(database, viewer, found.practice_id, name, kept, seen_version=met)
    except BothTexts as conflict:
        practice_fields.conflicts(found.practice_id)[name] = (kept, conflict.version)
        st.info("Your co-author wrote there once more. Her new words stand above.", icon=":material/group:")
    except PlcError as error:
        alerts.show(error)
    else:
        _leave(found, name, "Kept, with both your changes.")


def _leave(found: Card, name: str, words: str) -> None:
    practice_fields.begin_again(found.practice_id, name)
    session.leave_notice(words)
    st.rerun()


def _words(value: Any) -> str:
    if value in (None, "", ()):
        return "(nothing)"
    if isinstance(value, tuple):
        return grades_words(value) if isinstance(value[0], int) else ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
