"""The one database of this process, opened on first use and closed with it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.database.private_files import keep_new_files_private
from plc.people import current_viewer, flush_accesses
from plc.people.looks import is_refusal
from plc.people.looks import note_refusal as note_refusal_of
from plc.people.seat import take_seat as take_seat_in
from plc.settings import load_settings
from plc.ui import identity, session

log = logging.getLogger("plc.audit")


@st.cache_resource(on_release=Database.close, show_spinner=False)
def _open(path: str, memory_limit: str) -> Database:
    keep_new_files_private()
    return Database(Path(path), memory_limit=memory_limit)


def database() -> Database:
    """The open database. Raises `DatabaseUnavailable` when it cannot be opened."""
    settings = load_settings()
    return _open(str(settings.db), settings.memory_limit)


def take_seat(viewer: Viewer) -> None:
    """Sit down, where nobody signs in; what somebody else wrote and chose in this window goes."""
    take_seat_in(database(), viewer)
    session.forget_everything()


def viewer() -> Viewer:
    """Who is looking, read anew on every rerun so that a change of seat, role or team holds at once."""
    return identity.viewer(database()) if identity.needed() else current_viewer(database())


def viewer_later() -> Callable[[], Viewer]:
    """Reads who is looking at a moment when no page runs, such as the press of a download button.

    What the provider said is only at hand while a page runs, so it is kept from this run; what that person
    may do is read at the moment.
    """
    opened = database()
    if identity.needed():
        return partial(identity.viewer, opened, dict(identity.claims()))
    return partial(current_viewer, opened)


# The viewer that the shell read in this rerun, for the page that the same thread runs next.
_SHELL: Final = threading.local()


def shell_viewer() -> Viewer:
    """The viewer, read for the shell and kept for its page."""
    _SHELL.viewer = viewer()
    found: Viewer = _SHELL.viewer
    return found


def page_viewer() -> Viewer:
    """The viewer that the shell of this rerun read, once; read anew where there was none."""
    found: Viewer | None = getattr(_SHELL, "viewer", None)
    _SHELL.viewer = None
    return found if found is not None else viewer()


def note_refusal(error: PlcError) -> None:
    """Keep in the audit that something was refused to whoever is looking; any other error is none."""
    if is_refusal(error) or error.about is not None:
        note_refusal_of(database(), viewer(), error)


def write_audit() -> None:
    """Write what this rerun noted; what cannot be written now is written by a later one."""
    try:
        flush_accesses(database())
    except Exception as error:
        # The page is drawn; a full disk is said where something is changed.
        log.error("The audit could not be written: %s", type(error).__name__)
