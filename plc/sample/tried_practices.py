"""The made-up teams' tests: those of `practice_tests.csv`, and the one that runs on the sample's today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.test_records import LOW_STARTERS, Balancing, Prediction, TestPlan, TestState
from plc.inquiry.test_writing import InquiryOfTest, add_class, add_test
from plc.sample.made_up_rows import Row, evening, facilitator, member_of, record
from plc.statistics.effect_designs import Design

# A plan was written this long before its first day, and decided on this long after its last.
_PLANNED_BEFORE: Final = timedelta(days=3)
_DECIDED_AFTER: Final = timedelta(days=7)


def record_tests(
    cursor: Cursor, folder: Path, stories: list[Row], inquiries: dict[str, InquiryOfTest]
) -> None:
    """Two classes of each test tried the practice; two that did not are compared by their gains."""
    places = _places(cursor)
    earlier: dict[tuple[str, str], str] = {}
    told = {(row["practice_id"], int(row["test"])): row for row in stories}
    for practice_id, number, classes in _tests(folder):
        story = told[(practice_id, number)]
        inquiry = inquiries[story["inquiry_id"]]
        test_id = f"sample-test-{practice_id}-{number}"
        plan = _plan(practice_id, story, inquiry, classes)
        before = (practice_id, inquiry.inquiry_id)
        _add(
            cursor,
            inquiry,
            plan,
            test_id=test_id,
            planned_on=plan.starts_on - _PLANNED_BEFORE,
            origin=earlier.get(before),
        )
        earlier[before] = test_id
        for section_id in classes.loc[classes["arm"] == "comparison", "section_id"]:
            teacher_id, school_id, grade = places[section_id]
            add_class(
                cursor, test_id=test_id, section_id=section_id, teacher_id=teacher_id, school_id=school_id,
                grade=grade, arm="comparison", block="", starts_on=None,
            )  # fmt: skip
        decided_on = plan.ends_on + _DECIDED_AFTER
        record(
            cursor, "record_sample_decision", story, "decision", "reason",
            test_id=test_id, decided_by=facilitator(cursor, inquiry.team_id), decided_on=decided_on,
            decided_at=evening(decided_on),
        )  # fmt: skip
        _state(cursor, inquiry, test_id, "decided")


def _tests(folder: Path) -> Iterator[tuple[str, int, pd.DataFrame]]:
    table = pd.read_csv(folder / "practice_tests.csv", parse_dates=["begin", "end"])
    for _, classes in table.groupby(["practice_id", "test"], sort=True):
        yield str(classes["practice_id"].iloc[0]), int(classes["test"].iloc[0]), classes


def _plan(practice_id: str, story: Row, inquiry: InquiryOfTest, classes: pd.DataFrame) -> TestPlan:
    first = classes.iloc[0]
    unit = first["assessment_after"].removeprefix("U")
    return TestPlan(
        practice_id=practice_id,
        practice_version=1,
        design=Design.DIFFERENCE,
        starts_on=first["begin"].date(),
        ends_on=first["end"].date(),
        measure_name=f"Grade {inquiry.grade} maths unit {unit} check",
        measure_kind="common",
        prediction=Prediction(story["predicted_points"], "points", story["words"]),
        section_ids=tuple(classes.loc[classes["arm"] == "practice", "section_id"]),
        balancing=(Balancing(LOW_STARTERS),),
        adaptation=story["adaptation"],
    )


def record_running_test(cursor: Cursor, row: Row, inquiries: dict[str, InquiryOfTest]) -> None:
    """The test in its third week, with the answers to \"did you do it?\" so far."""
    inquiry = inquiries[row["inquiry_id"]]
    watched = tuple(Balancing(kind, target) for kind, target in row["balancing"])
    plan = TestPlan(
        practice_id=row["practice_id"],
        practice_version=1,
        design=Design.MATCHED,
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        measure_name=row["measure_name"],
        measure_kind=row["measure_kind"],
        prediction=Prediction(row["predicted_points"], "points", row["words"]),
        section_ids=tuple(row["sections"]),
        balancing=(Balancing(LOW_STARTERS), *watched),
        outcome_on=row["outcome_on"],
        adaptation=row["adaptation"],
    )
    _add(cursor, inquiry, plan, test_id=row["test_id"], planned_on=row["predicted_on"])
    for week, section_id, done, times, changed in row["answers"]:
        week_of = row["starts_on"] + timedelta(weeks=week - 1)
        record(
            cursor, "record_sample_fidelity", row, "test_id",
            section_id=section_id, week_of=week_of, done=done, times=times, changed=changed,
            answered_at=evening(week_of + timedelta(days=6)),
        )  # fmt: skip


def _add(
    cursor: Cursor,
    inquiry: InquiryOfTest,
    plan: TestPlan,
    *,
    test_id: str,
    planned_on: date,
    origin: str | None = None,
) -> None:
    add_test(
        cursor,
        member_of(inquiry.team_id),
        inquiry,
        plan,
        test_id=test_id,
        state="draft",
        signed_by=facilitator(cursor, inquiry.team_id),
        at=evening(planned_on),
        predicted_at=evening(planned_on),
        origin_test_id=origin,
    )


def _state(cursor: Cursor, inquiry: InquiryOfTest, test_id: str, state: TestState) -> None:
    cursor.execute(
        load_sql("inquiry", "set_test_state"),
        {
            "test_id": test_id,
            "team_ids": [inquiry.team_id],
            "seen_version": 1,
            "state": state,
            "smallest_detectable": None,
        },
    ).fetchall()


def _places(cursor: Cursor) -> dict[str, tuple[str, str, int]]:
    rows = cursor.execute(load_sql("sample", "sample_sections")).fetchall()
    return {section_id: (teacher_id, school_id, grade) for section_id, teacher_id, school_id, grade in rows}
