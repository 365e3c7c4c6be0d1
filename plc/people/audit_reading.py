"""Reading the audit: a teacher reads who looked at her; a steward, whether the trail is whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.audit import HASHED, PURGED, cut_words, entry_hash, flush_accesses, head_file
from plc.people.audit_cut import last_entry_before

# Entries checked at a time, so that a long trail takes little memory.
STRETCH: Final = 20_000
LOOKS_SHOWN: Final = 500
REFUSALS_SHOWN_FOR: Final = timedelta(days=90)
# As the retention table says: a question about who looked is asked within a school career at one school.
AUDIT_KEPT: Final = timedelta(days=3 * 365)
_COLUMNS: Final = (*HASHED, "previous_hash", "entry_hash")


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at something about the viewer: a team mate by name, everybody else by role."""

    happened_at: datetime
    role: str
    mate_name: str | None
    action: str
    thing: str
    refused: bool


@dataclass(frozen=True, slots=True)
class RefusedAttempts:
    """How often a role was refused something on a day, that concerned nobody in particular."""

    day: date
    role: str
    thing: str
    attempts: int


@dataclass(frozen=True, slots=True)
class AuditHeld:
    """How many entries the audit holds, when the first was made (None without any), how many are due."""

    entries: int
    first_at: datetime | None
    due: int


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """Whether the audit is whole, in words; `broken_at` is the first entry that does not fit."""

    whole: bool
    entries: int
    words: str
    broken_at: int | None = None


def own_audit(database: Database, viewer: Viewer) -> list[Look]:
    """Who else looked at anything about the viewer, what was changed and what was refused; latest first."""
    teacher_id = viewer.own_teacher_id(Permission.AUDIT_READ_OWN)
    flush_accesses(database)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "own_audit"),
            {"teacher_id": teacher_id, "team_ids": list(viewer.team_ids), "limit": LOOKS_SHOWN},
        ).fetchall()
    return [Look(*row) for row in rows]


def refused_attempts(database: Database, viewer: Viewer) -> list[RefusedAttempts]:
    """What was refused lately and concerned nobody in particular, by day and role. Anyone with an own result
    or who verifies the audit reads it: it names nobody."""
    if not viewer.may(Permission.AUDIT_VERIFY):
        viewer.require(Permission.AUDIT_READ_OWN)
    flush_accesses(database)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "refused_attempts"), {"since": clock.now() - REFUSALS_SHOWN_FOR}
        ).fetchall()
    return [RefusedAttempts(*row) for row in rows]


def audit_held(database: Database, viewer: Viewer) -> AuditHeld:
    """How many entries there are, since when, and how many are older than they are kept for."""
    viewer.require(Permission.RETENTION_MANAGE)
    with database.read() as cursor:
        cut = last_entry_before(cursor, kept_since())
        due_to = 0 if cut is None else cut[0]
        rows = cursor.execute(load_sql("people", "audit_held"), {"entry_number": due_to}).fetchall()
    return AuditHeld(*rows[0])


def kept_since() -> datetime:
    """Entries from before this moment are older than the audit is kept for."""
    return clock.now() - AUDIT_KEPT


def verify_audit(database: Database, viewer: Viewer) -> AuditCheck:
    """Work out every hash anew, and compare the end with the head kept inside and beside the database."""
    viewer.require(Permission.AUDIT_VERIFY)
    beside = _head_beside(database)
    with database.read() as cursor:
        last, head = cursor.execute(load_sql("people", "audit_head")).fetchall()[0]
        return _walk(cursor, last=last, head=head, beside=beside)


def _walk(cursor: Cursor, *, last: int, head: str, beside: tuple[int, str] | None) -> AuditCheck:
    number, previous, entries, first = 0, "", 0, 1
    begins_after, cuts, purged_to = "", set[str](), 0
    beside_fits = beside is None or beside[0] == 0
    while stretch := _entries(cursor, after=number):
        for entry in stretch:
            if entries == 0:
                first, previous = entry["entry_number"], entry["previous_hash"]
                begins_after = previous
            elif entry["entry_number"] != number + 1:
                return _broken(entries, number + 1, "is missing")
            if entry["previous_hash"] != previous or entry_hash(entry) != entry["entry_hash"]:
                return _broken(
                    entries, entry["entry_number"], "was changed, or does not follow the one before"
                )
            number, previous, entries = entry["entry_number"], entry["entry_hash"], entries + 1
            beside_fits |= beside == (number, previous)
            if entry["action"] == PURGED and entry["thing"].startswith("to "):
                cuts.add(entry["thing"])
                purged_to = max(purged_to, int(entry["thing"].split()[1]))
    if first > 1 and (purged_to != first - 1 or cut_words(purged_to, begins_after) not in cuts):
        return _broken(entries, 1, "is missing: the trail does not begin where it was last shortened")
    if first == 1 and entries and not _starts_new(cursor):
        return _broken(entries, 1, "was changed, or does not follow the one before")
    if (number, previous) != (last, head):
        return _broken(entries, number + 1, "is missing: the trail was cut short")
    if beside is not None and not beside_fits and (beside[0] < 0 or beside[0] > purged_to):
        return _broken(
            entries,
            beside[0],
            "is not the one noted beside the database: the trail was rewritten or put back",
        )
    return AuditCheck(True, entries, f"{entries} entries, each following the one before.")


def _starts_new(cursor: Cursor) -> bool:
    (first, *_) = _entries(cursor, after=0, limit=1)
    return bool(first["previous_hash"] == "")


def _entries(cursor: Cursor, *, after: int, limit: int = STRETCH) -> list[dict[str, Any]]:
    rows = cursor.execute(load_sql("people", "audit_entries"), {"after": after, "limit": limit}).fetchall()
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]


def _broken(entries: int, number: int, words: str) -> AuditCheck:
    return AuditCheck(False, entries, f"Entry {number} {words}.", broken_at=number)


def _head_beside(database: Database) -> tuple[int, str] | None:
    beside = head_file(database)
    if not beside.exists():
        return None
    try:
        kept = json.loads(beside.read_text(encoding="utf-8"))
        return int(kept["entry_number"]), str(kept["entry_hash"])
    except (ValueError, KeyError, TypeError):
        return -1, ""
