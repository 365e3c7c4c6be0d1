"""When a figure of everybody's results may be taken anew: once so much changed that it tells of no class.

From two such figures around one class its results could be told. So what was told stays until the scores that
changed since are of enough others, whoever reads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from plc.core.disclosure import FLOOR_FOR_TEACHERS, LOWEST_MINIMUM
from plc.database.database import Cursor
from plc.database.sql import load_sql

# A teacher counts as changed from so many of her students on: a late class could hide behind one child each.
LEAST_EACH: Final = LOWEST_MINIMUM
# A student, a teacher who knows the scores, and whether the student counts as the teacher's.
Changed = tuple[int, int, int]


def is_of_enough(changed: Iterable[Changed]) -> bool:
    """Whether so many came in or were corrected that no one of them can be told, whoever reads."""
    rows = list(changed)
    of_teacher = Counter(teacher for _, teacher, counted in rows if counted)
    enough = {teacher for teacher, students in of_teacher.items() if students >= LEAST_EACH}
    taught = {(student, teacher) for student, teacher, counted in rows if counted and teacher in enough}
    known_to: defaultdict[int, set[int]] = defaultdict(set)
    for student, teacher, _ in rows:
        known_to[student].add(teacher)
    return FLOOR_FOR_TEACHERS.holds(taught, known_to=known_to)


def usual_is_renewed(cursor: Cursor, *, subject: str, upload_key: int) -> bool:
    """Whether what is usual in a subject, as it was told at an upload, may be taken anew. After `start`."""
    cursor.execute(
        load_sql("growth", "told_at_usual"), {"subject": subject, "upload_key": upload_key}
    ).fetchall()
    cursor.execute(load_sql("growth", "changed_scores")).fetchall()
    return is_of_enough(cursor.execute(load_sql("growth", "changed_since"), {"subject": subject}).fetchall())


def renewed_cuts(cursor: Cursor) -> set[int]:
    """The rows of `shown_cut`, by `told_key`, that may be taken anew."""
    cursor.execute(load_sql("growth", "told_at_cuts")).fetchall()
    cursor.execute(load_sql("growth", "changed_scores")).fetchall()
    changed: defaultdict[int, list[Changed]] = defaultdict(list)
    for told_key, *row in cursor.execute(load_sql("growth", "changed_cuts")).fetchall():
        student, teacher, counted = row
        changed[told_key].append((student, teacher, counted))
    return {told_key for told_key, rows in changed.items() if is_of_enough(rows)}
