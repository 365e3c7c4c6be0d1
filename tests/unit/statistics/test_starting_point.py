from __future__ import annotations

import numpy as np
import pytest

from plc.statistics.starting_point import LEAST_LAMBDA, StartingPointSums, calibrate_starting_points


def sums_of(
    x: list[np.ndarray], *, reliability: float = 0.88, school: list[int] | None = None
) -> StartingPointSums:
    """Sums of raw z-scores, one array per section, all in one stratum."""
    return StartingPointSums(
        students=np.array([len(section) for section in x], dtype=float),
        total=np.array([section.sum() for section in x]),
        square=np.array([(section**2).sum() for section in x]),
        error_variance=np.array([(1 - reliability) * len(section) for section in x]),
        stratum=np.zeros(len(x), dtype=np.intp),
        school=np.array(school or [0] * len(x)),
    )


def tracked_classes(
    sections: int = 400, students: int = 24, seed: int = 2
) -> tuple[list[np.ndarray], np.ndarray]:
    """Observed starting points per section, true section means; reliability .88, between variance .3."""
    rng = np.random.default_rng(seed)
    means = np.sqrt(0.30) * rng.standard_normal(sections)
    true = means[:, None] + np.sqrt(0.58) * rng.standard_normal((sections, students))
    observed = true + np.sqrt(0.12) * rng.standard_normal((sections, students))
    return list(observed), true.mean(axis=1)


def test_the_within_variance_is_that_inside_classes() -> None:
    observed, _ = tracked_classes()
    pooled = np.mean([section.var(ddof=1) for section in observed])
    calibration = calibrate_starting_points(sums_of(observed))
    assert calibration.within_variance == pytest.approx(pooled / calibration.peer_sd[0] ** 2, rel=0.01)


def test_kappa_is_the_ratio_of_within_to_between_variance() -> None:
    observed, _ = tracked_classes()
    assert calibrate_starting_points(sums_of(observed)).kappa == pytest.approx(0.70 / 0.30, rel=0.2)


def test_section_means_are_the_best_guess_of_the_true_ones() -> None:
    """Regression of truth on the guess has slope 1: its error is no longer related to it."""
    observed, true = tracked_classes(sections=3000, students=12)
    calibration = calibrate_starting_points(sums_of(observed))
    guess = calibration.section_mean * calibration.peer_sd + calibration.peer_mean
    assert np.polyfit(guess, true, 1)[0] == pytest.approx(1.0, abs=0.02)


def test_the_error_left_in_a_section_mean_is_what_simulation_shows() -> None:
    """mx_c = a (truth + error) + rest: the error's share is a^2 s_m^2/n."""
    rng = np.random.default_rng(3)
    observed, _ = tracked_classes()
    first = calibrate_starting_points(sums_of(observed))
    noise = [section + 0.5 * rng.standard_normal() for section in observed]
    moved = calibrate_starting_points(sums_of(noise))
    a = np.polyfit(
        [new.mean() - old.mean() for new, old in zip(noise, observed, strict=True)],
        moved.section_mean * moved.peer_sd - first.section_mean * first.peer_sd,
        1,
    )[0]
    expected = a**2 * 0.12 / 24
    assert first.mean_error_variance.mean() == pytest.approx(expected, rel=0.1)


def test_an_unreliable_test_pulls_students_in_but_never_all_the_way() -> None:
    rng = np.random.default_rng(4)
    observed = [level + rng.standard_normal(20) for level in (-1.0, 0.0, 1.0)]
    calibration = calibrate_starting_points(sums_of(observed, reliability=0.05))
    raw = np.array([section.mean() for section in observed])
    raw = (raw - calibration.peer_mean) / calibration.peer_sd
    kept = (calibration.section_mean - calibration.centre) / (raw - calibration.centre)
    np.testing.assert_allclose(kept, LEAST_LAMBDA)


def test_a_section_of_one_and_a_stratum_without_spread_stay_finite() -> None:
    calibration = calibrate_starting_points(sums_of([np.array([0.4])]))
    assert np.isfinite(calibration.section_mean).all()
    assert calibration.peer_sd[0] == 1.0
    same = calibrate_starting_points(sums_of([np.full(5, 0.2), np.full(6, 0.2)]))
    assert np.isfinite(same.section_mean).all()
    assert np.isfinite(same.mean_error_variance).all()


def test_sections_lean_on_their_own_school() -> None:
    rng = np.random.default_rng(5)
    observed = [0.8 + rng.standard_normal(6) for _ in range(30)] + [
        -0.8 + rng.standard_normal(6) for _ in range(30)
    ]
    calibration = calibrate_starting_points(sums_of(observed, school=[0] * 30 + [1] * 30))
    assert calibration.centre[:30].mean() > 0.5
    assert calibration.centre[30:].mean() < -0.5
