"""The pool agrees with metafor on its two published examples, to the digits its documentation prints."""

import math
from pathlib import Path

import numpy as np
import pytest

from plc.statistics.between_tests import Method, between_tests_interval, between_tests_variance, effects_of
from plc.statistics.random_effects import (
    Interval,
    half_width,
    prediction_interval,
    random_effects,
    shrunken_effects,
    widths,
)

FIXTURES = Path("tests/fixtures/pooling")
Z, HKSJ = Interval.NORMAL, Interval.KNAPP_HARTUNG


def bcg() -> tuple[np.ndarray, np.ndarray]:
    """Log risk ratios of tuberculosis after vaccination, and their variances (dat.bcg of metadat)."""
    a, b, c, d = np.loadtxt(FIXTURES / "bcg.csv", delimiter=",", skiprows=1).T
    return np.log(a / (a + b)) - np.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def raudenbush() -> tuple[np.ndarray, np.ndarray]:
    """Effects of teachers' expectations on pupils' IQ (Handbook of Research Synthesis, table 16.3)."""
    effect, variance = np.loadtxt(FIXTURES / "raudenbush1985.csv", delimiter=",", skiprows=1).T
    return effect, variance


def printed(*digits: str) -> list[object]:
    """Values equal to those printed, within half a unit of the last digit printed and a rounding error."""
    return [pytest.approx(float(text), abs=0.51 * 10 ** -len(text.partition(".")[2])) for text in digits]


def test_the_bcg_effects_and_their_scatter_are_those_printed() -> None:
    effect, variance = bcg()
    pool = random_effects(effect, variance)
    assert [effect[0], variance[0], pool.statistic] == printed("-0.889311", "0.325585", "152.2330")
    assert pool.h_squared == pytest.approx(152.2330 / 12, abs=1e-4)
    assert pool.heterogeneity < 1e-20


@pytest.mark.parametrize(
    ("method", "tau_squared", "mean", "error"),
    [
        (Method.DERSIMONIAN_LAIRD, ".308760", "-.714117", ".178742"),
        (Method.REML, ".313243", "-.714532", ".179782"),
    ],
)
def test_the_bcg_pool_is_that_printed(method: Method, tau_squared: str, mean: str, error: str) -> None:
    pool = random_effects(*bcg(), method=method, interval=Z)
    assert [pool.tau_squared, pool.mean, pool.standard_error] == printed(tau_squared, mean, error)


def test_the_bcg_dersimonian_laird_intervals_are_those_printed() -> None:
    pool = random_effects(*bcg(), method=Method.DERSIMONIAN_LAIRD, interval=Z)
    assert [pool.lower, pool.upper, 100 * pool.i_squared] == printed("-1.064445", "-.363789", "92.1173")
    assert list(prediction_interval(pool, degrees=math.inf)) == printed("-1.858154", ".429919")


def test_the_bcg_reml_intervals_are_those_printed() -> None:
    pool = random_effects(*bcg(), interval=Z)
    assert [pool.lower, pool.upper, 100 * pool.i_squared] == printed("-1.066898", "-.362167", "92.2214")
    assert pool.tau_squared_error == pytest.approx(0.166426, abs=2e-6)
    assert list(prediction_interval(pool, degrees=math.inf)) == printed("-1.866692", ".437628")
    assert list(between_tests_interval(*bcg())) == printed(".1197", "1.1115")


def test_the_bcg_paule_mandel_root_is_exact() -> None:
    """metafor stops at .318094, which its documentation prints with the mean and error that follow."""
    pool = random_effects(*bcg(), method=Method.PAULE_MANDEL, interval=Z)
    assert pool.tau_squared == printed(".318068")[0]
    assert pool.mean == pytest.approx(-0.714970, abs=5e-6)
    assert pool.standard_error == pytest.approx(0.180898, abs=1e-5)


def test_the_expectancy_paule_mandel_root_is_exact() -> None:
    """metafor stops at .051758; at the root, Q is exactly its expectation."""
    effect, variance = raudenbush()
    pool = random_effects(effect, variance, method=Method.PAULE_MANDEL, interval=Z)
    assert effects_of(effect, variance).scatter(pool.tau_squared) == pytest.approx(18, abs=1e-9)
    assert [pool.tau_squared, pool.mean, pool.standard_error] == pytest.approx(
        [0.051758, 0.103950, 0.068202], abs=2e-5
    )


def test_the_bcg_knapp_hartung_interval_is_that_printed() -> None:
    pool = random_effects(*bcg(), interval=HKSJ)
    assert [pool.standard_error, pool.lower, pool.upper] == printed(".180792", "-1.108444", "-.320621")
    assert pool.probability == printed(".00192")[0]
    assert list(prediction_interval(pool, degrees=12)) == printed("-1.996017", ".566952")
    paule_mandel = random_effects(*bcg(), method=Method.PAULE_MANDEL, interval=HKSJ)
    assert paule_mandel.standard_error == pytest.approx(0.180893, abs=2e-6)
    assert [paule_mandel.lower, paule_mandel.upper] == pytest.approx([-1.109102, -0.320839], abs=1e-5)


@pytest.mark.parametrize(
    ("method", "tau_squared", "mean", "error"),
    [
        (Method.EQUAL, "0", ".0604", ".0365"),
        (Method.DERSIMONIAN_LAIRD, ".0259", ".0893", ".0558"),
        (Method.REML, ".0188", ".0837", ".0516"),
    ],
)
def test_the_expectancy_pool_is_that_printed(method: Method, tau_squared: str, mean: str, error: str) -> None:
    pool = random_effects(*raudenbush(), method=method, interval=Z)
    assert [pool.tau_squared, pool.mean, pool.standard_error] == printed(tau_squared, mean, error)


def test_the_expectancy_example_has_the_printed_scatter_intervals_and_first_prediction() -> None:
    effect, variance = raudenbush()
    pool = random_effects(effect, variance, interval=Z)
    assert [pool.statistic, pool.lower, pool.upper] == printed("35.8295", "-.0175", ".1849")
    hedges = random_effects(effect, variance, method=Method.HEDGES)
    assert [hedges.tau_squared, hedges.mean] == printed(".0804", ".1143")
    robust = random_effects(effect, variance, interval=HKSJ)
    assert [robust.standard_error, robust.lower, robust.upper] == printed(".0616", "-.0457", ".2131")
    # metafor's REML stops within 1e-5 of the root, which moves the fourth digit of this probability.
    assert robust.probability == pytest.approx(0.1908, abs=1e-4)
    shrunken, error = shrunken_effects(effect, variance, pool)
    assert shrunken[0] == printed(".0543")[0]
    reach = 1.959964 * error[0]
    assert [shrunken[0] - reach, shrunken[0] + reach] == printed("-.1324", ".2411")


def test_three_tests_of_a_practice_are_pooled_as_printed() -> None:
    pool = random_effects(np.array([0.25, 0.05, 0.12]), np.array([0.12, 0.10, 0.15]) ** 2)
    assert pool.tau_squared == 0
    assert [pool.mean, pool.standard_error, pool.lower, pool.upper] == printed(
        ".1295", ".0620", "-.137", ".396"
    )


def test_a_floored_interval_is_never_narrower_than_the_tests_own_errors_allow() -> None:
    effect, variance = np.array([0.10, 0.11, 0.10, 0.11]), np.full(4, 0.01)
    plain = random_effects(effect, variance)
    floored = random_effects(effect, variance, interval=Interval.FLOORED)
    assert plain.standard_error < 0.01
    assert floored.standard_error == pytest.approx(0.05)
    assert floored.lower < 0 < plain.lower


def test_one_test_leaves_the_interval_open() -> None:
    pool = random_effects(np.array([0.2]), np.array([0.01]))
    assert (pool.mean, pool.tau_squared, pool.weight.tolist()) == (0.2, 0.0, [1.0])
    assert math.isinf(pool.upper)
    assert pool.probability == 1.0
    assert between_tests_interval(np.array([0.2]), np.array([0.01])) == (0.0, math.inf)
    assert math.isinf(prediction_interval(pool)[1])


def test_a_prediction_with_k_minus_two_degrees_is_the_wider_one() -> None:
    pool = random_effects(*raudenbush())
    wide, narrow = prediction_interval(pool), prediction_interval(pool, degrees=len(pool) - 1)
    assert wide[0] < narrow[0] < pool.lower < pool.upper < narrow[1] < wide[1]


def test_half_widths_of_several_intervals_are_those_of_each() -> None:
    degrees = np.array([2.0, 12.0, math.inf])
    each = [half_width(0.1, degrees=one, level=0.95) for one in degrees.tolist()]
    assert widths(np.full(3, 0.1), degrees, level=0.95).tolist() == pytest.approx(each)
    assert each[2] == pytest.approx(0.196, abs=1e-4)


def test_reml_is_the_top_of_the_restricted_likelihood() -> None:
    """Against the likelihood written out with dense matrices."""
    effect, variance = raudenbush()

    def likelihood(tau_squared: float) -> float:
        sigma = np.diag(variance + tau_squared)
        inverse, one = np.linalg.inv(sigma), np.ones(len(effect))
        rest = effect - one @ inverse @ effect / (one @ inverse @ one)
        return -0.5 * float(np.linalg.slogdet(sigma)[1] + np.log(one @ inverse @ one) + rest @ inverse @ rest)

    found = between_tests_variance(effect, variance)
    assert likelihood(found) >= max(likelihood(found * factor) for factor in (0.5, 0.98, 1.02, 2.0))


@pytest.mark.parametrize(
    ("effect", "variance"),
    [([], []), ([0.1], [0.0]), ([0.1], [-1.0]), ([math.nan], [0.1]), ([0.1, 0.2], [0.1])],
)
def test_a_variance_that_is_none_is_refused(effect: list[float], variance: list[float]) -> None:
    with pytest.raises(ValueError, match=r"variance"):
        random_effects(np.array(effect), np.array(variance))
