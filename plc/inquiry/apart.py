"""Of how many people some classes are: classes that share a teacher tell of her alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from plc.core.disclosure import MINIMUM_TEACHERS

# Of so many whom a reader does not know must be what is left beside all she knows: of one, it is hers alone.
LEAST_UNKNOWN: Final = MINIMUM_TEACHERS - 1


def teachers_of(teachers: Mapping[str, frozenset[str]], section_id: str) -> frozenset[str]:
    """The teachers of a class; a class that left the roster is somebody of its own."""
    return teachers.get(section_id) or frozenset({f"of {section_id}"})


def students_of_most(students: Mapping[str, int], teachers_of: Callable[[str], Collection[str]]) -> int:
    """The students of the teacher who has most in these classes."""
    taught = Counter[str]()
    for section, many in students.items():
        taught.update(dict.fromkeys(teachers_of(section), many))
    return max(taught.values(), default=0)


def count_apart(taught: Iterable[Collection[str]]) -> int:
    """How many classes, each given by its teachers, share no teacher with each other.

    Those of fewest teachers are taken first; it may fall short of the most possible, and never beyond.
    """
    taken, count = set[str](), 0
    for teachers in sorted(taught, key=lambda one: (len(one), sorted(one))):
        if taken.isdisjoint(teachers):
            taken.update(teachers)
            count += 1
    return count
