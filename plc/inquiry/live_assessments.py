"""What the results say today of each assessment of a team: by class as digests, for the team as figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plc.inquiry.line_rules import STANDARD, STANDARD_STARTED, STARTED, THIRDS, WHOLE
from plc.inquiry.seek_figures import Cell, day_of, known
from plc.inquiry.team_lines import LiveAssessment, wait_ends

# As in seek_cells.sql, so that digests of groups of students add up.
_DIGESTS: Final = 4503599627370449
# The mean of each, and whose it is.
_MEANS: Final = {"percent": "students", "z": "students", "adjusted": "started"}
_SUMS: Final = ("students", "started", "square", "square_z", "square_percent")
_SAME: Final = ("district_percent", "sd_percent")


@dataclass(frozen=True, slots=True)
class Waited:
    """An assessment whose line waits for classes: so many of so many are in; drawn on `until` in any case."""

    assessment_id: str
    name: str
    classes: int
    expected: int
    until: date


def live_assessments(cells: Sequence[Cell]) -> list[LiveAssessment]:
    """The assessments of the cells of classes (rows of seek_cells.sql), the first taken first."""
    parts: dict[object, list[Cell]] = defaultdict(list)
    for cell in cells:
        if not cell["third"] or not cell["standard_key"]:
            parts[cell["assessment_key"]].append(cell)
    return [_assessment(part) for part in parts.values()]


def waited_for(
    live: Sequence[LiveAssessment], *, expected: Mapping[str, int], today: date
) -> dict[str, Waited]:
    """The assessments that lack classes of the `expected`, by id with their students, and are some days old.

    A class is in once half of its students have results: from a file's first page it would stand for good.
    """
    found = {}
    for one in live:
        missing = [
            section
            for section, students in expected.items()
            if section not in one.classes or 2 * one.classes[section][WHOLE][1] < students
        ]
        if missing and one.taken_on is not None and today < wait_ends(one.taken_on):
            found[one.assessment_id] = Waited(
                one.assessment_id,
                one.name,
                len(expected) - len(missing),
                len(expected),
                wait_ends(one.taken_on),
            )
    return found


def _assessment(part: Sequence[Cell]) -> LiveAssessment:
    classes: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    thirds: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    of_figure: dict[str, list[Cell]] = defaultdict(list)
    for cell in part:
        section, figure = cell["section_id"], _figure(cell)
        of_figure[figure].append(cell)
        students, started = int(cell["students"]), int(cell["started"])
        digest, of_started = int(cell["digest"]), int(cell["digest_started"])
        if cell["third"]:
            thirds[section][int(cell["third"])] = (digest + of_started, students)
            continue
        classes[section][figure] = (digest, students)
        if started:
            begun = STARTED if figure == WHOLE else f"{STANDARD_STARTED}{cell['standard_id']}"
            classes[section][begun] = (of_started, started)
    for section, of_class in thirds.items():
        classes[section] |= _sums_of_thirds(of_class)
    return LiveAssessment(
        str(part[0]["assessment_id"]),
        str(part[0]["assessment_name"]),
        day_of(part[0]["taken_on"]),
        dict(classes),
        {figure: _team_cell(rows) for figure, rows in of_figure.items()},
    )


def _sums_of_thirds(of_class: Mapping[int, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    found = {}
    for figure in THIRDS:
        some = [told for third, told in of_class.items() if str(third) in figure]
        if some:
            digests, students = zip(*some, strict=True)
            found[figure] = (sum(digests) % _DIGESTS, sum(students))
    return found


def _team_cell(rows: Sequence[Cell]) -> dict[str, Any]:
    """The figures of these classes together; None where there is none."""
    cell: dict[str, Any] = {
        column: sum(value for row in rows if (value := known(row[column])) is not None) for column in _SUMS
    }
    cell |= {column: int(cell[column]) for column in ("students", "started")}
    for column, counted in _MEANS.items():
        there = [
            (value, int(row[counted]))
            for row in rows
            if row[counted] and (value := known(row[column])) is not None
        ]
        students = sum(count for _, count in there)
        cell[column] = sum(value * count for value, count in there) / students if students else None
    return cell | {column: known(rows[0][column]) for column in _SAME}


def _figure(cell: Cell) -> str:
    if cell["third"]:
        return f"third {int(cell['third'])}"
    return f"{STANDARD}{cell['standard_id']}" if cell["standard_key"] else WHOLE
