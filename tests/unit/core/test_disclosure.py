"""Small groups are not spoken of."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from plc.core.disclosure import Floor, left_without, nobody_dominates, teachers_shown


def classes(*sizes: int) -> set[tuple[int, int]]:
    """Students, each of one teacher, in classes of these sizes."""
    pairs = set()
    for teacher, size in enumerate(sizes, start=1):
        pairs |= {(100 * teacher + student, teacher) for student in range(size)}
    return pairs


def test_two_unnamed_teachers_are_not_counted_aloud() -> None:
    assert teachers_shown(2) is None
    assert teachers_shown(3) == 3


def test_a_class_beside_two_teachers_of_two_children_each_is_that_class() -> None:
    assert not nobody_dominates(classes(28, 2, 2))
    assert not nobody_dominates(classes(28, 9, 1))
    assert nobody_dominates(classes(28, 5, 5))
    assert not nobody_dominates(classes(28, 5, 4))


def test_many_teachers_of_few_students_each_are_enough_together() -> None:
    assert nobody_dominates(classes(*[2] * 20))
    assert nobody_dominates(classes(28, *[2] * 5))


def test_what_a_teacher_reads_holds_without_her_own_and_two_others() -> None:
    floor = Floor(own_known=True)
    assert not floor.holds(classes(20, 20, 2, 2))
    assert floor.holds(classes(20, 20, 5, 5))


def test_who_teach_a_class_together_take_it_together() -> None:
    shared = {(student, teacher) for student in range(28) for teacher in (1, 2)}
    third = {(student, 3) for student in range(28, 40)}
    assert not nobody_dominates(shared | third)
    assert nobody_dominates(shared | third | {(student, 4) for student in range(40, 45)})


@given(
    st.sets(st.tuples(st.integers(1, 14), st.integers(0, 5)), min_size=1),
    st.integers(1, 3),
)
def test_left_without_takes_the_most_that_so_many_have(taught: set[tuple[int, int]], taking: int) -> None:
    students = {student for student, _ in taught}
    teachers = sorted({teacher for _, teacher in taught if teacher})
    left = [
        len(students - {student for student, teacher in taught if teacher in some})
        for some in combinations(teachers, min(taking, len(teachers)))
    ]
    assert left_without(taught, taking=taking) == min(left)
