"""What Seek shows: the team's students over time, by standard, by starting third, and by opened class.

A *point* is one assessment of one line (the team's students, or a class). `adjusted` is how far the
students ended beyond students of the district who started alike, in student SD; `points_ahead` is the
same in percentage points of that assessment. A figure is None where it may not be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from plc.statistics.run_chart import RunChart

# What a line is drawn by: beyond students who started alike, beyond the district, or percent of points.
Basis = Literal["adjusted", "district", "percent"]


@dataclass(frozen=True, slots=True)
class Point:
    """One assessment of a line; `started` counts the students with a starting point.

    `value` is on the basis of the view, `lower` and `upper` its 90 % range over students (SD, or percent
    of points on the basis "percent").
    """

    assessment_name: str
    taken_on: date
    students: int
    started: int
    percent: float | None
    district_percent: float | None
    points_ahead: float | None
    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class: the viewer's own, or one whose teacher opened her results to the team.

    `teacher_ids` are for the audit, never for the screen.
    """

    name: str
    section_id: str
    is_own: bool
    points: tuple[Point, ...]
    teacher_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One standard or one starting third of the team's students, on its latest assessment."""

    name: str
    assessment_name: str
    point: Point | None


@dataclass(frozen=True, slots=True)
class ClassChange:
    """How far the same students moved from before a day to after it, in SD, with a 90 % range.

    `name` is None for the whole team; `unmatched` students were there only after it and are left out.
    """

    name: str | None
    is_own: bool
    students: int
    unmatched: int
    change: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class TestMark:
    """When a test ran, to be marked in a chart over time."""

    # Pytest takes a class of this name for tests.
    __test__ = False

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class SeekView:
    """Everything Seek shows one viewer of one inquiry. `blocked` says what has to be done first.

    `notes` are sentences on what is not shown and why, `line_words` on which classes the line is of.
    `change_of_points` says that the team's change is the difference of its points.
    """

    blocked: str = ""
    basis: Basis = "adjusted"
    points: tuple[Point, ...] = ()
    classes: tuple[ClassLine, ...] = ()
    marks: tuple[TestMark, ...] = ()
    reading: RunChart | None = None
    standards: tuple[GroupFigure, ...] = ()
    thirds: tuple[GroupFigure, ...] = ()
    changes: tuple[ClassChange, ...] = ()
    changes_from: date | None = None
    notes: tuple[str, ...] = ()
    line_words: tuple[str, ...] = ()
    change_of_points: bool = False
