"""What a viewer reads of a team's line: each assessment as it was frozen, or live where she knows all.

An *occasion* is one assessment as she may read it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.inquiry.line_rules import STANDARD, STARTED, WHOLE, Figures, is_enough
from plc.inquiry.live_assessments import Waited
from plc.inquiry.seek_figures import Z90, known, point_of
from plc.inquiry.seek_records import Basis, ClassChange, GroupFigure, Point
from plc.inquiry.shown_classes import TeamSection
from plc.inquiry.team_lines import LiveAssessment, TeamLook

# A figure beside students who started alike needs starting points of most of the students.
STARTED_SHARE: Final = 0.5
FEW_OUTSIDE: Final = (
    "Too few other teachers of the district teach this course, so figures are in percent of points, without a"
    " comparison."
)
FEW_TAKERS: Final = (
    "Results of too few teachers are in to set these against the district, so figures are in percent of"
    " points, without a comparison."
)
THIRDS: Final = {1: "Lowest third", 2: "Middle third", 3: "Highest third"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """One assessment for the viewer: the team's cells by figure, and the classes in it."""

    name: str
    taken_on: date | None
    cells: Mapping[str, Mapping[str, Any]]
    classes: Mapping[str, Figures]
    is_live: bool

    def point(self, figure: str, look: TeamLook, basis: Basis) -> Point | None:
        """The team's point by a figure; None where it may not be shown, or of too few students."""
        cell = self.cells.get(figure)
        if cell is None or not is_enough(self._students(figure), look.reader, look.known, figure=figure):
            return None
        return point_of(cell, basis, name=self.name, taken_on=self.taken_on)

    def _students(self, figure: str) -> dict[str, int]:
        """Of a figure that stayed as it was before, the students of the whole."""
        of_figure = {s: told[figure][1] for s, told in self.classes.items() if figure in told}
        return of_figure or {section: told[WHOLE][1] for section, told in self.classes.items()}


def occasions_of(
    live: Sequence[LiveAssessment], look: TeamLook, sections: Sequence[TeamSection]
) -> list[Occasion]:
    """The assessments of which there is a line for the viewer, the first taken first.

    `sections` are those she may know; without them every line is the frozen one.
    """
    own = {one.section_id for one in sections if one.is_own}
    known = own | ({one.section_id for one in sections} & look.classes)
    found = []
    for one in live:
        # Who knows every class by itself learns nothing from their sum.
        if all(
            section in known and (section in own or of_class[WHOLE][1] >= MINIMUM_STUDENTS)
            for section, of_class in one.classes.items()
        ):
            found.append(Occasion(one.name, one.taken_on, one.cells, one.classes, is_live=True))
        elif (frozen := look.lines.get(one.assessment_id)) is not None:
            found.append(Occasion(one.name, one.taken_on, frozen.cells, frozen.line.classes, is_live=False))
    return found


def basis_of(
    occasions: Sequence[Occasion], live: Sequence[LiveAssessment], figure: str, *, outside: int
) -> Basis:
    """What the line is drawn by."""
    if outside < MINIMUM_TEACHERS:
        return "percent"
    cells = [one.cells[figure] for one in occasions if figure in one.cells]
    cells = cells or [one.cells[figure] for one in live if figure in one.cells]
    if cells and all(known(cell["z"]) is None for cell in cells):
        return "percent"
    started, students = (sum(cell[counted] for cell in cells) for counted in ("started", "students"))
    return "adjusted" if started >= STARTED_SHARE * students else "district"


def has_yardstick(one: LiveAssessment) -> bool:
    """Whether an assessment can be set against the district."""
    return any(known(cell["z"]) is not None for cell in one.cells.values())


def district_words(
    live: Sequence[LiveAssessment], held: Mapping[str, date], basis: Basis, *, outside: int
) -> tuple[str, ...]:
    """What the assessments are set against: nothing, or the district as of a day after which results came.

    `held`: by assessment the day of the district's results in use, where results changed since.
    """
    if basis == "percent":
        return (FEW_OUTSIDE if outside < MINIMUM_TEACHERS else FEW_TAKERS,)
    words = []
    if alone := [one.name for one in live if not has_yardstick(one)]:
        words.append(
            f"{' and '.join(alone)}: not drawn yet, since results of too few teachers are in to set it"
            " against the district."
        )
    days = {held[one.assessment_id] for one in live if one.assessment_id in held and has_yardstick(one)}
    if days:
        words.append(
            f"Measured against the district as of {' and '.join(f'{day:%-d %B %Y}' for day in sorted(days))}."
            " Results that came later are measured against it too. It is taken anew when results of three"
            " other teachers have changed, so that no class can be worked out from it."
        )
    return tuple(words)


def standards_of(
    occasions: Sequence[Occasion], live: Sequence[LiveAssessment], look: TeamLook, basis: Basis
) -> tuple[GroupFigure, ...]:
    """Each standard on the latest assessment that reports it and may be told."""
    latest = {
        figure: one.name for one in live for figure in one.cells if figure.startswith(STANDARD)
    }  # the latest is written last
    told: dict[str, tuple[str, Point]] = {}
    for one in occasions:
        for figure in one.cells:
            if figure.startswith(STANDARD) and (point := one.point(figure, look, basis)) is not None:
                told[figure] = (one.name, point)
    return tuple(
        GroupFigure(figure.removeprefix(STANDARD), *told.get(figure, (latest[figure], None)))
        for figure in sorted(latest)
    )


def thirds_of(
    occasions: Sequence[Occasion], live: Sequence[LiveAssessment], look: TeamLook, basis: Basis
) -> tuple[GroupFigure, ...]:
    """The latest assessment by starting third: all of them or none, since two and the whole tell the last."""
    figures = {f"third {third}": name for third, name in THIRDS.items()}
    there = [one for one in live if figures.keys() & one.cells.keys()]
    if not there:
        return ()
    for one in reversed(occasions):
        some = {figure: one.point(figure, look, basis) for figure in figures if figure in one.cells}
        if some and None not in some.values():
            return tuple(GroupFigure(figures[figure], one.name, point) for figure, point in some.items())
    return tuple(
        GroupFigure(name, there[-1].name, None)
        for figure, name in figures.items()
        if figure in there[-1].cells
    )


def change_of(occasions: Sequence[Occasion], look: TeamLook, cut: date) -> ClassChange | None:
    """How far the line moved since a day: the mean of its points from then on less the mean before, in SD.

    Made of the points alone, so that it tells nothing that they do not.
    """
    sides: tuple[list[Point], list[Point]] = ([], [])
    for one in occasions:
        point = one.point(WHOLE, look, "district")
        if point is not None and one.taken_on is not None:
            sides[one.taken_on >= cut].append(point)
    if not all(sides):
        return None
    before, after = (sum(point.value for point in side) / len(side) for side in sides)
    variance = sum(((point.upper - point.value) / Z90 / len(side)) ** 2 for side in sides for point in side)
    students = min(point.students for side in sides for point in side)
    error, change = math.sqrt(variance), after - before
    return ClassChange(None, False, students, 0, change, change - Z90 * error, change + Z90 * error)


def line_words(
    live: Sequence[LiveAssessment],
    look: TeamLook,
    waits: Mapping[str, Waited],
    occasions: Collection[Occasion],
) -> tuple[str, ...]:
    """Of how many classes the line is and since when, what came later, and what is waited for."""
    words = []
    frozen = [one for one in live if one.assessment_id in look.lines]
    if frozen and any(not one.is_live for one in occasions):
        latest = frozen[-1]
        line = look.lines[latest.assessment_id]
        words.append(
            f"{_classes(len(line.line.classes))} stood in the line on {line.released_on:%-d %B %Y}, when"
            f" {latest.name} was drawn. It stays as it was drawn, so that no class can be worked out from it."
        )
        later = [
            section for section, told in latest.classes.items() if _is_later(line.line.classes, section, told)
        ]
        if later:
            joins = "It joins" if len(later) == 1 else "They join"
            words.append(
                f"{_classes(len(later))} came or changed later. {joins} when results of three other"
                " teachers change too."
            )
    words += [
        f"{one.name}: waiting for results of {one.expected - one.classes} of {one.expected} classes; the line"
        f" is drawn when they are in, or on {one.until:%-d %B %Y}."
        for one in waits.values()
        if one.assessment_id not in look.lines and one.name not in {drawn.name for drawn in occasions}
    ]
    return tuple(words)


def _is_later(classes: Mapping[str, Figures], section: str, told: Figures) -> bool:
    frozen = classes.get(section)
    return frozen is None or any(frozen.get(figure) != told.get(figure) for figure in (WHOLE, STARTED))


def _classes(count: int) -> str:
    return "1 class" if count == 1 else f"{count} classes"
