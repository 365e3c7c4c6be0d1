"""Which figures may be shown anew, given every figure that was ever shown.

A reader adds and subtracts all figures of all releases. *Values* are what students added; one that comes back
after another is the one it was. An *atom* is the set of values that were in the same cells in the same
releases, which no figure tells apart. Atoms share no value, so a combination of atoms tells of the students
in them and of nobody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from plc.core.derivable import giveaway
from plc.core.disclosure import Floor

# The release that a value or a stay of the latest release ends with.
NEVER: Final = 2**31 - 1
# Dimension and cell of a stay in the whole itself.
_WHOLE: Final = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """In a cell of a dimension, or (both '') the whole, from the release `begins` until that of `ends`."""

    dimension: str
    cell: str
    begins: int
    ends: int


@dataclass(slots=True)
class Atom:
    """Values of one path. `taught` pairs students with their teachers (0 for none), `known_to` has by student
    everyone who knows her results; both are kept only where the people are few."""

    stays: tuple[Stay, ...]
    students: int
    teachers: int
    most_known: int
    most_together: int
    taught: set[tuple[int, int]] = field(default_factory=set)
    known_to: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def is_enough(self, floor: Floor) -> bool:
        """Whether its people are enough by themselves."""
        if self.taught:
            return floor.holds(self.taught, known_to=self.known_to)
        return floor.holds_counts(
            students=self.students,
            teachers=self.teachers,
            most_of_one=self.most_known,
            most_together=self.most_together,
        )

    def holds(self, generation: int) -> bool:
        """Whether the values stood in that release."""
        return self.is_in(_WHOLE, _WHOLE, generation)

    def is_in(self, dimension: str, cell: str, generation: int) -> bool:
        """Whether the values were in that cell in that release."""
        return any(
            stay.dimension == dimension and stay.cell == cell and stay.begins <= generation < stay.ends
            for stay in self.stays
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: a cell of a dimension, or (`dimension` None) the whole, as of a generation.

    `for_all` False: read by leaders only. `fresh`: could be shown now.
    """

    table: str
    dimension: str | None
    cell: str
    generation: int
    fresh: bool = False
    for_all: bool = True


def withdrawn(
    figures: Sequence[Shown], atoms: Sequence[Atom], floor: Floor, *, readers_teach: bool
) -> set[Shown]:
    """The fresh figures of one whole to take back, so that all figures together give nobody away.

    Two readers are held off: one who (`readers_teach`) knows her own students and reads what is for all; and
    a leader, who reads everything. Of the figures that together give too few people away, the fresh one of
    the fewest students goes, the whole last; then everything is looked at again.
    """
    gone: set[Shown] = set()
    of_all = [figure for figure in figures if figure.for_all]
    looks = [(of_all, replace(floor, own_known=readers_teach))]
    if len(of_all) < len(figures):
        looks.append((list(figures), replace(floor, own_known=False)))
    for seen, held in looks:
        audit = _Audit(atoms, held)
        while taken := audit.one_too_many([figure for figure in seen if figure not in gone]):
            gone.add(taken)
    return gone


def too_few(
    figures: Sequence[Shown], atoms: Sequence[Atom], floor: Floor, *, readers_teach: bool
) -> set[Shown]:
    """The figures of one whole that rest on too few people by today's floors, shown under earlier ones."""
    found: set[Shown] = set()
    for for_all in (True, False):
        audit = _Audit(atoms, replace(floor, own_known=readers_teach and for_all))
        found |= {one for one in figures if one.for_all == for_all and not audit.is_enough(one)}
    return found


class _Audit:
    """The sums of one whole, as one reader sees them."""

    def __init__(self, atoms: Sequence[Atom], floor: Floor) -> None:
        self.atoms = atoms
        self.floor = floor
        self.large = {number for number, atom in enumerate(atoms) if atom.is_enough(floor)}
        self.order = sorted(
            range(len(atoms)), key=lambda number: (number not in self.large, -atoms[number].students, number)
        )
        self._sums: dict[Shown, dict[int, int]] = {}

    def one_too_many(self, figures: Sequence[Shown]) -> Shown | None:
        """The fresh figure to take back next, None when all may stand together."""
        fresh = [number for number, figure in enumerate(figures) if figure.fresh]
        given = giveaway(
            [self._sum(figure) for figure in figures],
            order=self.order,
            large=self.large,
            enough=self._enough,
            fresh=fresh,
        )
        if given is None:
            return None
        together = [figures[number] for number in given & set(fresh)]
        return min(together, key=lambda f: (f.dimension is None, self._students(f), f.table, f.cell))

    def is_enough(self, figure: Shown) -> bool:
        """Whether enough people are in it."""
        counted = self._sum(figure)
        return not self.large.isdisjoint(counted) or self._enough(counted)

    def _sum(self, figure: Shown) -> dict[int, int]:
        if figure not in self._sums:
            self._sums[figure] = {
                number: 1
                for number, atom in enumerate(self.atoms)
                if (
                    atom.holds(figure.generation)
                    if figure.dimension is None
                    else atom.is_in(figure.dimension, figure.cell, figure.generation)
                )
            }
        return self._sums[figure]

    def _students(self, figure: Shown) -> int:
        return sum(self.atoms[number].students for number in self._sum(figure))

    def _enough(self, combination: Mapping[int, int]) -> bool:
        taught: set[tuple[int, int]] = set()
        known_to: dict[int, set[int]] = defaultdict(set)
        for number in combination:
            taught |= self.atoms[number].taught
            for student, teachers in self.atoms[number].known_to.items():
                known_to[student] |= teachers
        return self.floor.holds(taught, known_to=known_to)
