"""What sums give away, by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from plc.core.derivable import giveaway

PEOPLE = {"a": 3, "b": 4, "c": 30, "d": 40, "e": 5}


def told(*sums: Sequence[str], minimum: int = 10) -> frozenset[int] | None:
    """Which of the sums, written as their parts, together tell of fewer people than the minimum."""
    parts = sorted({part for row in sums for part in row}, key=lambda part: -PEOPLE[part])

    def enough(combination: Mapping[str, int]) -> bool:
        return sum(PEOPLE[part] for part in combination) >= minimum

    large = {part for part in parts if PEOPLE[part] >= minimum}
    return giveaway(
        [dict.fromkeys(row, 1) for row in sums],
        order=parts,
        large=large,
        enough=enough,
        fresh=range(len(sums)),
    )


def test_a_small_part_shown_by_itself_is_given_away() -> None:
    assert told("c", "a") == {1}


def test_a_total_less_all_others_gives_the_small_part_away() -> None:
    assert told("acd", "c", "d") == {0, 1, 2}


def test_two_small_parts_that_only_show_together_hide_each_other_when_they_are_enough() -> None:
    assert told("abcd", "c", "d") is not None
    assert told("abecd", "c", "d") is None


def test_a_hidden_large_part_protects_a_hidden_small_one() -> None:
    assert told("acd", "d") is None


def test_a_small_part_that_several_sums_leave_over_is_found() -> None:
    assert told("ac", "cd", "d") == {0, 1, 2}


def test_overlapping_small_sums_are_combined() -> None:
    """a+e and e+b are 8 and 9 people; their difference speaks of a and b alone, which are 7."""
    assert told("ae", "eb", minimum=8) is not None
    assert told("ae", "eb", minimum=7) is None


def test_only_fresh_sums_are_named() -> None:
    parts = ["c", "a"]
    sums = [{"c": 1}, {"a": 1}]
    assert giveaway(sums, order=parts, large={"c"}, enough=lambda _: False, fresh=[0]) is None


@pytest.mark.parametrize("times", [2, 3, 7])
def test_a_multiple_is_as_good_as_the_part(times: int) -> None:
    found = giveaway([{"a": times}], order=["a"], large=(), enough=lambda _: False, fresh=[0])
    assert found == {0}
