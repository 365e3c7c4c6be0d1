"""The one database of this process, opened on first use and closed with it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.people import current_viewer
from plc.settings import load_settings


@st.cache_resource(on_release=Database.close, show_spinner=False)
def _open(path: str, memory_limit: str) -> Database:
    return Database(Path(path), memory_limit=memory_limit)


def database() -> Database:
    """The open database. Raises `DatabaseUnavailable` when it cannot be opened."""
    settings = load_settings()
    return _open(str(settings.db), settings.memory_limit)


def viewer() -> Viewer:
    """Who is looking, read anew on every rerun so that a change of seat or team holds at once."""
    return current_viewer(database())
