"""A teacher's consent to be named beyond her team, by scope and until a date.

Only one decision per teacher and scope is in force: a new one withdraws the one before.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from plc.core import clock
from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.people.audit import record_access

Scope = Literal["team", "school", "district"]
SCOPES: tuple[Scope, ...] = ("team", "school", "district")


@dataclass(frozen=True, slots=True)
class Consent:
    """A decision in force: within `scope`, until and including `until_on`, whether the name is shown."""

    scope: Scope
    name_shown: bool
    given_on: date
    until_on: date


def own_consents(database: Database, viewer: Viewer) -> list[Consent]:
    """The viewer's own decisions in force today."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "own_consents"), {"teacher_id": teacher_id, "today": clock.now().date()}
        ).fetchall()
    return [Consent(cast(Scope, scope), name_shown, given, until) for scope, name_shown, given, until in rows]


def give_consent(database: Database, viewer: Viewer, *, scope: Scope, until_on: date) -> None:
    """Let the viewer's name be shown within a scope until a date. Raises `PlcError` for a past date."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    today = clock.now().date()
    if scope not in SCOPES:
        raise PlcError("Choose my team, my school or the whole district.")
    if until_on < today:
        raise PlcError("Choose a date that has not passed.")
    with database.write_through() as cursor:
        scope_key = {"teacher_id": teacher_id, "scope": scope}
        cursor.execute(load_sql("people", "withdraw_consent"), scope_key | {"today": today}).fetchall()
        cursor.execute(
            load_sql("people", "give_consent"),
            scope_key | {"consent_id": str(uuid.uuid4()), "given_on": today, "until_on": until_on},
        ).fetchall()
        record_access(cursor, viewer, action="consent", thing=scope)
        raise_data_version(cursor)


def withdraw_consent(database: Database, viewer: Viewer, *, scope: Scope) -> None:
    """Take the viewer's name back within a scope, from the next page on."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with database.write_through() as cursor:
        cursor.execute(
            load_sql("people", "withdraw_consent"),
            {"teacher_id": teacher_id, "scope": scope, "today": clock.now().date()},
        ).fetchall()
        record_access(cursor, viewer, action="withdraw consent", thing=scope)
        raise_data_version(cursor)
