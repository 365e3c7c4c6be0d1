"""Keeping a checkpoint that is cut short from costing the whole file.

DuckDB writes new metadata into the unused parts of metadata blocks that the file still needs, in place. A
block has 256 KiB, and a process that is killed, or a computer that loses power, leaves half of one: its
checksum is wrong, and the file never opens again, although the write-ahead log still holds everything. So
those blocks are kept beside the file before each checkpoint, as SQLite keeps pages in its rollback journal,
and put back at the next start where the checkpoint did not come to its end: then the file is what it was,
and the log is replayed.

DuckDB itself must never begin a checkpoint: whoever opens the file turns its automatic ones off.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Final

import duckdb

# No log grows so long that DuckDB folds it in by itself, at a commit or when the file is closed.
SETTINGS: Final[dict[str, str]] = {
    "checkpoint_threshold": "1000TB",
    "auto_checkpoint_skip_wal_threshold": str(2**60),
}
LEAVE_LOG_AT_CLOSE: Final = "pragma disable_checkpoint_on_shutdown"
# DuckDB's own threshold: replaying so much takes well under a second.
LONG_LOG_BYTES: Final = 16 * 2**20
# Three headers of 4 KiB come first: the main one, and two that take turns as the state of the file.
HEADER_BYTES: Final = 3 * 4096
_SIGN: Final = b"PLC-META"
_DIGEST: Final = 32
_PART_BYTES: Final = 4 * 2**20
_NUMBER: Final = 8

_KEPT: Final = ".metadata"
# Endings of files that only make sense with the file they lie beside: DuckDB's logs, and the blocks kept.
BESIDE: Final = (".wal", ".wal.checkpoint", ".wal.recovery", _KEPT)

# A second object on the same file must not touch what the first one writes.
_open_here: Counter[Path] = Counter()
_registry = threading.Lock()


class DatabaseFile:
    """One open file, whose metadata blocks are kept beside it while a checkpoint runs.

    The file's descriptor stays open as long as the file does: closing any descriptor of a file ends every
    lock this process holds on it, DuckDB's own among them.
    """

    def __init__(self, database_path: Path) -> None:
        self._path = database_path.resolve()
        self._descriptor: int | None = None
        self._begun = False

    def begin(self) -> None:
        """Put back what an unfinished checkpoint left; called before DuckDB opens the file."""
        with _registry:
            if not _open_here[self._path]:
                put_back(self._path)
            _open_here[self._path] += not self._begun
            self._begun = True

    def end(self) -> None:
        """Let go of the file; called after DuckDB has. Doing it again changes nothing."""
        with _registry:
            _open_here[self._path] -= self._begun
            self._begun = False
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None

    def fold_in(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Take the write-ahead log into the file. Raises `OSError` where the blocks find no room."""
        self._keep(cursor)
        cursor.execute("checkpoint").fetchall()
        kept_file(self._path).unlink(missing_ok=True)

    def copy_to(self, path: Path) -> None:
        """Copy the file as it lies there, byte for byte; nobody may be writing."""
        begin, end = 0, os.fstat(self._opened()).st_size
        with path.open("wb") as copy:
            while begin < end and (part := os.pread(self._opened(), _PART_BYTES, begin)):
                begin += copy.write(part)

    def _opened(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDONLY)
        return self._descriptor

    def _keep(self, cursor: duckdb.DuckDBPyConnection) -> None:
        beside = kept_file(self._path)
        headers = os.pread(self._opened(), HEADER_BYTES, 0)
        if (earlier := _read(beside)) and earlier.startswith(headers):
            # A checkpoint that failed left the file as it was then: what was kept for it still holds.
            return
        numbers = cursor.execute("select distinct block_id from pragma_metadata_info() order by 1").fetchall()
        size = int(cursor.execute("select block_size from pragma_database_size()").fetchall()[0][0])
        parts = [headers, size.to_bytes(_NUMBER, "big")]
        for (number,) in numbers:
            block = os.pread(self._opened(), size, _place(number, size))
            if len(block) == size:
                parts += [int(number).to_bytes(_NUMBER, "big"), block]
        _write(beside, b"".join(parts))


def kept_file(database_path: Path) -> Path:
    """Where the metadata blocks of a database are kept while a checkpoint runs."""
    return database_path.with_name(database_path.name + _KEPT)


def put_back(database_path: Path) -> bool:
    """Undo what a checkpoint that did not come to its end wrote in place; whether there was one.

    The file's headers say whether it did: they are written last. Doing it again changes nothing. While
    another process has the file open, nothing is touched.
    """
    beside = kept_file(database_path)
    kept = _read(beside) if beside.exists() and database_path.exists() else None
    if kept is None:
        return False
    descriptor = os.open(database_path, os.O_RDWR)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unfinished = os.pread(descriptor, HEADER_BYTES, 0) == kept[:HEADER_BYTES]
        if unfinished:
            _put_blocks(descriptor, kept)
            os.fsync(descriptor)
        beside.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return unfinished


def _put_blocks(descriptor: int, kept: bytes) -> None:
    size = int.from_bytes(kept[HEADER_BYTES : HEADER_BYTES + _NUMBER], "big")
    for begin in range(HEADER_BYTES + _NUMBER, len(kept), _NUMBER + size):
        number = int.from_bytes(kept[begin : begin + _NUMBER], "big")
        block = kept[begin + _NUMBER : begin + _NUMBER + size]
        place = _place(number, size)
        while block:
            written = os.pwrite(descriptor, block, place)
            block, place = block[written:], place + written


def _place(number: int, size: int) -> int:
    return HEADER_BYTES + number * size


def _write(beside: Path, content: bytes) -> None:
    """The whole content under its name, or nothing."""
    part = beside.with_name(f"{beside.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(_SIGN + hashlib.sha256(content).digest())
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(beside)
        folder = os.open(beside.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _read(beside: Path) -> bytes | None:
    """What was kept, if it is there and whole."""
    try:
        said = beside.read_bytes()
    except FileNotFoundError:
        return None
    content = said[len(_SIGN) + _DIGEST :]
    digest = said[len(_SIGN) : len(_SIGN) + _DIGEST]
    return content if said.startswith(_SIGN) and hashlib.sha256(content).digest() == digest else None
