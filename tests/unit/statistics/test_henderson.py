"""The block elimination gives what inverting V gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from plc.statistics.design import MixedModel, independent_columns, teaching_of, year_loadings
from plc.statistics.henderson import Equations
from plc.statistics.records import FloatArray
from plc.statistics.teacher_years import keep_sections
from plc.statistics.variance_components import section_model
from tests.unit.statistics import dense_algebra as dense
from tests.unit.statistics.districts import District, simulate_district

THETA = np.array([0.004, 0.015, 0.003, 0.008])


@pytest.fixture(params=[0.0, 0.6], ids=["independent years", "AR(1) years"], scope="module")
def model(request: pytest.FixtureRequest, district: District) -> MixedModel:
    built, _ = section_model(
        district.summaries, district.exposures, school_year_effects=True, persistence=request.param
    )
    return built


@pytest.fixture(params=[800, 5, 20], ids=["dense", "sparse", "bridges in the border"], scope="module")
def equations(request: pytest.FixtureRequest, model: MixedModel) -> Equations:
    return Equations(model, dense_limit=request.param)


def test_the_likelihood_is_that_of_the_dense_algebra(equations: Equations, model: MixedModel) -> None:
    assert equations.solve(THETA).log_likelihood == pytest.approx(
        dense.log_likelihood(model, THETA), abs=1e-8
    )


def test_score_and_information_are_those_of_the_dense_algebra(
    equations: Equations, model: MixedModel
) -> None:
    score, information = dense.score_and_information(model, THETA)
    found = equations.derivatives(equations.solve(THETA))
    np.testing.assert_allclose(found.score, score, rtol=1e-8, atol=1e-7)
    np.testing.assert_allclose(found.information, information, rtol=1e-8)


def test_the_score_is_the_slope_of_the_likelihood(equations: Equations) -> None:
    score = equations.derivatives(equations.solve(THETA)).score
    for k in range(THETA.size):
        step = np.zeros_like(THETA)
        step[k] = 1e-6
        slope = equations.solve(THETA + step).log_likelihood - equations.solve(THETA - step).log_likelihood
        assert slope / 2e-6 == pytest.approx(score[k], rel=1e-4, abs=1e-4)


def test_modes_and_their_covariance_are_those_of_the_dense_algebra(
    equations: Equations, model: MixedModel
) -> None:
    mode, covariance = dense.posterior(model, THETA)
    solution = equations.solve(THETA)
    np.testing.assert_allclose(
        np.concatenate([solution.modes(term.name) for term in model.terms]), mode, atol=1e-10
    )
    random = np.random.default_rng(1)
    parts: dict[str, sparse.csr_array] = {}
    for term in model.terms:
        values: FloatArray = random.normal(size=(9, term.columns))
        parts[term.name] = sparse.csr_array(values * (random.random(values.shape) < 0.3))
    whole = np.hstack([part.toarray() for part in parts.values()])
    mean, variance = solution.combine(parts)
    np.testing.assert_allclose(mean, whole @ mode, atol=1e-10)
    np.testing.assert_allclose(variance, np.einsum("ij,jk,ik->i", whole, covariance, whole), rtol=1e-8)


def test_the_three_ways_of_arranging_the_blocks_really_differ(model: MixedModel) -> None:
    plain, small, bridged = (Equations(model, dense_limit=limit).arrangement for limit in (800, 5, 20))
    assert all(stack.dense for stack in plain.stacks)
    assert any(not stack.dense for stack in small.stacks)
    assert bridged.border_design.shape[1] > plain.border_design.shape[1]


def test_ar1_loadings_multiply_out_to_the_correlations() -> None:
    district = simulate_district(3, years=4)
    teaching = teaching_of(district.summaries, district.exposures)
    factor = year_loadings(teaching, persistence=0.7).toarray()
    same = teaching.year_teacher[:, None] == teaching.year_teacher[None, :]
    gap = np.abs(teaching.school_year[:, None] - teaching.school_year[None, :])
    np.testing.assert_allclose(factor @ factor.T, np.where(same, 0.7**gap, 0.0), atol=1e-12)


def test_ar1_loadings_bridge_a_year_away() -> None:
    district = simulate_district(3, years=4)
    keep = district.summaries.school_year != 2025
    teaching = teaching_of(*keep_sections(district.summaries, district.exposures, keep))
    factor = year_loadings(teaching, persistence=0.5).toarray()[:3, :3]
    np.testing.assert_allclose(
        factor @ factor.T, [[1, 0.25, 0.125], [0.25, 1, 0.5], [0.125, 0.5, 1]], atol=1e-12
    )


def test_a_dependent_column_is_left_out() -> None:
    first = np.array([1.0, 2.0, 3.0, 4.0])
    second = np.array([1.0, 0.0, 1.0, 0.0])
    kept = independent_columns(np.column_stack([first, second, first - 2 * second, np.zeros(4)]))
    assert kept.tolist() == [True, True, False, False]


def test_fixed_effects_that_repeat_each_other_are_refused(model: MixedModel) -> None:
    twice = sparse.csr_array(sparse.hstack([model.fixed, model.fixed]))
    with pytest.raises(ValueError, match="full rank"):
        Equations(replace(model, fixed=twice))
