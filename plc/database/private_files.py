"""Files that only the account may read which runs the program: whoever copies the database has every promise.

On a computer that several accounts share, the usual settings let each of them read what the others write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

# What the group and everybody else may do with a file.
OTHERS: Final = 0o077
FOLDERS: Final = ("snapshots", "uploads")


def keep_new_files_private() -> None:
    """From now on this process makes files and folders that only its own account may read."""
    os.umask(os.umask(OTHERS) | OTHERS)


def make_private(database: Path) -> None:
    """Take from others what they may do with a database file, its log, its copies and its waiting files.

    What belongs to another account stays as it is; `plc doctor` says so.
    """
    for path in (database, database.with_name(f"{database.name}.wal"), *_folders(database)):
        with suppress(OSError):
            mode = path.stat().st_mode
            if mode & OTHERS:
                path.chmod(mode & 0o7777 & ~OTHERS)


def open_to_others(database: Path) -> list[Path]:
    """Of a database's files those that another account of this computer could read or write."""
    return sorted(path for path in _files(database) if _reachable(path, database.parent))


def _files(database: Path) -> Iterator[Path]:
    """The database, what lies beside it under its name, keys, and all in its folders."""
    yield from database.parent.glob(f"{database.name}*")
    yield from database.parent.glob("*.key")
    for folder in _folders(database):
        yield from folder.rglob("*")


def _folders(database: Path) -> list[Path]:
    return [database.parent / name for name in FOLDERS if (database.parent / name).is_dir()]


def _reachable(path: Path, top: Path) -> bool:
    """Whether others may do anything with a file, and enter every folder on the way from `top` to it."""
    try:
        if not path.is_file() or not path.stat().st_mode & OTHERS:
            return False
        inside = [folder for folder in path.parents if folder == top or top in folder.parents]
        return all(folder.stat().st_mode & 0o011 for folder in inside)
    except OSError:
        return False
