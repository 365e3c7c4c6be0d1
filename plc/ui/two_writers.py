"""Two people write in the same form at once: theirs stands beside the form, mine stays in it.

A form has a key without the version, so that what is being typed outlives a colleague's change. It remembers
the version it was filled from and, once a press met a colleague's words, the version that was shown then: the
next press is kept over that one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from plc.core.errors import BothTexts, PlcError
from plc.ui import alerts, session, text


def seen_version(form: str, stored: int, *, box: str) -> int:
    """The version that a press in the form is kept over; `stored` is the one in the database.

    A form that is drawn anew, whose `box` (the key of a widget in it) the session does not hold, begins from
    what is stored. Called before the box is drawn.
    """
    if box not in st.session_state:
        go_on(form, stored)
    return session.seen_of(_met(form), session.seen_of(form, stored))


def go_on(form: str, version: int) -> None:
    """The form holds this version now: it was kept, or filled anew."""
    session.keep_seen_of(form, version)
    session.keep_seen_of(_met(form), version)


def keep(form: str, write: Callable[[], int], *, notice: str) -> None:
    """What a press in the form does: `write` stores its words and returns the version they are now.

    Where a colleague's came first, or they are refused, they stay in the form.
    """
    try:
        kept = write()
    except BothTexts as conflict:
        meet(form, conflict)
    except PlcError as error:
        alerts.show(error)
    else:
        go_on(form, kept)
        session.leave_notice(notice)
        st.rerun()


def meet(form: str, conflict: BothTexts) -> None:
    """Draw the page anew with the words that were met."""
    session.keep_seen_of(_met(form), conflict.version)
    st.rerun()


def begin_note(form: str, stored: int, *, words: str = "words", place: str = "form") -> bool:
    """Say that a colleague wrote in this form, if one did; True asks for her words to be drawn below it."""
    began = session.seen_of(form, stored)
    if began == stored:
        return False
    if session.seen_of(_met(form), began) == stored:
        warn(
            f"A colleague wrote here while you did. Her {words} stand below, yours are still in the {place}:"
            " put together what you both mean and keep it."
        )
    else:
        text.aside("A colleague wrote here since you opened this page:")
    return True


def draw_theirs(form: str, stored: int, theirs: Mapping[str, str]) -> None:
    """A colleague's words by what they answer, where she wrote since the form was filled."""
    if begin_note(form, stored):
        for asked, words in theirs.items():
            st.markdown(f"**{text.plain(asked)}**")
            st.text(words or "(nothing)")


def warn(said: str) -> None:
    """That a colleague's press came first; `said` tells where her words and one's own stand."""
    st.warning(said, title="Two people wrote at once", icon=":material/group:")


def _met(form: str) -> str:
    return f"{form}.met"
