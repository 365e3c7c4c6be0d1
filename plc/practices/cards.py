"""Practice cards: writing one, editing it with others, reading it and its versions.

Every saved change is a version; a test names the version it tried. Whoever may not open a card is told that
there is none.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from plc.core import clock
from plc.core.errors import Conflict, NotAllowed, NotFound, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.candidates import PracticeText, write_practice_version
from plc.inquiry.visible_practices import keep_visible_practices
from plc.people.looks import note_look_at
from plc.practices.authors import Byline, bylines
from plc.practices.visibility import records
from plc.practices.wording import FIELD_NAMES, CardWording, checked, merged, stored, wording_of
from plc.results.student_words import require_no_students


@dataclass(frozen=True, slots=True)
class Card:
    """A card as this viewer may read it; `reach` is 0 (its authors) to 4 (other districts too).

    `in_work` says that a team of the viewer considers or tests it, `in_reach` that its authors' agreed
    scope includes her.
    """

    practice_id: str
    version: int
    wording: CardWording
    byline: Byline
    reach: int
    is_author: bool
    may_edit: bool
    is_unowned: bool
    in_reach: bool
    in_work: bool
    team_id: str | None
    team_name: str | None
    origin_practice_id: str | None
    changed_at: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CardVersion:
    """What a card said at a version."""

    version: int
    wording: CardWording
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A card of the viewer's own in her list; `questions` are those nobody answered yet.

    `is_ready` is whether it says all that a colleague needs.
    """

    practice_id: str
    version: int
    title: str
    made_at: datetime
    reach: int
    checks: int
    checks_answered: int
    questions: int
    invitations: int
    is_ready: bool


def write_card(
    database: Database,
    viewer: Viewer,
    wording: CardWording,
    *,
    team_id: str | None = None,
    origin_practice_id: str | None = None,
) -> str:
    """Begin a card that only the viewer can read until she shares it; returns its id.

    Raises `PlcError` for words that cannot stand and `NamesStudent` where a field holds a student.
    """
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    if team_id is not None:
        viewer.require_team(Permission.PRACTICE_EDIT, team_id)
    said = checked(wording)
    require_no_students(database, _texts(said))
    practice_id, at = str(uuid.uuid4()), clock.now()
    with database.write() as cursor:
        if origin_practice_id is not None:
            keep_visible_practices(cursor, viewer)
            _row(cursor, origin_practice_id)
        cursor.execute(
            load_sql("practices", "begin_card"),
            {
                "practice_id": practice_id,
                "teacher_id": own_id,
                "team_id": team_id,
                "origin_practice_id": origin_practice_id,
                "made_at": at,
            },
        ).fetchall()
        _add_version(cursor, viewer, practice_id, said, seen_version=0)
        raise_data_version(cursor)
    return practice_id


def edit_card(
    database: Database, viewer: Viewer, practice_id: str, wording: CardWording, *, seen_version: int
) -> int:
    """Save words that began from `seen_version`; returns the version they are now.

    What a co-author changed in the meantime is kept beside them; where both changed the same field, nothing
    is written and `BothTexts` carries both.
    """
    viewer.require(Permission.PRACTICE_EDIT)
    mine = checked(wording)
    require_no_students(database, _texts(mine))
    with database.write() as cursor:
        keep_visible_practices(cursor, viewer)
        row = _row(cursor, practice_id)
        if not _may_edit(viewer, row):
            raise NotAllowed("Only the authors of this card can change it.", about=("practice", practice_id))
        now, version = wording_of(row), int(row["version"])
        said = mine
        if version != seen_version:
            base = _wording_at(cursor, practice_id, seen_version)
            said = checked(merged(base, mine=mine, theirs=now, version=version))
        if said == now:
            return version
        version = _add_version(cursor, viewer, practice_id, said, seen_version=version)
        raise_data_version(cursor)
    return version


def edit_field(
    database: Database, viewer: Viewer, practice_id: str, name: str, value: object, *, seen_version: int
) -> int:
    """Save one field of `FIELD_NAMES` that began from `seen_version`, as `edit_card` saves them all."""
    viewer.require(Permission.PRACTICE_EDIT)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        row = _row(cursor, practice_id)
        is_latest = row["version"] == seen_version
        began = wording_of(row) if is_latest else _wording_at(cursor, practice_id, seen_version)
    changed: dict[str, Any] = {name: value}
    return edit_card(database, viewer, practice_id, replace(began, **changed), seen_version=seen_version)


def card(database: Database, viewer: Viewer, practice_id: str) -> Card:
    """One card the viewer may open. Raises `NotFound` for any other."""
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        found = read_card(cursor, viewer, practice_id)
    note_look_at(database, viewer, "practice card", "practice", [practice_id])
    return found


def read_card(cursor: Cursor, viewer: Viewer, practice_id: str) -> Card:
    """One card inside the caller's unit of work; `visible_practice` must be there. Raises `NotFound`."""
    row = _row(cursor, practice_id)
    return Card(
        practice_id=practice_id,
        version=row["version"],
        wording=wording_of(row),
        byline=bylines(cursor, viewer, [practice_id]).get(practice_id, Byline()),
        reach=row["reach"],
        is_author=row["is_author"],
        may_edit=_may_edit(viewer, row),
        is_unowned=row["owner_teacher_id"] is None,
        in_reach=row["in_reach"],
        in_work=row["in_work"],
        # Which team a card comes from would name its author to those who may not know her.
        team_id=row["team_id"] if row["is_author"] or row["team_id"] in viewer.team_ids else None,
        team_name=row["team_name"] if row["is_author"] or row["team_id"] in viewer.team_ids else None,
        origin_practice_id=row["origin_practice_id"],
        changed_at=row["made_at"],
        made_at=row["first_made_at"],
    )


def card_versions(database: Database, viewer: Viewer, practice_id: str) -> list[CardVersion]:
    """What a card said at each version, the latest first: what was is never lost."""
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = records(cursor, "card_versions", {"practice_id": practice_id})
    if rows:
        note_look_at(database, viewer, "practice card", "practice", [practice_id])
    return [CardVersion(row["version"], wording_of(row), row["made_at"]) for row in rows]


def own_cards(database: Database, viewer: Viewer) -> list[OwnCard]:
    """The cards the viewer wrote or helped to write, the latest changed first."""
    viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        return read_own_cards(cursor)


def read_own_cards(cursor: Cursor) -> list[OwnCard]:
    """The same inside the caller's unit of work; `visible_practice` must be there."""
    listed = [each.name for each in fields(OwnCard) if each.name != "is_ready"]
    return [
        OwnCard(**{name: row[name] for name in listed}, is_ready=not wording_of(row).missing)
        for row in records(cursor, "own_cards")
    ]


def discard_card(database: Database, viewer: Viewer, practice_id: str) -> None:
    """Put away a card that nobody tested. Raises `PlcError` for one that was: its evidence stays."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.write_through() as cursor:
        gone = cursor.execute(
            load_sql("practices", "discard_card"),
            {"practice_id": practice_id, "teacher_id": own_id, "withdrawn_at": clock.now()},
        ).fetchall()
        if not gone:
            raise PlcError(
                "Only its owner can put a card away, and only before it was tested. You can take your name"
                " off it or take it back from the library."
            )
        raise_data_version(cursor)


def _row(cursor: Cursor, practice_id: str) -> dict[str, Any]:
    found = records(cursor, "card", {"practice_id": practice_id})
    if not found:
        raise NotFound("There is no such card, or it is not open to you.", about=("practice", practice_id))
    return found[0]


def _may_edit(viewer: Viewer, row: dict[str, Any]) -> bool:
    unowned_of_team = row["owner_teacher_id"] is None and row["team_id"] in viewer.team_ids
    return viewer.may(Permission.PRACTICE_EDIT) and (bool(row["is_author"]) or unowned_of_team)


def _add_version(
    cursor: Cursor, viewer: Viewer, practice_id: str, wording: CardWording, *, seen_version: int
) -> int:
    text = PracticeText(practice_id, seen_version + 1, **stored(wording))
    if not write_practice_version(cursor, viewer, text):
        raise Conflict("Someone changed this card at the same moment. Reload and try again.")
    return text.version


def _wording_at(cursor: Cursor, practice_id: str, version: int) -> CardWording:
    for row in records(cursor, "card_versions", {"practice_id": practice_id}):
        if row["version"] == version:
            return wording_of(row)
    raise Conflict("This card was changed since you opened it. Reload and try again.")


def _texts(wording: CardWording) -> dict[str, str | None]:
    row = stored(wording)
    return {words: row[name] for name, words in FIELD_NAMES.items() if name not in ("minutes", "grades")}
