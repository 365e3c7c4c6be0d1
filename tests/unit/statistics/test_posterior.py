"""Posteriors against each kind of peers are the textbook algebra, and calibrated on simulated truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plc.core.errors import TooSmall
from plc.statistics.posterior import credible_interval, teacher_posteriors
from plc.statistics.records import Exposures, SectionSummaries
from plc.statistics.variance_components import (
    VarianceComponents,
    fit_variance_components,
    section_model,
    variances_of,
)
from tests.unit.statistics import dense_algebra as dense
from tests.unit.statistics.districts import District, simulate_district

KNOWN = VarianceComponents(0.004, 0.015, 0.003, 0.008, log_likelihood=0.0, iterations=1, converged=True)


def dense_posterior(district: District) -> tuple[np.ndarray, np.ndarray]:
    model, _ = section_model(
        district.summaries, district.exposures, school_year_effects=True, persistence=0.0
    )
    return dense.posterior(model, variances_of(KNOWN, model))


def test_district_peers_add_the_school_to_the_teacher() -> None:
    district = simulate_district(7, coteaching=0.2)
    mode, covariance = dense_posterior(district)
    found = teacher_posteriors(district.summaries, district.exposures, KNOWN)
    pick = np.zeros((36, mode.size))
    pick[np.arange(36), district.home] = 1
    pick[np.arange(36), 6 + np.arange(36)] = 1
    np.testing.assert_allclose(found.mean, pick @ mode, atol=1e-10)
    np.testing.assert_allclose(found.sd, np.sqrt(np.diag(pick @ covariance @ pick.T)), rtol=1e-8)
    np.testing.assert_allclose(found.prior_variance, 0.019)
    np.testing.assert_allclose(found.reliability, 1 - found.sd**2 / 0.019)
    np.testing.assert_array_equal(found.school, district.home)


def test_school_peers_leave_the_teacher_out_of_the_mean_of_the_others() -> None:
    district = simulate_district(7, coteaching=0.2)
    mode, covariance = dense_posterior(district)
    found = teacher_posteriors(district.summaries, district.exposures, KNOWN, peers="school")
    size = 6
    contrast = np.eye(size) * (1 + 1 / (size - 1)) - np.ones((size, size)) / (size - 1)
    for school in range(6):
        here = np.flatnonzero(district.home == school)
        block = covariance[np.ix_(6 + here, 6 + here)]
        np.testing.assert_allclose(found.mean[here], contrast @ mode[6 + here], atol=1e-10)
        np.testing.assert_allclose(found.sd[here], np.sqrt(np.diag(contrast @ block @ contrast.T)), rtol=1e-8)
    np.testing.assert_allclose(found.prior_variance, 0.015 * 6 / 5)
    assert found.comparable.all()


def test_fewer_than_three_peers_are_no_school_comparison() -> None:
    district = simulate_district(7, per_school=3)
    found = teacher_posteriors(district.summaries, district.exposures, KNOWN, peers="school")
    assert not found.comparable.any()
    assert (found.peers_in_school == 2).all()
    np.testing.assert_array_equal(found.mean, 0.0)
    np.testing.assert_allclose(found.sd, np.sqrt(0.015))


def test_three_peers_are_enough_for_a_school_comparison() -> None:
    district = simulate_district(7, per_school=4)
    found = teacher_posteriors(district.summaries, district.exposures, KNOWN, peers="school")
    assert found.comparable.all()


def test_a_teacher_in_two_schools_carries_both_in_her_shares() -> None:
    district = simulate_district(7)
    mine = district.exposures.section[district.exposures.teacher == 0]
    school = district.summaries.school.copy()
    school[mine[:2]] = 3  # two of her six sections
    summaries = replace(district.summaries, school=school)
    model, _ = section_model(summaries, district.exposures, school_year_effects=True, persistence=0.0)
    mode, covariance = dense.posterior(model, variances_of(KNOWN, model))
    found = teacher_posteriors(summaries, district.exposures, KNOWN)
    pick = np.zeros(mode.size)
    pick[[0, 3, 6]] = 2 / 3, 1 / 3, 1.0
    assert found.mean[0] == pytest.approx(float(pick @ mode), abs=1e-10)
    assert found.sd[0] == pytest.approx(float(np.sqrt(pick @ covariance @ pick)), rel=1e-8)
    assert found.school[0] == 0
    assert found.prior_variance[0] == pytest.approx(0.015 + 0.004 * (4 / 9 + 1 / 9))


def test_a_teacher_without_sections_keeps_the_prior() -> None:
    district = simulate_district(7)
    exposures = replace(district.exposures, teachers=district.exposures.teachers + 1)
    found = teacher_posteriors(district.summaries, exposures, KNOWN)
    assert found.mean[-1] == 0
    assert found.sd[-1] == pytest.approx(np.sqrt(0.019))
    assert found.reliability[-1] == pytest.approx(0.0)
    assert found.school[-1] == -1


def test_one_year_is_discounted_by_its_persistent_share() -> None:
    district = simulate_district(7, years=1)
    one_year = replace(KNOWN, teacher_year=0.0, school=0.0)
    whole = teacher_posteriors(district.summaries, district.exposures, one_year, one_year_persistence=1.0)
    found = teacher_posteriors(district.summaries, district.exposures, one_year)
    school = 1e-8  # the floor, for a school term of zero
    np.testing.assert_allclose(found.mean, 0.8 * whole.mean, atol=1e-6)
    expected = 0.8**2 * whole.sd**2 + 0.8 * 0.2 * 0.015
    np.testing.assert_allclose(found.sd**2, expected, atol=2 * school)
    np.testing.assert_allclose(found.prior_variance, 0.8 * 0.015, atol=1e-6)


def test_two_co_teachers_who_always_share_are_told_apart_by_nothing() -> None:
    summaries = SectionSummaries(
        effect=np.array([0.4, 0.3, 0.0, -0.1, 0.1, -0.2]),
        variance=np.full(6, 0.01),
        school=np.zeros(6, dtype=int),
        stratum=np.zeros(6, dtype=int),
        school_year=np.array([2025, 2026] * 3),
    )
    exposures = Exposures(
        np.array([0, 0, 1, 1, 2, 3, 4, 5]),
        np.array([0, 1, 0, 1, 2, 2, 3, 3]),
        np.array([0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1]),
        4,
    )
    found = teacher_posteriors(summaries, exposures, KNOWN)
    assert found.mean[0] == pytest.approx(found.mean[1])
    assert found.mean[0] > 0
    assert found.sd[0] > found.sd[2]


def test_intervals_cover_as_often_as_they_say() -> None:
    covered, slopes = [], []
    for seed in range(12):
        district = simulate_district(seed, schools=12, per_school=10, coteaching=0.1)
        fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
        found = teacher_posteriors(district.summaries, district.exposures, fit)
        lower, upper = credible_interval(found.mean, found.sd, level=0.90)
        covered.append(np.mean((lower <= district.total) & (district.total <= upper)))
        slopes.append(np.polyfit(found.mean, district.total, 1)[0])
    assert 0.87 < np.mean(covered) < 0.93
    assert 0.93 < np.mean(slopes) < 1.07


def test_an_uncertain_teacher_variance_widens_the_posterior() -> None:
    district = simulate_district(3, schools=4, per_school=5)
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    assert fit.teacher_cv > 0.10
    found = teacher_posteriors(district.summaries, district.exposures, fit)
    assert found.mixture is not None
    assert found.mixture.weight.sum() == pytest.approx(1.0)
    assert found.mixture.mean.shape == (9, 20)
    within = found.mixture.weight @ found.mixture.sd**2
    between = found.mixture.weight @ (found.mixture.mean - found.mean) ** 2
    np.testing.assert_allclose(found.sd**2, within + between)
    assert (between > 0).any()


def test_the_other_components_follow_when_the_teacher_variance_moves() -> None:
    district = simulate_district(3, schools=4, per_school=5)
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    found = teacher_posteriors(district.summaries, district.exposures, fit)
    assert found.mixture is not None
    tau = np.sqrt(fit.teacher)
    lowest = max(tau - 2.5 * 0.5 * fit.teacher_cv * tau, 0.05 * tau) ** 2
    school, _, year, section = np.array(
        [fit.school, fit.teacher, fit.teacher_year, fit.section]
    ) + fit.covariance[:, 1] / fit.covariance[1, 1] * (lowest - fit.teacher)
    moved = replace(
        fit,
        school=float(school),
        teacher=float(lowest),
        teacher_year=float(year),
        section=float(section),
        covariance=np.zeros((4, 4)),
    )
    there = teacher_posteriors(district.summaries, district.exposures, moved)
    np.testing.assert_allclose(found.mixture.mean[0], there.mean, rtol=1e-8)
    np.testing.assert_allclose(found.mixture.sd[0], there.sd, rtol=1e-8)


def test_a_well_known_teacher_variance_is_plugged_in() -> None:
    district = simulate_district(3, schools=40, per_school=15)
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    assert fit.teacher_cv < 0.10
    found = teacher_posteriors(district.summaries, district.exposures, fit)
    assert found.mixture is None
    np.testing.assert_array_equal(found.mean, found.plug_in_mean)


def test_similar_schools_by_regression_take_out_what_the_covariate_explains() -> None:
    district = simulate_district(9, schools=30)
    poverty = np.random.default_rng(1).normal(size=30)
    shifted = district.with_effect(
        district.summaries.effect + 0.5 * poverty[district.summaries.school]
    ).summaries
    fit = replace(KNOWN, school=0.25)
    plain = teacher_posteriors(shifted, district.exposures, fit)
    similar = teacher_posteriors(
        shifted, district.exposures, fit, peers="similar", school_covariates=poverty[:, None]
    )
    assert np.corrcoef(plain.mean, poverty[district.home])[0, 1] > 0.8
    assert abs(np.corrcoef(similar.mean, poverty[district.home])[0, 1]) < 0.2


def test_similar_schools_by_distance_subtract_the_nearest_schools() -> None:
    district = simulate_district(9, schools=30)
    place = np.arange(30.0)
    shifted = district.with_effect(
        district.summaries.effect + 0.1 * place[district.summaries.school]
    ).summaries
    fit = replace(KNOWN, school=1.0)
    similar = teacher_posteriors(
        shifted,
        district.exposures,
        fit,
        peers="similar",
        school_covariates=place[:, None],
        similar_by="nearest",
    )
    plain = teacher_posteriors(shifted, district.exposures, fit)
    middle = np.isin(district.home, np.arange(12, 18))
    assert np.abs(similar.mean[middle]).mean() < 0.2
    # The 20 schools nearest to school 0 are 1 to 20: their mean lies 10.5 places, 1.05 SD, higher.
    gap = (plain.mean - similar.mean)[district.home == 0]
    middle_of_scale = 0.1 * (np.arange(1, 21).mean() - 14.5)
    assert gap == pytest.approx(np.full(6, middle_of_scale), abs=0.1)


def test_too_few_schools_are_not_compared_with_similar_ones() -> None:
    district = simulate_district(9, schools=3)
    for by in ("regression", "nearest"):
        with pytest.raises(TooSmall):
            teacher_posteriors(
                district.summaries,
                district.exposures,
                KNOWN,
                peers="similar",
                school_covariates=np.ones((3, 2)) + np.arange(3)[:, None],
                similar_by=by,
            )


def test_similar_schools_need_covariates() -> None:
    district = simulate_district(9)
    with pytest.raises(ValueError, match="covariates"):
        teacher_posteriors(district.summaries, district.exposures, KNOWN, peers="similar")
    with pytest.raises(ValueError, match="finite"):
        teacher_posteriors(
            district.summaries,
            district.exposures,
            KNOWN,
            peers="similar",
            school_covariates=np.full((6, 1), np.nan),
        )
