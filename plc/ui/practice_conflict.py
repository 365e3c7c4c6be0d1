"""Two authors wrote the same words of a card at once: both texts, and the words to keep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import FIELD_NAMES, Card, edit_card
from plc.ui import alerts, session, text
from plc.ui.practice_words import grades_words


def draw(database: Database, viewer: Viewer, found: Card) -> None:
    """Both texts of the field, and the one to keep."""
    conflict = session.card_conflict() or {}
    name, mine = conflict["field"], conflict["mine"]
    theirs = getattr(found.wording, name)
    st.warning(
        "A co-author changed the same words while you wrote. Nothing is lost: both stand here.",
        title="Two people wrote at once",
        icon=":material/group:",
    )
    st.header(FIELD_NAMES[name], anchor=False)
    text.aside("Your co-author wrote")
    st.text(_words(theirs))
    text.aside("You wrote")
    st.text(_words(mine))
    if isinstance(mine, str) and isinstance(theirs, str) and name != "subject":
        kept: Any = st.text_area("Keep", value=mine, key="card.conflict.words", height=180)
    else:
        sides = {"mine": "Mine", "theirs": "My co-author's"}
        side = st.radio("Keep", list(sides), format_func=sides.__getitem__, key="card.conflict.side")
        kept = mine if side == "mine" else theirs
    with st.container(horizontal=True):
        if st.button("Keep these words", type="primary", icon=":material/check:", key="card.conflict.keep"):
            with alerts.stopping():
                edit_card(
                    database,
                    viewer,
                    found.practice_id,
                    replace(found.wording, **{name: kept}),
                    seen_version=found.version,
                )
            _leave("Kept, with both your changes.")
        if st.button("Leave my words out", type="tertiary", icon=":material/undo:", key="card.conflict.drop"):
            _leave("Your co-author's words stand.")


def _leave(words: str) -> None:
    session.keep_card_conflict(None)
    session.leave_notice(words)
    st.rerun()


def _words(value: Any) -> str:
    if value in (None, "", ()):
        return "(nothing)"
    if isinstance(value, tuple):
        return grades_words(value) if isinstance(value[0], int) else ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
