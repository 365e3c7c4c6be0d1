"""The frozen line of a team: which assessments of it are shown, of which classes, and when that changes.

An assessment is released when somebody looks after its classes are all in, or some days after it, and only
where `line_rules` allows it beside every line that any team was ever shown of it. It stays as it is until a
change is allowed too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry.line_book import Book, FrozenLine, read_book, write_lines, write_seen
from plc.inquiry.line_rules import WHOLE, Figures, Knowledge, Line, Reader, may_see, safe_figures
from plc.inquiry.records import Inquiry
from plc.inquiry.shown_classes import TeamSection, shown_classes

# Teams meet weekly: whoever has no results by the next meeting is not waited for.
WAIT: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LiveAssessment:
    """What the results say today of one assessment: its classes, and the team's cells by figure."""

    assessment_id: str
    name: str
    taken_on: date | None
    classes: Mapping[str, Figures]
    cells: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a look does: lines to freeze, and classes the viewer is shown for the first time."""

    releases: tuple[FrozenLine, ...] = ()
    seen: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.releases or self.seen)


@dataclass(frozen=True, slots=True)
class TeamLook:
    """What the viewer may read: the team's lines by assessment, other classes, and what she knows."""

    lines: Mapping[str, FrozenLine]
    classes: frozenset[str]
    reader: Reader
    known: Knowledge


def look_at_team(
    database: Database, viewer: Viewer, found: Inquiry, *, sections: Sequence[TeamSection],
    live: Sequence[LiveAssessment], waiting: Collection[str],
) -> TeamLook:  # fmt: skip
    """The lines of the inquiry's team and the classes beside them, released first where that is due."""
    viewer.require(Permission.INQUIRY_READ)
    asked = {one.assessment_id for one in live}
    with database.read() as cursor:
        book = read_book(cursor, viewer, found=found, sections=sections, assessment_ids=asked)
    plan = _plan(book, viewer, found, sections, live, waiting=waiting)
    if plan:
        with database.write() as cursor:
            # Somebody else may have looked in between, from another team as well.
            book = read_book(cursor, viewer, found=found, sections=sections, assessment_ids=asked)
            plan = _plan(book, viewer, found, sections, live, waiting=waiting)
            write_lines(cursor, viewer, found=found, lines=plan.releases)
            if plan.seen and viewer.teacher_id is not None:
                write_seen(cursor, viewer.teacher_id, found=found, sections=plan.seen)
    reader = book.known.reader(viewer.teacher_id)
    lines = dict(book.mine) | {one.assessment_id: one for one in plan.releases}
    return TeamLook(lines, plan.seen | (reader.seen & _opened(sections)), reader, book.known)


def wait_ends(taken_on: date) -> date:
    """The day from which a line is drawn although classes are missing."""
    return taken_on + WAIT


def _plan(
    book: Book, viewer: Viewer, found: Inquiry, sections: Sequence[TeamSection],
    live: Sequence[LiveAssessment], *, waiting: Collection[str],
) -> Plan:  # fmt: skip
    releases = []
    for one in live:
        before = book.mine.get(one.assessment_id)
        gains = before is not None and _gains(before.cells, one.cells, one.cells.keys())
        same = before is not None and before.line.classes == one.classes
        if one.assessment_id in waiting or (same and not gains):
            continue
        told = book.ever.get(one.assessment_id, ())
        figures = safe_figures(told, Line(one.classes), book.known)
        if figures and (
            before is None
            or _differs(before.line.classes, one.classes, figures)
            or _gains(before.cells, one.cells, figures)
        ):
            releases.append(_frozen(one, before, figures, found))
    ever = {assessment: list(lines) for assessment, lines in book.ever.items()}
    for release in releases:
        ever.setdefault(release.assessment_id, []).append(release.line)
    reader = book.known.reader(viewer.teacher_id)
    return Plan(tuple(releases), _newly_seen(sections, live, ever, book, reader, releases))


def _differs(before: Mapping[str, Figures], now: Mapping[str, Figures], figures: Collection[str]) -> bool:
    """Whether any of these figures is another than it was."""
    return any(_by_class(before, figure) != _by_class(now, figure) for figure in figures)


def _gains(
    before: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]], figures: Collection[str]
) -> bool:
    """Whether some of these figures, drawn without the district, can now be set against it."""
    told = before.keys() & now.keys() & set(figures)
    return any(before[figure]["z"] is None and now[figure]["z"] is not None for figure in told)


def _by_class(classes: Mapping[str, Figures], figure: str) -> dict[str, tuple[int, int]]:
    return {section: figures[figure] for section, figures in classes.items() if figure in figures}


def _newly_seen(
    sections: Sequence[TeamSection], live: Sequence[LiveAssessment], ever: Mapping[str, Sequence[Line]],
    book: Book, reader: Reader, releases: Sequence[FrozenLine],
) -> frozenset[str]:  # fmt: skip
    """The classes opened to the viewer that she may be shown as well, where no line then tells of another."""
    fresh = _opened(sections) - reader.seen
    if not fresh:
        return frozenset()
    lines = dict(book.mine) | {one.assessment_id: one for one in releases}
    counts = [
        _students(lines[one.assessment_id].line.classes if one.assessment_id in lines else one.classes)
        for one in live
    ]
    # Classes of former members stand in a line and are nobody's to open.
    standing = {section for occasion in counts for section in occasion} - {one.section_id for one in sections}
    everyone = [
        *sections,
        *(
            TeamSection(
                -place, section, book.known.of(section), "", section in reader.own, section in reader.own
            )
            for place, section in enumerate(sorted(standing), start=1)
        ),
    ]
    keys = {one.section_id: one.section_key for one in everyone}
    shown = shown_classes(everyone, [{keys[s]: n for s, n in one.items()} for one in counts])
    beside = frozenset[int]().union(*(one.sections for one in shown))
    chosen = frozenset(section for section in fresh if keys[section] in beside)
    safe = all(may_see(chosen, lines_of, reader, book.known) for lines_of in ever.values())
    return chosen if safe else frozenset()


def _opened(sections: Sequence[TeamSection]) -> frozenset[str]:
    return frozenset(one.section_id for one in sections if one.is_open and not one.is_own)


def _students(classes: Mapping[str, Figures]) -> dict[str, int]:
    return {section: figures[WHOLE][1] for section, figures in classes.items()}


def _frozen(
    one: LiveAssessment, before: FrozenLine | None, figures: Collection[str], found: Inquiry
) -> FrozenLine:
    """The assessment frozen with the figures it may show; what it may not show anew stays as it was."""
    cells = {figure: cell for figure, cell in one.cells.items() if figure in figures}
    return FrozenLine(
        found.team_id,
        found.wording.grade,
        one.assessment_id,
        before.generation + 1 if before else 1,
        clock.now().date(),
        Line(
            {
                section: {figure: told for figure, told in of_class.items() if figure in figures}
                for section, of_class in one.classes.items()
            }
        ),
        {**(before.cells if before else {}), **cells},
    )
