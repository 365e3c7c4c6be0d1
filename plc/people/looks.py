"""Whom a look or a refusal concerns, so that she reads of it: everyone behind a team, an inquiry, a card.

Every use case that answers with something about another teacher notes it here, wherever it is called from;
tests/security/reads.py says of each use case whether it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from plc.core.errors import NotAllowed, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.people.audit import first_looks, note_access

Kind = Literal["team", "inquiry", "test", "meeting", "practice", "visit", "visited"]
_WORDS: Final[dict[str, str]] = {
    "team": "something of a team",
    "inquiry": "an inquiry of a team",
    "test": "a test of a team",
    "meeting": "a meeting of a team",
    "practice": "a practice card",
    "visit": "a visit",
    "visited": "a visit",
}


def note_look(database: Database, viewer: Viewer, thing: str, teacher_ids: Iterable[str | None]) -> None:
    """Note that the viewer read something about these teachers; once a day, herself left out."""
    known = [teacher_id for teacher_id in teacher_ids if teacher_id]
    if known:
        note_access(database, viewer, action="read", thing=thing, subject_teacher_ids=known)


def note_look_at(database: Database, viewer: Viewer, thing: str, kind: Kind, ids: Iterable[str]) -> None:
    """Note that the viewer read about these teams, tests or cards: about everyone they concern."""
    fresh = first_looks(database, viewer, thing=thing, ids=ids)
    if fresh:
        note_look(database, viewer, thing, concerned(database, kind, fresh))


def is_refusal(error: PlcError) -> bool:
    """Whether an error is noted by itself, whomever it is about."""
    return isinstance(error, NotAllowed) or error.code == "names_student"


def note_refusal(database: Database, viewer: Viewer, error: PlcError) -> None:
    """Note that the viewer was refused: about everyone it concerns, or about nobody in particular.

    What is not found is refused only where it is there, and somebody else's. Words refused because they hold
    a student are noted without the words: they could be a search for who is known here.
    """
    thing, subjects = error.message, None
    if error.about is not None:
        kind, one = error.about
        subjects = concerned(database, kind, [one]) or None
        thing = _WORDS[kind] if subjects else thing
    if subjects or is_refusal(error):
        note_access(
            database, viewer, action="refused", thing=thing, subject_teacher_ids=subjects, refused=True
        )


def concerned(database: Database, kind: str, ids: Iterable[str]) -> list[str]:
    """The members of today of those teams, or of the team behind it; of a card its authors; of a visit its
    host, or those visited for an inquiry."""
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "teachers_concerned"), {"kind": kind, "ids": list(ids)}
        ).fetchall()
    return [teacher_id for (teacher_id,) in rows]
