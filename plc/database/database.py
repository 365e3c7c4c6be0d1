"""The process's only DuckDB instance, and how to read from it and write to it.

A *unit of work* is one `read()` or one `write()` block: a cursor that nobody
else holds. DuckDB connections shared between threads mix up results, so no
cursor outlives its block. Writers queue on one lock: DuckDB's optimistic
transactions would otherwise fail under ordinary traffic.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from plc.core import clock
from plc.core.errors import Conflict, DatabaseInUse, DatabaseUnavailable
from plc.database.migrations import migrate

Cursor = duckdb.DuckDBPyConnection
DuckDBError = duckdb.Error

IN_MEMORY = Path(":memory:")


class Database:
    """An open database file, migrated to this program's schema.

    `uploads` is the one folder that SQL may read files from. `log_set_aside` says that the
    write-ahead log could not be replayed, so that the latest changes are missing. Raises
    `DatabaseUnavailable` when the file is locked by another process, damaged,
    or newer than this program.
    """

    def __init__(self, path: Path | str, *, memory_limit: str = "4GB") -> None:
        self.path = Path(path)
        in_memory = self.path == IN_MEMORY
        self.folder = Path.cwd() / "data" / "run" if in_memory else self.path.resolve().parent
        self.uploads = self.folder / "uploads"
        self._write_lock = threading.RLock()
        self.log_set_aside = False
        try:
            if not in_memory:
                _require_database_file(self.path)
                self.uploads.mkdir(parents=True, exist_ok=True)
                (self.folder / "snapshots").mkdir(exist_ok=True)
            self._root, self.log_set_aside = _open(self.path)
            _lock_down(self._root, self.uploads, self.folder / "snapshots", memory_limit)
            migrate(self._root, snapshot_folder=None if in_memory else self.folder / "snapshots")
        except (duckdb.IOException, duckdb.ConnectionException, OSError) as error:
            words = _unavailable_words(self.path, error)
            raise (DatabaseInUse if _is_in_use(error) else DatabaseUnavailable)(words) from error

    @contextmanager
    def read(self) -> Iterator[Cursor]:
        """A cursor with its own snapshot of the data and its own temporary tables."""
        cursor = self._root.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def write(self) -> Iterator[Cursor]:
        """One transaction: committed at the end, rolled back on any exception, one writer at a time.

        Raises `Conflict` when another transaction changed the same rows.
        """
        with self._write_lock, self.read() as cursor:
            cursor.begin()
            try:
                yield cursor
                cursor.commit()
            except duckdb.TransactionException as error:
                _roll_back(cursor)
                raise Conflict("Someone changed this at the same moment. Reload and try again.") from error
            except BaseException:
                # Streamlit stops and reruns a script by raising BaseException.
                _roll_back(cursor)
                raise

    def write_if_free(self, work: Callable[[Cursor], None]) -> bool:
        """Do what can wait as one transaction, unless another writer is at work; says whether it was done."""
        if not self._write_lock.acquire(blocking=False):
            return False
        try:
            with self.write() as cursor:
                work(cursor)
        finally:
            self._write_lock.release()
        return True

    @contextmanager
    def write_through(self) -> Iterator[Cursor]:
        """A write folded into the file at once: a decision such as a withdrawn consent, which a damaged
        write-ahead log must not bring back."""
        with self.write() as cursor:
            yield cursor
        self.checkpoint()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file, which bounds what a damaged log could cost."""
        with self._write_lock, self.read() as cursor, suppress(duckdb.TransactionException):
            cursor.execute("checkpoint").fetchall()

    def data_version(self) -> int:
        """The number that every change of results, consent or agreement raises by one."""
        with self.read() as cursor:
            return int(cursor.execute("select version from data_version").fetchall()[0][0])

    def close(self) -> None:
        """Close the file; open cursors end."""
        self._root.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def raise_data_version(cursor: Cursor) -> None:
    """Mark, inside the caller's transaction, that pages must read anew."""
    cursor.execute("update data_version set version = version + 1").fetchall()


def damaged_logs(database: Database) -> list[Path]:
    """Write-ahead logs set aside because they could not be replayed."""
    return sorted(database.folder.glob(f"{database.path.name}.wal.corrupt-*"))


def _require_database_file(path: Path) -> None:
    """DuckDB opens any table file it can read as a throw-away view; only its own format is a database."""
    if path.exists() and path.stat().st_size:
        with path.open("rb") as opened:
            opened.seek(8)
            if opened.read(4) != b"DUCK":
                raise DatabaseUnavailable(_NO_DATABASE.format(path=path))


_NO_DATABASE = "{path} is not a database of this program. Choose another file with --db."


def _open(path: Path) -> tuple[Cursor, bool]:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "allow_community_extensions": "false",
        # A file that DuckDB 1.5 can still open keeps a way back.
        "storage_compatibility_version": "v1.5.0",
    }
    try:
        return duckdb.connect(str(path), config=config), False  # noqa: TID251
    except duckdb.Error as error:
        log = path.with_name(path.name + ".wal")
        if "lock" in str(error).lower() or not log.exists():
            raise
        # A write-ahead log that cannot be replayed is set aside; everything checkpointed is kept.
        log.rename(log.with_name(f"{log.name}.corrupt-{clock.now():%Y%m%dT%H%M%S}"))
        return duckdb.connect(str(path), config=config), True  # noqa: TID251


def _lock_down(root: Cursor, uploads: Path, snapshots: Path, memory_limit: str) -> None:
    """SQL reads files from two folders, never the network, never Python variables; the lock comes last."""
    folders = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in (uploads, snapshots))
    for statement in (
        f"set allowed_directories=[{folders}]",
        "set enable_external_access=false",
        "set python_enable_replacements=false",
        "set global TimeZone='UTC'",
        f"set memory_limit='{memory_limit}'",
        "set lock_configuration=true",
    ):
        root.execute(statement).fetchall()


def _roll_back(cursor: Cursor) -> None:
    with suppress(duckdb.TransactionException):
        cursor.rollback()


def _is_in_use(error: Exception) -> bool:
    words = str(error).lower()
    return "could not set lock" in words or "conflicting lock" in words


def _unavailable_words(path: Path, error: Exception) -> str:
    words = str(error).lower()
    if _is_in_use(error):
        return f"{path} is open in another process. Stop the app, or use --db with another file."
    if getattr(error, "errno", None) == errno.ENOSPC or "no space" in words:
        return f"The disk that holds {path} is full. Free some space; nothing was lost."
    if "not a valid duckdb database file" in words:
        return _NO_DATABASE.format(path=path)
    if "permission denied" in words or "read-only" in words:
        return f"{path} cannot be written. Check who owns the folder {path.parent}."
    return f"{path} cannot be opened: {str(error).splitlines()[0]}"
