"""The closed form of adequate growth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from plc.statistics.adequate_growth import (
    adequate_growth_percentile,
    adequate_growth_quantile,
    percentile_quantiles,
)
from plc.statistics.shares import share_interval


def test_one_sd_behind_needs_the_64th_percentile_for_three_years() -> None:
    assert adequate_growth_quantile(-1.0, 0.0, correlation=0.8, years=3) == pytest.approx(0.3497, abs=5e-5)
    assert adequate_growth_percentile(-1.0, 0.0, correlation=0.8, years=3) == pytest.approx(63.7, abs=0.05)


@given(st.floats(-3, 3), st.floats(-2, 2), st.floats(0.3, 0.95), st.integers(1, 5))
def test_growing_at_the_adequate_quantile_ends_exactly_at_the_cut(
    z: float, cut: float, r: float, years: int
) -> None:
    q = float(adequate_growth_quantile(z, cut, correlation=r, years=years))
    for _ in range(years):
        z = r * z + np.sqrt(1 - r * r) * q
    assert z == pytest.approx(cut, abs=1e-9)


def test_a_student_further_behind_needs_more_growth() -> None:
    needed = adequate_growth_percentile(np.array([-2.0, -1.0, 0.0, 1.0]), 0.0)
    assert (np.diff(needed) < 0).all()


@pytest.mark.parametrize(("correlation", "years"), [(1.0, 3), (0.0, 3), (0.8, 0)])
def test_a_form_without_a_value_is_refused(correlation: float, years: int) -> None:
    with pytest.raises(ValueError, match="correlation"):
        adequate_growth_quantile(-1.0, 0.0, correlation=correlation, years=years)


def test_every_whole_percentile_has_its_quantile() -> None:
    table = percentile_quantiles()
    assert len(table) == 99
    assert table[50 - 1] == pytest.approx(0)
    assert table[84 - 1] == pytest.approx(norm.ppf(0.84))


def test_wilsons_interval_worked_by_hand() -> None:
    # 8 of 20 at 90 %, z^2 = 2.7055: centre (.4 + .0676)/1.1353, half 1.6449 sqrt(.012 + .00169)/1.1353
    lower, upper = share_interval(8, 20)
    assert (float(lower), float(upper)) == pytest.approx((0.4119 - 0.1696, 0.4119 + 0.1696), abs=3e-4)
    assert [float(end) for end in share_interval(0, 0)] == [0, 1]
