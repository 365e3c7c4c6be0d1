"""Whom a viewer may see by name: the one place where consent and team agreements decide it."""

from __future__ import annotations

from plc.core import clock
from plc.core.viewer import UNNAMED_SCHOOL, Role, Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql


def keep_visible_teachers(cursor: Cursor, viewer: Viewer) -> None:
    """Make the temporary table `visible_teacher` (teacher_id, numbers_shown) of this viewer, today.

    Statements of scope `visible` join it, or `known_teacher` (teacher_id), which it leaves as well: whose
    results the person who sits there knows, in whatever seat. `visible_teacher` holds nobody for a viewer
    without a seat, for an external reviewer, and for a teacher whose classes are not known yet; nobody who
    has not seen her own result first. Who leads reads no figure of a colleague who is named in her school,
    whatever seat she takes.
    """
    seated = viewer.role not in (Role.NOBODY, Role.REVIEWER) and not viewer.waits_for_link
    keep_shut_out(cursor)
    _keep_known_teachers(cursor, viewer)
    statement = f"create or replace temp table visible_teacher as {load_sql('people', 'visible_teacher')}"
    cursor.execute(
        statement if seated else f"{statement} limit 0",
        {
            "teacher_id": viewer.teacher_id if viewer.teaches else None,
            "school_ids": list(viewer.school_ids),
            "colleague": viewer.teaches and not viewer.leads,
            "today": clock.now().date(),
            "unnamed_school": UNNAMED_SCHOOL,
        },
    ).fetchall()


def _keep_known_teachers(cursor: Cursor, viewer: Viewer) -> None:
    cursor.execute(
        f"create or replace temp table known_teacher as {load_sql('people', 'known_teacher')}",
        {
            "person_id": viewer.person_id,
            "team_ids": list(viewer.team_ids) if viewer.teaches else None,
            "today": clock.now().date(),
        },
    ).fetchall()


def keep_shut_out(cursor: Cursor) -> None:
    """Make the temporary table `shut_out` (teacher_id): who has an account and no role to teach in today.

    What she showed to others is shown to nobody, and nothing is shown to her as a teacher.
    """
    cursor.execute(
        f"create or replace temp table shut_out as {load_sql('people', 'shut_out')}",
        {"today": clock.now().date()},
    ).fetchall()
