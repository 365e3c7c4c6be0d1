"""What the running app does once a day: tidy up, pool tests that have ended, copy the database."""

from __future__ import annotations

from plc.core.viewer import LOCAL_STEWARD
from plc.practices import refresh_evidence
from plc.practices.material_files import remove_stray_files
from plc.results import remove_leftovers
from plc.settings import load_settings
from plc.stewardship.finishing import finish_erasures
from plc.stewardship.snapshots import snapshot_due, take_snapshot
from plc.ui import runtime


def begin() -> None:
    """What an earlier run left: files half received, tests to pool after an upgrade. Raises `PlcError`."""
    remove_leftovers(runtime.database())
    _pool_due()


def keep_once() -> None:
    """Do what is due, of the database that is open. Raises `PlcError`."""
    database = runtime.database()
    remove_leftovers(database)
    finish_erasures(database, LOCAL_STEWARD)
    remove_stray_files(database)
    _pool_due()
    if database.data_version() and snapshot_due(database.path):
        take_snapshot(database, LOCAL_STEWARD, keep=load_settings().snapshots_kept)


def _pool_due() -> None:
    """Pool what an upgrade or a new day left to be worked out anew."""
    refresh_evidence(runtime.database(), LOCAL_STEWARD, due_only=True)
