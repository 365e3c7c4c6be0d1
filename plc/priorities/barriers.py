"""Barriers: what is in a team's way, who can remove it, and the dated answer.

A team asks; a principal or district leader answers. Both read the same list: "you said, we did".
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from plc.core.errors import Conflict, NotFound, PlcError
from plc.core.free_text import SENTENCES
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.looks import note_look_at
from plc.people.refused_team import note_refused_team
from plc.people.school_calendar import school_today
from plc.results.student_words import shareable_words

# What stands in the way, in the words a team would use.
KINDS: Final = (
    "time", "schedule", "materials", "technology", "students' support", "coaching", "data", "rules",
    "something else",
)  # fmt: skip
REMOVABLE_BY: Final = ("principal", "district")
OUTCOMES: Final = ("removed", "partly removed", "not possible", "asked on")
# A week from Tuesday to Tuesday, and one more: by then a team has met twice without an answer.
FURTHEST: Final = timedelta(days=366)
_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Barrier:
    """A barrier as asked and, where answered, its answer. `team_name` names the team, never who asked."""

    barrier_id: str
    team_id: str
    team_name: str
    school_id: str | None
    kind: str
    words: str
    removable_by: str
    asked_on: date
    due_on: date
    answer: str | None
    answered_on: date | None
    outcome: str | None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed without an answer."""
        return self.answered_on is None and self.due_on < today


def ask_barrier(
    database: Database,
    viewer: Viewer,
    team_id: str,
    *,
    kind: str,
    words: str,
    removable_by: str,
    due_on: date,
    inquiry_id: str | None = None,
    meeting_id: str | None = None,
    barrier_id: str | None = None,
) -> str:
    """Send a barrier to who can remove it, and return its id. Raises `PlcError` naming what is missing.

    With an id that the writer's device chose (32 hexadecimal digits), sending it again changes nothing.
    """
    viewer.require_team(Permission.BARRIER_ASK, team_id)
    words, today = _checked(database, words, "what is in the way"), school_today(database)
    if kind not in KINDS or removable_by not in REMOVABLE_BY:
        raise PlcError("Choose what kind of barrier it is and who can remove it.")
    if not today <= due_on <= today + FURTHEST:
        raise PlcError("Choose a day from today to a year from now.")
    if barrier_id is not None and not _ID.fullmatch(barrier_id):
        raise PlcError("This device sent something that cannot be told from the rest. Reload the page.")
    barrier_id = barrier_id or uuid.uuid4().hex
    with database.write() as cursor:
        cursor.execute(
            load_sql("priorities", "ask_barrier"),
            {
                "barrier_id": barrier_id, "team_id": team_id, "team_ids": list(viewer.team_ids),
                "inquiry_id": inquiry_id, "meeting_id": meeting_id, "barrier_kind": kind, "words": words,
                "removable_by": removable_by, "asked_by": viewer.signature, "asked_on": today,
                "due_on": due_on,
            },
        ).fetchall()  # fmt: skip
    return barrier_id


def answer_barrier(database: Database, viewer: Viewer, barrier_id: str, *, outcome: str, answer: str) -> None:
    """Answer a barrier of one's schools, dated today. Raises `Conflict` when it is answered already.

    "asked on" passes it from the principal to the district, where it waits for its answer.
    """
    viewer.require(Permission.BARRIER_ANSWER)
    if outcome not in OUTCOMES:
        raise PlcError("Say whether it is removed, partly removed, not possible, or asked on.")
    answer, today = _checked(database, answer, "your answer"), school_today(database)
    with database.write_through() as cursor:
        known = _of_school(database, cursor, viewer, barrier_id)
        if known.answered_on is not None:
            raise Conflict(f"Somebody answered on {known.answered_on:%-d %B}: “{known.answer}”.")
        if outcome == "asked on" and known.removable_by == "district":
            raise PlcError("This is with the district already. Say what will be done, or why not.")
        passed = outcome == "asked on"
        cursor.execute(
            load_sql("priorities", "answer_barrier"),
            {
                "barrier_id": barrier_id, "school_ids": list(viewer.school_ids),
                "whole_district": viewer.role is Role.DISTRICT_LEADER, "answer": answer,
                "answered_by": viewer.signature, "outcome": outcome, "passed": passed, "today": today,
            },
        ).fetchall()  # fmt: skip


def take_back_barrier(database: Database, viewer: Viewer, barrier_id: str) -> None:
    """Take an unanswered barrier back. Raises `NotFound` for another team's or an answered one."""
    viewer.require(Permission.BARRIER_ASK)
    with database.write() as cursor:
        gone = cursor.execute(
            load_sql("priorities", "take_back_barrier"),
            {"barrier_id": barrier_id, "team_ids": list(viewer.team_ids)},
        ).fetchall()
        if not gone:
            raise NotFound("There is no such open barrier of your team.")


def list_barriers(database: Database, viewer: Viewer, *, unanswered: bool = False) -> list[Barrier]:
    """The barriers of the viewer's teams or, for who can answer, of her schools; open ones first."""
    answers = viewer.may(Permission.BARRIER_ANSWER)
    viewer.require(Permission.BARRIER_ANSWER if answers else Permission.BARRIER_ASK)
    with database.read() as cursor:
        if answers:
            rows = _of_schools(cursor, viewer, barrier_id=None)
        else:
            rows = cursor.execute(
                load_sql("priorities", "team_barriers"), {"team_ids": list(viewer.team_ids)}
            ).fetchall()
    found = [_barrier(row) for row in rows]
    if answers:
        teams = [barrier.team_id for barrier in found]
        note_look_at(database, viewer, "what the team asked for", "team", teams)
    return [barrier for barrier in found if barrier.answered_on is None or not unanswered]


def _of_school(database: Database, cursor: Cursor, viewer: Viewer, barrier_id: str) -> Barrier:
    rows = _of_schools(cursor, viewer, barrier_id=barrier_id)
    if not rows:
        _note_refused(database, cursor, viewer, barrier_id)
        raise NotFound("There is no such barrier in your schools.")
    return _barrier(rows[0])


def _of_schools(cursor: Cursor, viewer: Viewer, *, barrier_id: str | None) -> list[tuple[Any, ...]]:
    return cursor.execute(
        load_sql("priorities", "school_barriers"),
        {
            "school_ids": list(viewer.school_ids), "whole_district": viewer.role is Role.DISTRICT_LEADER,
            "barrier_id": barrier_id,
        },
    ).fetchall()  # fmt: skip


def _note_refused(database: Database, cursor: Cursor, viewer: Viewer, barrier_id: str) -> None:
    """Let the members of the team whose barrier it is read that somebody reached for it."""
    rows = cursor.execute(load_sql("priorities", "team_of_barrier"), {"barrier_id": barrier_id}).fetchall()
    team_id = str(rows[0][0]) if rows else ""
    note_refused_team(database, viewer, team_id=team_id, thing="a barrier of another school's team")


def _barrier(row: tuple[Any, ...]) -> Barrier:
    return Barrier(*row)


def _checked(database: Database, words: str, what: str) -> str:
    words = " ".join(shareable_words(database, words, what, most=SENTENCES).split())
    if not words:
        raise PlcError(f"Say {what} in a sentence.")
    return words
