"""Asking the people behind a card: a question, a visit, or being watched while trying it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.free_text import NOTE, kept_words
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.visible_practices import keep_visible_practices
from plc.practices.consent import WELCOMES, Welcome
from plc.practices.visibility import records
from plc.results.student_words import require_no_students


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a card; `may_answer` is for its authors.

    `asker` is told to the authors only, `words` to them and to who asked: empty for everybody else.
    """

    question_id: str
    kind: Welcome
    words: str
    asker: str | None
    is_viewer: bool
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None
    may_answer: bool


def ask_author(
    database: Database, viewer: Viewer, practice_id: str, *, words: str, kind: Welcome = "ask"
) -> None:
    """Ask the authors of a card something, or for a visit, or to be watched. They learn who asks."""
    viewer.require(Permission.PRACTICE_READ)
    if viewer.role is Role.REVIEWER:
        raise PlcError("An external reviewer reads the library and asks the district, not a teacher.")
    said = kept_words(words, "your question", most=NOTE)
    if kind not in WELCOMES or not said:
        raise PlcError("Write what you would like to know.")
    require_no_students(database, {"Your question": said})
    with database.write() as cursor:
        keep_visible_practices(cursor, viewer)
        asked = cursor.execute(
            load_sql("practices", "ask_question"),
            {
                "question_id": str(uuid.uuid4()),
                "practice_id": practice_id,
                "question_kind": kind,
                "words": said,
                "signature": viewer.signature,
                "asker_id": viewer.teacher_id,
                "asked_at": clock.now(),
            },
        ).fetchall()
        if not asked:
            raise NotFound(
                "There is no such card, or it is not open to you.", about=("practice", practice_id)
            )
        raise_data_version(cursor)


def answer_question(database: Database, viewer: Viewer, question_id: str, *, answer: str) -> None:
    """An author's answer; everyone who may open the card reads it, without who asked."""
    viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    said = kept_words(answer, "your answer", most=NOTE)
    if not said:
        raise PlcError("Write an answer.")
    require_no_students(database, {"Your answer": said})
    with database.write() as cursor:
        keep_visible_practices(cursor, viewer)
        answered = cursor.execute(
            load_sql("practices", "answer_question"),
            {
                "question_id": question_id,
                "answer": said,
                "answered_by": viewer.signature,
                "answered_at": clock.now(),
            },
        ).fetchall()
        if not answered:
            raise NotFound("There is no such question to you.")
        raise_data_version(cursor)


def questions(database: Database, viewer: Viewer, practice_id: str) -> list[Question]:
    """What was asked about a card: all for its authors; the viewer's own and the answers for others.

    Nothing for an external reviewer, who reads the library without anybody's name.
    """
    viewer.require(Permission.PRACTICE_READ)
    if viewer.role is Role.REVIEWER:
        return []
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = records(cursor, "questions", {"practice_id": practice_id, "signature": viewer.signature})
    return [
        Question(
            question_id=row["question_id"],
            kind=row["question_kind"],
            words=row["words"] or "",
            asker=row["asker_name"] or (row["asked_by"] if row["is_author"] else None),
            is_viewer=row["asked_by"] == viewer.signature,
            asked_at=row["asked_at"],
            answer=row["answer"],
            answered_at=row["answered_at"],
            may_answer=row["is_author"] and row["answered_at"] is None,
        )
        for row in rows
    ]
