"""What the running app does once a day: tidy up, pool tests that have ended, copy the database.

Each step is done by itself, so that one that fails keeps none of the others: `AT_START` and `EACH_NIGHT` are
functions that may raise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from plc.core.viewer import LOCAL_STEWARD
from plc.practices import refresh_evidence
from plc.practices.material_files import remove_stray_files
from plc.results import remove_leftovers
from plc.settings import load_settings
from plc.stewardship.finishing import finish_erasures, is_unfinished
from plc.stewardship.snapshots import snapshot_due, take_snapshot
from plc.ui import runtime

Steps = tuple[Callable[[], None], ...]


def _finish_erasures() -> None:
    finish_erasures(runtime.database(), LOCAL_STEWARD)


def _remove_leftovers() -> None:
    """Files half received, and what nobody confirmed in time."""
    remove_leftovers(runtime.database())


def _remove_stray_files() -> None:
    remove_stray_files(runtime.database())


def _pool_due() -> None:
    """Pool what an upgrade or a new day left to be worked out anew."""
    refresh_evidence(runtime.database(), LOCAL_STEWARD, due_only=True)


def _copy_due() -> None:
    database = runtime.database()
    # A copy made before an erasure is finished would hold what is erased.
    if database.data_version() and snapshot_due(database.path) and not is_unfinished(database):
        take_snapshot(database, LOCAL_STEWARD, keep=load_settings().snapshots_kept)


AT_START: Final[Steps] = (_remove_leftovers, _pool_due)
EACH_NIGHT: Final[Steps] = (_finish_erasures, _remove_leftovers, _remove_stray_files, _pool_due, _copy_due)
