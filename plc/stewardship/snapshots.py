"""Copies of the whole database: made while the app runs, kept for some nights, put back when it stands still.

A copy holds everything but the keys. Restoring puts the present file aside first, as a copy of its own, and
what people took back since (`plc/stewardship/taken_back.py`) stays taken back.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from plc.core import clock
from plc.core.errors import DatabaseInUse, DatabaseUnavailable, NotFound
from plc.core.viewer import LOCAL_STEWARD, Permission, Viewer
from plc.database import Database
from plc.database.checkpoints import BESIDE
from plc.database.commits import count_file
from plc.database.copies import replace_file
from plc.people import record_access
from plc.results.pseudonyms import open_pseudonyms
from plc.stewardship.taken_back import Standing, TakenBack, read_standing, take_back_again

SNAPSHOT: Final = re.compile(r"snapshot-(\d{8}T\d{6})\.duckdb")
# Any copy in the folder, also those kept before a migration or a restore.
_COPY: Final = "*.duckdb*"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One copy: its file, when it was made (UTC), its size in bytes."""

    path: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the present file was put, and what was taken back again; None where that file cannot be read."""

    kept: Path
    taken_back: TakenBack | None


def take_snapshot(database: Database, viewer: Viewer, *, keep: int) -> Snapshot:
    """Copy the database while others work; the oldest copies beyond `keep` make room.

    Raises `NotAllowed`, `DatabaseUnavailable` on a full disk.
    """
    viewer.require(Permission.RETENTION_MANAGE)
    now = clock.now()
    path = snapshot_folder(database.path) / f"snapshot-{now:%Y%m%dT%H%M%S}.duckdb"
    database.copy_to(path)
    for old in snapshots_in(snapshot_folder(database.path))[keep:]:
        # A clock that stands wrong must not cost the copy just made.
        if old.path != path:
            old.path.unlink(missing_ok=True)
    return Snapshot(path, now, path.stat().st_size)


def list_snapshots(database: Database, viewer: Viewer) -> list[Snapshot]:
    """The copies there are, the latest first. Raises `NotAllowed`."""
    viewer.require(Permission.RETENTION_MANAGE)
    return snapshots_in(snapshot_folder(database.path))


def snapshot_folder(database_path: Path) -> Path:
    """Where the copies of a database lie."""
    return database_path.resolve().parent / "snapshots"


def snapshots_in(folder: Path) -> list[Snapshot]:
    """The copies in a folder, the latest first."""
    found = [
        Snapshot(path, datetime.strptime(match.group(1), "%Y%m%dT%H%M%S"), path.stat().st_size)
        for path in (folder.iterdir() if folder.is_dir() else ())
        if (match := SNAPSHOT.fullmatch(path.name))
    ]
    return sorted(found, key=lambda snapshot: snapshot.made_at, reverse=True)


def snapshot_due(database_path: Path) -> bool:
    """Whether no copy was made today (UTC)."""
    today = clock.now().date()
    return all(snapshot.made_at.date() != today for snapshot in snapshots_in(snapshot_folder(database_path)))


def drop_snapshots(database: Database) -> int:
    """Delete every copy, whoever made it: each is older than what was just erased. How many."""
    gone = list(snapshot_folder(database.path).glob(_COPY))
    gone += list(database.folder.glob(f"{database.path.name}.wal.corrupt-*"))
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def restore_snapshot(database_path: Path, snapshot: Path) -> Restored:
    """Put a copy in the place of the database, which must not be open.

    What was taken back is read in the present file first, which brings it to this program's tables, with one
    more copy in the folder where they are newer; a damaged one is kept as it is.

    Raises `NotFound` without the copy, `DatabaseInUse` while the app runs, and `DatabaseUnavailable` when the
    copy cannot be opened or was made under another key: the present file then stays.
    """
    if not snapshot.is_file():
        raise NotFound(f"There is no copy {snapshot}. plc snapshot --list shows those there are.")
    folder = snapshot_folder(database_path)
    folder.mkdir(parents=True, exist_ok=True)
    ready = folder / f".restore-{database_path.name}"
    try:
        standing = _standing(database_path)
        taken_back = _prepare(snapshot, ready, database_path, standing)
        kept = _put_aside(database_path, folder)
        replace_file(ready, database_path)
    finally:
        for left in folder.glob(f".restore-{database_path.name}*"):
            left.unlink() if left.is_file() else shutil.rmtree(left)
    # Both repeat what the present file held; the restored one begins them anew.
    count_file(database_path).unlink(missing_ok=True)
    head_file_of(database_path).unlink(missing_ok=True)
    return Restored(kept, taken_back)


def head_file_of(database_path: Path) -> Path:
    """The file that repeats the audit's head beside this database."""
    return database_path.resolve().parent / f"{database_path.name}.audit-head"


def _standing(database_path: Path) -> Standing | None:
    """What people let others see in the present file; None where there is none or it is damaged, which may
    be why another takes its place."""
    if not database_path.exists():
        return None
    try:
        with Database(database_path) as present:
            return read_standing(present)
    except DatabaseInUse:
        raise
    except DatabaseUnavailable:
        return None


def _prepare(snapshot: Path, ready: Path, database_path: Path, standing: Standing | None) -> TakenBack | None:
    """A copy of the copy that opens with this program and this key, in a folder where it is alone."""
    alone = ready.with_name(f"{ready.name}-alone")
    alone.mkdir(exist_ok=True)
    tried = alone / database_path.name
    shutil.copyfile(snapshot, tried)
    key = database_path.with_name(database_path.name + ".key")
    if key.exists():
        shutil.copyfile(key, alone / key.name)
        (alone / key.name).chmod(0o600)
    with Database(tried) as opened:
        open_pseudonyms(opened)
        taken_back = take_back_again(opened, standing) if standing else None
        with opened.write_through() as cursor:
            record_access(cursor, LOCAL_STEWARD, action="restore", thing=f"the copy {snapshot.name}")
        _read_all(opened, snapshot).replace(ready)
    return taken_back


def _read_all(opened: Database, snapshot: Path) -> Path:
    """Write all of a copy once more: a damaged block shows only when it is read."""
    whole = snapshot_folder(opened.path) / opened.path.name
    whole.parent.mkdir(exist_ok=True)
    try:
        opened.copy_to(whole)
    except DatabaseUnavailable as error:
        raise DatabaseUnavailable(
            f"{snapshot.name} is damaged, or the disk is full: it could not be read to its end. The present"
            " file stays as it was. plc snapshot --list shows the other copies."
        ) from error
    return whole


def _put_aside(database_path: Path, folder: Path) -> Path:
    """Move the present file, sound or not, to the folder of copies."""
    kept = folder / f"before-restore-{clock.now():%Y%m%dT%H%M%S}.duckdb"
    if not database_path.exists():
        return kept
    try:
        Database(database_path).close()
    except DatabaseInUse:
        raise
    except DatabaseUnavailable:
        # It is damaged, which may be why: it is kept as it is.
        pass
    database_path.replace(kept)
    # What DuckDB and this program keep beside a file belongs to that file.
    for ending in BESIDE:
        beside = database_path.with_name(database_path.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    return kept
