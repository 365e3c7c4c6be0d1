"""Writing a test's rows inside a unit of work: the plan, its classes, what is watched, its state."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from plc.core import clock
from plc.core.errors import NotFound, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.test_reading import member_sections, read_measures, spread_of
from plc.inquiry.test_records import PracticeTest, TestPlan, TestState
from plc.people.school_calendar import school_today
from plc.statistics.effect_designs import Design

# Beyond this a prediction is a slip of the keyboard: no school practice moves results by 2 SD.
FARTHEST_PREDICTION_SD: Final = 2.0


@dataclass(frozen=True, slots=True)
class InquiryOfTest:
    """What a test takes from its inquiry."""

    inquiry_id: str
    team_id: str
    subject: str
    grade: int | None
    school_year: int


def school_moment(database: Database) -> datetime:
    """Now on the school's calendar, which in the sample district stands still."""
    return datetime.combine(school_today(database), clock.now().time())


def new_test_id() -> str:
    """An id that sorts by time."""
    return f"t-{clock.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:10]}"


def inquiry_of_test(cursor: Cursor, viewer: Viewer, inquiry_id: str) -> InquiryOfTest:
    """The open inquiry a test belongs to. Raises `NotFound` outside the viewer's teams."""
    rows = cursor.execute(
        load_sql("inquiry", "planned_inquiry"),
        {"inquiry_id": inquiry_id, "team_ids": list(viewer.team_ids)},
    ).fetchall()
    if not rows:
        raise NotFound(
            "There is no such inquiry in your teams. Choose one from the list.", about=("inquiry", inquiry_id)
        )
    team_id, subject, grade, school_year, *_, state = rows[0]
    if state != "open":
        raise PlcError("This inquiry is closed. Reopen it to plan a test.")
    return InquiryOfTest(inquiry_id, team_id, subject, grade, school_year)


def add_test(
    cursor: Cursor,
    viewer: Viewer,
    inquiry: InquiryOfTest,
    plan: TestPlan,
    *,
    test_id: str,
    state: TestState,
    signed_by: str,
    at: datetime,
    predicted_at: datetime | None = None,
    origin_test_id: str | None = None,
) -> None:
    """Write a new test with its classes, all of them trying the practice, as signed at a moment.

    `predicted_at` is on the school's calendar, as the results are that the prediction precedes; by default
    it is the moment of signing.
    """
    known = {"inquiry_id": inquiry.inquiry_id, "practice_id": plan.practice_id}
    iteration = cursor.execute(
        load_sql("inquiry", "next_iteration"), known | {"team_ids": list(viewer.team_ids)}
    ).fetchall()[0][0]
    cursor.execute(
        load_sql("inquiry", "add_test"),
        plan_parameters(cursor, viewer, inquiry, plan, predicted_at=predicted_at or at)
        | known
        | {
            "test_id": test_id,
            "team_id": inquiry.team_id,
            "subject": inquiry.subject,
            "grade": inquiry.grade,
            "school_year": inquiry.school_year,
            "iteration": iteration,
            "origin_test_id": origin_test_id,
            "smallest_detectable": None,
            "state": state,
            "planned_by": signed_by,
            "planned_at": at,
        },
    ).fetchall()
    _add_classes(cursor, viewer, inquiry.inquiry_id, test_id, plan)
    write_balancing(cursor, test_id, plan)


def plan_parameters(
    cursor: Cursor, viewer: Viewer, inquiry: InquiryOfTest, plan: TestPlan, *, predicted_at: datetime
) -> dict[str, Any]:
    measures = read_measures(cursor, viewer, inquiry.inquiry_id, standard_id=plan.standard_id)
    points_per_sd = spread_of(measures, name=plan.measure_name, kind=plan.measure_kind)
    prediction = plan.prediction
    predicted_sd = prediction.in_sd(points_per_sd) if prediction else None
    if prediction is not None and predicted_sd is None:
        raise PlcError(
            "Nobody knows yet how far results of this measure spread, so points cannot be told in SD. "
            "Predict in SD, or choose a measure that was given before."
        )
    if predicted_sd is not None and abs(predicted_sd) > FARTHEST_PREDICTION_SD:
        raise PlcError(
            f"That is {predicted_sd:+.1f} SD; no practice moves results that far. Check the number and unit."
        )
    return {
        "practice_id": plan.practice_id,
        "practice_version": plan.practice_version,
        "design": str(plan.design),
        "standard_id": plan.standard_id,
        "measure_kind": plan.measure_kind,
        "measure_name": plan.measure_name,
        "points_per_sd": points_per_sd,
        "predicted_points": prediction.in_points(points_per_sd) if prediction else None,
        "predicted_sd": predicted_sd,
        "prediction_words": prediction.words if prediction else "",
        "predicted_at": predicted_at if prediction else None,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "second_start_on": plan.second_start_on if plan.design is Design.STAGGERED else None,
        "outcome_on": plan.outcome_on,
        "adaptation": plan.adaptation,
    }


def write_classes(
    cursor: Cursor, viewer: Viewer, stored: PracticeTest, plan: TestPlan, *, today: date
) -> None:
    """Write the team's classes anew where they changed; a draw of other classes no longer holds."""
    before = stored.plan
    same = set(before.section_ids) == set(plan.section_ids)
    if same and (before.design, before.starts_on) == (plan.design, plan.starts_on):
        return
    if stored.started(today):
        return
    scope = {"test_id": stored.test_id}
    cursor.execute(load_sql("inquiry", "clear_test_sections"), scope | {"arm": None}).fetchall()
    cursor.execute(load_sql("inquiry", "undo_assignment"), scope | {"undone_at": clock.now()}).fetchall()
    if stored.assigned_at is not None:
        cursor.execute(
            load_sql("inquiry", "set_assignment"),
            scope
            | {"team_ids": list(viewer.team_ids), "seed": None, "assigned_at": None, "assigned_by": None},
        ).fetchall()
    _add_classes(cursor, viewer, stored.inquiry_id, stored.test_id, plan)


def _add_classes(cursor: Cursor, viewer: Viewer, inquiry_id: str, test_id: str, plan: TestPlan) -> None:
    for section_id, teacher_id, _, school_id, grade, _ in member_sections(cursor, viewer, inquiry_id):
        if section_id in plan.section_ids:
            add_class(
                cursor,
                test_id=test_id,
                section_id=section_id,
                teacher_id=teacher_id,
                school_id=school_id,
                grade=grade,
                arm="practice",
                block="",
                starts_on=plan.starts_on,
            )


def add_class(cursor: Cursor, **row: object) -> None:
    """Write one class of a test: the parameters of `add_test_section`."""
    cursor.execute(load_sql("inquiry", "add_test_section"), row).fetchall()


def write_balancing(cursor: Cursor, test_id: str, plan: TestPlan) -> None:
    cursor.execute(load_sql("inquiry", "clear_balancing_measures"), {"test_id": test_id}).fetchall()
    for watched in plan.balancing:
        cursor.execute(
            load_sql("inquiry", "add_balancing_measure"),
            {"test_id": test_id, "balancing_kind": watched.kind, "balancing_target": watched.target},
        ).fetchall()


def set_state(
    cursor: Cursor, viewer: Viewer, stored: PracticeTest, *, state: TestState, smallest: float | None = None
) -> None:
    cursor.execute(
        load_sql("inquiry", "set_test_state"),
        {
            "test_id": stored.test_id,
            "team_ids": list(viewer.team_ids),
            "seen_version": stored.version,
            "state": state,
            "smallest_detectable": smallest,
        },
    ).fetchall()
