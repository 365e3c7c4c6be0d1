"""A teacher's private way from a good result to a shared practice: how she reads it; and the tour.

A *reading* is what she thinks is behind her own good result: a practice of hers, chance, or that she does not
know. Nobody else can ask for it.
"""

from __future__ import annotations

from typing import Literal, cast

from plc.core import clock
from plc.core.errors import NotAllowed, PlcError
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.people.own_result import school_year_on

Reading = Literal["practice", "chance", "unsure"]
READINGS: tuple[Reading, ...] = ("practice", "chance", "unsure")


def own_reading(database: Database, viewer: Viewer) -> Reading | None:
    """How the viewer reads her own result this school year; None before she said so."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "own_reading"),
            {"teacher_id": teacher_id, "school_year": school_year_on(clock.now().date())},
        ).fetchall()
    return cast(Reading, rows[0][0]) if rows else None


def note_own_reading(database: Database, viewer: Viewer, reading: Reading) -> None:
    """Keep how the viewer reads her own result; it replaces what she said before."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    if reading not in READINGS:
        raise PlcError("Choose a practice, chance, or that you do not know.")
    now = clock.now()
    of_her = {"teacher_id": teacher_id, "school_year": school_year_on(now.date())}
    with database.write_through() as cursor:
        cursor.execute(load_sql("people", "drop_own_reading"), of_her).fetchall()
        cursor.execute(
            load_sql("people", "note_own_reading"), of_her | {"reading": reading, "read_at": now}
        ).fetchall()


def tour_dismissed(database: Database, viewer: Viewer) -> bool:
    """Whether this seat or account dismissed the tour; true for whoever has no seat."""
    if viewer.role is Role.NOBODY:
        return True
    with database.read() as cursor:
        return bool(
            cursor.execute(
                load_sql("people", "tour_is_dismissed"), {"signature": viewer.signature}
            ).fetchall()
        )


def dismiss_tour(database: Database, viewer: Viewer) -> None:
    """Never show the tour again to this seat or account. Doing it again changes nothing."""
    if viewer.role is Role.NOBODY:
        raise NotAllowed("Say who is looking first.")
    if tour_dismissed(database, viewer):
        return
    with database.write_through() as cursor:
        cursor.execute(
            load_sql("people", "dismiss_tour"),
            {"signature": viewer.signature, "dismissed_at": clock.now()},
        ).fetchall()
