"""Growth in years of typical growth."""

import numpy as np
import pytest

from plc.statistics.years_of_growth import (
    group_years_of_growth,
    growth_in_years,
    subject_family,
    typical_gain,
)


def test_a_student_who_keeps_her_standing_grew_one_year() -> None:
    assert growth_in_years(0.0, 0.52) == 1


def test_moving_up_by_half_a_typical_gain_is_a_year_and_a_half() -> None:
    gain = typical_gain("mathematics", to_grade=4)
    assert gain == 0.52
    assert growth_in_years(0.26, gain) == pytest.approx(1.5)


@pytest.mark.parametrize("grade", [0, 9, 12])
def test_no_years_are_claimed_above_grade_8_or_before_grade_1(grade: int) -> None:
    assert typical_gain("reading", to_grade=grade) is None


@pytest.mark.parametrize(
    ("subject", "family"),
    [
        ("mathematics", "mathematics"),
        ("Math 6", "mathematics"),
        ("reading", "reading"),
        ("english language arts", "reading"),
        ("science", None),
    ],
)
def test_subjects_find_their_column_or_none(subject: str, family: str | None) -> None:
    assert subject_family(subject) == family


def test_schools_are_drawn_to_their_mean_and_a_fast_one_is_told() -> None:
    rng = np.random.default_rng(8)
    unit = np.repeat(np.arange(40), 6)
    true = np.where(np.arange(40) == 7, 1.7, 1.0)
    years = true[unit] + rng.normal(0, np.sqrt(0.04 + 1.0 / 60), 240)
    growth = group_years_of_growth(unit, np.full(240, 60.0), years, np.full(240, 1.0), units=40)
    assert growth.probability[7] >= 0.75
    assert (np.delete(growth.probability, 7) < 0.75).all()
    raw = np.array([years[unit == j].mean() for j in range(40)])
    assert np.abs(growth.mean - growth.mean.mean()).max() < np.abs(raw - raw.mean()).max()


def test_schools_that_grow_alike_are_all_told_the_same() -> None:
    growth = group_years_of_growth(
        np.array([0, 1, 2]), np.full(3, 30.0), np.array([1.0, 1.05, 0.95]), np.full(3, 4.0), units=3
    )
    assert growth.mean == pytest.approx([1, 1, 1], abs=0.05)
    assert (growth.probability < 0.2).all()
    assert (growth.sd > 0.05).all()
