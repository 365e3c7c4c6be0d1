"""When a team's line may be frozen anew beside every line that was ever shown."""

from __future__ import annotations

from plc.inquiry.line_rules import (
    STARTED,
    THIRDS,
    WHOLE,
    Figures,
    Knowledge,
    Line,
    Reader,
    may_see,
    safe_figures,
)

SIZE = 24


def figures(version: int = 0, *, students: int = SIZE, thirds: dict[str, int] | None = None) -> Figures:
    """A class whose results in every figure are of a version, or by third of versions of their own."""
    return {
        WHOLE: (version, students),
        STARTED: (version, students),
        **{third: ((thirds or {}).get(third, version), students // 3) for third in THIRDS},
    }


def line(classes: str, changed: str = "", **more: Figures) -> Line:
    return Line({**{one: figures(1 if one in changed else 0) for one in classes}, **more})


def known(classes: str, **shared: str) -> Knowledge:
    """Every class has a teacher of its own name, or of the name given."""
    return Knowledge({one: frozenset({shared.get(one, one)}) for one in classes})


def test_a_first_line_needs_three_others_for_each_of_its_teachers() -> None:
    assert safe_figures([], line("abcd"), known("abcd")) == {WHOLE, STARTED, *THIRDS}
    assert safe_figures([], line("abc"), known("abc")) == frozenset()


def test_two_classes_of_one_teacher_are_one_teacher() -> None:
    assert not safe_figures([], line("abcd"), known("abcd", d="c"))


def test_one_late_class_one_leaver_and_one_correction_change_nothing() -> None:
    shown, everyone = [line("abcde")], known("abcdef")
    assert not safe_figures(shown, line("abcdef"), everyone)
    assert not safe_figures(shown, line("abcd"), everyone)
    assert not safe_figures(shown, line("abcde", changed="e"), everyone)


def test_of_three_changed_classes_each_teacher_still_reads_two_so_four_must_change() -> None:
    shown, everyone = [line("abcde")], known("abcde")
    assert not safe_figures(shown, line("abcde", changed="abc"), everyone)
    assert safe_figures(shown, line("abcde", changed="abcd"), everyone)


def test_lines_of_other_teams_count_however_they_are_combined() -> None:
    shown, everyone = [line("abcd"), line("efgh")], known("abcdefgh")
    assert safe_figures(shown, line("abef"), everyone)
    # With abef and abgh less efgh, twice a and b are left, though no two lines differ by so few.
    assert safe_figures(shown, line("abgh"), everyone)
    assert not safe_figures([*shown, line("abef")], line("abgh"), everyone)


def test_a_line_shown_again_is_allowed() -> None:
    assert safe_figures([line("abcd")], line("abcd"), known("abcd"))


def test_thirds_that_differ_in_one_class_stay_as_they_were() -> None:
    moved = {"third 1": 9, "third 2": 9, "third 13": 9, "third 23": 9}
    told = safe_figures([line("abcde")], line("bcde", a=figures(thirds=moved)), known("abcde"))
    assert told == {WHOLE, STARTED}


def test_a_standard_of_few_teachers_is_left_out_and_the_rest_is_shown() -> None:
    only = {one: {**figures(), **({"standard X": (1, SIZE)} if one in "ab" else {})} for one in "abcd"}
    told = safe_figures([], Line(only), known("abcd"))
    assert WHOLE in told
    assert "standard X" not in told


def test_a_standard_needs_its_students_with_a_starting_point_to_be_enough_as_well() -> None:
    some = {
        one: {**figures(), "standard X": (1, SIZE), **({"started X": (1, SIZE)} if one == "a" else {})}
        for one in "abcd"
    }
    assert not {"standard X", "started X"} & safe_figures([], Line(some), known("abcd"))


def test_classes_that_were_seen_count_as_known_also_when_they_are_closed_again() -> None:
    everyone = known("abcd")
    seen = Knowledge(everyone.teachers, seen={"a": frozenset("bc")})
    assert not safe_figures([], line("abcd"), seen)
    still_open = Knowledge(everyone.teachers, seen={"a": frozenset("bc")}, open={"a": frozenset("bcd")})
    assert safe_figures([], line("abcd"), still_open)


def test_of_two_opened_classes_beside_a_closed_one_only_one_may_be_seen() -> None:
    reader = Reader(own=frozenset("a"), open=frozenset("bc"))
    everyone = known("abcd")
    assert may_see("b", [line("abcd")], reader, everyone)
    assert not may_see("bc", [line("abcd")], reader, everyone)
    # Nor may the other one take its place: the first is known for good.
    remembers = Reader(own=frozenset("a"), seen=frozenset("b"), open=frozenset("bc"))
    assert not may_see("c", [line("abcd")], remembers, everyone)


def test_a_class_that_left_the_roster_is_somebody_of_its_own() -> None:
    assert safe_figures([], line("abcd"), known("abc"))


def test_few_students_behind_a_change_make_none() -> None:
    small = {one: figures(students=2) for one in "fghi"}
    assert not safe_figures([line("abcde")], Line({**line("abcde").classes, **small}), known("abcdefghi"))


def test_one_class_and_a_few_children_of_others_make_no_line() -> None:
    few = {one: figures(students=1) for one in "cd"}
    assert not safe_figures([], line("ab", **few), known("abcd"))
    # Nor do they hide a late class beside a line of others.
    many = {one: figures(students=3) for one in "fghi"}
    assert not safe_figures([line("abcd")], line("abcde", **many), known("abcdefghi"))


def test_a_line_rests_on_ten_students_beside_the_teacher_of_most_and_five_of_each() -> None:
    for students, enough in ((4, False), (5, True)):
        small = {one: figures(students=students) for one in "cd"}
        # By third these are 1 and 1, so that thirds are left out in any case.
        assert safe_figures([], line("ab", **small), known("abcd")) == ({WHOLE, STARTED} if enough else set())
    of_one = {one: figures(students=5) for one in "cde"}
    assert not safe_figures([], line("a", b=figures(students=5), **of_one), known("abcde", d="c", e="c"))


def test_by_third_five_students_beside_the_teacher_of_most_are_asked_for_and_classes_count_with_any() -> None:
    for students, enough in ((2, False), (3, True)):
        of_some = {one: {**figures(), **dict.fromkeys(THIRDS, (0, students))} for one in "cd"}
        whole = {"b": {**figures(), **dict.fromkeys(THIRDS, (0, 8))}, **of_some}
        told = safe_figures([], line("a", **whole), known("abcd"))
        assert told == {WHOLE, STARTED, *(THIRDS if enough else ())}
