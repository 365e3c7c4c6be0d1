"""Effects by year, the current effect, consistency and persistence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plc.statistics.posterior import teacher_posteriors
from plc.statistics.records import Exposures, SectionSummaries
from plc.statistics.teacher_years import (
    TeacherYearPosteriors,
    consistency,
    current_effects,
    profile_persistence,
    recent_sections,
    teacher_year_posteriors,
)
from plc.statistics.variance_components import VarianceComponents, section_model, variances_of
from tests.unit.statistics import dense_algebra as dense
from tests.unit.statistics.districts import simulate_district

KNOWN = VarianceComponents(0.004, 0.015, 0.003, 0.008, log_likelihood=0.0, iterations=1, converged=True)


@pytest.mark.parametrize("persistence", [0.0, 0.6])
def test_theta_is_school_plus_teacher_plus_year(persistence: float) -> None:
    """Cov(theta_jt, y) = tau_b^2 1 + tau_u^2 Z_j + tau_t^2 (Z_Y R)_jt (B8), on the dense algebra."""
    district = simulate_district(5, schools=3, per_school=4)
    known = replace(KNOWN, persistence=persistence)
    model, teaching = section_model(
        district.summaries, district.exposures, school_year_effects=True, persistence=persistence
    )
    theta = variances_of(known, model)
    p, _ = dense.projection(model, theta)
    found = teacher_year_posteriors(district.summaries, district.exposures, known)
    school, teacher, _ = dense.loadings(model)
    raw_years = np.zeros((len(district.summaries), teaching.year_teacher.size))
    raw_years[teaching.section, teaching.year_index] = teaching.weight
    same = teaching.year_teacher[:, None] == teaching.year_teacher
    gap = np.abs(teaching.school_year[:, None] - teaching.school_year)
    r = np.where(same, persistence**gap, 0.0)
    home = district.home[teaching.year_teacher]
    covariance = 0.004 * school[:, home] + 0.015 * teacher[:, teaching.year_teacher]
    covariance = covariance + 0.003 * raw_years @ r
    np.testing.assert_allclose(found.mean, covariance.T @ p @ district.summaries.effect, atol=1e-9)
    variance = 0.022 - np.einsum("cj,cd,dj->j", covariance, p, covariance)
    np.testing.assert_allclose(found.sd**2, variance, rtol=1e-7)


def test_the_current_effect_is_that_of_the_latest_year() -> None:
    district = simulate_district(5)
    years = teacher_year_posteriors(district.summaries, district.exposures, KNOWN)
    current = current_effects(district.summaries, district.exposures, KNOWN)
    latest = years.school_year == 2026
    np.testing.assert_allclose(current.mean, years.mean[latest])
    np.testing.assert_allclose(current.sd, years.sd[latest])
    np.testing.assert_allclose(current.prior_variance, 0.022)


def test_a_teacher_without_sections_has_no_years_and_a_prior_current_effect() -> None:
    district = simulate_district(5)
    exposures = replace(district.exposures, teachers=37)
    current = current_effects(district.summaries, exposures, KNOWN)
    assert current.mean[-1] == 0
    assert current.sd[-1] == pytest.approx(np.sqrt(0.022))
    years = teacher_year_posteriors(district.summaries, exposures, KNOWN)
    assert consistency(years, teachers=37)[-1] == 0


def test_one_year_has_one_undiscounted_theta_per_teacher() -> None:
    district = simulate_district(5, years=1)
    known = replace(KNOWN, teacher_year=0.0)
    years = teacher_year_posteriors(district.summaries, district.exposures, known)
    whole = teacher_posteriors(district.summaries, district.exposures, known, one_year_persistence=1.0)
    np.testing.assert_allclose(years.mean, whole.mean, atol=1e-12)
    np.testing.assert_allclose(years.sd, whole.sd, rtol=1e-9)


def test_consistency_is_the_mean_probability_over_years() -> None:
    years = TeacherYearPosteriors(
        teacher=np.array([0, 0, 2]),
        school_year=np.array([2025, 2026, 2026]),
        mean=np.zeros(3),
        sd=np.ones(3),
        above=np.array([0.9, 0.7, 0.4]),
    )
    assert consistency(years, teachers=3) == pytest.approx([0.8, 0.0, 0.4])


def drifting(seed: int) -> tuple[SectionSummaries, Exposures]:
    """150 teachers over six years whose effect is an AR(1) with rho .85 and nothing permanent."""
    random = np.random.default_rng(seed)
    teachers, years = 150, 6
    effect = np.empty((teachers, years))
    effect[:, 0] = random.normal(0, 0.14, teachers)
    for year in range(1, years):
        effect[:, year] = 0.85 * effect[:, year - 1] + random.normal(0, 0.14 * np.sqrt(1 - 0.85**2), teachers)
    teacher, year = (
        part.ravel() for part in np.meshgrid(np.arange(teachers), np.arange(years), indexing="ij")
    )
    teacher, year = np.repeat(teacher, 2), np.repeat(year, 2)
    noise = random.normal(0, np.sqrt(0.013 + 0.05**2), teacher.size)
    summaries = SectionSummaries(
        effect=effect[teacher, year] + noise,
        variance=np.full(teacher.size, 0.013),
        school=teacher // 10,
        stratum=year,
        school_year=2020 + year,
    )
    return summaries, Exposures(np.arange(teacher.size), teacher, np.ones(teacher.size), teachers)


def test_drift_is_found_by_its_likelihood() -> None:
    profile = profile_persistence(*drifting(1))
    assert profile.components.persistence in (0.7, 0.85, 0.95)
    assert profile.persistence == (0.0, 0.3, 0.5, 0.7, 0.85, 0.95)
    assert max(profile.log_likelihood) > profile.log_likelihood[0] + 3
    assert profile.components.log_likelihood == max(profile.log_likelihood)


def test_three_years_are_not_enough_to_tell_persistence() -> None:
    district = simulate_district(5)
    profile = profile_persistence(district.summaries, district.exposures)
    assert profile.persistence == (0.0,)


def test_only_the_latest_five_years_are_recent() -> None:
    summaries, exposures = drifting(1)
    recent, kept = recent_sections(summaries, exposures)
    assert set(recent.school_year.tolist()) == {2021, 2022, 2023, 2024, 2025}
    assert kept.teachers == exposures.teachers
    np.testing.assert_array_equal(recent.effect[kept.section], recent.effect)
    assert kept.section.max() == len(recent) - 1
