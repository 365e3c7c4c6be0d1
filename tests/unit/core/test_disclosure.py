"""Small groups are not spoken of."""

from plc.core.disclosure import teachers_shown


def test_two_unnamed_teachers_are_not_counted_aloud() -> None:
    assert teachers_shown(2) is None
    assert teachers_shown(3) == 3
