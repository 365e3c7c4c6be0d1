"""Copies of an open database, whole or not at all.

A copy of the live file would miss what its write-ahead log holds, so DuckDB writes the copy itself, in one
transaction; a file takes another's place only when it is complete and on the disk.
"""

from __future__ import annotations

import os
import threading
import uuid
from contextlib import suppress
from pathlib import Path

import duckdb

from plc.core.errors import DatabaseUnavailable
from plc.database.faults import unavailable_words

# An attached database has one name in the whole process.
_ONE_AT_A_TIME = threading.Lock()


def copy_database(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copy the database of this cursor to `path`, which must lie in the folder of snapshots.

    Raises `DatabaseUnavailable` when the disk cannot hold it; nothing is left of it then.
    """
    part = path.with_name(f".part-{uuid.uuid4().hex}.duckdb")
    with _ONE_AT_A_TIME:
        try:
            source = cursor.execute("select current_database()").fetchall()[0][0]
            _attach(cursor, part)
            try:
                cursor.execute(f"copy from database {_quoted(source)} to copied_database").fetchall()
                # Nothing is folded in by itself when it is detached.
                cursor.execute("checkpoint copied_database").fetchall()
            finally:
                with suppress(duckdb.Error):
                    cursor.execute("detach copied_database").fetchall()
            replace_file(part, path)
        except (duckdb.Error, OSError) as error:
            raise DatabaseUnavailable(unavailable_words(path, error)) from error
        finally:
            for left in (part, part.with_name(part.name + ".wal")):
                left.unlink(missing_ok=True)


def replace_file(new: Path, old: Path) -> None:
    """Put a complete file in the place of another, which a crash finds as it was or as it is now."""
    log = old.with_name(old.name + ".wal")
    if log.exists():
        raise DatabaseUnavailable(f"{old} still has changes to fold in, so it stays as it is. Try again.")
    _sync(new)
    new.replace(old)
    _sync(old.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _attach(cursor: duckdb.DuckDBPyConnection, part: Path) -> None:
    place = str(part).replace("'", "''")
    cursor.execute(f"attach '{place}' as copied_database (storage_version 'v1.5.0')").fetchall()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
