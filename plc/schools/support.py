"""Giving a team time or offering it a coach: a dated note that reaches the team's own screen.

A leader cannot change anything of a team's; she gives, and the team answers.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people.looks import note_look_at
from plc.people.school_calendar import school_today
from plc.results.student_words import require_no_students
from plc.schools.scope import checked_words, require_team, run, scope_of

Kind = Literal["time", "coach"]
KINDS: Final[tuple[Kind, ...]] = ("time", "coach")
ANSWERS: Final = ("yes", "not now")
FURTHEST: Final = timedelta(days=366)
# A note stays on the team's screen for two weekly meetings after its day.
SHOWN_AFTER: Final = timedelta(days=14)
NOTES_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class Support:
    """Time given or a coach offered to a team for a day, by a role, and the team's answer."""

    support_id: str
    team_id: str
    team_name: str
    kind: str
    words: str
    for_on: date
    given_role: str
    given_on: date
    answer: str | None
    answered_on: date | None


def give_support(
    database: Database, viewer: Viewer, team_id: str, *, kind: Kind, words: str, for_on: date
) -> str:
    """Give a team of the viewer's schools time, or offer it a coach; returns the note's id.

    Raises `NotAllowed` for a team of another school, which its members read in their audit.
    """
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    if kind not in KINDS:
        raise PlcError("Choose to give time or to offer a coach.")
    said, today = checked_words(words, "what you give"), school_today(database)
    if not today <= for_on <= today + FURTHEST:
        raise PlcError("Choose a day from today to a year from now.")
    require_no_students(database, {"Your note": said})
    support_id = uuid.uuid4().hex
    with database.write() as cursor:
        require_team(database, cursor, viewer, team_id)
        run(
            cursor, "give_support", **scope_of(viewer), support_id=support_id, team_id=team_id,
            support_kind=kind, words=said, for_on=for_on, given_by=viewer.signature,
            given_role=str(viewer.role), given_on=today, given_at=clock.now(),
        )  # fmt: skip
    return support_id


def take_back_support(database: Database, viewer: Viewer, support_id: str) -> None:
    """Take back one's own note that the team has not answered. Raises `NotFound` for any other."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    with database.write() as cursor:
        gone = run(
            cursor, "take_back_support", **scope_of(viewer), support_id=support_id,
            given_by=viewer.signature, now=clock.now(),
        )  # fmt: skip
        if not gone:
            raise NotFound("There is no such note of yours, or the team has answered it.")


def given_support(database: Database, viewer: Viewer) -> list[Support]:
    """What was given or offered to teams of the viewer's schools, the latest first."""
    viewer.require(Permission.SCHOOL_REVIEW_READ)
    with database.read() as cursor:
        rows = run(cursor, "given_support", **scope_of(viewer), limit=NOTES_SHOWN)
    note_look_at(database, viewer, "what the team was given or offered", "team", [row[1] for row in rows])
    return [Support(*row) for row in rows]


def team_support(database: Database, viewer: Viewer) -> list[Support]:
    """What was given or offered to the viewer's own teams, as long as it matters."""
    viewer.require(Permission.TEAM_READ)
    since = school_today(database) - SHOWN_AFTER
    with database.read() as cursor:
        rows = run(cursor, "team_support", team_ids=list(viewer.team_ids), since=since)
    return [Support(*row) for row in rows]


def answer_support(database: Database, viewer: Viewer, support_id: str, *, answer: str) -> None:
    """The team's answer, "yes" or "not now"; any member gives it."""
    viewer.require(Permission.TEAM_EDIT)
    if answer not in ANSWERS:
        raise PlcError("Answer yes or not now.")
    with database.write() as cursor:
        done = run(
            cursor, "answer_support", support_id=support_id, team_ids=list(viewer.team_ids), answer=answer,
            today=school_today(database),
        )  # fmt: skip
        if not done:
            raise NotAllowed("There is no such note to your team.")
