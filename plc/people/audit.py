"""The audit: who looked at what, what was changed and what was refused. Entries are only ever appended.

An entry carries ids of its own (*audit ids*), never a name, a roster id or an address. Each entry's hash
covers its words and the hash before it, so that changing, removing or inserting one breaks the chain; the
head is kept in the database and in a file beside it, so that a trail cut short is evident too.

Changes are written in the transaction they belong to (`record_access`). Reads are noted in memory and
written at the end of the page (`note_access`, `flush_accesses`): the same look counts once a day, however
often a page is drawn; every refusal counts, but no more than a few of the same within a minute.
"""

from __future__ import annotations

import hashlib
import json
import threading
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from weakref import WeakKeyDictionary

from plc.core import clock
from plc.core.viewer import Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql

# Times within a minute that the same viewer is noted as refused the same thing: a page that draws itself anew
# while nobody asks, or a script that asks on and on, would else fill the disk.
MOST_REFUSALS: Final = 10
_MINUTE: Final = timedelta(minutes=1)
# Looks remembered to tell a repeated one; beyond it they are forgotten, at worst written twice.
LOOKS_REMEMBERED: Final = 20_000
LONGEST_THING: Final = 200
PURGED: Final = "purge audit"

Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Access:
    """One thing that somebody did, looked at, or was refused."""

    happened_at: datetime
    actor: Person
    role: str
    action: str
    thing: str
    subject_teacher_id: str | None
    refused: bool

    @property
    def look(self) -> tuple[object, ...]:
        """What makes two looks the same."""
        return (self.actor, self.role, self.action, self.thing, self.subject_teacher_id, self.refused)


@dataclass(slots=True)
class _Noted:
    """Reads of one open database that are not written yet."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: list[Access] = field(default_factory=list)
    # When a look was first noted of late, and how often since.
    seen: dict[tuple[object, ...], tuple[datetime, int]] = field(default_factory=dict)


_NOTED: WeakKeyDictionary[Database, _Noted] = WeakKeyDictionary()
_NOTED_LOCK: Final = threading.Lock()


def record_access(
    cursor: Cursor,
    viewer: Viewer,
    *,
    action: str,
    thing: str,
    subject_teacher_id: str | None = None,
    refused: bool = False,
) -> None:
    """Append one entry inside the caller's transaction: a change and its trace are kept or lost together."""
    append_accesses(cursor, [_access(viewer, action, thing, subject_teacher_id, refused)])


def note_access(
    database: Database,
    viewer: Viewer,
    *,
    action: str,
    thing: str,
    subject_teacher_ids: Iterable[str] | None = None,
    refused: bool = False,
) -> None:
    """Note a read, or a refusal, to be written by the next `flush_accesses`.

    One entry per teacher it is about, the viewer herself left out; without `subject_teacher_ids` it is about
    nobody in particular.
    """
    subjects: list[str | None] = [None]
    if subject_teacher_ids is not None:
        subjects = [t for t in dict.fromkeys(subject_teacher_ids) if t != viewer.teacher_id]
    noted = _noted(database)
    with noted.lock:
        if len(noted.seen) > LOOKS_REMEMBERED:
            noted.seen.clear()
        for subject in subjects:
            access = _access(viewer, action, thing, subject, refused)
            before = noted.seen.get(access.look)
            if before is None or not _is_within(before[0], access):
                noted.seen[access.look] = (access.happened_at, 1)
            elif access.refused and before[1] < MOST_REFUSALS:
                noted.seen[access.look] = (before[0], before[1] + 1)
            else:
                continue
            noted.waiting.append(access)


def first_looks(database: Database, viewer: Viewer, *, thing: str, ids: Iterable[str]) -> list[str]:
    """Those of `ids` that the viewer has not looked at as this thing today: whom they concern is yet to be
    noted."""
    noted, now = _noted(database), clock.now()
    fresh = []
    with noted.lock:
        for each in dict.fromkeys(ids):
            look = (_person(viewer), str(viewer.role), thing, each)
            before = noted.seen.get(look)
            if before is None or before[0].date() != now.date():
                noted.seen[look] = (now, 1)
                fresh.append(each)
    return fresh


def _is_within(first: datetime, access: Access) -> bool:
    """Whether an access is of the same minute as the first such refusal, or of the same day as the look."""
    if access.refused:
        return abs(access.happened_at - first) < _MINUTE
    return first.date() == access.happened_at.date()


def flush_accesses(database: Database, *, wait: bool = False) -> None:
    """Write what was noted. Without `wait` it is left for the next time while another writer is at work."""
    noted = _noted(database)
    with noted.lock:
        waiting, noted.waiting = noted.waiting, []
    if not waiting:
        return
    done = False
    try:
        if wait:
            with database.write() as cursor:
                append_accesses(cursor, waiting)
            done = True
        else:
            done = database.write_if_free(lambda cursor: append_accesses(cursor, waiting))
    finally:
        if not done:
            with noted.lock:
                noted.waiting[:0] = waiting
    if done:
        _keep_head_beside(database)


def append_accesses(cursor: Cursor, accesses: Sequence[Access]) -> None:
    """Append entries in order, each hashed onto the one before."""
    people = _audit_ids(cursor, accesses)
    number, head = cursor.execute(load_sql("people", "audit_head")).fetchall()[0]
    columns: dict[str, list[Any]] = {name: [] for name in (*HASHED, "previous_hash", "entry_hash")}
    for access in accesses:
        number += 1
        subject = access.subject_teacher_id
        entry = {
            "entry_number": number,
            "happened_at": access.happened_at,
            "actor_id": people.get(access.actor, access.actor[1]),
            "role": access.role,
            "action": access.action,
            "thing": access.thing[:LONGEST_THING],
            "subject_id": None if subject is None else people["teacher", subject],
            "refused": access.refused,
            "previous_hash": head,
        }
        head = entry_hash(entry)
        for name, value in (entry | {"entry_hash": head}).items():
            columns[name].append(value)
    cursor.execute(load_sql("people", "append_audit"), columns).fetchall()
    cursor.execute(
        load_sql("people", "move_audit_head"), {"entry_number": number, "entry_hash": head}
    ).fetchall()


# What an entry's hash covers, besides the hash before it.
HASHED: Final = (
    "entry_number",
    "happened_at",
    "actor_id",
    "role",
    "action",
    "thing",
    "subject_id",
    "refused",
)


def entry_hash(entry: dict[str, Any]) -> str:
    """SHA-256 over an entry's words and the hash before it, in hexadecimal."""
    words = json.dumps([str(entry["previous_hash"]), *(entry[name] for name in HASHED)], default=str)
    return hashlib.sha256(words.encode()).hexdigest()


def forget_person(cursor: Cursor, *, kind: str, person_id: str) -> None:
    """Cut a person (`teacher` or `account`) from her audit ids: entries stay and name nobody any more."""
    cursor.execute(
        load_sql("people", "forget_audit_person"), {"person_kind": kind, "person_id": person_id}
    ).fetchall()


def cut_words(last: int, last_hash: str) -> str:
    """How the audit says that it was shortened: `to 17 <hash of entry 17>`."""
    return f"to {last} {last_hash}"


def head_file(database: Database) -> Path:
    """The file beside the database that repeats the audit's head."""
    return database.folder / f"{database.path.name}.audit-head"


def _keep_head_beside(database: Database) -> None:
    if database.path.name == ":memory:":
        return
    with database.read() as cursor:
        number, head = cursor.execute(load_sql("people", "audit_head")).fetchall()[0]
    beside = head_file(database)
    fresh = beside.with_name(f"{beside.name}.{uuid.uuid4().hex}")
    # The head in the database stands whatever becomes of this copy.
    with suppress(OSError):
        fresh.write_text(json.dumps({"entry_number": number, "entry_hash": head}), encoding="utf-8")
        fresh.chmod(0o600)
        fresh.replace(beside)


def _noted(database: Database) -> _Noted:
    with _NOTED_LOCK:
        return _NOTED.setdefault(database, _Noted())


def _access(viewer: Viewer, action: str, thing: str, subject: str | None, refused: bool) -> Access:
    return Access(clock.now(), _person(viewer), str(viewer.role), action, thing, subject, refused)


def _person(viewer: Viewer) -> Person:
    if viewer.account_id is not None:
        return "account", viewer.account_id
    if viewer.teacher_id is not None:
        return "teacher", viewer.teacher_id
    return "seat", str(viewer.role)


def _audit_ids(cursor: Cursor, accesses: Sequence[Access]) -> dict[Person, str]:
    """The audit id of everybody in these entries; who has none gets one. A seat without a person has none."""
    people = {access.actor for access in accesses if access.actor[0] != "seat"}
    people |= {
        ("teacher", access.subject_teacher_id) for access in accesses if access.subject_teacher_id is not None
    }
    if not people:
        return {}
    ordered = sorted(people)
    rows = cursor.execute(
        load_sql("people", "audit_people"),
        {"person_kind": [kind for kind, _ in ordered], "person_id": [person for _, person in ordered]},
    ).fetchall()
    known = {(kind, person): audit_id for kind, person, audit_id in rows}
    for kind, person in ordered:
        if (kind, person) not in known:
            known[kind, person] = uuid.uuid4().hex
            cursor.execute(
                load_sql("people", "name_audit_person"),
                {"audit_person_id": known[kind, person], "person_kind": kind, "person_id": person},
            ).fetchall()
    return known
