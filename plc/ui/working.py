"""Long work with a bar, on a thread that a click elsewhere cannot stop halfway.

Streamlit ends a script by raising from the next `st` call. Work that writes therefore never
calls `st`: it reports to a slot that the page reads and draws.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

import streamlit as st

from plc.core.progress import Progress

# Seconds between two looks at the slot: smooth to the eye, idle to the processor.
LOOK_EVERY: Final = 0.1

T = TypeVar("T")


class _Work(Generic[T]):
    """One piece of work: how far it is, and what came out."""

    def __init__(self, work: Callable[[Progress], T]) -> None:
        self.share, self.words = 0.0, ""
        self.result: T | None = None
        self.error: BaseException | None = None
        self._work = work
        self.thread = threading.Thread(target=self._run, daemon=False)

    def _run(self) -> None:
        try:
            self.result = self._work(self._report)
        except BaseException as error:  # handed to the page, which raises it
            self.error = error

    def _report(self, share: float, words: str) -> None:
        self.share, self.words = share, words


def with_progress(work: Callable[[Progress], T], *, first_words: str) -> T:
    """Do the work under a progress bar and return what it returns; its exception is raised here."""
    piece = _Work(work)
    bar = st.progress(0.0, text=first_words)
    piece.thread.start()
    while piece.thread.is_alive():
        piece.thread.join(LOOK_EVERY)
        # A click elsewhere raises here: the work goes on, and the next page finds it done.
        bar.progress(min(max(piece.share, 0.0), 1.0), text=piece.words or first_words)
    bar.empty()
    if piece.error is not None:
        raise piece.error
    return piece.result  # type: ignore[return-value]
