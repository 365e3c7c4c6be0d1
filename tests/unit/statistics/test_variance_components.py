"""AI-REML finds the variances, and says what it does where the data hold too little."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from plc.core.errors import Unfinished
from plc.statistics.design import MixedModel, RandomTerm, stratum_dummies
from plc.statistics.false_discovery import flag_set, probability_above
from plc.statistics.posterior import teacher_posteriors
from plc.statistics.records import Exposures, SectionSummaries
from plc.statistics.reml import FLOOR, fit_reml
from plc.statistics.variance_components import PRIOR_SCALES, VarianceComponents, fit_variance_components
from tests.unit.statistics.districts import District, simulate_district


def values(components: VarianceComponents) -> np.ndarray:
    return np.array([components.school, components.teacher, components.teacher_year, components.section])


def test_the_true_variances_are_found_in_a_large_district() -> None:
    district = simulate_district(11, schools=40, per_school=15, coteaching=0.1)
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    error = (values(fit) - np.array([0.06, 0.13, 0.05, 0.09]) ** 2) / np.sqrt(np.diag(fit.covariance))
    assert np.abs(error).max() < 3
    assert np.sqrt(values(fit)) == pytest.approx([0.06, 0.13, 0.05, 0.09], rel=0.25)


def test_statsmodels_agrees_on_a_nested_model() -> None:
    random = np.random.default_rng(5)
    school = np.repeat(np.arange(12), 30)
    teacher = np.repeat(np.arange(72), 5)
    y = random.normal(0, 0.5, 12)[school] + random.normal(0, 0.7, 72)[teacher] + random.normal(0, 1, 360)
    reference = smf.mixedlm(
        "y ~ 1",
        pd.DataFrame({"y": y, "school": school, "teacher": teacher}),
        groups=school,
        vc_formula={"teacher": "0 + C(teacher)"},
        re_formula="1",
    ).fit(reml=True)
    rows, ones = np.arange(360), np.ones(360)
    fit = fit_reml(
        MixedModel(
            response=y,
            noise=np.zeros(360),
            fixed=stratum_dummies(np.zeros(360, dtype=int)),
            terms=(
                RandomTerm("school", rows, school, ones, 12, shared=True),
                RandomTerm("teacher", rows, teacher, ones, 72),
            ),
            site=school,
        )
    )
    assert fit.variances["section"] == pytest.approx(reference.scale, rel=2e-3)
    assert fit.variances["teacher"] == pytest.approx(float(reference.vcomp[0]), rel=5e-3)
    assert fit.variances["school"] == pytest.approx(float(np.asarray(reference.cov_re)[0, 0]), rel=5e-3)


def test_sparse_and_dense_paths_give_the_same_estimates(district: District) -> None:
    dense, small, bridged = (
        fit_variance_components(
            district.summaries, district.exposures, school_year_effects=True, dense_limit=limit
        )
        for limit in (800, 5, 20)
    )
    assert values(small) == pytest.approx(values(dense), rel=1e-6)
    assert values(bridged) == pytest.approx(values(dense), rel=1e-6)


def test_a_block_above_the_limit_is_solved_like_a_small_one() -> None:
    """Two schools whose 150 teachers each are all joined by co-teaching: 600 effects in one block."""
    district = simulate_district(2, schools=2, per_school=150, sections=1, coteaching=0.9)
    start = time.perf_counter()
    dense, small = (
        fit_variance_components(
            district.summaries, district.exposures, school_year_effects=True, dense_limit=limit
        )
        for limit in (5_000, 400)
    )
    assert values(small) == pytest.approx(values(dense), rel=1e-6)
    assert time.perf_counter() - start < 10


def test_the_weak_prior_is_nearly_invisible_in_a_large_district() -> None:
    district = simulate_district(11, schools=40, per_school=15)
    with_prior, without = (
        fit_variance_components(
            district.summaries, district.exposures, school_year_effects=True, weak_prior=weak
        )
        for weak in (True, False)
    )
    assert with_prior.teacher == pytest.approx(without.teacher, rel=0.01)
    assert with_prior.section == pytest.approx(without.section, rel=0.05)


def test_one_year_leaves_the_teacher_year_out() -> None:
    district = simulate_district(1, years=1)
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    assert fit.teacher_year == 0
    assert fit.teacher > 0


def test_one_school_is_its_own_peer_group() -> None:
    district = simulate_district(1, schools=1, per_school=20)
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    assert fit.school == 0
    posteriors = teacher_posteriors(district.summaries, district.exposures, fit)
    assert np.corrcoef(posteriors.mean, district.teacher_effect)[0, 1] > 0.6


def test_one_section_per_teacher_is_split_by_the_prior_alone() -> None:
    district = simulate_district(4, years=1, sections=1, schools=20)
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    ratio = PRIOR_SCALES["teacher"] ** 2 / PRIOR_SCALES["section"] ** 2
    assert 0.5 * ratio < fit.teacher / fit.section < 4 * ratio


def test_one_section_per_teacher_without_a_prior_still_settles() -> None:
    district = simulate_district(4, years=1, sections=1, schools=20)
    fit = fit_variance_components(
        district.summaries, district.exposures, school_year_effects=True, weak_prior=False
    )
    total = float(np.var(district.summaries.effect - 0.1 * (district.summaries.stratum > 0)))
    assert fit.teacher + fit.section < total


@pytest.mark.parametrize("weak_prior", [True, False])
def test_equal_sections_have_next_to_no_variance_and_no_flags(district: District, weak_prior: bool) -> None:
    flat = district.with_effect(np.full(len(district.summaries), 0.3)).summaries
    fit = fit_variance_components(flat, district.exposures, school_year_effects=True, weak_prior=weak_prior)
    assert fit.teacher < 0.004
    if not weak_prior:
        assert fit.teacher == pytest.approx(FLOOR)
    posteriors = teacher_posteriors(flat, district.exposures, fit)
    np.testing.assert_allclose(posteriors.mean, 0.0, atol=1e-9)
    probabilities = probability_above(posteriors, 0.1)
    assert not flag_set(probabilities, np.ones(probabilities.size, dtype=bool)).flagged.any()


def test_no_variance_and_no_noise_at_all_settles(district: District) -> None:
    flat = replace(
        district.summaries,
        effect=np.zeros(len(district.summaries)),
        variance=np.zeros(len(district.summaries)),
    )
    for weak_prior in (True, False):
        fit = fit_variance_components(
            flat, district.exposures, school_year_effects=True, weak_prior=weak_prior
        )
        assert np.all(np.isfinite(values(fit)))
        posteriors = teacher_posteriors(flat, district.exposures, fit)
        assert np.all(np.isfinite(posteriors.sd))


def tiny(effect: list[float], stratum: list[int], teacher: list[int], teachers: int) -> tuple:
    count = len(effect)
    return (
        SectionSummaries(
            effect=np.array(effect),
            variance=np.full(count, 0.01),
            school=np.zeros(count, dtype=int),
            stratum=np.array(stratum),
            school_year=np.full(count, 2026),
        ),
        Exposures(np.arange(count), np.array(teacher), np.ones(count), teachers),
    )


def test_one_teacher_with_one_section_gets_her_prior_back() -> None:
    summaries, exposures = tiny([0.4], [0], [0], 1)
    fit = fit_variance_components(summaries, exposures, school_year_effects=True)
    assert fit.teacher == pytest.approx(PRIOR_SCALES["teacher"] ** 2, rel=1e-6)
    posteriors = teacher_posteriors(summaries, exposures, fit)
    assert posteriors.mean[0] == pytest.approx(0.0, abs=1e-9)
    assert posteriors.reliability[0] == pytest.approx(0.0, abs=1e-6)


def test_without_prior_and_without_a_spare_section_the_fit_is_withheld() -> None:
    summaries, exposures = tiny([0.4, 0.1], [0, 1], [0, 1], 2)
    with pytest.raises(Unfinished):
        fit_variance_components(summaries, exposures, school_year_effects=True, weak_prior=False)


def test_one_teacher_with_several_sections_is_compared_with_nobody() -> None:
    summaries, exposures = tiny([0.4, 0.5, 0.3], [0, 0, 0], [0, 0, 0], 1)
    fit = fit_variance_components(summaries, exposures, school_year_effects=True)
    assert teacher_posteriors(summaries, exposures, fit).mean[0] == pytest.approx(0.0, abs=1e-9)


def test_a_stratum_with_one_section_says_nothing_about_its_teacher() -> None:
    summaries, exposures = tiny([0.9, 0.1, -0.1, 0.2, 0.0], [1, 0, 0, 0, 0], [0, 1, 1, 2, 2], 3)
    fit = fit_variance_components(summaries, exposures, school_year_effects=True)
    posteriors = teacher_posteriors(summaries, exposures, fit)
    assert posteriors.mean[0] == pytest.approx(0.0, abs=1e-9)
    assert posteriors.reliability[0] == pytest.approx(0.0, abs=0.02)
    assert posteriors.reliability[1] > 0.1


def test_teachers_who_share_no_school_and_no_stratum_stay_apart() -> None:
    count = 12
    summaries = SectionSummaries(
        effect=np.tile([0.2, 0.1], count // 2),
        variance=np.full(count, 0.01),
        school=np.arange(count) // 2,
        stratum=np.arange(count) // 2,
        school_year=np.full(count, 2026),
    )
    exposures = Exposures(np.arange(count), np.arange(count) // 2, np.ones(count), count // 2)
    fit = fit_variance_components(summaries, exposures, school_year_effects=True)
    np.testing.assert_allclose(teacher_posteriors(summaries, exposures, fit).mean, 0.0, atol=1e-9)


def test_no_sections_give_the_prior_back() -> None:
    summaries, exposures = tiny([], [], [], 3)
    fit = fit_variance_components(summaries, exposures, school_year_effects=True)
    assert np.sqrt(values(fit)) == pytest.approx([0.06, 0.13, 0.05, 0.09])


def test_weights_that_do_not_sum_to_one_are_rescaled(district: District) -> None:
    exposures = district.exposures
    short = replace(exposures, weight=exposures.weight * 0.97)
    a, b = (
        fit_variance_components(district.summaries, given, school_year_effects=True)
        for given in (exposures, short)
    )
    assert values(a) == pytest.approx(values(b), rel=1e-9)


def test_a_share_given_in_two_parts_counts_as_one(district: District) -> None:
    exposures = district.exposures
    halves = Exposures(
        np.tile(exposures.section, 2),
        np.tile(exposures.teacher, 2),
        np.tile(exposures.weight / 2, 2),
        exposures.teachers,
    )
    a, b = (
        fit_variance_components(district.summaries, given, school_year_effects=True)
        for given in (exposures, halves)
    )
    assert values(a) == pytest.approx(values(b), rel=1e-9)


def test_a_section_without_a_teacher_still_informs_its_stratum(district: District) -> None:
    taught = district.exposures.section >= 3
    exposures = replace(
        district.exposures,
        section=district.exposures.section[taught],
        teacher=district.exposures.teacher[taught],
        weight=district.exposures.weight[taught],
    )
    fit = fit_variance_components(district.summaries, exposures, school_year_effects=True)
    assert np.all(np.isfinite(values(fit)))


@pytest.mark.parametrize(("field", "value"), [("effect", np.nan), ("variance", -0.1), ("variance", np.inf)])
def test_impossible_figures_are_refused(district: District, field: str, value: float) -> None:
    broken = getattr(district.summaries, field).copy()
    broken[0] = value
    with pytest.raises(ValueError, match=r"finite|negative"):
        fit_variance_components(
            replace(district.summaries, **{field: broken}), district.exposures, school_year_effects=True
        )


def test_an_exposure_to_a_section_that_does_not_exist_is_refused(district: District) -> None:
    broken = replace(district.exposures, section=district.exposures.section + len(district.summaries))
    with pytest.raises(ValueError, match="does not exist"):
        fit_variance_components(district.summaries, broken, school_year_effects=True)


def test_740_teachers_are_fitted_in_well_under_half_a_second() -> None:
    district = simulate_district(1, schools=37, per_school=20, coteaching=0.1, moving=0.05)
    start = time.perf_counter()
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    probability_above(teacher_posteriors(district.summaries, district.exposures, fit), 0.1)
    assert time.perf_counter() - start < 1.0
