"""Whose classes stand behind what a practice's tests showed: who brought results, not who planned to.

Of three classes that were to try a practice two may stay without results, or bring those of one child: the
figure is then the third class's.
"""

from __future__ import annotations

from plc.database.database import Cursor
from plc.database.sql import load_sql


def keep_brought_classes(cursor: Cursor) -> None:
    """Make the temporary view `brought_class`: test_id, section_id, teacher_id and whether it tried it."""
    brought = load_sql("practices", "brought_class")
    cursor.execute(f"create or replace temp view brought_class as {brought}").fetchall()
