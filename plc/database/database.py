"""The process's only DuckDB instance, and how to read from it and write to it.

A *unit of work* is one `read()` or one `write()` block: a cursor that nobody
else holds. DuckDB connections shared between threads mix up results, so no
cursor outlives its block. Writers queue on one lock: DuckDB's optimistic
transactions would otherwise fail under ordinary traffic.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from plc.core.errors import Conflict, DatabaseInUse, DatabaseUnavailable
from plc.database.checkpoints import LEAVE_LOG_AT_CLOSE, LONG_LOG_BYTES, SETTINGS, DatabaseFile
from plc.database.commits import CommitCount, count_commit, keep_log, set_aside_if_lost, set_aside_name
from plc.database.copies import copy_database, replace_file
from plc.database.faults import NO_DATABASE, is_damaged_log, is_fatal, is_in_use, unavailable_words
from plc.database.migrations import migrate
from plc.database.private_files import make_private
from plc.database.readers import Readers

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
        self._readers = Readers()
        self._commits = None if in_memory else CommitCount(self.path)
        self._file = None if in_memory else DatabaseFile(self.path)
        self._memory_limit = memory_limit
        # Set when DuckDB gave the open file up, as after a full disk: the next unit of work opens it anew.
        self._given_up = False
        self.log_set_aside = False
        try:
            if not in_memory:
                _require_database_file(self.path)
                self.uploads.mkdir(parents=True, exist_ok=True)
                (self.folder / "snapshots").mkdir(exist_ok=True)
            kept = None if in_memory else keep_log(self.path)
            self._root = self._open()
            self._migrate()
            if not in_memory:
                make_private(self.path.resolve())
                self.log_set_aside |= set_aside_if_lost(self._root, self.path, kept)
        except (duckdb.Error, OSError) as error:
            words = unavailable_words(self.path, error)
            raise (DatabaseInUse if is_in_use(error) else DatabaseUnavailable)(words) from error

    @contextmanager
    def read(self) -> Iterator[Cursor]:
        """A cursor with its own snapshot of the data and its own temporary tables.

        Raises `DatabaseUnavailable` when the file cannot be read or written any more.
        """
        if self._given_up and not self._readers.inside:
            self._open_anew()
        with self._readers.reading():
            cursor = self._root.cursor()
            try:
                yield cursor
            except duckdb.Error as error:
                if not is_fatal(error):
                    raise
                self._given_up = True
                raise DatabaseUnavailable(unavailable_words(self.path, error)) from error
            finally:
                cursor.close()

    @contextmanager
    def write(self) -> Iterator[Cursor]:
        """One transaction: committed at the end, rolled back on any exception, one writer at a time.

        Raises `Conflict` when another transaction changed the same rows.
        """
        with self._write_lock:
            with self.read() as cursor:
                cursor.begin()
                try:
                    yield cursor
                    commits = count_commit(cursor)
                    cursor.commit()
                except duckdb.TransactionException as error:
                    _roll_back(cursor)
                    if is_fatal(error):
                        raise
                    raise Conflict(
                        "Someone changed this at the same moment. Reload and try again."
                    ) from error
                except BaseException:
                    # Streamlit stops and reruns a script by raising BaseException.
                    _roll_back(cursor)
                    raise
                if self._commits is not None:
                    self._commits.note(commits)
            if self._log_bytes() > LONG_LOG_BYTES:
                self.checkpoint()

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
        """Fold the write-ahead log into the file, which bounds what a damaged log could cost.

        Where the disk is too full for it, what was committed stays in the log.
        """
        busy = (duckdb.TransactionException, DatabaseUnavailable, OSError)
        with suppress(*busy), self._write_lock, self.read() as cursor:
            if self._file is not None:
                self._file.fold_in(cursor)

    def _log_bytes(self) -> int:
        log = self.path.with_name(self.path.name + ".wal")
        return log.stat().st_size if self._file is not None and log.exists() else 0

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy into the folder of snapshots, whole or not at all, while others work.

        Raises `DatabaseUnavailable` when the disk cannot hold it.
        """
        with self.read() as cursor:
            copy_database(cursor, path)

    def rewrite(self) -> None:
        """Write the file anew, so that no block of it holds what was deleted. Waits until nobody reads.

        Raises `DatabaseUnavailable` when readers do not end or the disk cannot hold a copy; the file is then
        as it was.
        """
        if self._file is None:
            return
        with self._write_lock, self._readers.alone():
            copy = self.folder / "snapshots" / f".rewrite-{self.path.name}"
            try:
                copy_database(self._root, copy)
                self._file.fold_in(self._root)
                self._close_file()
                replace_file(copy, self.path)
            except (duckdb.Error, OSError) as error:
                raise DatabaseUnavailable(unavailable_words(self.path, error)) from error
            finally:
                copy.unlink(missing_ok=True)
                self._close_file()
                self._root = self._open()

    def _migrate(self) -> None:
        snapshots = None if self._file is None else self.folder / "snapshots"
        try:
            migrate(self._root, snapshot_folder=snapshots, file=self._file)
        except BaseException:
            self._close_file()
            raise

    def _open_anew(self) -> None:
        with self._write_lock, self._readers.alone():
            if not self._given_up:
                return
            self._close_file()
            try:
                self._root = self._open()
            except duckdb.Error as error:
                raise DatabaseUnavailable(unavailable_words(self.path, error)) from error
            self._given_up = False

    def _open(self) -> Cursor:
        """Open the file and lock it down."""
        if self._file is not None:
            self._file.begin()
        try:
            root, set_aside = _open(self.path)
        except BaseException:
            if self._file is not None:
                self._file.end()
            raise
        self.log_set_aside |= set_aside
        _lock_down(root, self.uploads, self.folder / "snapshots", self._memory_limit)
        return root

    def data_version(self) -> int:
        """The number that every change of results, consent or agreement raises by one."""
        with self.read() as cursor:
            return int(cursor.execute("select version from data_version").fetchall()[0][0])

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it; open cursors end."""
        if self._commits is not None:
            self._commits.close()
        if not self._given_up and self._log_bytes():
            self.checkpoint()
        self._close_file()

    def _close_file(self) -> None:
        """Closing what is closed does nothing."""
        with suppress(duckdb.Error):
            self._root.close()
        if self._file is not None:
            self._file.end()

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
                raise DatabaseUnavailable(NO_DATABASE.format(path=path))


def _open(path: Path) -> tuple[Cursor, bool]:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "allow_community_extensions": "false",
        # A file that DuckDB 1.5 can still open keeps a way back.
        "storage_compatibility_version": "v1.5.0",
        **SETTINGS,
    }
    try:
        return duckdb.connect(str(path), config=config), False  # noqa: TID251
    except duckdb.Error as error:
        log = path.with_name(path.name + ".wal")
        if not log.exists() or not is_damaged_log(error):
            raise
        # A write-ahead log that cannot be replayed is set aside; everything checkpointed is kept.
        log.rename(set_aside_name(path))
        return duckdb.connect(str(path), config=config), True  # noqa: TID251


def _lock_down(root: Cursor, uploads: Path, snapshots: Path, memory_limit: str) -> None:
    """SQL reads files from two folders, never the network, never Python variables; the lock comes last."""
    folders = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in (uploads, snapshots))
    for statement in (
        LEAVE_LOG_AT_CLOSE,
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
