"""Inviting classes like those that tested a practice, and starting one's own test of it.

Classes are matched by course and by where their students started. Whoever invites reads counts, never who
they are; the invitation reaches the teacher alone, and to decline leaves no trace.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plc.core import clock
from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.errors import NotFound, PlcError
from plc.core.viewer import UNNAMED_SCHOOL, Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.visible_practices import keep_visible_practices
from plc.practices.cards import read_card
from plc.practices.visibility import DISTRICT, SCHOOL, records

# Classes whose means differ by less started alike: half the spread of class means within a course.
ALIKE_SD: Final = 0.3
# Invited at once: enough for a test, few enough that each invitation is meant.
MOST_INVITED: Final = 6


@dataclass(frozen=True, slots=True)
class LikeClasses:
    """How many classes are like those that tested a practice.

    `classes` is None where fewer than three teachers teach them, so that nobody can be told to be meant.
    """

    classes: int | None
    words: str
    invited: int
    began: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation to the viewer."""

    invitation_id: str
    practice_id: str
    title: str
    origin_test_id: str
    section_id: str
    on: date


def like_classes(database: Database, viewer: Viewer, practice_id: str) -> LikeClasses:
    """How many classes are like those that tested this practice and could test it; no one is named."""
    _require_inviter(viewer)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        card = read_card(cursor, viewer, practice_id)
        candidates, tested = _candidates(cursor, viewer, practice_id, reach=card.reach)
        (counts,) = records(cursor, "invitation_counts", {"practice_id": practice_id})
    if not tested:
        words = "Nobody has tested it yet, so there are no classes to match with. Plan the first test."
        return LikeClasses(None, words, counts["invited"], counts["began"])
    teachers = len({row["teacher_id"] for row in candidates})
    classes = len({row["section_id"] for row in candidates}) if teachers >= MINIMUM_TEACHERS else None
    if classes is None:
        words = "Too few classes of the same course and starting level are left to ask without naming anyone."
    else:
        words = f"{classes} classes like these could test it: same course, students who started alike."
    return LikeClasses(classes, words, counts["invited"], counts["began"])


def invite_classes(database: Database, viewer: Viewer, practice_id: str, *, most: int = 3) -> int:
    """Invite up to `most` of the nearest such classes; returns how many. Their teachers alone learn of it."""
    _require_inviter(viewer)
    if not 1 <= most <= MOST_INVITED:
        raise PlcError(f"Invite from 1 to {MOST_INVITED} classes at a time.")
    with database.write() as cursor:
        keep_visible_practices(cursor, viewer)
        card = read_card(cursor, viewer, practice_id)
        if card.reach < SCHOOL:
            raise PlcError("Share the card first: nobody you invite could open it yet.")
        candidates, tested = _candidates(cursor, viewer, practice_id, reach=card.reach)
        if not tested or len({row["teacher_id"] for row in candidates}) < MINIMUM_TEACHERS:
            raise PlcError("There are too few classes like these to invite without naming anyone.")
        origin = _origin_test(cursor, viewer, practice_id)
        nearest = _one_each(candidates)[:most]
        for row in nearest:
            cursor.execute(
                load_sql("practices", "add_invitation"),
                {
                    "invitation_id": str(uuid.uuid4()),
                    "practice_id": practice_id,
                    "origin_test_id": origin,
                    "invited_teacher_id": row["teacher_id"],
                    "section_id": row["section_id"],
                    "subject": row["subject"],
                    "school_year": row["school_year"],
                    "invited_by": viewer.signature,
                    "invited_at": clock.now(),
                },
            ).fetchall()
        raise_data_version(cursor)
    return len(nearest)


def own_invitations(database: Database, viewer: Viewer) -> list[Invitation]:
    """The invitations waiting for the viewer, one per practice."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        return read_invitations(cursor, own_id)


def read_invitations(cursor: Cursor, teacher_id: str) -> list[Invitation]:
    """A teacher's invitations inside the caller's unit of work; `visible_practice` must be hers."""
    rows = records(cursor, "own_invitations", {"teacher_id": teacher_id})
    by_practice = {row["practice_id"]: row for row in reversed(rows)}
    return [
        Invitation(
            row["invitation_id"],
            row["practice_id"],
            row["title"],
            row["origin_test_id"],
            row["section_id"],
            row["invited_at"].date(),
        )
        for row in by_practice.values()
    ]


def decline_invitation(database: Database, viewer: Viewer, practice_id: str) -> None:
    """Say no, silently: whoever invited reads the same count as before."""
    _answer(database, viewer, practice_id, answer="declined", test_id=None)


def accept_invitation(database: Database, viewer: Viewer, practice_id: str, *, test_id: str) -> None:
    """Note that the viewer began a test of her own, so that the count of those who began goes up."""
    _answer(database, viewer, practice_id, answer="accepted", test_id=test_id)


def origin_test(database: Database, viewer: Viewer, practice_id: str) -> str | None:
    """The test whose plan a replication begins from; None where nobody tested the practice."""
    viewer.require(Permission.PRACTICE_READ)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = _origin_rows(cursor, viewer, practice_id)
    return str(rows[0]["test_id"]) if rows else None


def _answer(
    database: Database, viewer: Viewer, practice_id: str, *, answer: str, test_id: str | None
) -> None:
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.write() as cursor:
        cursor.execute(
            load_sql("practices", "answer_invitation"),
            {
                "teacher_id": own_id,
                "practice_id": practice_id,
                "answer": answer,
                "answered_at": clock.now(),
                "test_id": test_id,
            },
        ).fetchall()
        raise_data_version(cursor)


def _require_inviter(viewer: Viewer) -> None:
    viewer.require(Permission.PRACTICE_EDIT)


def _origin_test(cursor: Cursor, viewer: Viewer, practice_id: str) -> str:
    rows = _origin_rows(cursor, viewer, practice_id)
    if not rows:
        raise NotFound("Nobody has tested this practice yet.")
    return str(rows[0]["test_id"])


def _origin_rows(cursor: Cursor, viewer: Viewer, practice_id: str) -> list[dict[str, Any]]:
    return records(cursor, "origin_test", {"practice_id": practice_id, "team_ids": list(viewer.team_ids)})


def _candidates(
    cursor: Cursor, viewer: Viewer, practice_id: str, *, reach: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Classes like the tested ones, nearest first; and the tested ones.

    The viewer's own are not among them, nor any whose teacher could not open the card.
    """
    tested = records(cursor, "tested_classes", {"practice_id": practice_id})
    taken = {row["teacher_id"] for row in records(cursor, "invited", {"practice_id": practice_id})}
    taken |= {viewer.teacher_id}
    near = {row["school_id"] for row in _own_schools(cursor, viewer)}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for subject, grade in sorted(
        {(row["subject"], row["grade"]) for row in tested if row["grade"] is not None}
    ):
        # Where people sign in, nothing loaded since the latest look counts: who moves where her own class
        # started would read from the count where others did.
        by_look = viewer.account_id is not None
        course = {"subject": subject, "grade": grade, "by_look": by_look}
        classes = records(cursor, "class_fingerprint", course)
        level_of = {row["section_id"]: row["starting_level"] for row in classes}
        levels = [
            level
            for row in tested
            if (row["subject"], row["grade"]) == (subject, grade)
            and (level := level_of.get(row["section_id"])) is not None
        ]
        for row in classes:
            distance = _distance(row["starting_level"], levels)
            in_reach = reach >= DISTRICT or row["school_id"] in near
            if in_reach and row["teacher_id"] not in taken and distance is not None:
                found[row["section_id"], row["teacher_id"]] = row | {"distance": distance}
    ordered = sorted(found.values(), key=lambda row: (row["distance"], row["section_id"], row["teacher_id"]))
    return ordered, tested


def _own_schools(cursor: Cursor, viewer: Viewer) -> list[dict[str, Any]]:
    return records(cursor, "own_schools", {"teacher_id": viewer.teacher_id, "unnamed_school": UNNAMED_SCHOOL})


def _distance(level: float | None, tested: list[float]) -> float | None:
    """How far a class started from the nearest tested one, SD; None where it is too far or unlike.

    Where nobody's starting point is known, the course alone decides.
    """
    if not tested:
        return 0.0
    if level is None:
        return None
    distance = min(abs(level - other) for other in tested)
    return distance if distance <= ALIKE_SD else None


def _one_each(candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The nearest class of each teacher."""
    nearest: dict[str, dict[str, Any]] = {}
    for row in candidates:
        nearest.setdefault(row["teacher_id"], row)
    return list(nearest.values())
