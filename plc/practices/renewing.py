"""What follows from results that came or went: bright spots, effects, evidence, and figures to release.

Data arrives through uploads and nothing is typed twice: this runs after an upload is confirmed or undone,
after a scan, and after the inbox took something in.
"""

from __future__ import annotations

from typing import Final

from plc.bright_spots import ScanOptions, StoredScan, scan_and_store
from plc.core.errors import PlcError
from plc.core.progress import Progress, silent
from plc.core.viewer import LOCAL_STEWARD, Viewer
from plc.database import Database
from plc.growth import release_catch_up
from plc.inquiry.effect_record import MeasuredEffect
from plc.inquiry.measured_effect import measure_due_tests, measure_test
from plc.practices.pooled_evidence import refresh_evidence

# Shares of the time for the progress bar.
_SCANNED: Final = 0.6
_MEASURED: Final = 0.9


def renew(
    database: Database, viewer: Viewer, options: ScanOptions | None = None, *, progress: Progress = silent
) -> StoredScan:
    """Scan, measure the tests whose classes may have new results, and pool what they say; returns the scan.

    Where there is too little to scan the tests are measured all the same, and the scan's `PlcError` is raised
    at the end.
    """
    refused: PlcError | None = None
    try:
        stored = scan_and_store(
            database, viewer, options, progress=lambda share, words: progress(_SCANNED * share, words)
        )
    except PlcError as error:
        refused = error
    renew_effects(
        database, viewer, progress=lambda share, words: progress(_SCANNED + (1 - _SCANNED) * share, words)
    )
    # What may be shown does not depend on who asked.
    release_catch_up(database, LOCAL_STEWARD, if_due=True)
    if refused is not None:
        raise refused
    return stored


def renew_effects(database: Database, viewer: Viewer, *, progress: Progress = silent) -> int:
    """Measure the tests that are due and pool anew what they, time or decisions changed; how many."""
    measured = measure_due_tests(
        database, viewer, progress=lambda share, words: progress(_MEASURED * share, words)
    )
    refresh_evidence(
        database,
        viewer,
        due_only=not measured,
        progress=lambda share, words: progress(_MEASURED + 0.1 * share, words),
    )
    progress(1.0, "Done")
    return measured


def renew_effect(database: Database, viewer: Viewer, test_id: str) -> MeasuredEffect:
    """Measure one test now, for its team, and pool its practice anew."""
    effect = measure_test(database, viewer, test_id)
    refresh_evidence(database, viewer, practice_ids=[effect.practice_id])
    return effect
