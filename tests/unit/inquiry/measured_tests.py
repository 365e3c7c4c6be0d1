"""Tests of practices written straight into a database, so that measuring them needs no planning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plc.database import Database

TEAM = "measuring-team"


@dataclass(frozen=True, slots=True)
class Taking:
    """A class in a test: its roster id, whether it tries the practice, its own start where starts differ."""

    section_id: str
    tried: bool
    starts_on: date | None = None


def add_test(
    database: Database,
    test_id: str,
    classes: Sequence[Taking],
    *,
    starts_on: date,
    ends_on: date,
    design: str = "matched",
    subject: str = "maths",
    school_year: int = 2026,
    standard_id: str | None = None,
    measure_name: str | None = None,
    drawn: bool = False,
    balancing: Sequence[tuple[str, str]] = (),
) -> None:
    """Write a planned test that predicts +1.5 points (0.20 SD)."""
    with database.write() as cursor:
        cursor.execute(
            "insert into practice_test (test_id, inquiry_id, team_id, practice_id, practice_version,"
            " iteration, version, design, subject, school_year, standard_id, measure_kind, measure_name,"
            " predicted_points, predicted_sd, prediction_words, predicted_at, starts_on, ends_on, adaptation,"
            " assigned_at, state, planned_by, planned_at) values ($test, 'inquiry', $team, 'P1', 1, 1, 1,"
            " $design, $subject, $year, $standard, $kind, $name, 1.5, 0.20, 'up', timestamp '2025-09-01',"
            " $starts, $ends, '', $drawn, 'planned', 'T000', timestamp '2025-09-01')",
            {
                "test": test_id, "team": TEAM, "design": design, "subject": subject, "year": school_year,
                "standard": standard_id, "kind": None if measure_name else "common", "name": measure_name,
                "starts": starts_on, "ends": ends_on, "drawn": "2025-09-01" if drawn else None,
            },
        ).fetchall()  # fmt: skip
        for taking in classes:
            cursor.execute(
                "insert into test_section select $test, section.section_id, min(teacher.teacher_id),"
                " school.school_id, section.grade, $arm, '', $starts from section"
                " join school using (school_key) join section_teacher using (section_key)"
                " join teacher using (teacher_key)"
                " where section.section_id = $section and section.subject = $subject group by all",
                {
                    "test": test_id, "section": taking.section_id, "subject": subject,
                    "arm": "practice" if taking.tried else "comparison", "starts": taking.starts_on,
                },
            ).fetchall()  # fmt: skip
        for kind, target in balancing:
            cursor.execute(
                "insert into balancing_measure values ($test, $kind, $target)",
                {"test": test_id, "kind": kind, "target": target},
            ).fetchall()


def answer(database: Database, test_id: str, section_id: str, done: str, week_of: date) -> None:
    """A teacher's answer to "did you do it?"."""
    with database.write() as cursor:
        cursor.execute(
            "insert into fidelity_check values ($test, $section, 'T', $week, $done, 3, '',"
            " timestamp '2026-01-01')",
            {"test": test_id, "section": section_id, "week": week_of, "done": done},
        ).fetchall()
