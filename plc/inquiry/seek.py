"""Seek: what the team's results say, its students as one group first.

Results are standardised over the district within grade, subject, year and assessment; where students have
a starting point, the figure is how far they ended beyond students who started alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from plc.core import clock
from plc.core.disclosure import LOWEST_MINIMUM, MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_steps import keep
from plc.inquiry.inquiries import read_inquiry
from plc.inquiry.line_book import read_opened
from plc.inquiry.line_rules import STANDARD, WHOLE
from plc.inquiry.live_assessments import Waited, live_assessments, waited_for
from plc.inquiry.records import Inquiry
from plc.inquiry.seek_figures import Cell, changes_of, day_of, point_of
from plc.inquiry.seek_lines import (
    Occasion,
    basis_of,
    change_of,
    district_words,
    has_yardstick,
    line_words,
    occasions_of,
    standards_of,
    thirds_of,
)
from plc.inquiry.seek_records import Basis, ClassChange, ClassLine, SeekView, TestMark
from plc.inquiry.shown_classes import TeamSection
from plc.inquiry.team_lines import LiveAssessment, TeamLook, look_at_team
from plc.inquiry.yardsticks import score_team, set_course
from plc.people.looks import note_look
from plc.people.school_calendar import school_today
from plc.statistics.run_chart import read_run_chart

NO_MEASURE: Final = "Choose the primary measure first: then this page shows your baseline."
NO_PURPOSE: Final = "Say first what the measure is for. A chart of a measure nobody can explain helps nobody."
NO_CLASSES: Final = "No class of your team has results of this course and year yet."
NO_RESULTS: Final = "No result of the primary measure is here yet. Upload results, and the chart appears."
LINE_WITHHELD: Final = (
    "The team's line is not shown where one class could be worked out from it: where fewer than three of your"
    f" colleagues stand behind it with {LOWEST_MINIMUM} students or more each, where nearly all of it is one"
    " class, or where a line of nearly the same classes was shown before. Once each of you has opened her"
    " results to the others (Our team), a line of all your classes can be shown."
)
CLASS_WITHHELD: Final = (
    "Classes that are not opened to the team are not drawn, and one opened class is left out beside them, so"
    " that no class can be read off the team's line."
)


@dataclass(frozen=True, slots=True)
class _Course:
    """The team's classes in the course, what is waited for, teachers outside, and the latest test's start.

    `held`: by assessment the day of the yardstick, where results changed since.
    """

    sections: list[TeamSection]
    waits: Mapping[str, Waited]
    outside: int
    cut: date | None
    on_the_wall: bool
    held: Mapping[str, date]


def seek_view(
    database: Database,
    viewer: Viewer,
    inquiry_id: str,
    *,
    standard_id: str | None = None,
    on_the_wall: bool = False,
) -> SeekView:
    """What this viewer may see of the inquiry's results; `standard_id` draws the lines of one standard.

    `on_the_wall` the team's line is the frozen one, as others read it who know fewer classes than the viewer.

    Raises `NotFound` outside her teams. A view that cannot be drawn yet says in `blocked` what to do first.
    """
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        found = read_inquiry(cursor, viewer, inquiry_id)
        if not found.wording.measure_words:
            return SeekView(blocked=NO_MEASURE)
        if not found.wording.measure_purpose:
            return SeekView(blocked=NO_PURPOSE)
        held = set_course(database, cursor, found)
        expected, sections = _reduce(cursor, viewer, found)
        if not sections:
            return SeekView(blocked=NO_CLASSES)
        score_team(cursor)
        outside = int(cursor.execute(load_sql("inquiry", "seek_outside")).fetchall()[0][0])
        marks = _marks(cursor, viewer, inquiry_id)
        cut = marks[-1].starts_on if marks else None
        asked = _measure(found) | {"team_ids": list(viewer.team_ids)}
        cells, moved = _frame(cursor, "seek_cells", asked), pd.DataFrame()
        if cut is not None and outside >= MINIMUM_TEACHERS:
            moved = _frame(cursor, "seek_changes", asked | {"cut": cut})
    if cells.empty:
        return SeekView(blocked=NO_RESULTS)
    today = school_today(database)
    marks = [mark for mark in marks if mark.starts_on <= today + timedelta(days=1)]
    rows: list[Cell] = cells.to_dict("records")  # type: ignore[assignment]
    live = live_assessments(rows)
    waits = waited_for(live, expected=expected, today=today)
    look = look_at_team(database, viewer, found, sections=sections, live=live, waiting=waits)
    course = _Course(sections, waits, outside, cut, on_the_wall, held)
    view = _view(rows, moved, course, look, live, marks=marks, standard_id=standard_id)
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
    cells: list[Cell],
    moved: pd.DataFrame,
    course: _Course,
    look: TeamLook,
    live: list[LiveAssessment],
    *,
    marks: list[TestMark],
    standard_id: str | None,
) -> SeekView:
    sections, cut = course.sections, course.cut
    occasions = occasions_of(live, look, () if course.on_the_wall else sections)
    figure = f"{STANDARD}{standard_id}" if standard_id else WHOLE
    basis = basis_of(occasions, live, figure, outside=course.outside)
    points = tuple(point for one in occasions if (point := one.point(figure, look, basis)) is not None)
    drawn = [
        cell
        for cell in cells
        if not cell["third"]
        and (cell["standard_id"] == standard_id if standard_id else not cell["standard_key"])
    ]
    classes = _class_lines(drawn, sections, look, basis)
    before = sum(point.taken_on < marks[0].starts_on for point in points) if marks else 0
    compared = [one for one in live if basis == "percent" or has_yardstick(one)]
    asked = [one for one in compared if figure in one.cells and one.assessment_id not in course.waits]
    changes, of_points = _changes(moved, sections, look, occasions, live, cut)
    return SeekView(
        basis=basis,
        points=points,
        classes=classes,
        marks=tuple(marks),
        reading=read_run_chart([point.value for point in points], baseline=before) if points else None,
        standards=standards_of(occasions, live, look, basis),
        thirds=thirds_of(occasions, live, look, basis),
        changes=changes,
        changes_from=cut if not moved.empty else None,
        notes=(
            *_withheld_words(sections, classes, points=len(points), asked=len(asked)),
            *district_words(live, course.held, basis, outside=course.outside),
        ),
        line_words=line_words(live, look, course.waits, occasions),
        change_of_points=of_points,
    )


def _withheld_words(
    sections: Sequence[TeamSection], classes: Sequence[ClassLine], *, points: int, asked: int
) -> tuple[str, ...]:
    """Why points of the line, out of those asked for, and classes are not drawn."""
    closed = {one.section_id for one in sections if not one.is_own} - {one.section_id for one in classes}
    return ((LINE_WITHHELD,) if asked > points else ()) + ((CLASS_WITHHELD,) if closed and points else ())


def _reduce(cursor: Cursor, viewer: Viewer, found: Inquiry) -> tuple[dict[str, int], list[TeamSection]]:
    """Leave the team's classes in a temporary table; the students of each, and the classes with results."""
    said = found.wording
    keep(
        cursor, "seek_team_section", subject=said.subject, grade=said.grade, school_year=said.school_year,
        team_ids=list(viewer.team_ids), team_id=found.team_id, teacher_id=viewer.teacher_id,
        today=clock.now().date(),
    )  # fmt: skip
    rows = cursor.execute(
        load_sql("inquiry", "seek_sections"), {"team_ids": list(viewer.team_ids)}
    ).fetchall()
    expected = {section_id: int(students) for _, section_id, _, _, _, students, _ in rows}
    # A coach is nobody in the roster.
    reader = viewer.teacher_id or ""
    known = read_opened(cursor, viewer, found.team_id).get(reader, frozenset()) | {reader}
    sections = []
    for key, section_id, taught_by, names, is_own, _, has_results in rows:
        teachers = frozenset(taught_by.split(","))
        if has_results:
            sections.append(TeamSection(key, section_id, teachers, names, is_own, teachers <= known))
    return expected, sections


def _class_lines(
    drawn: list[Cell], sections: list[TeamSection], look: TeamLook, basis: Basis
) -> tuple[ClassLine, ...]:
    lines = []
    for one in sections:
        if not one.is_own and one.section_id not in look.classes:
            continue
        points = [
            point_of(cell, basis, name=cell["assessment_name"], taken_on=day_of(cell["taken_on"]))
            for cell in drawn
            if cell["section_key"] == one.section_key
        ]
        there = tuple(point for point in points if point is not None)
        if there:
            lines.append(ClassLine(one.names, one.section_id, one.is_own, there, tuple(sorted(one.teachers))))
    return tuple(lines)


def _changes(
    moved: pd.DataFrame, sections: list[TeamSection], look: TeamLook, occasions: list[Occasion],
    live: list[LiveAssessment], cut: date | None,
) -> tuple[tuple[ClassChange, ...], bool]:  # fmt: skip
    """How far the team and each class that may be shown moved since a test began; whether by its points."""
    if moved.empty or cut is None:
        return (), False
    knows_all = len(occasions) == len(live) and all(one.is_live for one in occasions)
    found = [changes_of(moved, None, is_own=False) if knows_all else change_of(occasions, look, cut)]
    found += [
        changes_of(moved[moved["section_key"] == one.section_key], one, is_own=one.is_own)
        for one in sections
        if one.is_own or one.section_id in look.classes
    ]
    told = tuple(change for change in found if change is not None and change.students >= MINIMUM_STUDENTS)
    return told, not knows_all


def _marks(cursor: Cursor, viewer: Viewer, inquiry_id: str) -> list[TestMark]:
    rows: Iterable[tuple[date, date, str, str]] = cursor.execute(
        load_sql("inquiry", "seek_tests"), {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id}
    ).fetchall()
    return [TestMark(title, starts_on, ends_on) for starts_on, ends_on, title, _ in rows]


def _measure(found: Inquiry) -> dict[str, object]:
    return {"measure_kind": found.wording.measure_kind, "measure_name": found.wording.measure_name}


def _frame(cursor: Cursor, name: str, parameters: dict[str, object]) -> pd.DataFrame:
    return cursor.execute(load_sql("inquiry", name), parameters).df()
