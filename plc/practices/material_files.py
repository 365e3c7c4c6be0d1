"""Where a card's files lie: beside the database, under ids made here, readable by their owner alone."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

from plc.core.errors import NotFound
from plc.database import Database
from plc.database.sql import load_sql

# A file that no card holds may belong to a later state of the database than the copy just put back.
STRAY_SECONDS: Final = 7 * 24 * 3600.0


def file_of(database: Database, material_id: str) -> Path:
    """Where a file lies. Raises `NotFound` for what is no id: no name a person wrote becomes a path."""
    if len(material_id) != 32 or not all(character in "0123456789abcdef" for character in material_id):
        raise NotFound("This file is not open to you, or was taken away.")
    return _folder(database) / material_id


def keep_file(place: Path, content: bytes) -> None:
    """Write the whole file or nothing, for its owner alone."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = place.with_name(f".{place.name}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        half.replace(place)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def remove_stray_files(database: Database, *, older_than: float = STRAY_SECONDS) -> int:
    """Delete files no card holds that have lain for so many seconds; how many.

    A process that ends between writing a file and writing its card's row leaves one behind.
    """
    if not _folder(database).is_dir():
        return 0
    with database.read() as cursor:
        held = {
            material_id
            for (material_id,) in cursor.execute(load_sql("practices", "file_materials")).fetchall()
        }
    before, gone = time.time() - older_than, 0
    for place in _folder(database).iterdir():
        if place.name not in held and place.stat().st_mtime <= before:
            place.unlink(missing_ok=True)
            gone += 1
    return gone


def _folder(database: Database) -> Path:
    return database.folder / "materials"
