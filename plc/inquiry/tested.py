"""A test as it was planned: its classes, dates, measure and prediction, read for measuring its effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime

from plc.core.errors import NotFound
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.statistics.effect_designs import Design
from plc.statistics.tested_sections import USUAL_VARIANCE, BorrowedVariance

PRACTICE, COMPARISON = "practice", "comparison"


@dataclass(frozen=True, slots=True)
class TestedClass:
    """One class of a test. section_key is None where the roster no longer knows it.

    teacher_id is who was planned with it, teachers are all who teach it.
    """

    __test__ = False

    section_key: int | None
    section_id: str
    teacher_id: str
    school_id: str
    tried: bool
    block: str
    starts_on: date | None
    teachers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Practice classes by what most of their weekly answers say, and how many have not answered."""

    fully: int
    partly: int
    not_done: int
    silent: int


@dataclass(frozen=True, slots=True)
class PlannedTest:
    """A test's plan. `measure_name` and `measure_kind` None: every common assessment of the subject.

    `predicted_late`: its prediction was written or changed after an outcome was there.
    """

    test_id: str
    team_id: str
    inquiry_id: str
    practice_id: str
    design: Design
    subject: str
    grade: int | None
    school_year: int
    standard_id: str | None
    measure_kind: str | None
    measure_name: str | None
    predicted_points: float | None
    predicted_sd: float
    predicted_late: bool
    starts_on: date
    ends_on: date
    drawn: bool
    state: str
    classes: tuple[TestedClass, ...]
    balancing: tuple[tuple[str, str], ...]
    fidelity: Fidelity


def planned_test(cursor: Cursor, test_id: str) -> PlannedTest:
    """Read a test's plan. Raises `NotFound`."""
    rows = cursor.execute(load_sql("inquiry", "effect_test_row"), {"test_id": test_id}).fetchall()
    if not rows:
        raise NotFound("There is no such test any more.")
    (row,) = rows
    classes = _classes_of(cursor, test_id)
    balancing = cursor.execute(
        load_sql("inquiry", "effect_balancing_measure"), {"test_id": test_id}
    ).fetchall()
    return PlannedTest(
        test_id=row[0],
        team_id=row[1],
        inquiry_id=row[2],
        practice_id=row[3],
        design=Design(row[4]),
        subject=row[5],
        grade=row[6],
        school_year=row[7],
        standard_id=row[8] or None,
        measure_kind=row[9] or None,
        measure_name=row[10] or None,
        predicted_points=row[11],
        predicted_sd=row[12],
        predicted_late=predicted_late(row[17], first_outcome_seen(cursor, test_id)),
        starts_on=row[13],
        ends_on=row[14],
        drawn=row[15] is not None,
        state=row[16],
        classes=classes,
        balancing=tuple((kind, target) for kind, target in balancing),
        fidelity=_fidelity(cursor, test_id, classes),
    )


def _classes_of(cursor: Cursor, test_id: str) -> tuple[TestedClass, ...]:
    sections = cursor.execute(load_sql("inquiry", "effect_test_section"), {"test_id": test_id}).fetchall()
    return tuple(
        TestedClass(
            section_key,
            section_id,
            teacher_id,
            school_id,
            arm == PRACTICE,
            block,
            _day(starts_on),
            frozenset({teacher_id, *(taught or ())}),
        )
        for section_key, section_id, teacher_id, school_id, arm, block, starts_on, taught in sections
    )


def first_outcome_seen(cursor: Cursor, test_id: str) -> date | None:
    """The first day of an outcome of a test that anyone could have seen, also in an upload undone since."""
    rows = cursor.execute(load_sql("inquiry", "first_outcome_seen"), {"test_id": test_id}).fetchall()
    return _day(rows[0][0])


def borrowed_variance(cursor: Cursor, subject: str) -> tuple[BorrowedVariance, float]:
    """The subject's variances and contextual coefficient from the latest scan; usual ones without a scan."""
    rows = cursor.execute(load_sql("inquiry", "effect_component"), {"subject": subject}).fetchall()
    if not rows:
        return USUAL_VARIANCE, 0.0
    value = {component: amount for _, component, amount in rows}
    error = float(value.get("occasion_error", float("inf")))
    if "occasion" in value and math.isfinite(error):
        # Estimated as 0 it is a small variance and not none: the mean of what its error leaves possible.
        value["occasion"] = max(value["occasion"], math.sqrt(2.0 / math.pi) * error)
    borrowed = BorrowedVariance(
        **{name: float(value.get(name, getattr(USUAL_VARIANCE, name))) for name in _VARIANCES},
        between_error=float(value.get("between_error", float("inf"))),
        occasion_error=float(value.get("occasion_error", float("inf"))),
        scan_key=int(rows[0][0]),
    )
    return borrowed, float(value.get("contextual_coefficient", 0.0))


_VARIANCES = ("school", "teacher", "teacher_year", "section", "occasion", "student", "error")


def _fidelity(cursor: Cursor, test_id: str, classes: tuple[TestedClass, ...]) -> Fidelity:
    answers = {
        section_id: (fully, partly, not_done)
        for section_id, fully, partly, not_done in cursor.execute(
            load_sql("inquiry", "effect_fidelity"), {"test_id": test_id}
        ).fetchall()
    }
    counts = [0, 0, 0]
    silent = 0
    for each in classes:
        if not each.tried:
            continue
        if each.section_id not in answers:
            silent += 1
            continue
        said = answers[each.section_id]
        # On a tie the lesser answer counts: nobody is said to have done it fully by rounding.
        counts[max(range(3), key=lambda place: (said[place], place))] += 1
    return Fidelity(counts[0], counts[1], counts[2], silent)


def predicted_late(predicted_at: datetime | None, first_on: date | None) -> bool:
    """Whether a prediction last changed at this moment came after the first outcome that could be seen."""
    return predicted_at is not None and first_on is not None and predicted_at.date() > first_on


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
