"""The run chart's rules, on series whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from plc.statistics.run_chart import BASELINE_POINTS, read_run_chart


def test_the_median_is_of_the_points_before_the_change_where_there_are_enough() -> None:
    values = [1.0, 3.0, 2.0, 9.0, 9.0]
    assert read_run_chart(values, baseline=3).median == 2.0
    assert read_run_chart(values, baseline=3).baseline == 3
    few = read_run_chart(values, baseline=BASELINE_POINTS - 1)
    assert (few.median, few.baseline) == (3.0, 0)


def test_six_points_on_one_side_are_a_shift_and_five_are_not() -> None:
    before = [0.0, 1.0, -1.0, 0.5, -0.5, 0.0]
    assert read_run_chart([*before, 2, 3, 2, 3, 2], baseline=6).shifts == ()
    (shift,) = read_run_chart([*before, 2, 3, 2, 3, 2, 3], baseline=6).shifts
    assert (shift.direction, shift.first, shift.last, shift.points) == ("above", 6, 11, 6)


def test_a_point_on_the_median_neither_counts_nor_ends_a_shift() -> None:
    before = [0.0, 1.0, -1.0]
    (shift,) = read_run_chart([*before, -2, -2, 0, -2, -2, -2], baseline=3).shifts
    assert (shift.direction, shift.points) == ("below", 6)
    assert shift.first == 2


def test_five_rising_points_are_a_trend_and_four_are_not() -> None:
    assert read_run_chart([4, 1, 2, 3, 4, 0]).trends == ()
    (trend,) = read_run_chart([4, 1, 2, 3, 4, 5, 0]).trends
    assert (trend.direction, trend.first, trend.last, trend.points) == ("rising", 1, 5, 5)


def test_a_repeated_value_neither_counts_nor_ends_a_trend() -> None:
    (trend,) = read_run_chart([9, 8, 8, 7, 6, 5]).trends
    assert (trend.direction, trend.points, trend.last) == ("falling", 5, 5)


def test_a_series_without_a_number_is_refused() -> None:
    for values in ([], [1.0, float("nan")]):
        with pytest.raises(ValueError, match="numbers only"):
            read_run_chart(values)


def test_chance_alone_gives_a_signal_as_often_as_the_module_says() -> None:
    random = np.random.default_rng(1)
    series = [random.normal(size=12).tolist() for _ in range(4000)]
    own = [read_run_chart(values) for values in series]
    before = [read_run_chart(values, baseline=6) for values in series]
    # Four standard errors of a share of 4,000.
    assert np.mean([bool(chart.shifts) for chart in own]) == pytest.approx(0.0145, abs=0.008)
    assert np.mean([bool(chart.trends) for chart in own]) == pytest.approx(0.112, abs=0.02)
    assert np.mean([bool(chart.shifts) for chart in before]) == pytest.approx(0.149, abs=0.023)
