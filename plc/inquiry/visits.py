"""Visits of Discover: observations and interviews in a bright-spot class and a typical one."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from plc.core import clock
from plc.core.errors import BothTexts, NotFound, PlcError
from plc.core.free_text import LINE, NOTES, SENTENCES
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.inquiries import read_inquiry, require_open
from plc.people.looks import note_look_at
from plc.people.school_calendar import school_today
from plc.people.visibility import keep_visible_teachers
from plc.results.student_words import shareable_words

VisitKind = Literal["observation", "interview"]
ClassKind = Literal["bright spot", "typical"]
VISIT_KINDS: Final[tuple[VisitKind, ...]] = ("observation", "interview")
CLASS_KINDS: Final[tuple[ClassKind, ...]] = ("bright spot", "typical")

# What to look for: what students and the teacher do, not how good it is.
LOOK_FORS: Final = (
    "What are students doing in the first five minutes?",
    "How does the teacher find out who has not got it yet?",
    "What happens next for those who have not?",
    "Who talks about the mathematics or the text, and for how long?",
    "What do students do with feedback on their work?",
)
INTERVIEW: Final = (
    "Think of a lesson in which nearly everyone got it. What did you do, step by step?",
    "How do you know, before the lesson ends, who has not got it yet?",
    "What do you do in the next ten minutes, or the next day, for those students?",
    "What can your students do by themselves now that they could not do in September?",
    "What did you stop doing to make room for this?",
    "If I had sat in the back of your room, what would I have seen?",
)
_NOT_HERS_TO_NAME: Final = (
    "Choose a colleague of the team, for a bright-spot class also who agreed to be named, or write in words"
    " whose class it is."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A look-for or a question, and what was seen or said."""

    asked: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """Whose class is visited, when, and what to look for. Whom `plan_visit` does not take: in words only."""

    visit_kind: VisitKind
    class_kind: ClassKind
    planned_on: date | None = None
    visited_teacher_id: str | None = None
    visited_words: str = ""
    look_fors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as stored; `held_on` is None while it is to come, `visited` empty where nobody is named.

    `visited` is "a colleague" for whom she shows no bright spot to.
    """

    visit_id: str
    version: int
    visit_kind: VisitKind
    class_kind: ClassKind
    visited: str
    visitor: str
    planned_on: date | None
    held_on: date | None
    answers: tuple[Answer, ...]
    notes: str


def template(visit_kind: VisitKind) -> tuple[str, ...]:
    """The look-fors of an observation, or the six questions of an interview."""
    return LOOK_FORS if visit_kind == "observation" else INTERVIEW


def plan_visit(database: Database, viewer: Viewer, inquiry_id: str, plan: VisitPlan) -> str:
    """Plan a visit and return its id; without look-fors the template's are taken.

    Raises `PlcError` for a teacher who neither is in the team nor shows the viewer her bright spot.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    if plan.visit_kind not in VISIT_KINDS or plan.class_kind not in CLASS_KINDS:
        raise PlcError("Choose an observation or an interview, of a bright-spot class or a typical one.")
    asked = [
        words
        for each in plan.look_fors
        if (words := shareable_words(database, each, "what you look for", most=LINE))
    ] or template(plan.visit_kind)
    visited = shareable_words(database, plan.visited_words, "whose class it is", most=LINE)
    visit_id = str(uuid.uuid4())
    with database.write() as cursor:
        require_open(read_inquiry(cursor, viewer, inquiry_id))
        keep_visible_teachers(cursor, viewer)
        planned = cursor.execute(
            load_sql("inquiry", "add_visit"),
            {
                "team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "visit_id": visit_id,
                "visit_kind": plan.visit_kind, "class_kind": plan.class_kind,
                "visited_teacher_id": plan.visited_teacher_id,
                "visited_words": visited or None,
                "visitor_teacher_id": viewer.teacher_id, "planned_on": plan.planned_on,
                "look_fors": _as_json([Answer(words) for words in asked]), "by": viewer.signature,
                "at": clock.now(), "today": school_today(database),
            },
        ).fetchall()  # fmt: skip
        if not planned:
            raise PlcError(_NOT_HERS_TO_NAME)
    return visit_id


def record_visit(
    database: Database,
    viewer: Viewer,
    visit_id: str,
    *,
    answers: Sequence[Answer],
    notes: str,
    seen_version: int,
    held_on: date | None = None,
) -> int:
    """Write down what was seen; returns the version it is now. `held_on` None is today.

    Raises `BothTexts` where a colleague wrote first, and `NotFound` outside her teams.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    words = [
        Answer(asked, shareable_words(database, one.seen, f"“{asked}”", most=NOTES))
        for one in answers
        if (asked := shareable_words(database, one.asked, "what you look for", most=LINE))
    ]
    notes = shareable_words(database, notes, "the notes", most=NOTES)
    if not notes and not any(one.seen for one in words):
        raise PlcError("Write down at least one thing you saw or heard.")
    with database.write() as cursor:
        stored = _visit(cursor, viewer, visit_id)
        written = cursor.execute(
            load_sql("inquiry", "edit_visit"),
            {
                "team_ids": list(viewer.team_ids), "visit_id": visit_id, "seen": seen_version,
                "held_on": held_on or stored.held_on or school_today(database),
                "look_fors": _as_json(words), "notes": notes,
            },
        ).fetchall()  # fmt: skip
        if not written:
            raise BothTexts(
                "A colleague wrote on this visit while you did. Both are shown; keep what you both mean.",
                mine={one.asked: one.seen for one in words} | {"notes": notes},
                theirs={one.asked: one.seen for one in stored.answers} | {"notes": stored.notes},
                version=stored.version,
            )
    return int(written[0][0])


def remove_visit(database: Database, viewer: Viewer, visit_id: str, *, back: bool = False) -> None:
    """Take a visit off the inquiry, or put it `back`. Raises `NotFound`."""
    viewer.require(Permission.INQUIRY_EDIT)
    with database.write() as cursor:
        changed = cursor.execute(
            load_sql("inquiry", "remove_visit"),
            {
                "team_ids": list(viewer.team_ids), "visit_id": visit_id,
                "removed_at": None if back else clock.now(),
            },
        ).fetchall()  # fmt: skip
        if not changed:
            raise NotFound("There is no such visit in your teams.")


def waive_visits(database: Database, viewer: Viewer, inquiry_id: str, *, reason: str | None) -> None:
    """Say why the inquiry goes without both visits; None takes that back. Raises `PlcError` when closed."""
    viewer.require(Permission.INQUIRY_EDIT)
    reason = None if reason is None else shareable_words(database, reason, "the reason", most=SENTENCES)
    if reason == "":
        raise PlcError("Say in a sentence why not: no substitute, no bright spot who agreed, and so on.")
    with database.write() as cursor:
        require_open(read_inquiry(cursor, viewer, inquiry_id))
        cursor.execute(
            load_sql("inquiry", "waive_visits"),
            {
                "team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id,
                "reason": reason,
            },
        ).fetchall()  # fmt: skip


def list_visits(database: Database, viewer: Viewer, inquiry_id: str) -> list[Visit]:
    """The visits of an inquiry, in the order of their dates."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        found = _read(cursor, viewer, inquiry_id=inquiry_id, visit_id=None)
    if found:
        note_look_at(database, viewer, "what was seen in a visited class", "visited", [inquiry_id])
    return found


def _visit(cursor: Cursor, viewer: Viewer, visit_id: str) -> Visit:
    found = _read(cursor, viewer, inquiry_id=None, visit_id=visit_id)
    if not found:
        raise NotFound("There is no such visit in your teams.")
    return found[0]


def _read(cursor: Cursor, viewer: Viewer, *, inquiry_id: str | None, visit_id: str | None) -> list[Visit]:
    keep_visible_teachers(cursor, viewer)
    rows = cursor.execute(
        load_sql("inquiry", "visits"),
        {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "visit_id": visit_id},
    ).fetchall()
    return [
        Visit(
            visit_id, version, visit_kind, class_kind, visited, visitor, planned_on, held_on,
            _answers(look_fors), notes,
        )
        for visit_id, version, visit_kind, class_kind, visited, visitor, planned_on, held_on, look_fors, notes
        in rows
    ]  # fmt: skip


def _answers(kept: str) -> tuple[Answer, ...]:
    return tuple(Answer(one["asked"], one["seen"]) for one in json.loads(kept))


def _as_json(answers: Sequence[Answer]) -> str:
    return json.dumps([{"asked": one.asked, "seen": one.seen} for one in answers])
