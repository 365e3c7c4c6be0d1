"""What the room hands to a page: figures that are already safe to show.

A hidden figure holds no number at all, so that nothing a browser receives can undo it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

TOO_FEW = "too few to show"


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of students, `lower` to `upper` its 90 % interval; all None where hidden.

    `students` counts starts: a student followed over several years begins several. `words` is what to print.
    """

    words: str
    share: float | None = None
    lower: float | None = None
    upper: float | None = None
    students: int | None = None


HIDDEN = Figure(TOO_FEW)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Where "at level" begins on one scale; `stated` with its source, or the district's own."""

    subject: str
    grade: int
    assessment_name: str
    cut_score: float
    stated: bool
    source: str
    school_year: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """So many years on: the share caught up, and the students still behind as the year began."""

    years: int
    at_risk: int
    share: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class HorizonRates:
    """The district's rates so many years after a start."""

    years: int
    caught_up: Figure
    stayed: Figure
    kept_up: Figure


@dataclass(frozen=True, slots=True)
class SubjectCatchUp:
    """One subject over the whole district. `sentences` say it in words; the curve is empty where hidden."""

    subject: str
    relative: bool
    school_years: tuple[int, int]
    sentences: tuple[str, ...]
    curve: tuple[CurvePoint, ...]
    rates: tuple[HorizonRates, ...]
    on_track: Figure


@dataclass(frozen=True, slots=True)
class Expectation:
    """`expected` is the share that the district's students of the same starts reach; `sentence` compares.

    `excess` is the share beyond it after shrinkage, `lower` to `upper` its 90 % range; None for student
    groups, whose differences are not one school's or teacher's doing.
    """

    expected: float
    sentence: str
    excess: float | None = None
    lower: float | None = None
    upper: float | None = None
    exceeds: bool = False


@dataclass(frozen=True, slots=True)
class YearlyGrowth:
    """Years of growth per year after shrinkage, where a typical year is 1, with its 90 % range."""

    years: float
    lower: float
    upper: float
    trajectory_changing: bool


@dataclass(frozen=True, slots=True)
class CatchUpRow:
    """One school, or one student group, a year after the start. None and HIDDEN are too little to show."""

    subject: str
    group: str
    name: str
    caught_up: Figure
    stayed: Figure
    kept_up: Figure
    on_track: Figure
    at_level: Figure
    median_percentile: int | None = None
    expectation: Expectation | None = None
    growth: YearlyGrowth | None = None


@dataclass(frozen=True, slots=True)
class OwnCatchUp:
    """The viewer's own students who began a year behind; counts weigh shared students by her share."""

    subject: str
    enough: bool
    students: float
    sections: int
    caught_up: float
    expected: float | None
    excess: float | None
    lower: float | None
    upper: float | None
    exceeds: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedTeacher:
    """A consenting teacher whose students caught up more often than expected. Nothing else about her.

    `teacher_id` is for the audit alone and never drawn.
    """

    subject: str
    name: str
    words: str
    teacher_id: str


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Everything the page draws. `empty_words` is not empty where there is nothing to draw, and says why."""

    empty_words: str
    subjects: tuple[SubjectCatchUp, ...] = ()
    schools: tuple[CatchUpRow, ...] = ()
    groups: tuple[CatchUpRow, ...] = ()
    own: tuple[OwnCatchUp, ...] = ()
    named: tuple[NamedTeacher, ...] = ()
    yardsticks: tuple[Yardstick, ...] = ()
    released_at: datetime | None = None

    def of(self, subject: str) -> CatchUp:
        """The same for one subject."""
        parts = ("subjects", "schools", "groups", "own", "named", "yardsticks")
        kept: dict[str, Any] = {
            part: tuple(row for row in getattr(self, part) if row.subject == subject) for part in parts
        }
        return replace(self, **kept)
