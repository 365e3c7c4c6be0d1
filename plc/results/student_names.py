"""Names of a teacher's own students, for her own eyes: off unless the district allows it.

They are kept apart from the database, in a file under a key of its own, so that neither file alone says who a
student is. A teacher gives the names of her own classes, and reads those of her own classes of the latest
school year; nobody else reads any.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plc.core.errors import DatabaseUnavailable, NotAllowed
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.people import record_access
from plc.results.pseudonyms import open_pseudonyms
from plc.settings import load_settings

_KEY_BITS: Final = 256
_NONCE_BYTES: Final = 12
_LONGEST_NAME: Final = 80
_LOCK = threading.Lock()

# Names by teacher id and student key (as text, since JSON has no other keys).
Names = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class KeptNames:
    """How many names were kept, and how many rows are no student of hers."""

    kept: int
    not_hers: int


def names_allowed() -> bool:
    """Whether the district lets teachers keep names of their own students."""
    return load_settings().student_names


def names_path(database: Database) -> Path:
    """Where the names of a database lie."""
    return database.path.with_name(database.path.name + ".names")


def keep_own_names(database: Database, viewer: Viewer, rows: Iterable[tuple[str, str]]) -> KeptNames:
    """Keep names by student id as the district writes it, of the viewer's own students only.

    Raises `NotAllowed` where the district does not allow names or the viewer has no classes.
    """
    teacher_id = _allowed_teacher(viewer)
    pseudonyms = open_pseudonyms(database)
    own = _own_students(database, teacher_id)
    given = [(student_id.strip(), name.strip()[:_LONGEST_NAME]) for student_id, name in rows]
    hidden = pseudonyms.hide(student_id for student_id, _ in given)
    unpadded = pseudonyms.hide(student_id.lstrip("0") or "0" for student_id, _ in given)
    found = {
        str(own[key]): name
        for (_, name), written, short in zip(given, hidden, unpadded, strict=True)
        if name and (key := written if written in own else short) in own
    }
    with _LOCK:
        names = _read(database)
        names[teacher_id] = names.get(teacher_id, {}) | found
        _write(database, names)
    with database.write() as cursor:
        record_access(cursor, viewer, action="keep", thing="names of her own students")
    return KeptNames(kept=len(found), not_hers=len(given) - len(found))


def own_student_names(database: Database, viewer: Viewer) -> dict[int, str]:
    """The names she gave by student key, of the viewer's own classes of the latest school year."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    mine = _read(database).get(teacher_id, {}) if names_allowed() else {}
    if not mine:
        return {}
    own = {str(key) for key in _own_students(database, teacher_id).values()}
    return {int(key): name for key, name in mine.items() if key in own}


def every_kept_name(database: Database) -> frozenset[str]:
    """Every name that any teacher gave, to keep it out of what others read. Shown to nobody."""
    if not names_allowed():
        return frozenset()
    return frozenset(name for given in _read(database).values() for name in given.values())


def forget_own_names(database: Database, viewer: Viewer) -> None:
    """Take every name the viewer gave out again. Allowed whatever the district says now."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with _LOCK:
        names = _read(database)
        if names.pop(teacher_id, None) is not None:
            _write(database, names)


def forget_student(database: Database, student_key: int) -> int:
    """Take a student's name out, whoever gave it; how many had."""
    with _LOCK:
        names = _read(database)
        had = sum(names[teacher].pop(str(student_key), None) is not None for teacher in names)
        if had:
            _write(database, names)
    return had


def _allowed_teacher(viewer: Viewer) -> str:
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    if not names_allowed():
        raise NotAllowed("Your district keeps no names of students here.")
    return teacher_id


def _own_students(database: Database, teacher_id: str) -> dict[str, int]:
    """Student keys by pseudonym, as written and without leading zeros."""
    with database.read() as cursor:
        rows = cursor.execute(load_sql("results", "own_students"), {"teacher_id": teacher_id}).fetchall()
    return {short: key for key, _, short in rows} | {written: key for key, written, _ in rows}


def _read(database: Database) -> Names:
    path = names_path(database)
    if not path.exists():
        return {}
    sealed = path.read_bytes()
    try:
        opened = AESGCM(_key(database)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
    except InvalidTag as error:
        raise DatabaseUnavailable(
            f"{_key_path(database)} is not the key of {path}. Put the original key back, or delete both."
        ) from error
    names: Names = json.loads(opened)
    return names


def _write(database: Database, names: Names) -> None:
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + AESGCM(_key(database)).encrypt(nonce, json.dumps(names).encode(), None)
    path = names_path(database)
    fresh = path.with_name(path.name + ".new")
    _write_private(fresh, sealed)
    fresh.replace(path)


def _key_path(database: Database) -> Path:
    return names_path(database).with_name(names_path(database).name + ".key")


def _key(database: Database) -> bytes:
    path = _key_path(database)
    if not path.exists():
        _write_private(path, AESGCM.generate_key(_KEY_BITS))
    return path.read_bytes()


def _write_private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
