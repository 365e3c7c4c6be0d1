"""How fast are the practice pages with 5,000 tests of 1,000 practices? Prints one line per question.

python -m benchmarks.practices
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.practices import (
    PracticeQuery,
    card,
    evidence_panel,
    like_classes,
    materials,
    practices_for,
    questions,
    search_practices,
    waiting,
)

PRACTICES, TESTS, TEACHERS, SCHOOLS, TEAMS, STUDENTS = 1_000, 5_000, 2_000, 100, 400, 50_000
# Server time a page may take.
LIMIT_SECONDS = 0.3
RUNS = 7
STEPS = ("idea", "tested once", "replicated", "confirmed here", "retired")


def main() -> None:
    """Fill a database in a temporary folder and time every question of the practice pages on it."""
    with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "plc.duckdb") as database:
        fill(database)
        slow = [name for name, seconds in timed(database) if seconds > LIMIT_SECONDS]
    sys.exit(f"Slower than {LIMIT_SECONDS} s: {', '.join(slow)}" if slow else 0)


def timed(database: Database) -> list[tuple[str, float]]:
    """The median seconds of each question, printed as they come."""
    teacher = Viewer(Role.TEACHER, teacher_id="T7", team_ids=("team-7",))
    principal = Viewer(Role.PRINCIPAL, school_ids=("S7",))
    questions_asked: dict[str, Callable[[], object]] = {
        "library, first page": lambda: search_practices(database, teacher, PracticeQuery()),
        "library, words": lambda: search_practices(
            database, teacher, PracticeQuery(words="practice 17 sort")
        ),
        "library, people like me": lambda: search_practices(
            database, teacher, PracticeQuery(like_me=True, page=5)
        ),
        "library, principal": lambda: search_practices(database, principal, PracticeQuery(grade=6)),
        "what waits": lambda: waiting(database, teacher),
        "a card": lambda: card(database, principal, "P8"),
        "its evidence": lambda: evidence_panel(database, principal, "P8"),
        "its materials and questions": lambda: (
            materials(database, principal, "P8"),
            questions(database, principal, "P8"),
        ),
        "classes like these": lambda: like_classes(database, teacher, "P8"),
        "beside a unit": lambda: practices_for(
            database, teacher, subject="maths", grade=6, standards=["6.EE.B.7"]
        ),
    }
    found = []
    for name, ask in questions_asked.items():
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            ask()
            seconds.append(time.perf_counter() - start)
        found.append((name, float(np.median(seconds))))
        sys.stdout.write(f"{name:30s} {1000 * found[-1][1]:7.0f} ms\n")
    return found


def fill(database: Database) -> None:
    """A district of 2,000 teachers whose 400 teams tested 1,000 shared practices 5,000 times."""
    draw = np.random.default_rng(1)
    with database.write() as cursor:
        _fill_roster(cursor, draw)
        _fill_cards(cursor, draw)
        _fill_tests(cursor, draw)


def _fill_roster(cursor: Cursor, draw: np.random.Generator) -> None:
    keys = np.arange(TEACHERS)
    _put(cursor, "school_version", {
        "school_key": np.arange(SCHOOLS), "school_id": _ids("S", np.arange(SCHOOLS)),
        "name": _ids("School ", np.arange(SCHOOLS)), "upload_key": 1,
    })  # fmt: skip
    _put(cursor, "teacher_version", {
        "teacher_key": keys, "teacher_id": _ids("T", keys), "name": _ids("Teacher ", keys), "upload_key": 1,
    })  # fmt: skip
    sections = np.arange(2 * TEACHERS)
    _put(cursor, "section_version", {
        "section_key": sections, "section_id": _ids("C", sections),
        "school_key": sections % TEACHERS % SCHOOLS,
        "grade": 5 + sections % TEACHERS % 4, "subject": "maths", "school_year": 2026, "upload_key": 1,
    })  # fmt: skip
    _put(cursor, "section_teacher_version", {
        "section_key": sections, "teacher_key": sections % TEACHERS, "share": 1.0, "upload_key": 1,
    })  # fmt: skip
    students = np.arange(STUDENTS)
    _put(cursor, "enrollment_version", {
        "student_key": students, "section_key": students % len(sections), "share": 1.0, "upload_key": 1,
    })  # fmt: skip
    _put(cursor, "assessment_version", {
        "assessment_key": [1], "assessment_id": ["B"], "name": "Start", "kind": "baseline",
        "subject": "maths", "school_year": 2026, "taken_on": date(2025, 9, 1), "upload_key": 1,
    })  # fmt: skip
    _put(cursor, "result_version", {
        "student_key": students, "assessment_key": 1, "standard_key": 0, "attempt": 1,
        "score": draw.normal(size=STUDENTS), "status": "scored", "taken_on": date(2025, 9, 1),
        "upload_key": 1,
    })  # fmt: skip
    _put(cursor, "team", {
        "team_id": _ids("team-", np.arange(TEAMS)), "team_name": _ids("Team ", np.arange(TEAMS)), "norms": "",
        "version": 1, "created_by": "T1", "created_at": datetime(2025, 8, 1),
    })  # fmt: skip
    _put(cursor, "team_member", {
        "team_id": _ids("team-", keys % TEAMS), "teacher_id": _ids("T", keys), "member_role": "member",
        "joined_on": date(2025, 8, 1),
    })  # fmt: skip


def _fill_cards(cursor: Cursor, draw: np.random.Generator) -> None:
    numbers, made = np.arange(PRACTICES), datetime(2025, 9, 1)
    owners = _ids("T", draw.integers(0, TEACHERS, PRACTICES))
    ids = _ids("P", numbers)
    _put(cursor, "practice", {
        "practice_id": ids, "owner_teacher_id": owners, "team_id": _ids("team-", numbers % TEAMS),
        "made_by": owners, "made_at": made,
    })  # fmt: skip
    for version in (1, 2, 3):
        _put(cursor, "practice_version", {
            "practice_id": ids, "version": version, "title": _ids("Sort the tickets of practice ", numbers),
            "when_to_use": "After a lesson. " * 10, "steps": "Sort the tickets, then reteach.\n" * 20,
            "core_parts": "The same day.", "adaptable_parts": "", "minutes": 5.0, "went_wrong": "",
            "subject": "maths", "grades": ["6, 7" if number % 2 else "5, 8" for number in numbers],
            "standards": [f"6.EE.B.{number % 9}" for number in numbers], "made_by": owners, "made_at": made,
        })  # fmt: skip
    _put(cursor, "practice_consent", {
        "practice_id": ids, "teacher_id": owners, "scope": "district",
        "name_shown": [("name", "role", "hidden")[number % 3] for number in numbers], "welcomes": "ask",
        "until_on": clock.now().date() + timedelta(days=100), "decided_at": made,
    })  # fmt: skip


def _fill_tests(cursor: Cursor, draw: np.random.Generator) -> None:
    numbers = np.arange(TESTS)
    effects = draw.normal(0.08, 0.12, TESTS)
    ids, practices = _ids("test-", numbers), _ids("P", numbers % PRACTICES)
    began = [date(2025, 9, 1) + timedelta(days=int(number) % 200) for number in numbers]
    _put(cursor, "practice_test", {
        "test_id": ids, "inquiry_id": ids, "team_id": _ids("team-", numbers % TEAMS),
        "practice_id": practices, "practice_version": 1, "iteration": 1, "version": 1, "design": "matched",
        "subject": "maths",
        "grade": 5 + numbers % 4, "school_year": 2026, "predicted_sd": 0.1, "prediction_words": "",
        "predicted_at": datetime(2025, 9, 1), "starts_on": began,
        "ends_on": [day + timedelta(days=35) for day in began], "adaptation": "", "state": "decided",
        "planned_by": "T1", "planned_at": datetime(2025, 9, 1),
    })  # fmt: skip
    for place in range(4):
        teachers = (numbers * 4 + place) % TEACHERS
        _put(cursor, "test_section", {
            "test_id": ids, "section_id": _ids("C", teachers), "teacher_id": _ids("T", teachers),
            "school_id": _ids("S", teachers % SCHOOLS), "grade": 5 + numbers % 4,
            "arm": "practice" if place < 2 else "comparison", "block": "x",
        })  # fmt: skip
    _put(cursor, "test_effect", {
        "test_id": ids, "practice_id": practices, "measured_at": datetime(2026, 1, 1), "data_version": 1,
        "verdict": "measured", "design": "matched", "effect": effects, "lower_bound": effects - 0.2,
        "upper_bound": effects + 0.2, "students": 90, "practice_students": 45, "practice_sections": 2,
        "comparison_sections": 2, "practice_teachers": 2, "schools": 2, "sentence": "", "details": "{}",
    })  # fmt: skip
    means = effects.reshape(-1, PRACTICES).mean(axis=0)
    _put(cursor, "practice_evidence", {
        "practice_id": _ids("P", np.arange(PRACTICES)),
        "step": [STEPS[number % len(STEPS)] for number in range(PRACTICES)], "words": "", "missing": "",
        "tests": 5, "practice_sections": 10, "schools": 5, "teachers": 10, "students": 450, "estimate": means,
        "standard_error": 0.05, "lower_bound": means - 0.08, "upper_bound": means + 0.08, "tier_words": "",
        "balancing_harm": False, "data_version": 1, "computed_at": datetime(2026, 1, 1),
        "contexts": [f'[{{"kind": "course", "subject": "maths", "grade": {5 + number % 4}}}]'
                     for number in range(PRACTICES)],
    })  # fmt: skip


def _ids(prefix: str, numbers: np.ndarray) -> list[str]:
    return [f"{prefix}{number}" for number in numbers]


def _put(cursor: Cursor, table: str, columns: dict[str, object]) -> None:
    rows = pd.DataFrame(columns)
    cursor.register("rows_to_put", rows)
    cursor.execute(f"insert into {table} ({', '.join(columns)}) select * from rows_to_put").fetchall()
    cursor.unregister("rows_to_put")


if __name__ == "__main__":
    main()
