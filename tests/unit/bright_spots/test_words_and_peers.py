from __future__ import annotations

import numpy as np
import pytest

from plc.bright_spots.labels import NOT_ENOUGH, TOO_FEW_TEACHERS, UNTOLD, label_of
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.peers import PeerStrata, peer_strata
from plc.bright_spots.wording import (
    comparison_words,
    effect_words,
    grade_band,
    headline_words,
    places_among_100,
)

FLAGGED = {
    "enough_students": True, "flagged": True, "probability": 0.9, "sections": 3, "years": 1,
    "consistency": 0.9, "teachers_of_subject": 60,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({}, "consistent bright spot"),
        ({"consistency": 0.79}, "bright spot"),
        ({"consistency": float("nan")}, "bright spot"),
        ({"sections": 2}, "bright spot"),
        ({"sections": 2, "years": 2}, "consistent bright spot"),
        ({"teachers_of_subject": 59}, "early signal"),
        ({"enough_students": False}, "not enough students to tell"),
        ({"settled": False}, "did not settle"),
        ({"settled": False, "enough_students": False}, "not enough students to tell"),
        ({"flagged": False}, ""),
        ({"flagged": False, "sections": 1}, "worth a look"),
        ({"flagged": False, "sections": 1, "probability": 0.74}, ""),
    ],
)
def test_labels_follow_the_table(changed: dict[str, object], label: str) -> None:
    assert label_of(**FLAGGED | changed) == label  # type: ignore[arg-type]


def strata(grades: list[int], teachers: list[int]) -> PeerStrata:
    """Strata of sections of one year, one teacher each."""
    return peer_strata(
        grade=np.array(grades),
        school_year=np.full(len(grades), 2026),
        section=np.arange(len(grades)),
        teacher=np.array(teachers),
    )


def test_a_grade_with_five_teachers_is_its_own_stratum() -> None:
    found = strata([6] * 5 + [7] * 5, list(range(10)))
    assert len(set(found.stratum[:5])) == len(set(found.stratum[5:])) == 1
    assert found.stratum[0] != found.stratum[5]
    assert not found.widened.any()
    assert found.teachers.tolist() == [5, 5]


def test_small_grades_of_a_band_are_joined_and_large_ones_left_alone() -> None:
    found = strata([6] * 3 + [7] * 3 + [8] * 6, list(range(12)))
    assert len(set(found.stratum[:6])) == 1
    assert found.stratum[0] != found.stratum[6]
    assert found.widened.tolist() == [True] * 6 + [False] * 6


def test_a_lone_small_grade_joins_its_whole_band() -> None:
    found = strata([6] * 2 + [8] * 6, list(range(8)))
    assert len(set(found.stratum)) == 1
    assert found.widened.all()


def test_a_small_band_joins_the_whole_subject() -> None:
    found = strata([4] * 2 + [10] * 6, list(range(8)))
    assert len(set(found.stratum)) == 1
    assert found.teachers.tolist() == [8]


def test_one_teacher_with_many_sections_is_still_one_teacher() -> None:
    found = strata([6] * 8, [0] * 8)
    assert found.teachers.tolist() == [1]


def test_no_section_gives_no_stratum() -> None:
    assert len(strata([], []).stratum) == 0


def test_an_effect_becomes_a_place_among_100() -> None:
    assert places_among_100(0.0) == 50
    assert places_among_100(0.30) == 62
    assert places_among_100(9.0) == 99
    assert "62 of 100" in effect_words(0.30, 0.10, 0.50)


@pytest.mark.parametrize(
    ("effect", "lower", "upper", "words"),
    [
        (None, None, None, "Not enough students"),
        (0.05, -0.10, 0.20, "cannot be told apart"),
        (-0.30, -0.50, -0.10, "Many things besides teaching"),
        (0.03, 0.01, 0.05, "A little above"),
    ],
)
def test_words_claim_no_more_than_the_interval(
    effect: float | None, lower: float | None, upper: float | None, words: str
) -> None:
    assert words in effect_words(effect, lower, upper)


def test_without_a_figure_the_words_say_why() -> None:
    said = {label: effect_words(None, None, None, label=label) for label in UNTOLD}
    assert all(words.startswith(f"{label.capitalize()}. ") for label, words in said.items())
    assert "three other teachers" in said[TOO_FEW_TEACHERS]
    assert not [label for label, words in said.items() if "students" in words and label != NOT_ENOUGH]


def test_the_comparison_set_is_said_in_words() -> None:
    expected = "14 classes of 6 teachers, same course and assessments, similar starting points"
    assert comparison_words(sections=14, teachers=6, peers="district") == expected
    assert "of the same school" in comparison_words(sections=14, teachers=6, peers="school")
    assert comparison_words(sections=1, teachers=1, peers="district").startswith("1 class of 1 teacher,")
    assert comparison_words(sections=0, teachers=0, peers="district") == "no other classes yet"


def test_the_headline_says_what_was_looked_at_and_who_is_told_first() -> None:
    line = headline_words(results=10, sections=5, options=ScanOptions(), withheld=("reading: withheld.",))
    assert line.startswith("Looked at 10 results of 5 classes.")
    assert "sees it first" in line
    assert "Up to 10%" in line
    assert "none is normal" in line
    assert line.endswith("reading: withheld.")


def test_grades_fall_into_three_bands() -> None:
    assert [grade_band(grade) for grade in (-1, 5, 6, 8, 9, 12)] == [
        *["elementary grades"] * 2, *["middle grades"] * 2, *["high school"] * 2,
    ]  # fmt: skip


def test_options_survive_being_stored() -> None:
    options = ScanOptions(subject="reading", grades=(6, 7), peers="school", delta=0.15)
    assert ScanOptions.from_json(options.to_json()) == options
    assert ScanOptions.from_json('{"gone": 1, "delta": 0.2}').delta == 0.2
