"""What a test is: a dated plan with a prediction, its classes, and what else must not get worse.

A *plan* is what a team writes and may still change; a *test* is the plan as stored. A class either *tries*
the practice or is *compared* with those that do. A prediction is in points of the measure or in SD (standard
deviations of students' results on it), converted by the measure's spread as known when it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from plc.core.school_year import grade_words
from plc.statistics.effect_designs import Design

TestState = Literal["draft", "planned", "decided", "withdrawn"]
Unit = Literal["points", "sd"]
BalancingKind = Literal["low starters", "standard", "subject", "survey"]
# Those who started lowest are watched in every test: a gain of the class can hide their loss.
LOW_STARTERS: Final[BalancingKind] = "low starters"
DAYS_OF_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the team expects, in `unit`; `words` say why."""

    amount: float
    unit: Unit
    words: str = ""

    def in_sd(self, points_per_sd: float | None) -> float | None:
        """The prediction in SD; None for points of a measure whose spread nobody knows yet."""
        if self.unit == "sd":
            return self.amount
        return self.amount / points_per_sd if points_per_sd else None

    def in_points(self, points_per_sd: float | None) -> float | None:
        """The prediction in points of the measure; None where its spread is not known."""
        if self.unit == "points":
            return self.amount
        return self.amount * points_per_sd if points_per_sd else None


@dataclass(frozen=True, slots=True)
class Balancing:
    """Something else that must not get worse; `target` names the standard, subject or survey."""

    kind: BalancingKind
    target: str = ""

    @property
    def words(self) -> str:
        """`students who started lowest`, `standard 6.EE.B.7`."""
        return "students who started lowest" if self.kind == LOW_STARTERS else f"{self.kind} {self.target}"


@dataclass(frozen=True, slots=True)
class TestPlan:
    """What a team writes about a test. `section_ids` are the team's classes that take part.

    The measure is one assessment (`measure_name`) or every one of a kind. `second_start_on` is when the
    classes that wait begin, in a staggered start; `outcome_on` when results are expected.
    """

    __test__ = False

    practice_id: str
    practice_version: int
    design: Design
    starts_on: date
    ends_on: date
    measure_name: str | None = None
    measure_kind: str | None = None
    standard_id: str | None = None
    prediction: Prediction | None = None
    section_ids: tuple[str, ...] = ()
    balancing: tuple[Balancing, ...] = ()
    second_start_on: date | None = None
    outcome_on: date | None = None
    adaptation: str = ""


@dataclass(frozen=True, slots=True)
class TestClass:
    """A class of a test. Of one that no member teaches only the grade is known, not its school or size."""

    __test__ = False

    section_id: str | None
    teacher_id: str | None
    teacher: str | None
    grade: int | None
    arm: Literal["practice", "comparison"]
    block: str | None
    starts_on: date | None
    own: bool
    students: int | None

    @property
    def words(self) -> str:
        """`Ms A, M1-6-1`, or `a grade 6 class that nobody of the team teaches`."""
        if self.own:
            return f"{self.teacher}, {self.section_id}"
        grade = "" if self.grade is None else f"{grade_words(self.grade)} "
        return f"a {grade}class that nobody of the team teaches"


def prediction_words(points: float | None, sd: float | None) -> str:
    """A prediction in points of its measure and student SD, as its team reads it."""
    if sd is None:
        return ""
    return f"{sd:+.2f} SD" if points is None else f"{points:+.3g} points ({sd:.2f} SD)"


@dataclass(frozen=True, slots=True)
class PracticeTest:
    """A test as stored. `title`, `core_parts` and `adaptable_parts` are of the practice's version tried."""

    test_id: str
    inquiry_id: str
    team_id: str
    practice_id: str
    practice_version: int
    title: str
    core_parts: str
    adaptable_parts: str
    iteration: int
    origin_test_id: str | None
    version: int
    design: Design
    subject: str
    grade: int | None
    school_year: int
    standard_id: str | None
    measure_kind: str | None
    measure_name: str | None
    points_per_sd: float | None
    predicted_points: float | None
    predicted_sd: float | None
    prediction_words: str
    predicted_at: datetime | None
    starts_on: date
    ends_on: date
    second_start_on: date | None
    outcome_on: date | None
    smallest_detectable: float | None
    adaptation: str
    assignment_seed: int | None
    assigned_at: datetime | None
    state: TestState
    planned_by: str
    planned_at: datetime
    practice_sections: int
    comparison_sections: int
    classes: tuple[TestClass, ...] = ()
    balancing: tuple[Balancing, ...] = field(default=())

    def started(self, today: date) -> bool:
        """Whether its first day has come and it is no draft."""
        return self.state in ("planned", "decided") and self.starts_on <= today

    def weeks(self) -> int:
        """How many weeks it runs, at least one."""
        return week_number(self.starts_on, self.ends_on)

    def week(self, today: date) -> int:
        """Which of its weeks it is, from 1 to `weeks()`."""
        return min(week_number(self.starts_on, today), self.weeks())

    @property
    def measure_words(self) -> str:
        """What it is measured by."""
        named = self.measure_name or (
            f"every {self.measure_kind} assessment" if self.measure_kind else "every assessment of the course"
        )
        return f"{named}, standard {self.standard_id}" if self.standard_id else named

    @property
    def prediction_line(self) -> str:
        """`+8 points (0.20 SD)`; empty while nothing is predicted."""
        return prediction_words(self.predicted_points, self.predicted_sd)

    @property
    def drawn_design(self) -> bool:
        """Whether chance decides who starts, or who starts first."""
        return self.design in (Design.RANDOMISED, Design.STAGGERED)

    @property
    def tried(self) -> tuple[TestClass, ...]:
        """The classes that try the practice."""
        return tuple(each for each in self.classes if each.arm == "practice")

    @property
    def compared(self) -> tuple[TestClass, ...]:
        """The classes they are compared with."""
        return tuple(each for each in self.classes if each.arm == "comparison")

    @property
    def plan(self) -> TestPlan:
        """The stored plan as one edits it; classes of other teams stay where they are."""
        prediction = None
        if self.predicted_points is not None:
            prediction = Prediction(self.predicted_points, "points", self.prediction_words)
        elif self.predicted_sd is not None:
            prediction = Prediction(self.predicted_sd, "sd", self.prediction_words)
        return TestPlan(
            practice_id=self.practice_id,
            practice_version=self.practice_version,
            design=self.design,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            measure_name=self.measure_name,
            measure_kind=self.measure_kind,
            standard_id=self.standard_id,
            prediction=prediction,
            section_ids=tuple(
                each.section_id
                for each in self.classes
                if each.own and each.section_id and (each.arm == "practice" or self.drawn_design)
            ),
            balancing=self.balancing,
            second_start_on=self.second_start_on,
            outcome_on=self.outcome_on,
            adaptation=self.adaptation,
        )


@dataclass(frozen=True, slots=True)
class MeasureSpread:
    """An assessment of the course: one SD of students' results on it in points; None with too few."""

    name: str
    kind: str
    taken_on: date
    max_score: float | None
    points_per_sd: float | None


@dataclass(frozen=True, slots=True)
class TriablePractice:
    """A candidate of the inquiry that a test can try, in the latest words the viewer may read.

    `first_version` is the earliest that she may.
    """

    practice_id: str
    first_version: int
    version: int
    title: str
    core_parts: str
    adaptable_parts: str
    minutes: float | None
    also_typical: str


def week_number(starts_on: date, day: date) -> int:
    """Which week of something begun on a day it is, from 1: the seventh day after still ends the first."""
    return max(1, -(-(day - starts_on).days // DAYS_OF_WEEK))
