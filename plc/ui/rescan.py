"""Bringing bright spots and tests up to date after results changed, in words where there is nothing yet."""

from __future__ import annotations

from plc.core.errors import PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices.renewing import renew
from plc.ui import runtime, working


def bring_up_to_date(database: Database, viewer: Viewer) -> str:
    """Scan and measure under a progress bar; the words say what came of it, also when it is too early."""
    try:
        stored = working.with_progress(
            lambda progress: renew(database, viewer, progress=progress),
            first_words="Comparing with students who started alike",
        )
    except PlcError as error:
        runtime.note_refusal(error)
        return error.message
    return stored.headline
