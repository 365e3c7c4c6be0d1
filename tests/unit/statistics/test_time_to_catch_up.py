"""Kaplan and Meier by hand, with students who leave."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.statistics.time_to_catch_up import kaplan_meier


def test_a_censored_table_worked_by_hand() -> None:
    # Of 20 behind, 5 catch up in year 1 and 3 leave; of 12, 3 and 4 in year 2; of 5, 1 and 4 in year 3.
    curve = kaplan_meier(np.array([5, 3, 1]), np.array([3, 4, 4]))
    assert curve.at_risk.tolist() == [20, 12, 5]
    # S = 15/20 = .75; x 9/12 = .5625; x 4/5 = .45
    assert curve.share == pytest.approx([0.25, 0.4375, 0.55])


def test_the_interval_is_greenwoods_on_the_log_minus_log_scale() -> None:
    curve = kaplan_meier(np.array([5, 3]), np.array([3, 9]))
    # Greenwood at year 2: 5/(20*15) + 3/(12*9); ln S = ln .5625 = -.575364
    error = np.sqrt(5 / 300 + 3 / 108) / 0.575364
    assert curve.lower[1] == pytest.approx(1 - 0.5625 ** np.exp(-1.644854 * error), abs=1e-6)
    assert curve.upper[1] == pytest.approx(1 - 0.5625 ** np.exp(1.644854 * error), abs=1e-6)


def test_leavers_of_a_year_count_as_at_risk_in_it_and_not_after() -> None:
    all_stay = kaplan_meier(np.array([5.0, 5.0]), np.array([0.0, 10.0]))
    some_leave = kaplan_meier(np.array([5.0, 5.0]), np.array([5.0, 5.0]))
    assert some_leave.share[0] == all_stay.share[0]
    assert some_leave.share[1] > all_stay.share[1]


def test_nobody_catching_up_is_zero_with_an_upper_bound() -> None:
    curve = kaplan_meier(np.array([0.0]), np.array([10.0]))
    assert curve.share[0] == 0
    assert curve.lower[0] == 0
    assert curve.upper[0] == pytest.approx(1 - 0.05 ** (1 / 10))


def test_years_nobody_was_followed_are_cut_off() -> None:
    assert len(kaplan_meier(np.array([3.0, 0.0, 0.0]), np.array([1.0, 0.0, 0.0]))) == 1


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="count"):
        kaplan_meier(np.array([-1.0]), np.array([2.0]))


counts = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6)


@given(counts)
def test_shares_rise_within_zero_and_one_and_inside_their_interval(table: list[tuple[int, int]]) -> None:
    caught_up, leavers = (np.array(column, dtype=float) for column in zip(*table, strict=True))
    curve = kaplan_meier(caught_up, leavers)
    assert (np.diff(curve.share) >= -1e-12).all()
    assert ((curve.lower >= 0) & (curve.upper <= 1)).all()
    assert ((curve.lower <= curve.share + 1e-12) & (curve.share <= curve.upper + 1e-12)).all()
