"""What reteaching moved over the team: counted once by standard, when its groups were checked again.

A group belongs to one inquiry and is counted in one figure that never changes, so that no second look and
no other team can be subtracted from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_steps import keep
from plc.inquiry.reteach_records import TeamReteach
from plc.people.school_calendar import school_today

# Teams meet weekly: a group that has no re-check a meeting later does not hold the rest up.
WAIT: Final = timedelta(days=7)
# By teacher: students who were there again, and those of them who moved.
Groups = Mapping[str, tuple[int, int]]


def team_reteach(database: Database, viewer: Viewer, inquiry_id: str) -> list[TeamReteach]:
    """What reteaching moved over the team, by standard: never a class, never a student.

    Counted as soon as every group was checked again and, whoever reads it, at least three other teachers and
    ten of their students stand behind it; then it stays.
    """
    viewer.require(Permission.INQUIRY_READ)
    scope: dict[str, object] = {"inquiry_id": inquiry_id, "team_ids": list(viewer.team_ids)}
    today = school_today(database)
    with database.read() as cursor:
        told = _told(cursor, scope)
        keep(cursor, "reteach_recheck", **scope, reteach_id=None, teacher_id=viewer.teacher_id)
        rows = cursor.execute(load_sql("inquiry", "team_reteach"), {"still_waiting": today - WAIT}).fetchall()
    groups: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    waiting = set()
    for standard_id, teacher_id, students, moved, waits in rows:
        if students:
            groups[standard_id][teacher_id] = (students, moved)
        if waits:
            waiting.add(standard_id)
    fresh = {
        standard_id: of_standard
        for standard_id, of_standard in groups.items()
        if standard_id not in told and standard_id not in waiting and may_tell(of_standard)
    }
    if fresh:
        with database.write() as cursor:
            for standard_id, of_standard in fresh.items():
                students, moved = (sum(counts) for counts in zip(*of_standard.values(), strict=True))
                cursor.execute(
                    load_sql("inquiry", "tell_reteach"),
                    scope
                    | {"standard_id": standard_id, "told_on": today, "students": students, "moved": moved},
                ).fetchall()
            told = _told(cursor, scope)
    return [
        told.get(standard_id, TeamReteach(standard_id, None, None))
        for standard_id in sorted({*told, *groups})
    ]


def may_tell(groups: Groups) -> bool:
    """Whether the sum tells no reader, be she one of these teachers or none, of too few others."""
    for reader in (None, *groups):
        others = [counts for teacher, counts in groups.items() if teacher != reader]
        students, moved = sum(there for there, _ in others), sum(up for _, up in others)
        # All or none of the others would tell of every one of them.
        if len(others) < MINIMUM_TEACHERS or students < MINIMUM_STUDENTS or not 0 < moved < students:
            return False
    return True


def _told(cursor: Cursor, scope: dict[str, object]) -> dict[str, TeamReteach]:
    rows = cursor.execute(load_sql("inquiry", "reteach_told"), scope).fetchall()
    return {row[0]: TeamReteach(*row) for row in rows}
