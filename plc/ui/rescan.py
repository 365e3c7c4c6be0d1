"""Bringing the bright spots up to date after results changed, in words when there is nothing to find yet."""

from __future__ import annotations

from plc.bright_spots import scan_and_store
from plc.core.errors import PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.ui import working


def bring_up_to_date(database: Database, viewer: Viewer) -> str:
    """Scan under a progress bar; the words say what came of it, also when it is too early for a figure."""
    try:
        stored = working.with_progress(
            lambda progress: scan_and_store(database, viewer, progress=progress),
            first_words="Comparing with students who started alike",
        )
    except PlcError as error:
        return error.message
    return stored.headline
