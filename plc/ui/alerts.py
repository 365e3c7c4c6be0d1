"""Errors as a person reads them: one sentence on what happened and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from plc.core.errors import (
    BadFile,
    Conflict,
    DatabaseUnavailable,
    NotAllowed,
    NotFound,
    PlcError,
    TooSmall,
    Unfinished,
)
from plc.ui import runtime

TITLES: dict[type[PlcError], str] = {
    BadFile: "This file cannot be taken as it is",
    Conflict: "Someone was faster",
    DatabaseUnavailable: "The data cannot be opened",
    NotAllowed: "Not part of your seat",
    NotFound: "Not found",
    TooSmall: "Too few people to show this",
    Unfinished: "No trustworthy figure came out",
}


def show(error: PlcError) -> None:
    """Draw one error; a refusal is kept in the audit."""
    runtime.note_refusal(error)
    draw(error)


def draw(error: PlcError) -> None:
    """Draw one error that the audit knows of already, or need not know of."""
    title = next((TITLES[kind] for kind in type(error).__mro__ if kind in TITLES), "That did not work")
    st.error(error.message, title=title, icon=":material/error:")


@contextmanager
def shown() -> Iterator[None]:
    """Draw a `PlcError` raised inside, and carry on after the block."""
    try:
        yield
    except PlcError as error:
        show(error)


@contextmanager
def stopping() -> Iterator[None]:
    """Draw a `PlcError` raised inside, and end the page there."""
    try:
        yield
    except PlcError as error:
        show(error)
        st.stop()
