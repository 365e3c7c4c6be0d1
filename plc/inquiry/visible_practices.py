"""Which practice cards a viewer may open, and in which words.

The one place where the authors' decisions are read.
"""

from __future__ import annotations

from plc.core import clock
from plc.core.viewer import UNNAMED_SCHOOL, Permission, Role, Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql


def keep_visible_practices(cursor: Cursor, viewer: Viewer) -> None:
    """Make the temporary table `visible_practice` of this viewer, today.

    Columns: practice_id; reach (0 nobody, 1 team, 2 school, 3 district, 4 network); is_author; in_reach
    (the authors' agreed scope includes the viewer); of_team; in_work (her team considers or tests it);
    version and first_version (the latest and the earliest wording she may read). The view
    `visible_practice_wording` beside it has that latest wording. Statements of scope `card` join one of
    them. Both are empty for a viewer without a seat; an external reviewer finds only what is open to the
    whole network.
    """
    viewer.require(Permission.PRACTICE_READ)
    outside = viewer.role is Role.REVIEWER
    cursor.execute(
        f"create or replace temp table visible_practice as {load_sql('inquiry', 'visible_practice')}",
        {
            "teacher_id": viewer.teacher_id if viewer.may(Permission.PRACTICE_EDIT) else None,
            "team_ids": [] if outside else list(viewer.team_ids),
            "school_ids": [] if outside else list(viewer.school_ids),
            "in_district": not outside,
            "today": clock.now().date(),
            "unnamed_school": UNNAMED_SCHOOL,
        },
    ).fetchall()
    wording = load_sql("inquiry", "visible_practice_wording")
    cursor.execute(f"create or replace temp view visible_practice_wording as {wording}").fetchall()
