"""Who wrote a card, and how much of that a viewer may know."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plc.core import clock
from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.school_year import grade_words
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.visible_practices import keep_visible_practices
from plc.people.visibility import keep_shut_out
from plc.practices.visibility import DISTRICT, records

SOMEBODY = "A colleague"


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a card comes from, as this viewer may know it; `welcomes` is what the authors offer."""

    words: str = SOMEBODY
    welcomes: tuple[str, ...] = ()


def bylines(cursor: Cursor, viewer: Viewer, practice_ids: Sequence[str]) -> dict[str, Byline]:
    """The byline of each card that the viewer may open; `visible_practice` must be there."""
    rows = _authors(cursor, viewer, practice_ids)
    of_card: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        of_card.setdefault(row["practice_id"], []).append(row)
    return {practice_id: _byline(viewer, authors) for practice_id, authors in of_card.items()}


def preview_byline(
    database: Database, viewer: Viewer, practice_id: str, *, reach: int, name_shown: str
) -> Byline:
    """What colleagues would read if the viewer, an author, decided so and the card went that far."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.read() as cursor:
        require_author(cursor, viewer, practice_id)
        rows = _authors(cursor, viewer, [practice_id])
        agreed = {row["teacher_id"]: row for row in _decided(cursor, practice_id, own_id)}
    for row in rows:
        decided = agreed.get(row["teacher_id"], {})
        mine = row["teacher_id"] == own_id
        row["name_shown"] = name_shown if mine else decided.get("name_shown")
        row["welcomes"] = ""
        row["reach"] = reach
        if row["name_shown"] != "name":
            row["name"] = None
    return _byline(viewer, rows)


def add_coauthor(database: Database, viewer: Viewer, practice_id: str, *, teacher_id: str) -> None:
    """Make a colleague of the viewer's teams a co-author: she can edit, and must agree to any sharing.

    Until she agrees, the card goes back to its authors alone.
    """
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.write() as cursor:
        require_author(cursor, viewer, practice_id)
        mates = {row["teacher_id"] for row in _mates(cursor, viewer, own_id)}
        if teacher_id not in mates:
            raise NotFound("Choose a colleague of one of your teams.")
        added = cursor.execute(
            load_sql("practices", "add_author"),
            {
                "practice_id": practice_id,
                "coauthor_id": teacher_id,
                "teacher_id": own_id,
                "added_at": clock.now(),
            },
        ).fetchall()
        if not added:
            raise PlcError("She is an author of this card already.")
        raise_data_version(cursor)


def leave_card(database: Database, viewer: Viewer, practice_id: str) -> None:
    """A co-author steps back: the card no longer needs her agreement, and no longer carries her name."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.write_through() as cursor:
        left = cursor.execute(
            load_sql("practices", "leave_authors"),
            {"practice_id": practice_id, "teacher_id": own_id, "left_at": clock.now()},
        ).fetchall()
        if not left:
            raise NotFound("You are not a co-author of this card.")
        cursor.execute(
            load_sql("practices", "close_decision"),
            {"practice_id": practice_id, "teacher_id": own_id, "withdrawn_at": clock.now()},
        ).fetchall()
        raise_data_version(cursor)


def take_on_card(database: Database, viewer: Viewer, practice_id: str) -> None:
    """Become the owner of a card of the viewer's team that nobody owns."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.write() as cursor:
        taken = cursor.execute(
            load_sql("practices", "take_on_card"),
            {"practice_id": practice_id, "teacher_id": own_id, "team_ids": list(viewer.team_ids)},
        ).fetchall()
        if not taken:
            raise NotFound("This card has an owner, or belongs to another team.")
        raise_data_version(cursor)


def team_mates(database: Database, viewer: Viewer) -> list[tuple[str, str]]:
    """`(teacher_id, name)` of the colleagues in the viewer's teams, by name."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.read() as cursor:
        return [(row["teacher_id"], row["name"]) for row in _mates(cursor, viewer, own_id)]


def forget_author(cursor: Cursor, *, teacher_id: str) -> None:
    """Take a teacher out of every card she wrote; how far the cards go, and their evidence, stay.

    For erasure: it runs inside the caller's transaction. A different word stands for her on each card, so
    that two cards cannot be told to be of one person.
    """
    rows = cursor.execute(load_sql("practices", "authored"), {"teacher_id": teacher_id}).fetchall()
    for (practice_id,) in rows:
        parameters = {
            "teacher_id": teacher_id,
            "practice_id": practice_id,
            "nobody": f"left-{uuid.uuid4().hex}",
        }
        for statement in ("forget_owner", "forget_coauthor", "forget_decisions", "forget_versions"):
            cursor.execute(load_sql("practices", statement), parameters).fetchall()


def require_author(cursor: Cursor, viewer: Viewer, practice_id: str) -> None:
    """Raise `NotFound` for a card the viewer may not open, `NotAllowed` for one she did not write."""
    keep_visible_practices(cursor, viewer)
    found = records(cursor, "card", {"practice_id": practice_id})
    if not found:
        raise NotFound("There is no such card, or it is not open to you.", about=("practice", practice_id))
    if not found[0]["is_author"]:
        raise NotAllowed("Only the authors of this card can do this.", about=("practice", practice_id))


def _authors(cursor: Cursor, viewer: Viewer, practice_ids: Sequence[str]) -> list[dict[str, Any]]:
    keep_shut_out(cursor)
    return records(
        cursor,
        "card_authors",
        {"practice_ids": list(practice_ids), "viewer_id": viewer.teacher_id, "today": clock.now().date()},
    )


def _decided(cursor: Cursor, practice_id: str, own_id: str) -> list[dict[str, Any]]:
    return records(
        cursor,
        "decisions",
        {"practice_id": practice_id, "teacher_id": own_id, "today": clock.now().date()},
    )


def _mates(cursor: Cursor, viewer: Viewer, own_id: str) -> list[dict[str, Any]]:
    return records(
        cursor,
        "team_mates",
        {"team_ids": list(viewer.team_ids), "teacher_id": own_id, "today": clock.now().date()},
    )


def _byline(viewer: Viewer, authors: list[dict[str, Any]]) -> Byline:
    welcomes = [set((row["welcomes"] or "").split(", ")) - {""} for row in authors]
    known = sum(bool(row["name"]) for row in authors)
    told = [_author_words(viewer, row, named=known) for row in authors]
    named = [words for words in told if words]
    hidden = len(told) - len(named)
    if not named:
        return Byline(SOMEBODY if hidden <= 1 else "Colleagues", _in_order(set().union(*welcomes)))
    if hidden:
        named.append("a colleague" if hidden == 1 else "colleagues")
    return Byline(" and ".join(named), _in_order(set().union(*welcomes)))


def _author_words(viewer: Viewer, row: dict[str, Any], *, named: int) -> str:
    """A name with its school, `A grade 6 maths teacher` where three could be meant, or nothing.

    Neither the viewer nor one of the authors who are `named` on the card could be meant.
    """
    if viewer.role is Role.REVIEWER:
        return ""
    if row["name"]:
        return f"{row['name']}, {row['school_name']}" if row["school_name"] else str(row["name"])
    alike = row["alike"] if row["reach"] >= DISTRICT else row["alike_in_school"]
    if row["name_shown"] == "role" and (alike or 0) - named >= MINIMUM_TEACHERS:
        return f"A {grade_words(row['grade'])} {row['subject']} teacher"
    return ""


def _in_order(welcomes: set[str]) -> tuple[str, ...]:
    return tuple(kind for kind in ("ask", "visit", "watch") if kind in welcomes)
