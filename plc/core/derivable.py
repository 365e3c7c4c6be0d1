"""What published sums give away: whether adding and subtracting them leaves the part of a few people.

A *part* is a set of people of whom nobody publishes anything apart: those of a cell, or those of a cell who
changed between two releases. A *sum* adds parts up. Everything a reader can work out of sums by adding and
subtracting is their row space; a vector of it that rests on too few people is a *giveaway*.

The arithmetic is modulo a prime, so that it is exact: a minor of such a matrix that is not zero is far
smaller than the prime, as a rule one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from math import comb
from typing import Final, TypeVar

Part = TypeVar("Part", bound=Hashable)

_PRIME: Final = 2**61 - 1
# Ways to combine overlapping vectors that are tried one by one; beyond it they count as a giveaway.
_MOST_COMBINATIONS: Final = 2000


def giveaway(
    sums: Sequence[Mapping[Part, int]],
    *,
    order: Sequence[Part],
    large: Collection[Part],
    enough: Callable[[Mapping[Part, int]], bool],
    fresh: Collection[int],
) -> frozenset[int] | None:
    """The places in `sums`, some of them `fresh`, that together give too few people away; None when none do.

    `order` has every part, the large ones first; a combination with a `large` part rests on enough people
    whatever else is in it. `enough` says whether those of a combination without one are enough.
    """
    fresh_places = frozenset(fresh)
    place = {part: number for number, part in enumerate(order)}
    first_small = sum(1 for part in order if part in large)
    echelon = _echelon([{place[part]: times for part, times in row.items() if times} for row in sums])
    small = {lead: row for lead, row in echelon.items() if lead >= first_small}
    _clear_above(small)
    for group in _overlapping(small):
        for vector, used in _combinations(group):
            if fresh_places & used and not enough({order[number]: times for number, times in vector.items()}):
                return used
    return None


class _Row:
    """A combination of sums: its coefficients by part, and by the sums it is made of."""

    __slots__ = ("parts", "sums")

    def __init__(self, parts: dict[int, int], sums: dict[int, int]) -> None:
        self.parts = parts
        self.sums = sums

    def less(self, other: _Row, times: int) -> None:
        """Take another row off, so many times."""
        for mine, theirs in ((self.parts, other.parts), (self.sums, other.sums)):
            for key, value in theirs.items():
                left = (mine.get(key, 0) - times * value) % _PRIME
                if left:
                    mine[key] = left
                else:
                    mine.pop(key, None)

    def scaled(self, lead: int) -> _Row:
        """The row with 1 at `lead`."""
        inverse = pow(self.parts[lead], -1, _PRIME)
        return _Row(
            {key: value * inverse % _PRIME for key, value in self.parts.items()},
            {key: value * inverse % _PRIME for key, value in self.sums.items()},
        )

    def copy(self) -> _Row:
        return _Row(dict(self.parts), dict(self.sums))


def _echelon(sums: Sequence[dict[int, int]]) -> dict[int, _Row]:
    """Rows by the first part of each, no two with the same: they span what `sums` span."""
    found: dict[int, _Row] = {}
    for number, parts in enumerate(sums):
        row = _Row({part: times % _PRIME for part, times in parts.items()}, {number: 1})
        while row.parts:
            lead = min(row.parts)
            if lead not in found:
                found[lead] = row.scaled(lead)
                break
            row.less(found[lead], row.parts[lead])
    return found


def _clear_above(rows: dict[int, _Row]) -> None:
    """Take each leading part out of every other row."""
    for lead in sorted(rows, reverse=True):
        for other, row in rows.items():
            if other != lead and lead in row.parts:
                row.less(rows[lead], row.parts[lead])


def _overlapping(rows: dict[int, _Row]) -> list[list[_Row]]:
    """Rows in groups that share no part with each other."""
    group_of: dict[int, int] = {}
    groups: dict[int, list[_Row]] = {}
    for number, row in enumerate(rows.values()):
        joined = {group_of[part] for part in row.parts if part in group_of}
        members = [row]
        for old in joined:
            members += groups.pop(old)
        groups[number] = members
        group_of.update((part, number) for member in members for part in member.parts)
    return list(groups.values())


def _combinations(rows: list[_Row]) -> list[tuple[dict[int, int], frozenset[int]]]:
    """Every combination with as few parts as possible, each with the sums it takes.

    Such a combination is fixed, up to a factor, by as many parts it leaves out as there are rows but one.
    """
    found = [(row.parts, frozenset(row.sums)) for row in rows]
    if len(rows) == 1:
        return found
    touched = sorted({part for row in rows for part in row.parts})
    if comb(len(touched), len(rows) - 1) > _MOST_COMBINATIONS:
        # Too many to try: as if each gave someone away, so that less is published.
        return [({}, frozenset(itertools.chain.from_iterable(row.sums for row in rows)))]
    for left_out in itertools.combinations(touched, len(rows) - 1):
        combined = _without(rows, left_out)
        if combined is not None:
            found.append((combined.parts, frozenset(combined.sums)))
    return found


def _without(rows: list[_Row], left_out: tuple[int, ...]) -> _Row | None:
    """The one combination of the rows without these parts; None where they do not fix one."""
    remaining = [row.copy() for row in rows]
    for part in left_out:
        pivot = next((row for row in remaining if part in row.parts), None)
        if pivot is None:
            return None
        remaining.remove(pivot)
        pivot = pivot.scaled(part)
        for row in remaining:
            if part in row.parts:
                row.less(pivot, row.parts[part])
    return remaining[0] if remaining and remaining[0].parts else None
