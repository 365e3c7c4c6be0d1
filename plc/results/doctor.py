"""Questions a steward asks of a database: is anything orphaned, doubled, left open, or out of date?"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from plc.core import clock
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.database import damaged_logs
from plc.database.migrations import load_migrations
from plc.database.private_files import open_to_others
from plc.database.sql import load_sql
from plc.people import verify_audit

# A staged upload holds ids as they were written; a week is long enough to come back to it.
OPEN_UPLOAD_DAYS = 7

# Two computers may differ by this much.
CLOCK_SLACK = timedelta(hours=1)

# Below this a confirm of a large file could fill the disk.
FREE_DISK_MEGABYTES = 500


@dataclass(frozen=True, slots=True)
class Check:
    """One question, its answer, and what to do when the answer is no."""

    name: str
    ok: bool
    words: str


def examine(database: Database) -> list[Check]:
    """Every check, in the order a person would ask."""
    week_ago = clock.now() - timedelta(days=OPEN_UPLOAD_DAYS)
    return [
        _schema_is_current(database),
        _log_was_replayed(database),
        _none_found(database, "results", "orphan_results", "results point at nothing; undo their upload"),
        _none_found(
            database, "roster", "orphan_roster", "roster rows point at nothing; load the roster again"
        ),
        _none_found(database, "repeats", "repeated_results", "results are current twice; undo their upload"),
        _none_found(
            database, "shares", "teacher_shares", "sections whose teachers' shares do not add up to 1"
        ),
        _none_found(
            database,
            "open uploads",
            "open_uploads",
            f"uploads open for over {OPEN_UPLOAD_DAYS} days; confirm or discard them",
            before=week_ago,
        ),
        _audit_is_whole(database),
        _none_found(
            database,
            "erasures",
            "unfinished_erasures",
            "erasures are interrupted; start the app, which ends them",
        ),
        _clock_is_right(database),
        _scan_is_current(database),
        _disk_has_room(database),
        _files_are_private(database),
    ]


def _audit_is_whole(database: Database) -> Check:
    found = verify_audit(database, LOCAL_STEWARD)
    words = (
        found.words if found.whole else f"{found.words} Somebody changed the record of who looked at what."
    )
    return Check("audit", found.whole, words)


def _count(database: Database, question: str, **parameters: Any) -> int | None:
    with database.read() as cursor:
        rows = cursor.execute(load_sql("results", f"doctor_{question}"), parameters).fetchall()
    return None if rows[0][0] is None else int(rows[0][0])


def _none_found(database: Database, name: str, question: str, words: str, **parameters: Any) -> Check:
    found = _count(database, question, **parameters) or 0
    return Check(name, found == 0, "nothing wrong" if found == 0 else f"{found:,} {words}")


def _schema_is_current(database: Database) -> Check:
    known = {migration.number for migration in load_migrations()}
    missing = known - set(_numbers(database))
    words = (
        "every migration has run" if not missing else f"migration {min(missing)} has not run; restart the app"
    )
    return Check("schema", not missing, words)


def _numbers(database: Database) -> list[int]:
    with database.read() as cursor:
        return [number for (number,) in cursor.execute(load_sql("results", "doctor_migrations")).fetchall()]


def _log_was_replayed(database: Database) -> Check:
    damaged = damaged_logs(database)
    words = "no change was lost"
    if damaged:
        words = (
            f"{damaged[-1].name}: the last changes before a crash could not be read. Look at recent uploads"
            " and consents, then delete that file"
        )
    return Check("log", not damaged, words)


def _scan_is_current(database: Database) -> Check:
    behind = _count(database, "scan_age")
    if behind is None:
        return Check("scan", True, "no scan yet: run plc scan once results are in")
    return Check(
        "scan", behind == 0, "of the current data" if behind == 0 else "older than the data: run plc scan"
    )


def _clock_is_right(database: Database) -> Check:
    """A clock that is behind ends consents late and makes copies look old; one ahead ends both early."""
    ahead = _count(database, "clock", now=clock.now() + CLOCK_SLACK) or 0
    words = "agrees with what was written before"
    if ahead:
        words = (
            "this computer's clock is behind what was written before: set it right, or dates of consents and"
            " copies are read wrong"
        )
    return Check("clock", not ahead, words)


def _disk_has_room(database: Database) -> Check:
    free = shutil.disk_usage(database.folder).free // 2**20
    return Check("disk", free >= FREE_DISK_MEGABYTES, f"{free:,} MB free")


def _files_are_private(database: Database) -> Check:
    wide = open_to_others(database.path.resolve())
    words = "only the account that runs this may read the data"
    if wide:
        words = (
            f"{wide[0].name}{f' and {len(wide) - 1} more' if wide[1:] else ''}: other accounts of this"
            f" computer may read or change it; take that away, as with chmod -R go= {database.folder}"
        )
    return Check("files", not wide, words)
