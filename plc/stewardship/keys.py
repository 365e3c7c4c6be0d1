"""Changing the key of student ids: the ids, then the copies that only the old key could read."""

from __future__ import annotations

from plc.core.progress import Progress, silent
from plc.core.viewer import Viewer
from plc.database import Database
from plc.results.key_rotation import rotate_key
from plc.stewardship.snapshots import drop_snapshots, take_snapshot


def change_key(database: Database, viewer: Viewer, *, keep: int, progress: Progress = silent) -> int:
    """Put every student id under a new key and exchange the copies for a fresh one; how many pseudonyms.

    Raises `NotAllowed`, `PlcError`, `DatabaseUnavailable`.
    """
    hidden = rotate_key(database, viewer, progress=lambda share, words: progress(0.9 * share, words))
    drop_snapshots(database)
    take_snapshot(database, viewer, keep=keep)
    progress(1.0, "Done")
    return hidden
