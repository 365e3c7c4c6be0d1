"""Putting every student id under a new key.

All pseudonyms change in one transaction, together with the word by which a key is recognised. The new key is
on the disk before it; the old one goes after it. Killed anywhere in between, the next use of the key finds by
that word which of the two holds, and keeps it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import pandas as pd

from plc.core.errors import PlcError
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import IN_MEMORY, Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people import record_access
from plc.results.pseudonyms import (
    KEY_CHANGES,
    NEW_KEY_SETTING,
    Pseudonyms,
    check_of,
    decoded,
    fresh_key,
    key_path,
    new_key_path,
    open_pseudonyms,
    write_key,
)
from plc.settings import load_settings

_TABLES: Final = ("student_version", "student_alias_version")
_COLUMNS: Final = ("pseudonym", "pseudonym_unpadded")


def rotate_key(database: Database, viewer: Viewer, *, progress: Progress = silent) -> int:
    """Put every pseudonym under a new key; how many there were.

    Where the key is a setting, the next one must be set as PLC_PSEUDONYM_KEY_NEW first. Raises `NotAllowed`,
    `PlcError`, `DatabaseUnavailable`.
    """
    viewer.require(Permission.RETENTION_MANAGE)
    if database.path == IN_MEMORY:
        raise PlcError("A database in memory has no key to change.")
    with KEY_CHANGES:
        return _rotate(database, viewer, progress)


def _rotate(database: Database, viewer: Viewer, progress: Progress) -> int:
    old = open_pseudonyms(database)
    in_file = load_settings().pseudonym_key is None
    key = fresh_key() if in_file else _stated_key()
    if in_file:
        with suppress(FileNotFoundError):
            new_key_path(database).unlink()
        write_key(new_key_path(database), key)
    new = Pseudonyms(key)
    with database.write() as cursor:
        hidden = sum(_hide_anew(cursor, table, column, old, new) for table in _TABLES for column in _COLUMNS)
        progress(0.7, "Putting ids under the new key")
        cursor.execute(
            "update pseudonym_key_check set encrypted = $check", {"check": check_of(new)}
        ).fetchall()
        record_access(cursor, viewer, action="rotate", thing="the key of student ids")
        # What is staged was worked out under the old key, and is worked out anew at confirm.
        raise_data_version(cursor)
    database.checkpoint()
    if in_file:
        new_key_path(database).replace(key_path(database))
    progress(0.8, "Writing the file anew")
    database.rewrite()
    progress(1.0, "Done")
    return hidden


def _stated_key() -> bytes:
    stated = load_settings().pseudonym_key_new
    if not stated:
        raise PlcError(
            f"The key is a setting, so set the next one as {NEW_KEY_SETTING} first: 64 random bytes in"
            " base64. After this command it takes the place of PLC_PSEUDONYM_KEY."
        )
    return decoded(stated, NEW_KEY_SETTING)


def _hide_anew(cursor: Cursor, table: str, column: str, old: Pseudonyms, new: Pseudonyms) -> int:
    rows = cursor.execute(load_sql("results", f"distinct_{table}_{column}")).fetchall()
    before = [row[0] for row in rows]
    if not before:
        return 0
    cursor.register("supplied", pd.DataFrame({"before": before, "after": new.hide(old.reveal(before))}))
    cursor.execute(load_sql("results", f"rehide_{table}_{column}")).fetchall()
    cursor.unregister("supplied")
    return len(before)
