"""Student ids under a key that is not in the database.

Deterministic authenticated encryption (AES-SIV, RFC 5297): the same id always
gives the same pseudonym, so a later file matches, and whoever has the key and
the right to see it can read the id back.
"""

from __future__ import annotations

import base64
import binascii
import os
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from plc.core.errors import Conflict, DatabaseUnavailable
from plc.database import Database
from plc.database.database import IN_MEMORY
from plc.database.sql import load_sql
from plc.settings import load_settings

KEY_BYTES = 64
_CHECK_WORD = b"plc pseudonym key"
# Held while the key is changed.
KEY_CHANGES = threading.RLock()
NEW_KEY_SETTING = "PLC_PSEUDONYM_KEY_NEW"


class Pseudonyms:
    """Turns student ids into pseudonyms and back, with one key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(key)

    def hide(self, student_ids: Iterable[str]) -> list[str]:
        """The pseudonym of each id, in order."""
        encrypt, encode = self._cipher.encrypt, base64.urlsafe_b64encode
        return [encode(encrypt(student_id.encode(), None)).decode() for student_id in student_ids]

    def reveal(self, pseudonyms: Iterable[str]) -> list[str]:
        """The id behind each pseudonym. Raises `DatabaseUnavailable` under another key."""
        try:
            return [
                self._cipher.decrypt(base64.urlsafe_b64decode(pseudonym), None).decode()
                for pseudonym in pseudonyms
            ]
        except (InvalidTag, binascii.Error) as error:
            raise DatabaseUnavailable(_other_key_words("PLC_PSEUDONYM_KEY or the key file")) from error


def key_path(database: Database) -> Path:
    """Where the key file of a database lies."""
    return database.path.with_name(database.path.name + ".key")


def open_pseudonyms(database: Database) -> Pseudonyms:
    """The pseudonyms of this database; the first use makes its key.

    A change of key that was interrupted is settled here: whichever key the database's ids are under stays.
    Raises `DatabaseUnavailable` when the key is missing, malformed, or not the one its ids were hidden with.
    """
    with database.read() as cursor:
        checks = cursor.execute(load_sql("results", "pseudonym_key_check")).fetchall()
    if checks and KEY_CHANGES.acquire(blocking=False):
        # While this process changes the key, the new one is not left over.
        try:
            _settle(database, str(checks[0][0]))
        finally:
            KEY_CHANGES.release()
    pseudonyms = Pseudonyms(_key(database, may_create=not checks))
    check = check_of(pseudonyms)
    if not checks:
        with database.write() as cursor:
            cursor.execute("insert into pseudonym_key_check values ($check)", {"check": check}).fetchall()
    elif checks[0][0] != check:
        further = load_settings().pseudonym_key_new
        if further and check_of(other := Pseudonyms(decoded(further, NEW_KEY_SETTING))) == checks[0][0]:
            return other
        if new_key_path(database).exists():
            raise Conflict("The key of student ids is being changed. Try again in a moment.")
        raise DatabaseUnavailable(_other_key_words(str(key_path(database))))
    return pseudonyms


def check_of(pseudonyms: Pseudonyms) -> str:
    """The known word under this key."""
    return pseudonyms.hide([_CHECK_WORD.decode()])[0]


def new_key_path(database: Database) -> Path:
    """Where the next key lies while ids are put under it."""
    return key_path(database).with_name(key_path(database).name + ".new")


def write_key(path: Path, key: bytes) -> None:
    """Keep a key for its owner only, on the disk before anything is hidden with it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(key))
        file.flush()
        os.fsync(file.fileno())


def _settle(database: Database, check: str) -> None:
    """Finish or take back a change of key: the database says under which of the two its ids are."""
    new = new_key_path(database)
    if database.path == IN_MEMORY or not new.exists():
        return
    try:
        taken = check_of(Pseudonyms(decoded(new.read_text(encoding="ascii", errors="replace"), str(new))))
    except DatabaseUnavailable:
        # It was cut short while it was written, before anything was hidden with it.
        taken = ""
    if taken == check:
        new.replace(key_path(database))
    else:
        new.unlink()


def _key(database: Database, *, may_create: bool) -> bytes:
    if configured := load_settings().pseudonym_key:
        return decoded(configured, "PLC_PSEUDONYM_KEY")
    if database.path == IN_MEMORY:
        return _key_of_this_process()
    path = key_path(database)
    if path.exists():
        return decoded(path.read_text(encoding="ascii", errors="replace"), str(path))
    if not may_create:
        raise DatabaseUnavailable(
            f"The key file {path} is missing, so student ids in this database cannot be matched. "
            "Put the file back from your backup, or set PLC_PSEUDONYM_KEY."
        )
    key = fresh_key()
    write_key(path, key)
    return key


def fresh_key() -> bytes:
    """A new key."""
    return AESSIV.generate_key(KEY_BYTES * 8)


@cache
def _key_of_this_process() -> bytes:
    return fresh_key()


def decoded(text: str, place: str) -> bytes:
    """The key in this text. Raises `DatabaseUnavailable`, naming the place."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise DatabaseUnavailable(
            f"{place} does not hold a base64 key. Put the original key back."
        ) from error
    if len(key) != KEY_BYTES:
        raise DatabaseUnavailable(
            f"{place} must hold {KEY_BYTES} bytes in base64. Put the original key back."
        )
    return key


def _other_key_words(place: str) -> str:
    return (
        f"{place} is not the key this database was made with, so student ids cannot be matched. "
        "Put the original key back."
    )
