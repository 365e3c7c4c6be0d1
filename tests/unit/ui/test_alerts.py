"""An error on the screen: its title says what kind it is."""

from __future__ import annotations

import pytest
import streamlit as st

from plc.core.errors import BothTexts, DatabaseInUse, PlcError
from plc.ui import alerts


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (BothTexts("Both.", mine={"note": "a"}, theirs={"note": "b"}, version=2), "Someone was faster"),
        (DatabaseInUse("Stop it first."), "The data cannot be opened"),
        (PlcError("Give it a name."), "That did not work"),
    ],
)
def test_an_error_has_the_title_of_its_kind_or_of_the_kind_it_is_one_of(
    monkeypatch: pytest.MonkeyPatch, error: PlcError, title: str
) -> None:
    drawn = []
    monkeypatch.setattr(st, "error", lambda words, *, title, icon: drawn.append((words, title)))
    alerts.draw(error)
    assert drawn == [(error.message, title)]
