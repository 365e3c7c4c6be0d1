"""What went wrong with the file or its disk, in words, and whether it can be worked with any longer.

DuckDB tells these apart only in the words of its errors.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

import duckdb

NO_DATABASE: Final = "{path} is not a database of this program. Choose another file with --db."
# A block with a wrong checksum, and a file that ends too early; either may show only when its table is read.
_DAMAGED: Final = ("corrupt database file", "could not read enough bytes")
_FULL: Final = ("no space left", "no space", "file too large", "disk quota", "out of disk")
_NOT_WRITABLE: Final = ("permission denied", "read-only", "operation not permitted")
_GIVEN_UP: Final = ("database has been invalidated", "must be restarted", "input/output error")


def is_in_use(error: Exception) -> bool:
    """Whether another process has the file open."""
    words = str(error).lower()
    return "could not set lock" in words or "conflicting lock" in words


def is_fatal(error: Exception) -> bool:
    """Whether the file is damaged, or the disk refused something, after which DuckDB may have given it up."""
    words = str(error).lower()
    signs = (*_DAMAGED, *_FULL, *_GIVEN_UP, "read-only file system")
    return isinstance(error, duckdb.FatalException) or any(sign in words for sign in signs)


def is_damaged_log(error: Exception) -> bool:
    """Whether opening failed for what the log holds, and not for the file, the disk or another process."""
    words = str(error).lower()
    return not is_in_use(error) and not any(sign in words for sign in (*_DAMAGED, *_FULL, *_NOT_WRITABLE))


def unavailable_words(path: Path, error: Exception) -> str:
    """What happened, and what to do."""
    words = str(error).lower()
    number = getattr(error, "errno", None)
    if is_in_use(error):
        return f"{path} is open in another process. Stop the app, or use --db with another file."
    if number == errno.ENOSPC or any(sign in words for sign in _FULL):
        return (
            f"The disk that holds {path} is full. Free some space and try again; what was confirmed is safe,"
            " and nothing of this was written."
        )
    if any(sign in words for sign in _DAMAGED):
        return (
            f"{path} is damaged and cannot be read. plc restore puts a copy in its place; plc snapshot --list"
            " shows those there are."
        )
    if "not a valid duckdb database file" in words:
        return NO_DATABASE.format(path=path)
    if number in (errno.EACCES, errno.EROFS, errno.EPERM) or any(sign in words for sign in _NOT_WRITABLE):
        return (
            f"{path} cannot be written. Check who owns the folder {path.parent}, and that its disk is not"
            " read-only."
        )
    if isinstance(error, duckdb.FatalException):
        return f"{path} could not be written and is opened anew. What was confirmed is safe; try again."
    return f"{path} cannot be opened: {str(error).splitlines()[0]}"
