"""Noticing that committed changes are gone.

DuckDB drops the rest of a write-ahead log from its first unreadable byte on, without an error. So every
transaction of this program counts itself, in the database and in a small file beside it: a database that
counts less than the file says has lost its latest changes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from plc.core import clock

_BYTES = 8


class CommitCount:
    """The count beside one database file."""

    def __init__(self, database_path: Path) -> None:
        self._path = count_file(database_path)
        self._descriptor: int | None = None

    def note(self, commits: int) -> None:
        """Keep the count of a transaction that is committed. A disk that refuses costs only the notice."""
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            os.pwrite(self._descriptor, commits.to_bytes(_BYTES, "big"), 0)
        except OSError:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def count_file(database_path: Path) -> Path:
    """Where the count of a database lies."""
    return database_path.with_name(database_path.name + ".commits")


def count_commit(cursor: duckdb.DuckDBPyConnection) -> int:
    """Count this transaction, inside it."""
    rows = cursor.execute("update commit_count set commits = commits + 1 returning commits").fetchall()
    return int(rows[0][0])


def keep_log(database_path: Path) -> Path | None:
    """A copy of the write-ahead log before it is replayed; None without one, or without room for it."""
    log = database_path.with_name(database_path.name + ".wal")
    if not log.exists() or not log.stat().st_size:
        return None
    kept = log.with_name(log.name + ".replaying")
    try:
        shutil.copyfile(log, kept)
        kept.chmod(0o600)
    except OSError:
        kept.unlink(missing_ok=True)
        return None
    return kept


def set_aside_if_lost(root: duckdb.DuckDBPyConnection, database_path: Path, kept: Path | None) -> bool:
    """Whether the open database counts less than was committed; the log that could not be read is then kept.

    The count begins anew from what the database holds, so that the notice is given once.
    """
    beside = count_file(database_path)
    stored = root.execute("select commits from commit_count").fetchall()[0][0]
    noted = int.from_bytes(beside.read_bytes()[:_BYTES], "big") if beside.exists() else 0
    lost = noted > stored
    if kept is not None:
        if lost:
            kept.rename(set_aside_name(database_path))
        else:
            kept.unlink()
    if lost:
        beside.unlink()
    return bool(lost)


def set_aside_name(database_path: Path) -> Path:
    """Where a write-ahead log that cannot be read is kept."""
    return database_path.with_name(f"{database_path.name}.wal.corrupt-{clock.now():%Y%m%dT%H%M%S}")
