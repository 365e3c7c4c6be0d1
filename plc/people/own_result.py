"""A teacher's own result comes first: nobody is shown anything about her before she has seen it herself.

It is noted per teacher and school year of the latest scan. What a later look or release newly finds of her
waits by itself: until she has seen that too, others read what they read before, and what she opened to them
stays open, since who vanished at a look would be known to have been found.
What she wants to be told is hers to say, once a school year: *tell me*, *not now* (asked again after a
month), *never ask* (this year).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Literal, cast

from plc.core import clock
from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql

NoticeChoice = Literal["tell me", "not now", "never ask"]
NOTICE_CHOICES: tuple[NoticeChoice, ...] = ("tell me", "not now", "never ask")
NOT_NOW_LASTS: Final = timedelta(days=30)
# A school year begins with August in most of the United States.
FIRST_MONTH: Final = 8


def school_year_on(day: date) -> int:
    """The school year of a day, by the calendar year in which it ends."""
    return day.year + (1 if day.month >= FIRST_MONTH else 0)


def open_own_result(database: Database, viewer: Viewer) -> None:
    """Note that the viewer has her own result before her. Doing it again changes nothing."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    of_her = {"teacher_id": teacher_id}
    with database.read() as cursor:
        if cursor.execute(load_sql("people", "own_result_is_opened"), of_her).fetchall():
            return
    with database.write() as cursor:
        cursor.execute(load_sql("people", "open_own_result"), of_her | {"opened_at": clock.now()}).fetchall()
        cursor.execute(load_sql("people", "see_own_result"), of_her).fetchall()
        # Of most teachers it decides nothing that anybody else is shown: nobody's page has to read anew.
        if cursor.execute(load_sql("people", "is_named_anywhere"), of_her).fetchall():
            raise_data_version(cursor)


def has_opened_own_result(database: Database, viewer: Viewer) -> bool:
    """Whether the viewer has seen her own result of the latest scan's school year, and all found since."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with database.read() as cursor:
        return bool(
            cursor.execute(load_sql("people", "own_result_is_opened"), {"teacher_id": teacher_id}).fetchall()
        )


def choose_notice(database: Database, viewer: Viewer, choice: NoticeChoice) -> None:
    """Say what she wants to be told this school year."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    if choice not in NOTICE_CHOICES:
        raise PlcError("Choose tell me, not now or never ask.")
    now = clock.now()
    of_her = {"teacher_id": teacher_id, "school_year": school_year_on(now.date())}
    with database.write_through() as cursor:
        cursor.execute(load_sql("people", "drop_notice_choice"), of_her).fetchall()
        cursor.execute(
            load_sql("people", "choose_notice"), of_her | {"choice": choice, "chosen_at": now}
        ).fetchall()


def own_notice_choice(database: Database, viewer: Viewer) -> NoticeChoice | None:
    """Her choice in force: None when she may be asked, also a month after *not now*."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    now = clock.now()
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "own_notice_choice"),
            {"teacher_id": teacher_id, "school_year": school_year_on(now.date())},
        ).fetchall()
    if not rows or (rows[0][0] == "not now" and now - rows[0][1] > NOT_NOW_LASTS):
        return None
    return cast(NoticeChoice, rows[0][0])


def may_be_asked(cursor: Cursor, teacher_ids: Iterable[str]) -> set[str]:
    """Those of some teachers whom others may ask something because of what their students showed."""
    rows = cursor.execute(
        load_sql("people", "never_ask"), {"school_year": school_year_on(clock.now().date())}
    ).fetchall()
    return set(teacher_ids) - {teacher_id for (teacher_id,) in rows}
