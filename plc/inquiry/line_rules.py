"""When a team's line may be frozen anew: whether all lines ever shown give a few teachers' classes away.

A *line* is one assessment of a team, added up over the classes in it. It has several *figures*: the whole,
each standard, and its students by starting third. A class that stands in two lines with the same digest
cancels out when one is taken from the other; what is left must rest on three teachers whom the reader is
not, and on two units of classes that she does not know, with students enough beside those of any one teacher.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from plc.core.derivable import giveaway
from plc.core.disclosure import LOWEST_MINIMUM, MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.inquiry.apart import LEAST_UNKNOWN, students_of_most, teachers_of

# Students of a class from whom on its teacher stands behind a sum: a line of one whole class and of one child
# each of two others is that class.
_LEAST_OF_CLASS: Final = LOWEST_MINIMUM
# Unknown students who must be left when those of the teacher who has most are taken away: two small classes.
_LEAST_BESIDE: Final = LOWEST_MINIMUM * LEAST_UNKNOWN
# By starting third: a third of a class is a few students, so a class counts with any, and one such is left.
_LEAST_BESIDE_BY_THIRD: Final = LOWEST_MINIMUM
WHOLE, STARTED = "whole", "started"
# The starting thirds and every sum of some of them: two looks may differ in one third alone.
THIRDS: Final = tuple(
    "third " + "".join(map(str, some)) for size in (1, 2, 3) for some in combinations((1, 2, 3), size)
)
STANDARD, STANDARD_STARTED = "standard ", "started "
# By figure: a digest of the students' results in it, and how many they are.
Figures = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was shown, or as it would be: the figures of each class in it, by section id."""

    classes: Mapping[str, Figures]


@dataclass(frozen=True, slots=True)
class Reader:
    """Classes a reader knows: her own, those she has seen, and those that are open to her today.

    The default is a coach, who knows none.
    """

    own: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Who teaches each class, what each teacher has seen, and what is open to whom."""

    teachers: Mapping[str, frozenset[str]]
    seen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    open: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def reader(self, teacher_id: str | None) -> Reader:
        """What a teacher knows; a coach for None."""
        if teacher_id is None:
            return Reader()
        return Reader(
            frozenset(section for section, teachers in self.teachers.items() if teacher_id in teachers),
            self.seen.get(teacher_id, frozenset()),
            self.open.get(teacher_id, frozenset()),
        )

    def readers(self) -> list[Reader]:
        """A coach, and every teacher of a class in the lines."""
        people = frozenset[str]().union(*self.teachers.values(), self.seen, self.open)
        return [Reader(), *(self.reader(person) for person in sorted(people))]

    def of(self, section_id: str) -> frozenset[str]:
        """The teachers of a class."""
        return teachers_of(self.teachers, section_id)

    def teachers_of(self, sections: Iterable[str]) -> frozenset[str]:
        """The teachers of any of these classes."""
        return frozenset[str]().union(*(self.of(section) for section in sections))


def is_enough(students: Mapping[str, int], reader: Reader, known: Knowledge, *, figure: str) -> bool:
    """Whether a sum over these classes, with their students, tells the reader of nobody in particular.

    What she does not know of it must not be nearly all of one teacher. By starting third no class is ever
    drawn, so that there the reader knows her own alone; where every other class is open to her the sum may be
    told.
    """
    others = students.keys() - reader.own
    of_others = sum(students[section] for section in others)
    if figure in THIRDS:
        shown = set[str]()
        told = others <= reader.open and of_others >= MINIMUM_STUDENTS
    else:
        shown = {section for section, count in students.items() if count >= MINIMUM_STUDENTS}
        told = others <= reader.open & shown
    if told or not others:
        return True
    unknown = {section: students[section] for section in others - (reader.seen & shown)}
    least, beside = (1, _LEAST_BESIDE_BY_THIRD) if figure in THIRDS else (_LEAST_OF_CLASS, _LEAST_BESIDE)
    counted = {section for section in others if students[section] >= least}
    people = known.teachers_of(counted & unknown.keys())
    return (
        len(known.teachers_of(counted)) >= MINIMUM_TEACHERS
        and (len(people) >= MINIMUM_TEACHERS or _units(counted & unknown.keys(), known) >= LEAST_UNKNOWN)
        and sum(unknown.values()) >= MINIMUM_STUDENTS
        and sum(unknown.values()) - students_of_most(unknown, known.of) >= beside
    )


def _gives_away(
    lines: Sequence[Line], figure: str, *, fresh: Collection[int], readers: Iterable[Reader], known: Knowledge
) -> bool:
    """Whether the lines of one assessment, some of them fresh, tell a reader of too few by one figure."""
    rows, students = [], dict[tuple[str, int], int]()
    for line in lines:
        row = dict[tuple[str, int], int]()
        for section, figures in line.classes.items():
            digest, count = figures.get(figure, (0, 0))
            if count:
                row[section, digest] = 1
                students[section, digest] = count
        rows.append(row)
    # The same line shown again tells nothing new.
    told = [row for number, row in enumerate(rows) if number not in fresh]
    asked = {number for number in fresh if rows[number] and rows[number] not in told}
    if not asked:
        return False
    people = list(readers)

    def enough(part: Mapping[tuple[str, int], int]) -> bool:
        behind = dict[str, int]()
        for section, digest in part:
            behind[section] = max(behind.get(section, 0), students[section, digest])
        return bool(behind) and all(is_enough(behind, reader, known, figure=figure) for reader in people)

    return giveaway(rows, order=sorted(students), large=(), enough=enough, fresh=asked) is not None


def safe_figures(before: Sequence[Line], line: Line, known: Knowledge) -> frozenset[str]:
    """The figures that a new line of an assessment may show beside all `before`; none where not the whole.

    Thirds are shown all or none, since two of them and the whole tell the last.
    """
    lines, readers = [*before, line], known.readers()
    figures = {figure for of_class in line.classes.values() for figure in of_class}

    def safe(figure: str) -> bool:
        return not _gives_away(lines, figure, fresh=(len(before),), readers=readers, known=known)

    if not (safe(WHOLE) and safe(STARTED)):
        return frozenset()
    thirds = figures & set(THIRDS)
    chosen = {WHOLE, STARTED} | (thirds if all(map(safe, sorted(thirds))) else set())
    standards = sorted(figures - set(THIRDS) - {WHOLE, STARTED})
    told = {figure for figure in standards if safe(figure)}
    # A standard is a figure of its students and of those with a starting point: both or neither.
    broken = {_partner(figure) for figure in standards if figure not in told}
    return frozenset(chosen | (told - broken))


def may_see(sections: Collection[str], lines: Sequence[Line], reader: Reader, known: Knowledge) -> bool:
    """Whether these classes may be drawn for the reader beside the lines of one assessment."""
    wiser = Reader(reader.own, reader.seen | frozenset(sections), reader.open)
    figures = {figure for line in lines for of_class in line.classes.values() for figure in of_class}
    everything = range(len(lines))
    return not any(
        _gives_away(lines, figure, fresh=everything, readers=[wiser], known=known)
        for figure in sorted(figures - set(THIRDS))
    )


def _partner(figure: str) -> str:
    if figure.startswith(STANDARD):
        return STANDARD_STARTED + figure.removeprefix(STANDARD)
    return STANDARD + figure.removeprefix(STANDARD_STARTED)


def _units(sections: Collection[str], known: Knowledge) -> int:
    """How many groups of classes there are that share no teacher."""
    groups: list[frozenset[str]] = []
    for section in sections:
        teachers = known.of(section)
        joined = [group for group in groups if group & teachers]
        groups = [group for group in groups if not group & teachers]
        groups.append(teachers.union(*joined))
    return len(groups)
