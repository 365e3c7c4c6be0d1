"""A teacher's consent to be named beyond her team, by scope and until a date.

Only one decision per teacher and scope is in force: a new one withdraws the one before. It names the schools
where she teaches when she gives it; colleagues of another school see nothing by it until she gives it anew.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from plc.core import clock
from plc.core.errors import PlcError
from plc.core.viewer import UNNAMED_SCHOOL, Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.people.audit import record_access

Scope = Literal["school", "district"]
SCOPES: tuple[Scope, ...] = ("school", "district")


@dataclass(frozen=True, slots=True)
class Consent:
    """A decision in force: within `scope`, until and including `until_on`, whether the name is shown.

    `schools` are the names of those it was given for where she teaches still, `former` of those where she
    does not any more, `not_asked` of those where she teaches now and for which she was not asked.
    """

    scope: Scope
    name_shown: bool
    given_on: date
    until_on: date
    schools: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()


def own_consents(database: Database, viewer: Viewer) -> list[Consent]:
    """The viewer's own decisions in force today."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    asked = {"teacher_id": teacher_id, "today": clock.now().date()}
    with database.read() as cursor:
        rows = cursor.execute(load_sql("people", "own_consents"), asked).fetchall()
        schools = cursor.execute(
            load_sql("people", "own_consent_schools"), asked | {"unnamed_school": UNNAMED_SCHOOL}
        ).fetchall()

    def names(scope: str, *, is_given: bool, is_own: bool) -> tuple[str, ...]:
        return tuple(
            name for of, name, given, own in schools if (of, given, own) == (scope, is_given, is_own)
        )

    return [
        Consent(
            cast(Scope, scope), name_shown, given, until,
            schools=names(scope, is_given=True, is_own=True),
            former=names(scope, is_given=True, is_own=False),
            not_asked=names(scope, is_given=False, is_own=True),
        )
        for scope, name_shown, given, until in rows
    ]  # fmt: skip


def own_schools(database: Database, viewer: Viewer) -> list[str]:
    """The names of the schools where the viewer teaches now: those a consent would be given for."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "own_schools"), {"teacher_id": teacher_id, "unnamed_school": UNNAMED_SCHOOL}
        ).fetchall()
    return [name for (name,) in rows]


def give_consent(database: Database, viewer: Viewer, *, scope: Scope, until_on: date) -> None:
    """Let the viewer's name be shown within a scope until a date, at the schools where she teaches today.

    Raises `PlcError` for a past date.
    """
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    today = clock.now().date()
    if scope not in SCOPES:
        raise PlcError("Choose my school or the whole district.")
    if until_on < today:
        raise PlcError("Choose a date that has not passed.")
    with database.write_through() as cursor:
        scope_key = {"teacher_id": teacher_id, "scope": scope}
        cursor.execute(load_sql("people", "withdraw_consent"), scope_key | {"today": today}).fetchall()
        consent_id = str(uuid.uuid4())
        cursor.execute(
            load_sql("people", "give_consent"),
            scope_key | {"consent_id": consent_id, "given_on": today, "until_on": until_on},
        ).fetchall()
        cursor.execute(
            load_sql("people", "name_consent_schools"),
            {"consent_id": consent_id, "teacher_id": teacher_id, "unnamed_school": UNNAMED_SCHOOL},
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
