"""School years and grades as schools write them."""

import pytest

from plc.core.school_year import grade_words, parse_grade, parse_school_year, school_year_words


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("2026", 2026),
        ("2026.0", 2026),
        ("2025-26", 2026),
        ("2025-2026", 2026),
        ("2025/26", 2026),
        ("Fall 2025-2026", 2026),
        ("1999-00", 2000),
    ],
)
def test_a_school_year_is_the_year_it_ends(text: str, ending: int) -> None:
    assert parse_school_year(text) == ending


@pytest.mark.parametrize("text", ["", "2025-27", "25", "last year", "2026-25"])
def test_a_span_that_is_not_one_year_is_not_guessed(text: str) -> None:
    assert parse_school_year(text) is None


def test_a_school_year_reads_back_as_people_say_it() -> None:
    assert school_year_words(2026) == "2025-26"
    assert school_year_words(2000) == "1999-00"


@pytest.mark.parametrize(
    ("text", "grade"),
    [("06", 6), ("6", 6), ("6th", 6), ("Grade 6", 6), ("6th Grade", 6), ("K", 0), ("PK", -1)],
)
def test_a_grade_is_read_as_schools_write_it(text: str, grade: int) -> None:
    assert parse_grade(text) == grade


@pytest.mark.parametrize("text", ["", "six", "99", "A"])
def test_an_unknown_grade_is_not_guessed(text: str) -> None:
    assert parse_grade(text) is None


def test_kindergarten_is_a_word_on_screen() -> None:
    assert grade_words(0) == "kindergarten"
    assert grade_words(6) == "grade 6"
