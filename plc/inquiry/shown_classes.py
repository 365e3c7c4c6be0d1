"""Which classes of a team a viewer may see, and where the team's line may stand beside them.

The viewer's own classes are hers; a colleague's class shows once its teachers opened it to the team. The
team's line adds everybody up, so that a class that is not open could be worked out from it: by taking away
one's own and the opened ones. It stands only where at least three other teachers are behind it, and then
one more opened class is left out wherever fewer than two would be left unknown. Classes that share a
teacher are one *unit*: together they tell of her.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS, hidden_cells


@dataclass(frozen=True, slots=True)
class TeamSection:
    """A class of the team. `teachers` are ids; `is_open` that every other teacher of it opened it."""

    section_key: int
    section_id: str
    teachers: frozenset[str]
    names: str
    is_own: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Of one assessment or group: whether the team's line stands, and the other classes that may be shown."""

    line: bool
    sections: frozenset[int]


def shown_classes(sections: Sequence[TeamSection], occasions: Sequence[Mapping[int, int]]) -> list[Shown]:
    """What may be shown of each occasion; an occasion maps a section key to its students.

    Of the other classes only: the viewer's own are always hers.
    """
    units = _units(sections)
    counted = [_unit_counts(units, occasion) for occasion in occasions]
    totals: dict[int, int] = {}
    for counts in counted:
        for unit, students in counts.items():
            totals[unit] = totals.get(unit, 0) + students
    teachers = _teachers(sections, units)
    closed = {units[one.section_key] for one in sections if one.section_key in units and not one.is_open}
    # The same classes stay out on every occasion, as far as one choice can serve them all.
    withheld = _hidden(totals, closed) if any(_stands(c, closed, teachers) for c in counted) else closed
    return [_shown(units, counts, closed, withheld, teachers) for counts in counted]


def _shown(
    units: dict[int, int],
    counts: dict[int, int],
    closed: set[int],
    withheld: set[int],
    teachers: dict[int, frozenset[str]],
) -> Shown:
    line = _stands(counts, closed, teachers)
    hidden = (
        _hidden(counts, withheld)
        if line
        else closed | {unit for unit, students in counts.items() if students < MINIMUM_STUDENTS}
    )
    seen = frozenset(section for section, unit in units.items() if counts.get(unit) and unit not in hidden)
    return Shown(line, seen)


def _stands(counts: dict[int, int], closed: set[int], teachers: dict[int, frozenset[str]]) -> bool:
    present = {unit for unit, students in counts.items() if students}
    if present and sum(counts.values()) < MINIMUM_STUDENTS:
        return False
    behind = frozenset[str]().union(*(teachers[unit] for unit in present))
    return not present & closed or len(behind) >= MINIMUM_TEACHERS


def _hidden(counts: dict[int, int], withheld: set[int]) -> set[int]:
    order = sorted(counts)
    cells = {(0, place) for place, unit in enumerate(order) if unit in withheld}
    return {order[place] for _, place in hidden_cells([[counts[unit] for unit in order]], withheld=cells)}


def _units(sections: Sequence[TeamSection]) -> dict[int, int]:
    """The unit of each class that is not the viewer's own: the least key among those linked by teachers."""
    unit = {one.section_key: one.section_key for one in sections if not one.is_own}
    by_teacher: dict[str, list[int]] = {}
    for one in sections:
        if not one.is_own:
            for teacher in one.teachers:
                by_teacher.setdefault(teacher, []).append(one.section_key)
    changed = True
    while changed:
        changed = False
        for linked in by_teacher.values():
            least = min(unit[section] for section in linked)
            for section in linked:
                if unit[section] != least:
                    unit[section], changed = least, True
    return unit


def _unit_counts(units: dict[int, int], occasion: Mapping[int, int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for section, students in occasion.items():
        if section in units:
            counts[units[section]] = counts.get(units[section], 0) + students
    return counts


def _teachers(sections: Sequence[TeamSection], units: dict[int, int]) -> dict[int, frozenset[str]]:
    teachers: dict[int, frozenset[str]] = {}
    for one in sections:
        if one.section_key in units:
            unit = units[one.section_key]
            teachers[unit] = teachers.get(unit, frozenset()) | one.teachers
    return teachers
