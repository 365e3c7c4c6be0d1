"""The app as a page test meets it: a database of its own, a seat, and AppTest on `app.py`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import take_seat
from plc.settings import load_settings

APP = Path(__file__).parents[2] / "app.py"
# Generous: a page takes well under a second, a cold import several.
PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class App:
    """One installation under test."""

    path: Path

    def open(self) -> Database:
        """The database that the pages use."""
        from plc.ui import runtime

        return runtime.database()

    def start(self) -> AppTest:
        """The app as a browser opens it."""
        at = AppTest.from_file(str(APP), default_timeout=PATIENCE_SECONDS).run()
        assert not at.exception, at.exception
        return at

    def page(self, page: str) -> AppTest:
        """One page, reached through the shell."""
        at = self.start().switch_page(page).run()
        assert not at.exception, at.exception
        return at

    def sit(self, role: Role, *, teacher_id: str | None = None, school_ids: tuple[str, ...] = ()) -> Viewer:
        """Take a seat."""
        viewer = Viewer(role, teacher_id=teacher_id, school_ids=school_ids)
        take_seat(self.open(), viewer)
        return viewer


@pytest.fixture
def make_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path | None], App]]:
    """Builds an installation, empty or from a copy of a database file."""

    def build(source: Path | None) -> App:
        path = tmp_path / "run" / "plc.duckdb"
        path.parent.mkdir()
        if source is not None:
            shutil.copy2(source, path)
            for key in source.parent.glob("*.key"):
                shutil.copy2(key, path.parent / key.name)
        monkeypatch.setenv("PLC_DB", str(path))
        load_settings.cache_clear()
        return App(path)

    st.cache_data.clear()
    st.cache_resource.clear()
    # AppTest keeps each widget's `format_func` in the session, which a browser's session never holds;
    # the browser tests run with the option on.
    monkeypatch.setattr(SessionState, "maybe_check_serializable", lambda self: None)
    yield build
    st.cache_data.clear()
    st.cache_resource.clear()
    load_settings.cache_clear()


@pytest.fixture
def empty(make_app: Callable[[Path | None], App]) -> App:
    """An installation on its first day."""
    return make_app(None)


@pytest.fixture
def sample(make_app: Callable[[Path | None], App], sample_file: Path) -> App:
    """The sample district."""
    return make_app(sample_file)


def text_of(at: AppTest) -> str:
    """Everything a page says, charts included."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "success", "warning", "error")
    parts = [str(element.value) for kind in kinds for element in getattr(at, kind)]
    parts += [frame.value.to_csv() for frame in (*at.dataframe, *at.table)]
    parts += [chart.proto.spec for chart in at.get("vega_lite_chart")]
    parts += [f"{metric.label} {metric.value} {metric.delta}" for metric in at.metric]
    return "\n".join(parts)
