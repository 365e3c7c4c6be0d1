"""Files beside the database that hold a student's id as written: staged uploads, and copies in the inbox."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results.inbox import DONE, REFUSED, inbox_folder
from plc.results.uploads import discard_upload, list_uploads, upload_folder

# Formats whose bytes are the text; any other may hold an id that a search would not find.
_PLAIN: Final = frozenset({".csv", ".tsv", ".txt", ".json", ".psv", ".dat", ""})
_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be")
_ERASED: Final = "What was said here named a student who was erased."


def forget_files(database: Database, ids: Collection[str]) -> int:
    """Discard staged uploads and delete inbox copies that hold, or may hold, one of these ids; how many."""
    gone = 0
    for upload in list_uploads(database, LOCAL_STEWARD):
        if upload.state == "staged" and _may_hold(upload_folder(database, upload.upload_id), ids):
            discard_upload(database, LOCAL_STEWARD, upload.upload_id)
            gone += 1
    inbox = inbox_folder(database.path)
    for entry in _entries(inbox / DONE, inbox / REFUSED):
        if _may_hold(entry, ids):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            gone += 1
    return gone


def forget_messages(cursor: Cursor, ids: Collection[str]) -> None:
    """Blank what was said about uploads where it quotes one of these ids."""
    for written in ids:
        for statement in ("blank_issues", "blank_inbox_words"):
            cursor.execute(
                load_sql("stewardship", statement), {"student_id": written, "words": _ERASED}
            ).fetchall()


def _entries(*folders: Path) -> Iterable[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from list(folder.iterdir())


def _may_hold(place: Path, ids: Collection[str]) -> bool:
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    words = [written.encode(encoding) for written in ids for encoding in _ENCODINGS]
    for path in files:
        # What an upload would change lies beside its source, under pseudonyms.
        plain = path.suffix.lower() in _PLAIN
        if plain and any(word in path.read_bytes() for word in words):
            return True
        if not plain and not path.parent.name.startswith("changes-"):
            return True
    return False
