"""How far a card goes and under what name: each author's own decision, taken back at any time.

A card reaches no further than its most careful author agreed to. Before it leaves the team a colleague has
tried to follow it, and an author whose students who started lowest did worse has seen that first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final, Literal, cast

from plc.bright_spots import own_results
from plc.core import clock
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.visible_practices import keep_visible_practices
from plc.practices.cards import read_card
from plc.practices.visibility import TEAM, records

Scope = Literal["team", "school", "district", "network"]
NameShown = Literal["name", "role", "hidden"]
Welcome = Literal["ask", "visit", "watch"]

SCOPES: Final[tuple[Scope, ...]] = ("team", "school", "district", "network")
NAMES: Final[tuple[NameShown, ...]] = ("hidden", "role", "name")
WELCOMES: Final[tuple[Welcome, ...]] = ("ask", "visit", "watch")
# Consent is asked anew at least once a year.
LONGEST: Final = timedelta(days=366)


class LookFirst(PlcError):
    """The author's students who started lowest did worse: she looks at that before she shares."""

    code: ClassVar[str] = "look_first"


@dataclass(frozen=True, slots=True)
class Decision:
    """An author's decision. `in_force` is False once its date has passed."""

    scope: Scope
    name_shown: NameShown
    welcomes: tuple[Welcome, ...]
    until_on: date
    in_force: bool


@dataclass(frozen=True, slots=True)
class AuthorDecision:
    """An author of a card and what she decided, for the card's authors; None where she has not yet."""

    name: str
    is_viewer: bool
    is_owner: bool
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Sharing:
    """Where a card's sharing stands, for its authors.

    `checks` counts colleagues who tried to follow it; `missing` are fields a colleague needs; `look_first`
    is the author's own balance in words where she should look before sharing, else None.
    """

    reach: int
    authors: tuple[AuthorDecision, ...]
    own: Decision | None
    checks: int
    missing: tuple[str, ...]
    has_team: bool
    look_first: str | None


def share_card(
    database: Database,
    viewer: Viewer,
    practice_id: str,
    *,
    scope: Scope,
    until_on: date,
    name_shown: NameShown = "hidden",
    welcomes: Sequence[Welcome] = (),
    looked: bool = False,
) -> None:
    """Record the viewer's decision about her card; it replaces her earlier one.

    Raises `LookFirst` until she has `looked` at her own balance where it asks for it, and `PlcError` for a
    card that is not ready for this scope or a date out of range.
    """
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    today = clock.now().date()
    if scope not in SCOPES or name_shown not in NAMES or not set(welcomes) <= set(WELCOMES):
        raise PlcError("Choose how far the card goes and how you are named.")
    if not today <= until_on <= today + LONGEST:
        raise PlcError("Choose a date from today to a year from now.")
    _require_ready(sharing(database, viewer, practice_id), scope, looked=looked)
    key = {"practice_id": practice_id, "teacher_id": own_id}
    with database.write_through() as cursor:
        cursor.execute(
            load_sql("practices", "close_decision"), key | {"withdrawn_at": clock.now()}
        ).fetchall()
        cursor.execute(
            load_sql("practices", "record_decision"),
            key
            | {
                "scope": scope,
                "name_shown": name_shown,
                "welcomes": ", ".join(kind for kind in WELCOMES if kind in welcomes),
                "until_on": until_on,
                "decided_at": clock.now(),
            },
        ).fetchall()
        raise_data_version(cursor)


def withdraw_card(database: Database, viewer: Viewer, practice_id: str, *, keep_card: bool) -> None:
    """Take the viewer's name off her card (`keep_card`), or the card out of the library; holds at once.

    Teams that test it already keep its steps, without a name.
    """
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    key = {"practice_id": practice_id, "teacher_id": own_id}
    with database.write_through() as cursor:
        closed = cursor.execute(
            load_sql("practices", "close_decision"), key | {"withdrawn_at": clock.now()}
        ).fetchall()
        if not closed:
            raise NotFound("You have not shared this card.")
        if keep_card:
            # As far as she said then: taking a name off asks no school anew.
            scope, until_on, decided_at = closed[0]
            cursor.execute(
                load_sql("practices", "record_decision"),
                key
                | {
                    "scope": scope,
                    "name_shown": "hidden",
                    "welcomes": "",
                    "until_on": until_on,
                    "decided_at": decided_at,
                },
            ).fetchall()
        raise_data_version(cursor)


def sharing(database: Database, viewer: Viewer, practice_id: str) -> Sharing:
    """Where the sharing of one of the viewer's own cards stands."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        found = read_card(cursor, viewer, practice_id)
        if not found.is_author:
            raise NotAllowed(
                "Only the authors of this card decide who sees it.", about=("practice", practice_id)
            )
        rows = records(
            cursor,
            "decisions",
            {"practice_id": practice_id, "teacher_id": own_id, "today": clock.now().date()},
        )
        checks = records(cursor, "colleague_checks", {"practice_id": practice_id})
    authors = tuple(
        AuthorDecision(
            name=row["name"] or "A colleague who left",
            is_viewer=row["teacher_id"] == own_id,
            is_owner=row["is_owner"],
            decision=_decision(row),
        )
        for row in rows
    )
    return Sharing(
        reach=found.reach,
        authors=authors,
        own=next((author.decision for author in authors if author.is_viewer), None),
        checks=sum(1 for check in checks if check["checked_at"] is not None),
        missing=found.wording.missing,
        has_team=found.team_id is not None or bool(viewer.team_ids),
        look_first=_look_first(database, viewer, found.wording.subject),
    )


def _require_ready(stands: Sharing, scope: Scope, *, looked: bool) -> None:
    if stands.missing:
        fields = " and ".join(f"“{name}”" for name in stands.missing)
        raise PlcError(f"A colleague could not follow this yet: fill in {fields} first.")
    if scope == "team" and not stands.has_team:
        raise PlcError("You are in no team yet. Join one, or ask a colleague to check the card.")
    if SCOPES.index(scope) + 1 > TEAM and stands.checks == 0:
        raise PlcError("Ask one colleague to try to follow the card first; then it can go beyond your team.")
    if stands.look_first is not None and not looked:
        raise LookFirst(stands.look_first)


def _look_first(database: Database, viewer: Viewer, subject: str | None) -> str | None:
    """The viewer's own warning in the card's subject (any of hers where the card names none)."""
    for finding in own_results(database, viewer):
        if finding.balance is not None and finding.balance.look_first and subject in (None, finding.subject):
            return finding.balance.words
    return None


def _decision(row: dict[str, object]) -> Decision | None:
    if row["scope"] is None:
        return None
    return Decision(
        scope=cast(Scope, row["scope"]),
        name_shown=cast(NameShown, row["name_shown"]),
        welcomes=tuple(kind for kind in WELCOMES if kind in str(row["welcomes"]).split(", ")),
        until_on=cast(date, row["until_on"]),
        in_force=bool(row["in_force"]),
    )
