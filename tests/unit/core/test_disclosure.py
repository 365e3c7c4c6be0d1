"""Small groups are not spoken of."""

from plc.core.disclosure import students_shown, teachers_shown


def test_a_class_of_nine_is_suppressed_and_one_of_ten_is_not() -> None:
    assert students_shown(9) == "fewer than 10"
    assert students_shown(10) == "10"


def test_two_unnamed_teachers_are_not_counted_aloud() -> None:
    assert teachers_shown(2) is None
    assert teachers_shown(3) == 3
