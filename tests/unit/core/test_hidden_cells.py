"""A hidden cell stays hidden, whatever one subtracts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.core.disclosure import MINIMUM_STUDENTS, bounded_share, hidden_cells, share_shown

counts = st.integers(0, 60)
lists = st.lists(counts, min_size=1, max_size=8)
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=2, max_size=5)
)


def test_a_small_cell_takes_the_next_smallest_with_it() -> None:
    assert hidden_cells([[40, 4, 25, 90]]) == {(0, 1), (0, 2)}


def test_two_small_cells_that_together_are_enough_hide_alone() -> None:
    assert hidden_cells([[40, 4, 25, 9]]) == {(0, 1), (0, 3)}


def test_two_small_cells_that_together_are_still_too_few_take_a_third() -> None:
    assert hidden_cells([[40, 4, 25, 3]]) == {(0, 1), (0, 3), (0, 2)}


def test_an_empty_cell_protects_nobody() -> None:
    assert hidden_cells([[40, 4, 0, 90]]) == {(0, 1), (0, 0)}


def test_nothing_is_hidden_where_every_cell_is_large() -> None:
    assert hidden_cells([[40, 10, 25]]) == frozenset()


def test_a_large_cell_of_too_few_teachers_is_withheld_and_protected_alike() -> None:
    assert hidden_cells([[80, 60, 25]], withheld=[(0, 0)]) == {(0, 0), (0, 2)}


def test_a_cell_two_cycles_leave_determined_is_protected_too() -> None:
    # Two blocks of hidden cells joined by one: every row and column hides at least two, yet the totals fix
    # the joint.
    big = 50
    table = [
        [12, 12, big, big],
        [12, 12, 12, big],
        [big, big, 12, 12],
        [big, big, 12, 12],
    ]
    withheld = [(row, column) for row in range(4) for column in range(4) if table[row][column] == 12]
    assert len(hidden_cells(table, withheld=withheld)) > len(withheld)


def determined(table: list[list[int]], hidden: frozenset[tuple[int, int]]) -> set[tuple[int, int]]:
    """Hidden cells whose value row and column totals fix, by linear algebra: no null vector moves them."""
    cells = sorted(hidden)
    lines = [[1.0 if cell[0] == row else 0.0 for cell in cells] for row in range(len(table))]
    if len(table) > 1:
        lines += [[1.0 if cell[1] == column else 0.0 for cell in cells] for column in range(len(table[0]))]
    if not cells:
        return set()
    _, singular, vectors = np.linalg.svd(np.array(lines))
    free = vectors[int((singular > 1e-9).sum()) :]
    return {cell for place, cell in enumerate(cells) if not (np.abs(free[:, place]) > 1e-9).any()}


def lines_of(table: list[list[int]]) -> list[list[tuple[int, int]]]:
    rows = [[(row, column) for column in range(len(table[0]))] for row in range(len(table))]
    return rows + ([list(column) for column in zip(*rows, strict=True)] if len(table) > 1 else [])


def check(table: list[list[int]], hidden: frozenset[tuple[int, int]]) -> None:
    for row, cells in enumerate(table):
        for column, count in enumerate(cells):
            assert (row, column) in hidden or not 0 < count < MINIMUM_STUDENTS
    for line in lines_of(table):
        people = [cell for cell in line if table[cell[0]][cell[1]] > 0]
        covered = [cell for cell in people if cell in hidden]
        if covered and len(covered) < len(people):
            # What subtraction leaves is at least two cells and at least the minimum of people.
            assert len(covered) >= 2
            assert sum(table[row][column] for row, column in covered) >= MINIMUM_STUDENTS


@given(lists)
def test_no_hidden_cell_of_a_list_follows_from_the_shown_ones_and_the_total(sizes: list[int]) -> None:
    hidden = hidden_cells([sizes])
    check([sizes], hidden)
    everything = {(0, place) for place, count in enumerate(sizes) if count > 0}
    # With one non-empty cell the total is that cell, hidden by its own size.
    assert not determined([sizes], hidden) or (len(everything) == 1 and sum(sizes) < MINIMUM_STUDENTS)


@given(tables)
def test_no_hidden_cell_of_a_table_follows_from_the_shown_ones_and_both_totals(
    table: list[list[int]],
) -> None:
    hidden = hidden_cells(table)
    check(table, hidden)
    left = determined(table, hidden)
    # Where nothing more can be hidden, every filled cell already is.
    assert not left or all(
        (r, c) in hidden or n == 0 for r, row in enumerate(table) for c, n in enumerate(row)
    )


@pytest.mark.parametrize(
    ("share", "students", "words"),
    [
        (0.38, 50, "38 %"),
        (0.0, 12, "20 % or fewer"),
        (1.0, 25, "90 % or more"),
        (0.02, 60, "5 % or fewer"),
        (0.99, 400, "99 %"),
    ],
)
def test_shares_near_none_or_all_are_shown_as_bounds(share: float, students: int, words: str) -> None:
    assert share_shown(share, students=students) == words


@given(st.floats(0, 1), st.integers(10, 1000))
def test_a_bounded_share_never_says_the_same_of_every_student(share: float, students: int) -> None:
    assert 0 < bounded_share(share, students=students) < 1
