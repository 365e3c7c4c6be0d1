"""The classes beside a test whose results its figure is standardised by, held still where they would be told.

A test's results are set against everybody who took its occasions. So its figure moves when a class comes late
that is not in it, and whoever knows every class of the test could read this class from the move. A new figure
is therefore told only where, beside every one told before, the other classes are the same or enough changed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.tested import PlannedTest
from plc.inquiry.yardsticks import Behind, States, tells_of_enough

# The row of a told figure that keeps the classes beside its test, under no class's id.
BESIDE: Final = "beside"


def states_beside(cursor: Cursor) -> dict[tuple[str, str], int]:
    """By assessment and class beside a test: what stands in its results. After `reduce_test`."""
    rows = cursor.execute(load_sql("inquiry", "effect_beside")).fetchall()
    return {(assessment_id, section_id): int(state) for assessment_id, section_id, state in rows}


def beside_as_text(states: States) -> str:
    """States as they are stored with a told figure."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (assessment_id, section_id), state in sorted(states.items()):
        found[assessment_id][section_id] = state
    return json.dumps(found)


def beside_from_text(text: str) -> dict[tuple[str, str], int]:
    """States as `beside_as_text` stored them."""
    found: dict[str, dict[str, int]] = json.loads(text)
    return {(one, section): state for one, of in found.items() for section, state in of.items()}


def tells_beside(cursor: Cursor, test: PlannedTest, ever: Iterable[States], now: States) -> bool:
    """Whether a figure made now, less one told before, would tell of one or two teachers beside the test.

    An assessment that only one of the two was made of tells of all who took it.
    """
    for before in ever:
        shared = {one for one, _ in before} & {one for one, _ in now}
        old, new = _of(before, shared), _of(now, shared)
        if old != new and not tells_of_enough(old, new, _behind(cursor, test, {*old, *new})):
            return True
    return False


def _of(states: States, assessments: Collection[str]) -> dict[tuple[str, str], int]:
    return {place: state for place, state in states.items() if place[0] in assessments}


def _behind(cursor: Cursor, test: PlannedTest, places: Iterable[tuple[str, str]]) -> Behind:
    sections = sorted({section_id for _, section_id in places})
    teachers: dict[str, set[str]] = defaultdict(set)
    for section_id, teacher_id in cursor.execute(
        load_sql("inquiry", "seek_line_teachers"),
        {"subject": test.subject, "school_year": test.school_year, "section_ids": sections},
    ).fetchall():
        teachers[section_id].add(teacher_id)
    known: Mapping[str, frozenset[str]] = {section: frozenset(of) for section, of in teachers.items()}
    return Behind(known, dict.fromkeys(sections, 0), {})
