"""Long work under a bar goes on to its end, whatever the page does."""

from __future__ import annotations

import threading

import pytest
import streamlit

from plc.core.errors import BadFile
from plc.core.progress import Progress
from plc.ui import working


class Clicked(BaseException):
    """What Streamlit raises in a page when someone clicks elsewhere."""


class Bar:
    """A progress bar that can be told to raise."""

    def __init__(self, *, clicked: bool = False) -> None:
        self.clicked, self.shares = clicked, [0.0]

    def progress(self, share: float, *, text: str) -> None:
        if self.clicked:
            raise Clicked
        self.shares.append(share)

    def empty(self) -> None:
        self.shares.append(1.0)


@pytest.fixture
def bar(monkeypatch: pytest.MonkeyPatch) -> Bar:
    drawn = Bar()
    monkeypatch.setattr(streamlit, "progress", lambda share, text: drawn)
    monkeypatch.setattr(working, "LOOK_EVERY", 0.005)
    return drawn


def test_what_the_work_returns_is_returned_and_its_progress_drawn(bar: Bar) -> None:
    def work(progress: Progress) -> str:
        progress(0.5, "half")
        threading.Event().wait(0.05)
        return "done"

    assert working.with_progress(work, first_words="") == "done"
    assert 0.5 in bar.shares


def test_an_error_of_the_work_is_raised_in_the_page(bar: Bar) -> None:
    def work(progress: Progress) -> None:
        raise BadFile("no table")

    with pytest.raises(BadFile, match="no table"):
        working.with_progress(work, first_words="")


def test_a_click_elsewhere_does_not_stop_the_work(bar: Bar) -> None:
    bar.clicked = True
    go_on, finished = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        go_on.wait(5)
        finished.set()

    with pytest.raises(Clicked):
        working.with_progress(work, first_words="")
    go_on.set()
    assert finished.wait(5)
