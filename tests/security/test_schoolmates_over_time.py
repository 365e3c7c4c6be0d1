"""Two looks at results, around a late class at a teacher's own school: of another grade, or among others.

What a teacher reads of herself beside her school rests on few colleagues, and on every grade there.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from plc.bright_spots import scan_and_store, store
from plc.bright_spots.own_evidence import own_evidence
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from tests.security.attempts import Attempts
from tests.security.course import ANNA, TEACHERS, add, look, read, rows_of, viewer_of

# Of Anna's school are every third teacher; Dora teaches there.
DORA, ERIN, FAY = "T04", "T07", "T10"
ELSEWHERE = ("T02", "T03")


def of_grade(lines: Sequence[str], grade: int) -> list[str]:
    return [line.replace(",6,Math,", f",{grade},Math,") for line in lines]


def seen(database: Database) -> list[object]:
    """Her own figures, and those beside each group of peers."""
    found = own_evidence(database, viewer_of(ANNA))
    return [*read(database), *(sorted(one.contrasts.items()) for one in found.values())]


@pytest.fixture
def two_grades(database: Database) -> Database:
    """Half of the teachers of each school teach grade 7; Dora's third unit is still to come."""
    for teacher in TEACHERS:
        units = ["Start", "Unit 1", "Unit 2"] + ([] if teacher == DORA else ["Unit 3"])
        lines = of_grade(rows_of(teacher, units), 7 if TEACHERS.index(teacher) % 6 == 3 else 6)
        add(database, LOCAL_STEWARD, *lines)
    scan_and_store(database, LOCAL_STEWARD)
    return database


def test_one_late_class_of_another_grade_at_her_school_moves_nothing(
    two_grades: Database, attempts: Attempts
) -> None:
    before = seen(two_grades)
    add(two_grades, viewer_of(DORA), *of_grade(rows_of(DORA, ["Unit 3"], shift=-9.0), 7))
    scan_and_store(two_grades, LOCAL_STEWARD)
    attempts.judge(seen(two_grades) != before, "two looks around a late class of another grade")


def test_one_colleague_of_her_school_among_three_who_changed_moves_nothing(
    district: Database, attempts: Attempts
) -> None:
    before = seen(district)
    assert "school" in next(iter(own_evidence(district, viewer_of(ANNA)).values())).contrasts
    for teacher in (*ELSEWHERE, DORA):
        add(district, viewer_of(teacher), *rows_of(teacher, ["Unit 3"], shift=9.0))
    look(district)
    attempts.judge(seen(district) != before, "two looks around three classes, one of them at her school")
    for teacher in (ERIN, FAY):
        add(district, viewer_of(teacher), rows_of(teacher, ["Unit 3"], shift=2.0)[0])
    look(district)
    attempts.judge(seen(district) != before, "and one child each of two more there")
    for teacher in (ERIN, FAY):
        add(district, viewer_of(teacher), *rows_of(teacher, ["Unit 3"], shift=1.0))
    look(district)
    assert seen(district) != before, "three colleagues of her school are enough"


def test_where_nothing_is_taken_over_the_colleague_of_her_school_shows(
    two_grades: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "carry_figures", lambda cursor, scan_key: None)
    before = seen(two_grades)
    add(two_grades, viewer_of(DORA), *of_grade(rows_of(DORA, ["Unit 3"], shift=-9.0), 7))
    scan_and_store(two_grades, LOCAL_STEWARD)
    assert seen(two_grades) != before
