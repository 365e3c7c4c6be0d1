"""Whether figures worked out now say no more than the latest look at results did.

What is worked out from results directly, and set against everybody's, moves with one colleague's class. It is
told only while results are those of the latest look, and while nothing waits beside the reader's own figures
of that look (`carried`): then it is a figure of the same results as what she has read already.
"""

from __future__ import annotations

from plc.bright_spots.steps import keep_changed
from plc.database.database import Cursor
from plc.database.sql import load_sql


def is_of_latest_look(cursor: Cursor, *, teacher_id: str, subject: str) -> bool:
    """Whether nobody's results but the teacher's own moved in the subject since her figures were made.

    True before the first look, when nothing was told yet.
    """
    if not keep_changed(cursor):
        return True
    beside = cursor.execute(
        load_sql("bright_spots", "changed_beside"), {"teacher_id": teacher_id, "subject": subject}
    ).fetchall()
    return not beside
