"""Heterogeneity, funnel limits and the split-half check."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from plc.core.errors import TooSmall
from plc.statistics.funnel import between_variance, funnel_limits, funnel_points
from plc.statistics.heterogeneity import heterogeneity
from plc.statistics.posterior import teacher_posteriors
from plc.statistics.records import Exposures, SectionSummaries
from plc.statistics.split_half import split_half
from plc.statistics.variance_components import VarianceComponents, fit_variance_components
from tests.unit.statistics.districts import District, simulate_district

KNOWN = VarianceComponents(0.004, 0.015, 0.003, 0.008, log_likelihood=0.0, iterations=1, converged=True)


def fitted(district: District) -> VarianceComponents:
    return fit_variance_components(district.summaries, district.exposures, school_year_effects=True)


def test_q_by_hand_for_a_teacher_who_teaches_alone() -> None:
    """Two teachers, known components; stratum mean 0 by symmetry."""
    summaries = SectionSummaries(
        effect=np.array([0.5, 0.1, -0.5, -0.1]),
        variance=np.full(4, 0.01),
        school=np.zeros(4, dtype=int),
        stratum=np.zeros(4, dtype=int),
        school_year=np.full(4, 2026),
    )
    exposures = Exposures(np.arange(4), np.array([0, 0, 1, 1]), np.ones(4), 2)
    known = replace(KNOWN, school=0.0, teacher_year=0.0)
    posteriors = teacher_posteriors(summaries, exposures, known)
    found = heterogeneity(summaries, exposures, known, posteriors)
    mean = posteriors.mean[0]
    q = ((0.5 - mean) ** 2 + (0.1 - mean) ** 2) / 0.018
    assert found.statistic[0] == pytest.approx(q)
    assert found.sections.tolist() == [2, 2]
    assert found.above.tolist() == [2, 0]


def test_sections_of_one_teacher_agree_as_often_as_the_test_says() -> None:
    district = simulate_district(3, schools=30, per_school=15)
    fit = fitted(district)
    posteriors = teacher_posteriors(district.summaries, district.exposures, fit)
    found = heterogeneity(district.summaries, district.exposures, fit, posteriors)
    assert 0.01 < np.mean(found.probability < 0.05) < 0.10
    assert (found.above <= found.sections).all()


def test_a_teacher_with_one_section_cannot_disagree_with_herself() -> None:
    district = simulate_district(3, years=1, sections=1)
    fit = fitted(district)
    posteriors = teacher_posteriors(district.summaries, district.exposures, fit)
    found = heterogeneity(district.summaries, district.exposures, fit, posteriors)
    np.testing.assert_array_equal(found.probability, 1.0)


def test_a_co_taught_section_counts_for_both_halves_but_not_for_a_small_share() -> None:
    district = simulate_district(3)
    section = district.exposures.section
    halves = Exposures(np.append(section, 0), np.append(district.exposures.teacher, 1), np.ones(217), 36)
    weight = np.ones(217)
    weight[-1] = 0.2
    small = replace(halves, weight=weight)
    posteriors = teacher_posteriors(district.summaries, district.exposures, KNOWN)
    both = heterogeneity(district.summaries, halves, KNOWN, posteriors).sections
    one = heterogeneity(district.summaries, small, KNOWN, posteriors).sections
    assert (both[1], one[1]) == (7, 6)
    assert both[0] == one[0] == 6


def test_funnel_limits_by_hand() -> None:
    lower, upper = funnel_limits(np.array([0.03, 0.04]), coverage=0.95, between=0.0016)
    assert upper == pytest.approx(1.959964 * np.array([0.05, np.sqrt(0.0032)]), rel=1e-6)
    np.testing.assert_allclose(lower, -upper)


def test_the_adjusted_funnel_holds_as_many_teachers_as_it_says() -> None:
    district = simulate_district(3, schools=40, per_school=15)
    fit = fitted(district)
    points = funnel_points(district.summaries, district.exposures, fit)
    outside = []
    for between in (0.0, between_variance(fit)):
        lower, upper = funnel_limits(points.standard_error, coverage=0.95, between=between)
        outside.append(np.mean((points.estimate < lower) | (points.estimate > upper)))
    assert outside[0] > 0.25
    assert 0.02 < outside[1] < 0.08


def test_the_plain_average_of_equal_sections_is_their_mean() -> None:
    summaries = SectionSummaries(
        effect=np.array([0.5, 0.1, -0.5, -0.1]),
        variance=np.full(4, 0.01),
        school=np.zeros(4, dtype=int),
        stratum=np.zeros(4, dtype=int),
        school_year=np.array([2025, 2026, 2025, 2026]),
    )
    exposures = Exposures(np.arange(4), np.array([0, 0, 1, 1]), np.ones(4), 3)
    points = funnel_points(summaries, exposures, KNOWN)
    assert points.estimate == pytest.approx([0.3, -0.3, 0.0])
    assert points.standard_error == pytest.approx([np.sqrt((0.018 + 0.003) / 2)] * 2 + [0.0])
    assert points.sections.tolist() == [2, 2, 0]


def test_the_past_predicts_the_new_year_one_to_one() -> None:
    slopes, coverage = [], []
    for seed in range(6):
        district = simulate_district(seed, schools=20, per_school=12)
        found = split_half(district.summaries, district.exposures)
        slopes.append(found.slope)
        coverage.append(found.coverage)
        assert abs(found.slope - 1) < 4 * found.standard_error
        assert found.sections == 480
    assert 0.93 < np.mean(slopes) < 1.07
    assert 0.87 < np.mean(coverage) < 0.93


def test_a_single_past_year_is_discounted_before_it_predicts() -> None:
    """The true share is .13^2 / (.13^2 + .05^2) = .87 and .80 is assumed: a slope of about 1.09, not .87."""
    slopes = []
    for seed in range(10):
        district = simulate_district(seed, schools=20, per_school=12, years=2)
        slopes.append(split_half(district.summaries, district.exposures).slope)
    assert 1.00 < np.mean(slopes) < 1.18


def test_ignored_drift_shows_as_a_slope_below_one() -> None:
    slopes = []
    for seed in range(4):
        district = simulate_district(seed, schools=20, per_school=12)
        random = np.random.default_rng(seed)
        latest = district.summaries.school_year == 2026
        fresh = random.normal(0, 0.13, district.teacher_effect.size)
        change = 0.6 * (fresh - district.teacher_effect)
        effect = district.summaries.effect.copy()
        effect[latest] += change[district.exposures.teacher[latest]]
        slopes.append(split_half(district.with_effect(effect).summaries, district.exposures).slope)
    assert np.mean(slopes) < 0.75


def test_one_school_year_cannot_be_split() -> None:
    district = simulate_district(1, years=1)
    with pytest.raises(TooSmall):
        split_half(district.summaries, district.exposures)


def test_new_teachers_cannot_be_predicted() -> None:
    district = simulate_district(1, years=2)
    newest = district.summaries.school_year[district.exposures.section] == 2025
    exposures = replace(
        district.exposures,
        teacher=district.exposures.teacher + 36 * newest,
        teachers=72,
    )
    with pytest.raises(TooSmall, match="seen before"):
        split_half(district.summaries, exposures)
