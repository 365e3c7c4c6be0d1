"""The only place that decides whether a group is large enough to be spoken of.

Sources: minimum group sizes of US states run from 5 to 30 with 10 the most
common (NCES 2011-603); a figure about fewer than three teachers lets each of
two infer the other's.
"""

from __future__ import annotations

import os
import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from pathlib import Path
from typing import Final

# The most common floor of US states, the lowest one in use, and the highest (NCES 2011-603).
USUAL_MINIMUM: Final = 10
LOWEST_MINIMUM: Final = 5
HIGHEST_MINIMUM: Final = 30

MINIMUM_SETTING: Final = "minimum_students"


def stated_minimum(environment: str | None, settings_file: Path) -> int:
    """The district's floor: environment before file, as every setting; the usual one where none is stated.

    A floor outside the bounds is no floor: the usual one holds, and `plc.settings` refuses to start with
    the sentence that says why. Read here, without the settings, so that no figure can be made before it.
    """
    stated: object = environment
    if stated is None and settings_file.is_file():
        try:
            stated = tomllib.loads(settings_file.read_text(encoding="utf-8")).get(MINIMUM_SETTING)
        except (OSError, ValueError):
            return USUAL_MINIMUM
    try:
        minimum = int(str(stated))
    except ValueError:
        return USUAL_MINIMUM
    return minimum if LOWEST_MINIMUM <= minimum <= HIGHEST_MINIMUM else USUAL_MINIMUM


# Students behind any figure outside the viewer's own class; constant while the program runs.
MINIMUM_STUDENTS: Final = stated_minimum(os.environ.get(f"PLC_{MINIMUM_SETTING.upper()}"), Path("plc.toml"))
# Teachers behind any count that does not name them.
MINIMUM_TEACHERS: Final = 3

# Digits behind the point of a figure in SD or of a share, wherever it leaves the program: what is said of it.
# Standard errors of a class are some 0.05 SD and more; further digits only help whoever subtracts two looks.
TOLD_DIGITS: Final = 2

NOT_ENOUGH_STUDENTS = "not enough students to tell"


def left_without(taught: Collection[tuple[int, int]], *, taking: int) -> int:
    """How many students are left at least when any `taking` teachers take theirs away.

    `taught` pairs students with their teachers (0 for none). Who teach a class together take it once.
    """
    of_teacher: defaultdict[int, set[int]] = defaultdict(set)
    for student, teacher in taught:
        if teacher:
            of_teacher[teacher].add(student)
    largest = sorted(of_teacher.values(), key=len, reverse=True)
    most = 0

    def take(taken: set[int], first: int, more: int) -> None:
        nonlocal most
        most = max(most, len(taken))
        for place in range(first, len(largest) if more else first):
            if len(taken) + sum(map(len, largest[place : place + more])) <= most:
                return
            take(taken | largest[place], place + 1, more - 1)

    take(set(), 0, taking)
    return len({student for student, _ in taught}) - most


def nobody_dominates(
    taught: Collection[tuple[int, int]],
    *,
    students: int = MINIMUM_STUDENTS,
    teachers: int = MINIMUM_TEACHERS,
    each: int = LOWEST_MINIMUM,
) -> bool:
    """Whether a figure over these pairs of student and teacher (0 for none) is nearly nobody's own.

    `students` are left when any one teacher takes hers away, and `each` when any `teachers - 1` do: three
    teachers with two students each beside a class are that class. The dominance rules of official statistics
    (a unit, or k units, that have nearly all of a total; Cox 1981, J Stat Plan Inference 5:153; Hundepool et
    al. 2012, Statistical Disclosure Control, ch. 4), in numbers of students.
    """
    return (
        len({teacher for _, teacher in taught if teacher}) >= teachers
        and left_without(taught, taking=1) >= students
        and left_without(taught, taking=teachers - 1) >= each
    )


@dataclass(frozen=True, slots=True)
class Floor:
    """How many people must stand behind a figure that crosses a team or school (see `nobody_dominates`).

    Where `own_known`, its readers teach: what is left when any one teacher takes her own students away must
    be of so many other teachers.
    """

    students: int = MINIMUM_STUDENTS
    teachers: int = MINIMUM_TEACHERS
    own_known: bool = False
    each: int = LOWEST_MINIMUM

    @property
    def all_teachers(self) -> int:
        """How many teachers there must be, with the reader."""
        return self.teachers + (1 if self.own_known else 0)

    def holds(
        self, taught: Collection[tuple[int, int]], *, known_to: Mapping[int, Collection[int]] | None = None
    ) -> bool:
        """Whether these pairs of student and teacher (0 for none) are enough people.

        `known_to` has, by student, every teacher who knows her results, where more than those do.
        """
        wanted = self.all_teachers
        if len({teacher for _, teacher in taught if teacher}) < wanted:
            return False
        knowing = set(taught)
        if self.own_known:
            knowing |= {
                (student, teacher) for student, _ in taught for teacher in (known_to or {}).get(student, ())
            }
        return nobody_dominates(knowing, students=self.students, teachers=wanted, each=self.each)

    def holds_counts(
        self, *, students: int, teachers: int, most_of_one: int, most_together: int | None = None
    ) -> bool:
        """`holds` from counts: of students, of their teachers, and of one teacher's students at most.

        `most_together` are the students of the `all_teachers - 1` teachers who have most, None where
        `teachers` counts those of `each` students only.
        """
        return (
            students - most_of_one >= self.students
            and teachers >= self.all_teachers
            and (most_together is None or students - most_together >= self.each)
        )


def in_two_digits(value: float) -> float:
    """A variance or coefficient of everybody's results as it is told; further digits are for subtracting."""
    return round(value, 1 - floor(log10(abs(value)))) if value else 0.0


# Behind what every teacher may read of everybody's results, whichever of them are her own students'.
FLOOR_FOR_TEACHERS: Final = Floor(own_known=True)


def teachers_shown(teachers: int) -> int | None:
    """A count of unnamed teachers, or None where it would point at one of them."""
    return teachers if teachers >= MINIMUM_TEACHERS else None


def hidden_cells(
    counts: Sequence[Sequence[int]],
    *,
    withheld: Collection[tuple[int, int]] = (),
    minimum: int = MINIMUM_STUDENTS,
) -> frozenset[tuple[int, int]]:
    """The cells `(row, column)` of a table to hide so that none can be computed from the rest.

    `counts` are the people behind each cell; row totals are taken as published, and column totals too
    where there is more than one row. A cell below `minimum` or in `withheld` is hidden. Then, until
    nothing changes: a line whose hidden cells are one, or hold fewer than `minimum` people together,
    loses its next smallest cell as well, and so does the row of a hidden cell that the totals still
    determine. An empty cell hides nobody and protects nobody. Where a whole line is hidden and still too
    small, its total is below the minimum and hidden by the same rule.
    """
    size = {
        (row, column): count
        for row, cells in enumerate(counts)
        for column, count in enumerate(cells)
        if count > 0
    }
    hidden = {cell for cell, count in size.items() if count < minimum} | (set(withheld) & size.keys())
    lines = [{cell for cell in size if cell[0] == row} for row in range(len(counts))]
    if len(counts) > 1:
        lines += [{cell for cell in size if cell[1] == column} for column in {column for _, column in size}]
    while more := _next_to_hide(size, hidden, lines, minimum, two_way=len(counts) > 1):
        hidden.add(more)
    return frozenset(hidden)


def _next_to_hide(
    size: dict[tuple[int, int], int],
    hidden: set[tuple[int, int]],
    lines: list[set[tuple[int, int]]],
    minimum: int,
    *,
    two_way: bool,
) -> tuple[int, int] | None:
    for line in lines:
        covered, shown = line & hidden, line - hidden
        if covered and shown and (len(covered) < 2 or sum(size[cell] for cell in covered) < minimum):
            return min(shown, key=lambda cell: (size[cell], cell))
    for cell in sorted(hidden) if two_way else ():
        if _determined(cell, hidden):
            shown = {
                other for line in lines if cell in line for other in line
            } - hidden or size.keys() - hidden
            if shown:
                return min(shown, key=lambda other: (size[other], other))
    return None


def _determined(cell: tuple[int, int], hidden: set[tuple[int, int]]) -> bool:
    """Whether row and column totals fix a hidden cell: it lies on no cycle of hidden cells.

    Hidden cells are edges between rows and columns; adding and subtracting along a cycle changes
    its cells and no total, so a cell off every cycle has one possible value (Gusfield 1988,
    SIAM J Comput 17:552).
    """
    row, column = cell
    reached, frontier = {("row", row)}, [("row", row)]
    while frontier:
        side, place = frontier.pop()
        for other in hidden - {cell}:
            if other[0 if side == "row" else 1] == place:
                end = ("column", other[1]) if side == "row" else ("row", other[0])
                if end not in reached:
                    reached.add(end)
                    frontier.append(end)
    return ("column", column) not in reached


# Shares near none or all say the same of every student, so they are shown as bounds, by students behind them:
# US states' coding of published percentages (fewer students, wider bounds).
_BOUNDS = ((300, 0.01), (100, 0.02), (40, 0.05), (20, 0.10), (0, 0.20))


def bounded_share(share: float, *, students: int) -> float:
    """A share moved to the nearest that may be shown for this many students."""
    bound = next(bound for least, bound in _BOUNDS if students >= least)
    return min(max(share, bound), 1 - bound)


def share_shown(share: float, *, students: int) -> str:
    """`38 %`, or `5 % or fewer`, `95 % or more` where the exact figure would speak of every student."""
    bounded = bounded_share(share, students=students)
    words = f"{100 * bounded:.0f} %"
    if share < bounded:
        return f"{words} or fewer"
    return f"{words} or more" if share > bounded else words
