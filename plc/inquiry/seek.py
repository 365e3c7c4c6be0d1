"""Seek: what the team's results say, its students as one group first.

Results are standardised over the district within grade, subject, year and assessment; where students have
a starting point, the figure is how far they ended beyond students who started alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import pandas as pd

from plc.core import clock
from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS, hidden_cells
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_steps import keep
from plc.inquiry.inquiries import read_inquiry
from plc.inquiry.records import Inquiry
from plc.inquiry.seek_figures import changes_of, point_of
from plc.inquiry.seek_records import Basis, ClassChange, ClassLine, GroupFigure, Point, SeekView, TestMark
from plc.inquiry.shown_classes import TeamSection, line_stands, others, shown_classes
from plc.people.looks import note_look
from plc.people.school_calendar import school_today
from plc.statistics.run_chart import read_run_chart

# The reliability of a starting test whose publisher states none: the specification's default.
RELIABILITY: Final = 0.88
# Error is taken off a class's spread of starting points as far as this share of it is left.
LEAST_SHARE: Final = 0.3
# A figure beside students who started alike needs starting points of most of the students.
STARTED_SHARE: Final = 0.5
THIRDS: Final = {1: "Lowest third", 2: "Middle third", 3: "Highest third"}

NO_MEASURE: Final = "Choose the primary measure first: then this page shows your baseline."
NO_PURPOSE: Final = "Say first what the measure is for. A chart of a measure nobody can explain helps nobody."
NO_CLASSES: Final = "No class of your team has results of this course and year yet."
NO_RESULTS: Final = "No result of the primary measure is here yet. Upload results, and the chart appears."
LINE_WITHHELD: Final = (
    "The team's line is not shown where fewer than three of your colleagues stand behind it: one of them"
    " could be worked out."
)
CLASS_WITHHELD: Final = (
    "Classes that are not opened to the team are not drawn, and one opened class is left out beside them, so"
    " that no class can be worked out from the team's line."
)
FEW_OUTSIDE: Final = (
    "Too few other teachers of the district teach this course, so figures are in percent of points, without a"
    " comparison."
)


def seek_view(
    database: Database, viewer: Viewer, inquiry_id: str, *, standard_id: str | None = None
) -> SeekView:
    """What this viewer may see of the inquiry's results; `standard_id` draws the lines of one standard.

    Raises `NotFound` outside her teams. A view that cannot be drawn yet says in `blocked` what to do first.
    """
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        found = read_inquiry(cursor, viewer, inquiry_id)
        if not found.wording.measure_words:
            return SeekView(blocked=NO_MEASURE)
        if not found.wording.measure_purpose:
            return SeekView(blocked=NO_PURPOSE)
        sections = _reduce(cursor, viewer, found)
        if not sections:
            return SeekView(blocked=NO_CLASSES)
        cells = _frame(cursor, "seek_cells", _measure(found) | {"team_ids": list(viewer.team_ids)})
        outside = int(cursor.execute(load_sql("inquiry", "seek_outside")).fetchall()[0][0])
        marks = _marks(cursor, viewer, inquiry_id)
        cut = marks[-1].starts_on if marks else None
        moved = (
            _frame(
                cursor, "seek_changes",
                _measure(found) | {"team_ids": list(viewer.team_ids), "cut": cut},
            )
            if cut is not None and outside >= MINIMUM_TEACHERS
            else pd.DataFrame()
        )  # fmt: skip
    if cells.empty:
        return SeekView(blocked=NO_RESULTS)
    today = school_today(database)
    marks = [mark for mark in marks if mark.starts_on <= today + timedelta(days=1)]
    view = _view(cells, moved, sections, marks, cut=cut, outside=outside, standard_id=standard_id)
    note_look(database, viewer, "team classes", [each for line in view.classes for each in line.teacher_ids])
    return view


def note_baseline_seen(database: Database, viewer: Viewer, inquiry_id: str) -> None:
    """Write down that the team has looked at its baseline. Raises `NotFound` outside the viewer's teams."""
    viewer.require(Permission.INQUIRY_EDIT)
    with database.write() as cursor:
        read_inquiry(cursor, viewer, inquiry_id)
        cursor.execute(
            load_sql("inquiry", "note_baseline"),
            {
                "team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "by": viewer.signature,
                "on": school_today(database),
            },
        ).fetchall()  # fmt: skip


def _view(
    cells: pd.DataFrame,
    moved: pd.DataFrame,
    sections: list[TeamSection],
    marks: list[TestMark],
    *,
    cut: date | None,
    outside: int,
    standard_id: str | None,
) -> SeekView:
    every = cells[cells["third"] == 0]
    of_standard = every["standard_id"] == standard_id if standard_id else every["standard_key"] == 0
    drawn = every[of_standard]
    basis = _basis(drawn, outside)
    points, classes, notes = _lines(drawn, sections, basis)
    before = sum(point.taken_on < marks[0].starts_on for point in points) if marks else 0
    return SeekView(
        basis=basis,
        points=points,
        classes=classes,
        marks=tuple(marks),
        reading=read_run_chart([point.value for point in points], baseline=before) if points else None,
        standards=_standards(every, sections, basis),
        thirds=_thirds(cells, sections, basis),
        changes=_changes(moved, sections),
        changes_from=cut if not moved.empty else None,
        notes=(*notes, *((FEW_OUTSIDE,) if basis == "percent" else ())),
    )


def _reduce(cursor: Cursor, viewer: Viewer, found: Inquiry) -> list[TeamSection]:
    """Leave the temporary tables of the course, and return the team's classes in it."""
    said = found.wording
    course: dict[str, object] = {
        "subject": said.subject, "grade": said.grade, "school_year": said.school_year,
    }  # fmt: skip
    keep(cursor, "seek_score", **course)
    keep(
        cursor, "seek_start", subject=said.subject, school_year=said.school_year, reliability=RELIABILITY
    )  # fmt: skip
    keep(cursor, "seek_slope", least_share=LEAST_SHARE)
    keep(
        cursor, "seek_team_section", **course, team_ids=list(viewer.team_ids), team_id=found.team_id,
        teacher_id=viewer.teacher_id, today=clock.now().date(),
    )  # fmt: skip
    rows = cursor.execute(
        load_sql("inquiry", "seek_sections"), {"team_ids": list(viewer.team_ids)}
    ).fetchall()
    return [
        TeamSection(key, section_id, frozenset(teachers.split(",")), names, own, opened)
        for key, section_id, teachers, names, own, opened in rows
    ]


def _basis(drawn: pd.DataFrame, outside: int) -> Basis:
    if outside < MINIMUM_TEACHERS:
        return "percent"
    return "adjusted" if drawn["started"].sum() >= STARTED_SHARE * drawn["students"].sum() else "district"


def _lines(
    drawn: pd.DataFrame, sections: list[TeamSection], basis: Basis
) -> tuple[tuple[Point, ...], tuple[ClassLine, ...], tuple[str, ...]]:
    occasions = [part for _, part in drawn.groupby("assessment_key", sort=False)]
    shown = shown_classes(sections, [_counts(part, basis) for part in occasions])
    points, notes = [], []
    by_class: dict[int, list[Point]] = {}
    for part, may in zip(occasions, shown, strict=True):
        if may.line and (point := point_of(part, basis)) is not None:
            points.append(point)
        for one in sections:
            if one.is_own or one.section_key in may.sections:
                own = point_of(part[part["section_key"] == one.section_key], basis)
                if own is not None:
                    by_class.setdefault(one.section_key, []).append(own)
    if not all(may.line for may in shown):
        notes.append(LINE_WITHHELD)
    if any(not one.is_own and one.section_key not in by_class for one in sections) and points:
        notes.append(CLASS_WITHHELD)
    lines = [
        ClassLine(
            one.names,
            one.section_id,
            one.is_own,
            tuple(by_class[one.section_key]),
            tuple(sorted(one.teachers)),
        )
        for one in sections
        if one.section_key in by_class
    ]
    return tuple(points), tuple(lines), tuple(notes)


def _standards(every: pd.DataFrame, sections: list[TeamSection], basis: Basis) -> tuple[GroupFigure, ...]:
    figures = []
    for name, part in every[every["standard_key"] != 0].groupby("standard_id"):
        latest = _latest(part)
        stands = line_stands(sections, _counts(latest, basis))
        figures.append(_group(str(name), latest, point_of(latest, basis) if stands else None))
    return tuple(figures)


def _thirds(cells: pd.DataFrame, sections: list[TeamSection], basis: Basis) -> tuple[GroupFigure, ...]:
    """The latest assessment by starting third; a small third is hidden, and another beside it."""
    latest = _latest(cells[(cells["standard_key"] == 0) & (cells["third"] > 0)])
    if latest.empty:
        return ()
    parts = [latest[latest["third"] == third] for third in THIRDS]
    counts = [_counts(part, basis) for part in parts]
    withheld = {(0, place) for place, one in enumerate(counts) if not line_stands(sections, one)}
    hidden = hidden_cells([[others(sections, one) for one in counts]], withheld=withheld)
    return tuple(
        _group(name, part, None if (0, place) in hidden or (0, place) in withheld else point_of(part, basis))
        for place, (name, part) in enumerate(zip(THIRDS.values(), parts, strict=True))
        if not part.empty
    )


def _changes(moved: pd.DataFrame, sections: list[TeamSection]) -> tuple[ClassChange, ...]:
    """How far the team and each class that may be shown moved since a test began."""
    if moved.empty:
        return ()
    counts = dict(zip(moved["section_key"], moved["students"].astype(int), strict=True))
    (may,) = shown_classes(sections, [counts])
    seen = [one for one in sections if one.is_own or one.section_key in may.sections]
    found = [changes_of(moved, None, is_own=False)] if may.line else []
    found += [
        changes_of(moved[moved["section_key"] == one.section_key], one, is_own=one.is_own) for one in seen
    ]
    return tuple(change for change in found if change is not None and change.students >= MINIMUM_STUDENTS)


def _group(name: str, part: pd.DataFrame, point: Point | None) -> GroupFigure:
    return GroupFigure(name, str(part["assessment_name"].iloc[0]), point)


def _latest(part: pd.DataFrame) -> pd.DataFrame:
    return part if part.empty else part[part["assessment_key"] == part["assessment_key"].iloc[-1]]


def _counts(part: pd.DataFrame, basis: Basis) -> dict[int, int]:
    column = "started" if basis == "adjusted" else "students"
    return {
        int(section): int(students)
        for section, students in zip(part["section_key"], part[column], strict=True)
    }


def _marks(cursor: Cursor, viewer: Viewer, inquiry_id: str) -> list[TestMark]:
    rows: Iterable[tuple[date, date, str, str]] = cursor.execute(
        load_sql("inquiry", "seek_tests"), {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id}
    ).fetchall()
    return [TestMark(title, starts_on, ends_on) for starts_on, ends_on, title, _ in rows]


def _measure(found: Inquiry) -> dict[str, object]:
    return {"measure_kind": found.wording.measure_kind, "measure_name": found.wording.measure_name}


def _frame(cursor: Cursor, name: str, parameters: dict[str, object]) -> pd.DataFrame:
    return cursor.execute(load_sql("inquiry", name), parameters).df()
