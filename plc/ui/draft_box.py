"""A text box whose words outlive a closed laptop and a lost network.

What is typed stays in the browser until it is sent, and what is sent stays there until it arrived; the
device gives each thing an id, so that sending it again keeps one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Viewer
from plc.meetings.wording import LONGEST_WORDS
from plc.ui import pressing, runtime
from plc.ui.components import component

_BOX: Final = component("draft_box")
# What one device may have waiting; more is not a meeting's writing.
MOST_WAITING: Final = 50
_ARRIVED, _REFUSED = "arrived", "refused"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came from a device: its id, the words, and the button that was pressed."""

    note_id: str
    words: str
    choice: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that sends; `spoken` is what a screen reader says where the label alone is not enough."""

    value: str
    label: str
    spoken: str = ""


SEND: Final = (Choice("send", "Send"),)


def store_of(viewer: Viewer, meeting_id: str, *place: str) -> str:
    """Where a browser keeps a draft: by meeting, step and writer, so that nobody else finds it there."""
    writer = hashlib.sha256(f"{meeting_id}/{viewer.signature}".encode()).hexdigest()[:12]
    return ".".join((meeting_id, writer, *place))


def draw(
    label: str,
    *,
    viewer: Viewer,
    store: str,
    on_send: Callable[[Sent], None],
    choices: Sequence[Choice] = SEND,
    hint: str = "",
    placeholder: str = "",
    lines: int = 3,
    may_be_empty: bool = False,
    empty_words: str = "Write a line first.",
    sent_words: str = "Sent.",
    most: int = LONGEST_WORDS,
    label_shown: bool = True,
    only_with_words: bool = False,
) -> None:
    """The viewer's box; `on_send` keeps one thing; what it refuses goes back into it with the reason.

    `only_with_words` shows it only where the device holds words for it that are not kept yet.
    """
    key = f"draft.{store}"
    answers = _answers(key)
    _BOX(
        key=key,
        data={
            "store": store,
            "label": label,
            "label_shown": label_shown,
            "only_with_words": only_with_words,
            "hint": hint,
            "placeholder": placeholder,
            "lines": lines,
            "most": most,
            "may_be_empty": may_be_empty,
            "empty_words": empty_words,
            "sent_words": sent_words,
            "choices": [
                {"value": choice.value, "label": choice.label, "spoken": choice.spoken} for choice in choices
            ],
            "arrived": answers[_ARRIVED],
            "refused": answers[_REFUSED],
        },
        on_outbox_change=partial(_take, key, viewer, on_send),
    )


def _take(key: str, viewer: Viewer, on_send: Callable[[Sent], None]) -> None:
    answers = _answers(key)
    for sent in _waiting(st.session_state[key]):
        if sent.note_id in answers[_ARRIVED] or sent.note_id in answers[_REFUSED]:
            continue
        try:
            pressing.require_same(viewer)
            on_send(sent)
        except PlcError as error:
            runtime.note_refusal(error)
            answers[_REFUSED][sent.note_id] = error.message
        else:
            answers[_ARRIVED].append(sent.note_id)


def _answers(key: str) -> dict[str, Any]:
    """What this session has said of each thing sent: arrived, or refused and why."""
    answers: dict[str, Any] = st.session_state.setdefault(f"{key}.answers", {_ARRIVED: [], _REFUSED: {}})
    return answers


def _waiting(state: Any) -> list[Sent]:
    """What the device holds, as far as it is what a device sends."""
    outbox = state.get("outbox") if hasattr(state, "get") else None
    notes = outbox.get("notes") if isinstance(outbox, dict) else None
    found = []
    for note in (notes if isinstance(notes, list) else [])[:MOST_WAITING]:
        if isinstance(note, dict) and all(
            isinstance(note.get(name), str) for name in ("id", "words", "choice")
        ):
            found.append(Sent(note["id"], note["words"], note["choice"]))
    return found
