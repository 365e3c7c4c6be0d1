"""Proposing classes to compare with: the same course, grade and year, and nearest in where students started.

A proposal names no class and shows no class's figure: only how the proposed classes together differ from
those that try the practice at the start, and that only where enough students and teachers stand behind them.
Which classes they are stays in the database, and so do their schools and sizes, by which colleagues would
know them. How many there are is not the team's choice, so that two proposals cannot be subtracted.

Where people sign in, nearness is by where students started as of the latest look at results alone: whoever
loads results of her own class could otherwise move it to the foot of the district and read who stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from plc.core.disclosure import MINIMUM_STUDENTS, teachers_shown
from plc.core.errors import Conflict, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.detectable import COMPARED_PER_CLASS
from plc.inquiry.measuring import prepare_subject
from plc.inquiry.plan_checks import outcome_since_start
from plc.inquiry.test_reading import member_sections, read_test
from plc.inquiry.test_records import PracticeTest
from plc.inquiry.test_writing import add_class
from plc.inquiry.tested import planned_test
from plc.people.school_calendar import school_today
from plc.statistics.baseline_equivalence import BaselineDifference, baseline_difference
from plc.statistics.effect_designs import Design
from plc.statistics.nearest_classes import nearest_classes
from plc.statistics.records import FloatArray

PROPOSED: Final = (Design.MATCHED, Design.DIFFERENCE)


@dataclass(frozen=True, slots=True)
class ComparisonProposal:
    """Classes proposed together: how many, of how many students, schools and teachers, and how far apart the
    two sides start.

    Everything but the number of classes is None where the students or teachers behind them are too few to be
    spoken of; `baseline` is practice less comparison (pooled SD).
    """

    classes: int
    students: int | None
    schools: int | None
    teachers: int | None
    baseline: BaselineDifference | None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    section_id: str
    school_id: str
    grade: int
    teacher_id: str
    taught: frozenset[str]
    students: int
    sum_start: float
    square_start: float
    looked_start: float | None
    growth: float

    def features(self, *, by_look: bool) -> list[float]:
        """What tells how near two classes are (student SD)."""
        live = self.sum_start / self.students
        if by_look:
            return [live if self.looked_start is None else self.looked_start, np.nan]
        return [live, self.growth]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The classes that try it and, for each, those proposed."""

    tried: tuple[_Candidate, ...]
    others: tuple[tuple[_Candidate, _Candidate], ...]


def propose_comparisons(database: Database, viewer: Viewer, test_id: str) -> ComparisonProposal:
    """What would be compared with; nothing is written. Raises `PlcError` where nothing can be proposed."""
    viewer.require(Permission.INQUIRY_EDIT)
    with database.read() as cursor:
        test = read_test(cursor, viewer, test_id)
        return _proposal(_choose(cursor, viewer, test))


def choose_comparisons(database: Database, viewer: Viewer, test_id: str) -> PracticeTest:
    """Take the proposed classes into the test, in place of any before.

    Raises `Conflict` once results since the start are there or the test is decided,
    and `PlcError` where nothing can be proposed.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    today = school_today(database)
    # The choice is worked out before the write, whose lock everybody waits for.
    with database.read() as cursor:
        test = read_test(cursor, viewer, test_id)
        chosen = _choose(cursor, viewer, test)
    with database.write() as cursor:
        stored = read_test(cursor, viewer, test_id)
        if stored.version != test.version:
            raise Conflict("A colleague changed this plan. Look at it once more, then choose the comparison.")
        if stored.state not in ("draft", "planned"):
            raise Conflict("This test is decided or withdrawn. Clone it for the next cycle.")
        if stored.started(today) and stored.compared and outcome_since_start(cursor, viewer, test_id)[0]:
            raise Conflict("Results are there already: the classes compared with stay as chosen.")
        _keep(cursor, test_id, chosen)
        raised = cursor.execute(
            load_sql("inquiry", "raise_test_version"),
            {"test_id": test_id, "team_ids": list(viewer.team_ids), "seen_version": test.version},
        ).fetchall()
        if not raised:
            raise Conflict("A colleague changed this plan. Look at it once more, then choose the comparison.")
        return read_test(cursor, viewer, test_id)


def _choose(cursor: Cursor, viewer: Viewer, test: PracticeTest) -> _Chosen:
    if test.design not in PROPOSED:
        raise PlcError("This plan compares in another way, so no classes are proposed.")
    tried_ids = {each.section_id for each in planned_test(cursor, test.test_id).classes if each.tried}
    if not tried_ids:
        raise PlcError("Choose which classes try it, then classes like them are looked for.")
    candidates = _candidates(cursor, test)
    tried = tuple(one for one in candidates if one.section_id in tried_ids)
    if not tried:
        raise PlcError(
            "The classes that try it have no starting points yet. Upload a starting check or last year's"
            " results, or let the classes start at different times."
        )
    teachers = frozenset[str]().union(*(one.taught for one in tried))
    members = {row[1] for row in member_sections(cursor, viewer, test.inquiry_id)}
    same_teacher = test.design is Design.DIFFERENCE
    others = [
        one
        for one in candidates
        if one.section_id not in tried_ids
        and one.students >= MINIMUM_STUDENTS
        and (same_teacher or not one.taught & (teachers | members))
    ]
    if not others:
        raise PlcError(
            "No other class of this course and year has starting points. Draw within your team, or let the"
            " classes start at different times."
        )
    by_look = viewer.account_id is not None
    found = nearest_classes(
        _features(tried, by_look=by_look), _features(others, by_look=by_look), each=COMPARED_PER_CLASS
    )
    return _Chosen(
        tried,
        tuple(
            (one, others[place])
            for one, places in zip(tried, found, strict=True)
            for place in places.tolist()
        ),
    )


def _candidates(cursor: Cursor, test: PracticeTest) -> list[_Candidate]:
    prepare_subject(cursor, test.subject, test.school_year)
    grades = sorted({each.grade for each in test.classes if each.grade is not None})
    rows: list[tuple[Any, ...]] = cursor.execute(
        load_sql("inquiry", "comparison_candidate"),
        {
            "subject": test.subject,
            "grades": grades,
            "school_year": test.school_year,
            "starts_on": test.starts_on,
        },
    ).fetchall()
    rows = [row for row in rows if row[5]]
    growth = _growth(np.array([row[9:] for row in rows], dtype=np.float64).reshape(len(rows), 5))
    return [
        _Candidate(
            section_id=row[0],
            school_id=row[1],
            grade=row[2],
            teacher_id=row[3],
            taught=frozenset(row[4].split(", ")),
            students=row[5],
            sum_start=row[6],
            square_start=row[7],
            looked_start=row[8],
            growth=float(own),
        )
        for row, own in zip(rows, growth, strict=True)
    ]


def _growth(sums: FloatArray) -> FloatArray:
    """How far each class had come beyond its start (SD), nan before anything was measured.

    `sums` (G, 5) are students seen, sum x, sum y, sum xx, sum xy; one slope inside all classes.
    """
    seen, x, y, xx, xy = sums.T
    some = seen > 0
    divisor = np.where(some, seen, 1.0)
    within_xx = float(np.sum((xx - x * x / divisor)[some]))
    within_xy = float(np.sum((xy - x * y / divisor)[some]))
    slope = within_xy / within_xx if within_xx > 0 else 0.0
    return np.asarray(np.where(some, (y - slope * x) / divisor, np.nan))


def _features(classes: Sequence[_Candidate], *, by_look: bool) -> FloatArray:
    # Sums run in parallel: digits that hang on their order must not decide between two classes.
    known = [[round(value, 9) for value in one.features(by_look=by_look)] for one in classes]
    return np.array(known, dtype=np.float64).reshape(len(known), 2)


def _proposal(chosen: _Chosen) -> ComparisonProposal:
    others = [other for _, other in chosen.others]
    students = sum(one.students for one in others)
    own = frozenset[str]().union(*(one.taught for one in chosen.tried))
    taught = frozenset[str]().union(*(one.taught for one in others)) - own
    behind = teachers_shown(len(taught))
    if behind is None or students < MINIMUM_STUDENTS:
        return ComparisonProposal(
            classes=len(others),
            students=None,
            schools=None,
            teachers=None,
            baseline=None,
            refusal="Fewer than three other teachers stand behind these classes, so how they start is not"
            " shown.",
        )
    schools = len({one.school_id for one in others})
    return ComparisonProposal(len(others), students, schools, behind, _baseline(chosen, adjusted=True))


def _baseline(chosen: _Chosen, *, adjusted: bool) -> BaselineDifference:
    sides = [list(chosen.tried), [other for _, other in chosen.others]]
    counts = [sum(one.students for one in side) for side in sides]
    sums = [sum(one.sum_start for one in side) for side in sides]
    squares = [sum(one.square_start for one in side) for side in sides]
    within = sum(q - s**2 / n for n, s, q in zip(counts, sums, squares, strict=True))
    sd = float(np.sqrt(within / (sum(counts) - 2)))
    return baseline_difference(
        sums[0] / counts[0] - sums[1] / counts[1], sd, students=sum(counts), adjusted=adjusted
    )


def _keep(cursor: Cursor, test_id: str, chosen: _Chosen) -> None:
    cursor.execute(
        load_sql("inquiry", "clear_test_sections"), {"test_id": test_id, "arm": "comparison"}
    ).fetchall()
    for one, other in chosen.others:
        add_class(
            cursor,
            test_id=test_id,
            section_id=other.section_id,
            teacher_id=other.teacher_id,
            school_id=other.school_id,
            grade=other.grade,
            arm="comparison",
            block=f"like {one.section_id}",
            starts_on=None,
        )
