"""The fields of a card being written: what is stored, what was refused, and what met a co-author's words.

Each field is kept by itself as soon as one leaves it, and remembers the version its words began from. Refused
words stay in their field, also when one looks at another step, until they are put right.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import streamlit as st

from plc.core.errors import BothTexts, Conflict, PlcError
from plc.core.viewer import Viewer
from plc.practices import Card, edit_field
from plc.ui import runtime, session

# The step of a card on which each field stands.
STEPS: Final = ("What", "How", "Materials", "Look it over")
STEP_OF: Final = {
    "title": "What",
    "when_to_use": "What",
    "subject": "What",
    "grades": "What",
    "standards": "What",
    "steps": "How",
    "core_parts": "How",
    "adaptable_parts": "How",
    "minutes": "How",
    "went_wrong": "How",
}
# The fields that hold words of one's own, each with what helps to find them.
TEXTS: Final = {
    "title": "One line that begins with a verb: something a visitor could see you do.",
    "when_to_use": "In which moment, for which students, for which kind of lesson.",
    "steps": "One step a line. A colleague should be able to do it from these words alone.",
    "core_parts": "What makes it the same practice. Whoever tests it keeps these.",
    "adaptable_parts": "What others may do their own way.",
    "went_wrong": "What you tried that did not help. It saves others the detour.",
}
_REFUSED: Final = "plc.practices.refused"
_CONFLICTS: Final = "plc.practices.conflicts"
_BROUGHT: Final = "plc.practices.brought"
_TURN_TO: Final = "plc.practices.turn_to"


@contextmanager
def field(viewer: Viewer, found: Card, name: str) -> Iterator[dict[str, Any]]:
    """A place for one field; yields its key and what keeps it.

    The field is filled from what is stored when it is first drawn, and never under the hands of whoever
    writes in it: what a co-author stores there since is offered under it. What stands under it moves no other
    field, for one that is drawn at another place loses the words being typed.
    """
    key = _key(found.practice_id, name)
    stored = getattr(found.wording, name)
    shown = list(stored) if isinstance(stored, tuple) else stored
    refusal = refusals(found.practice_id).get(name)
    own = st.session_state.pop(f"{key}.saved", False)
    first = key not in st.session_state
    # In a session that never drew the field a default gives way to what the browser holds: words typed while
    # the server was started again.
    new_here = first and f"{key}.stored" not in st.session_state and name in TEXTS
    default = {"value": shown} if new_here else {}
    if first and not new_here:
        st.session_state[key] = refusal[0] if refusal else shown
    if own or (first and not refusal) or st.session_state[key] == shown:
        st.session_state[f"{key}.stored"] = shown
        session.keep_seen_of(key, found.version)
    disputed = name in conflicts(found.practice_id)
    with st.container():
        yield {
            "key": key,
            "on_change": _save,
            "args": (viewer, found.practice_id, name),
            "disabled": disputed,
            **default,
        }
        if new_here and st.session_state[key] != shown:
            _keep_brought(viewer, found, name)
        if refusal:
            st.error(refusal[1], title="Not saved", icon=":material/error:")
        elif st.session_state[f"{key}.stored"] != shown and not disputed:
            _offer_theirs(found, name)


def _offer_theirs(found: Card, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":material/group: A co-author changed these words.")
        st.button(
            "Show the new words", type="tertiary", key=f"card.theirs.{name}",
            on_click=begin_again, args=(found.practice_id, name),
        )  # fmt: skip


def refusals(practice_id: str) -> dict[str, tuple[Any, str]]:
    """The words that were refused, and why, by field."""
    every: dict[str, dict[str, tuple[Any, str]]] = st.session_state.setdefault(_REFUSED, {})
    return every.setdefault(practice_id, {})


def conflicts(practice_id: str) -> dict[str, tuple[Any, int]]:
    """The viewer's words that met a co-author's, and the version they met, by field."""
    every: dict[str, dict[str, tuple[Any, int]]] = st.session_state.setdefault(_CONFLICTS, {})
    return every.setdefault(practice_id, {})


def turn_to_refused() -> None:
    """Stay with the field whose words were refused a moment ago; called before the steps are drawn."""
    if name := st.session_state.pop(_TURN_TO, None):
        st.session_state["card.step"] = STEP_OF[name]


def _keep_brought(viewer: Viewer, found: Card, name: str) -> None:
    """Keep words that a browser held while the server was started again.

    What they began from is not known any more, so they replace nothing that they do not hold themselves.
    """
    said: str = st.session_state[_key(found.practice_id, name)]
    if getattr(found.wording, name) in said:
        _save(viewer, found.practice_id, name)
    else:
        conflicts(found.practice_id)[name] = (said, found.version)
    st.session_state[_BROUGHT] = True


def draw_what_was_brought() -> None:
    """Draw the page anew where words came back that the server had not heard of; after all fields."""
    if st.session_state.pop(_BROUGHT, False):
        session.leave_notice("The connection had been lost. Nothing you had typed is lost.")
        st.rerun()


def begin_again(practice_id: str, name: str) -> None:
    """Let a field begin anew from what is stored; called before it is drawn."""
    st.session_state.pop(_key(practice_id, name), None)
    conflicts(practice_id).pop(name, None)


def _key(practice_id: str, name: str) -> str:
    return f"card.{name}.{practice_id}"


def _save(viewer: Viewer, practice_id: str, name: str) -> None:
    """Keep one field; what met a co-author's words or was refused stays with the writer."""
    key = _key(practice_id, name)
    value = st.session_state[key]
    said = tuple(value) if isinstance(value, list) else value
    try:
        version = _edit(viewer, practice_id, name, said, seen_version=session.seen_of(key, 0))
    except BothTexts as conflict:
        conflicts(practice_id)[name] = (said, conflict.version)
    except PlcError as error:
        runtime.note_refusal(error)
        refusals(practice_id)[name] = (value, error.message)
        st.session_state[_TURN_TO] = name
        return
    else:
        session.keep_seen_of(key, version)
        st.session_state[f"{key}.saved"] = True
    refusals(practice_id).pop(name, None)


def _edit(viewer: Viewer, practice_id: str, name: str, said: object, *, seen_version: int) -> int:
    """Store one field; tried again where another save came at the very same moment, which can be read now."""
    edit = partial(edit_field, runtime.database(), viewer, practice_id, name, said, seen_version=seen_version)
    try:
        return edit()
    except BothTexts:
        raise
    except Conflict:
        return edit()
