"""What follows the erasing of rows: derived figures, copies and freed blocks go too.

It is done at once, and by the next start or the next night where it was interrupted.
"""

from __future__ import annotations

from plc.bright_spots.scan_tables import forget_older
from plc.core import clock
from plc.core.errors import PlcError
from plc.core.progress import Progress, silent
from plc.core.viewer import LOCAL_STEWARD, Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.practices.renewing import renew
from plc.stewardship.snapshots import drop_snapshots


def is_unfinished(database: Database) -> bool:
    """Whether rows were erased and something of them may still be elsewhere."""
    with database.read() as cursor:
        return bool(cursor.execute(load_sql("stewardship", "unfinished_erasures")).fetchall())


def finish_erasures(database: Database, viewer: Viewer, *, progress: Progress = silent) -> int:
    """Make figures anew, delete copies, write the file anew; how many copies went. Safe to repeat."""
    viewer.require(Permission.RETENTION_MANAGE)
    if not is_unfinished(database):
        return 0
    progress(0.3, "Comparing classes anew")
    _renew_derived(database)
    progress(0.8, "Writing the file anew")
    dropped = drop_snapshots(database)
    database.rewrite()
    with database.write_through() as cursor:
        for statement in ("finish_erasures", "finish_purges"):
            cursor.execute(load_sql("stewardship", statement), {"finished_at": clock.now()}).fetchall()
    progress(1.0, "Done")
    return dropped


def scan_tables(cursor: Cursor) -> list[str]:
    """Every table of figures that a scan made."""
    rows = cursor.execute(load_sql("stewardship", "scan_tables")).fetchall()
    return [name for (name,) in rows]


def _renew_derived(database: Database) -> None:
    """Make the figures of classes anew, and leave nothing of earlier looks but what teachers were told last.

    Those figures stay as they were read while too few results of others changed, also now: else an erasure
    or a purge would tell a reader what had come in since. Where there is too little left for any figure, none
    stay.
    """
    try:
        scan_key = renew(database, LOCAL_STEWARD).scan_key
    except PlcError:
        # Too little is left to compare: the old figures are gone all the same.
        _forget_scans(database)
        return
    with database.write() as cursor:
        forget_older(cursor, oldest=scan_key)


def _forget_scans(database: Database) -> None:
    with database.write() as cursor:
        for table in scan_tables(cursor):
            cursor.execute(f"delete from {table}").fetchall()  # noqa: S608 - a table of the catalogue
