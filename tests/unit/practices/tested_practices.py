"""Practices with measured tests, written as the inquiry rooms store them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pandas as pd

from plc.database import Database
from plc.statistics.baseline_equivalence import ALIKE

FIRST_DAY = date(2025, 10, 2)


@dataclass
class Measured:
    """One test. `practice` and `comparison` are teachers, each with a class of her own."""

    effect: float | None
    error: float = 0.12
    practice: Sequence[str] = ("a", "b")
    comparison: Sequence[str] = ("c", "d")
    schools: Sequence[str] = ("S1", "S2")
    verdict: str = "measured"
    design: str = "matched"
    state: str = "decided"
    team: str = "team-1"
    decision: str | None = None
    grade: int = 7
    harm: bool = False
    low: float | None = None
    level: float | None = None
    df: float = 20.0
    attrition: str | None = None
    students: int = 100
    released: bool = True
    extra: dict[str, object] = field(default_factory=dict)


def series(*effects: float, **changed: object) -> list[Measured]:
    """Tests of these effects, each by teachers and against classes of its own."""
    return [
        Measured(
            effect,
            practice=(f"p{number}", f"q{number}"),
            comparison=(f"c{number}", f"d{number}"),
            team=f"team-{number}",
            **changed,  # type: ignore[arg-type]
        )
        for number, effect in enumerate(effects)
    ]


def add_practice(
    database: Database, practice_id: str, tests: Sequence[Measured], *, withdrawn: bool = False
) -> None:
    """A practice with its tests, a month apart."""
    at = datetime(2025, 9, 1)
    rows: dict[str, list[dict[str, object]]] = {
        "practice": [
            {
                "practice_id": practice_id,
                "made_by": "a",
                "made_at": at,
                "withdrawn_at": at if withdrawn else None,
            }
        ]
    }  # fmt: skip
    for number, test in enumerate(tests):
        starts = FIRST_DAY + timedelta(days=30 * number)
        test_id = f"{practice_id}-{number + 1}"
        rows.setdefault("practice_test", []).append(_plan(practice_id, test_id, test, starts) | test.extra)
        for arm, teachers in (("practice", test.practice), ("comparison", test.comparison)):
            for place, teacher in enumerate(teachers):
                rows.setdefault("test_section", []).append(
                    {
                        "test_id": test_id, "section_id": f"{teacher}-{number}", "teacher_id": teacher,
                        "school_id": test.schools[place % len(test.schools)], "grade": test.grade,
                        "arm": arm, "block": "",
                    }
                )  # fmt: skip
        if test.effect is not None:
            rows.setdefault("test_effect", []).append(_effect(practice_id, test_id, test))
        if test.released:
            rows.setdefault("practice_test_release", []).append(
                {"test_id": test_id, "team_id": test.team, "released_by": "a", "released_at": at}
            )
        if test.decision:
            rows.setdefault("test_decision", []).append(
                {
                    "test_id": test_id, "decision": test.decision, "reason": "", "decided_by": "a",
                    "decided_on": starts, "decided_at": at + timedelta(days=number),
                }
            )  # fmt: skip
    with database.write() as cursor:
        for table, some in rows.items():
            cursor.register("supplied", pd.DataFrame(some))
            cursor.execute(f"insert into {table} by name select * from supplied").fetchall()
            cursor.unregister("supplied")


def _plan(practice_id: str, test_id: str, test: Measured, starts: date) -> dict[str, object]:
    return {
        "test_id": test_id, "inquiry_id": f"inquiry-{test.team}", "team_id": test.team,
        "practice_id": practice_id, "practice_version": 1, "iteration": 1, "version": 1,
        "design": test.design, "subject": "maths", "grade": test.grade, "school_year": 2026,
        "predicted_sd": 0.2, "prediction_words": "", "predicted_at": datetime(2025, 9, 1),
        "starts_on": starts, "ends_on": starts + timedelta(days=35), "adaptation": "",
        "state": test.state, "planned_by": "a", "planned_at": datetime(2025, 9, 1),
    }  # fmt: skip


def _effect(practice_id: str, test_id: str, test: Measured) -> dict[str, object]:
    return {
        "test_id": test_id, "practice_id": practice_id, "measured_at": datetime(2026, 1, 1),
        "data_version": 1, "verdict": test.verdict, "design": test.design, "effect": test.effect,
        "standard_error": test.error, "degrees_of_freedom": test.df, "students": test.students,
        "practice_students": test.students // 2, "practice_sections": len(test.practice),
        "comparison_sections": len(test.comparison), "practice_teachers": len(test.practice), "schools": 2,
        "baseline_verdict": ALIKE, "attrition_verdict": test.attrition, "balancing_harm": test.harm,
        "low_starters_effect": test.low, "low_starters_error": None if test.low is None else 0.15,
        "low_starters_freedom": None if test.low is None else 20.0,
        "low_starters_students": 0 if test.low is None else 40, "starting_level": test.level, "sentence": "",
        "details": "{}",
    }  # fmt: skip
