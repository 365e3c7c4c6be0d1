"""Which classes may stand beside the team's line, so that nobody is worked out from it."""

from __future__ import annotations

from plc.inquiry.shown_classes import TeamSection, shown_classes


def section(key: int, *teachers: str, own: bool = False, opened: bool = False) -> TeamSection:
    return TeamSection(key, f"class {key}", frozenset(teachers), " and ".join(teachers), own, own or opened)


ME = section(1, "me", own=True)


def test_one_closed_class_takes_an_opened_one_out_beside_it() -> None:
    sections = [ME, section(2, "b", opened=True), section(3, "c", opened=True), section(4, "d")]
    (shown,) = shown_classes(sections, [{1: 25, 2: 24, 3: 20, 4: 22}])
    assert shown.line
    # The smallest opened class is left out: from the line, mine and b's, only c's and d's together follow.
    assert shown.sections == {2}


def test_where_everybody_opened_every_class_and_the_line_show() -> None:
    sections = [ME, section(2, "b", opened=True), section(3, "c", opened=True)]
    (shown,) = shown_classes(sections, [{1: 25, 2: 24, 3: 20}])
    assert (shown.line, shown.sections) == (True, {2, 3})


def test_two_colleagues_of_whom_one_is_closed_make_no_line() -> None:
    sections = [ME, section(2, "b", opened=True), section(3, "c")]
    (shown,) = shown_classes(sections, [{1: 25, 2: 24, 3: 20}])
    assert (shown.line, shown.sections) == (False, {2})


def test_a_colleague_whose_class_missed_a_test_does_not_leave_another_one_bare() -> None:
    sections = [ME, section(2, "b", opened=True), section(3, "c", opened=True), section(4, "d")]
    both, without_c = {1: 25, 2: 24, 3: 20, 4: 22}, {1: 25, 2: 24, 4: 22}
    first, second = shown_classes(sections, [both, without_c])
    assert first.line
    # Only b and d sat the second test: the line less mine and b's would be d's alone.
    assert not second.line


def test_the_same_class_stays_out_on_every_occasion() -> None:
    sections = [ME, section(2, "b", opened=True), section(3, "c", opened=True), section(4, "d")]
    shown = shown_classes(sections, [{1: 25, 2: 24, 3: 20, 4: 22}, {1: 25, 2: 19, 3: 20, 4: 22}])
    assert [one.sections for one in shown] == [{2}, {2}]


def test_two_classes_of_one_teacher_are_one_unknown() -> None:
    sections = [
        ME,
        section(2, "b", opened=True),
        section(3, "c", opened=True),
        section(4, "d"),
        section(5, "d"),
    ]
    (shown,) = shown_classes(sections, [{1: 25, 2: 24, 3: 20, 4: 22, 5: 23}])
    assert shown.line
    # Hiding both of d's classes hides one person, so one more goes.
    assert len(shown.sections & {2, 3}) == 1


def test_classes_that_share_a_teacher_are_one_unknown() -> None:
    sections = [
        ME, section(2, "b", opened=True), section(3, "c", opened=True), section(4, "d", "e"), section(5, "e"),
    ]  # fmt: skip
    (shown,) = shown_classes(sections, [{1: 25, 2: 24, 3: 20, 4: 22, 5: 23}])
    assert len(shown.sections & {2, 3}) == 1


def test_a_small_opened_class_is_not_shown_and_not_worked_out() -> None:
    sections = [ME, *(section(key, f"t{key}", opened=True) for key in (2, 3, 4))]
    (shown,) = shown_classes(sections, [{1: 25, 2: 6, 3: 20, 4: 22}])
    assert shown.line
    assert shown.sections == {4}


def test_a_coach_without_a_class_sees_the_line_of_three_teachers_and_no_class() -> None:
    sections = [section(key, f"t{key}") for key in (2, 3, 4)]
    (shown,) = shown_classes(sections, [{2: 20, 3: 20, 4: 22}])
    assert (shown.line, shown.sections) == (True, frozenset())
