"""How many classes of some are of different people: classes that share a teacher tell of her alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable


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
