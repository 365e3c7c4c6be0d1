from __future__ import annotations

import numpy as np
import pytest

from plc.statistics.contextual import fit_contextual_term, two_way_deviations
from plc.statistics.identification import split_where_confounded
from plc.statistics.records import Exposures
from plc.statistics.variance_components import VarianceComponents


def district(
    gamma: float, *, error: float, slope: float, teachers: int = 400, sections: int = 5, seed: int = 1
) -> dict[str, object]:
    """Section effects with context gamma; the section means are seen with this error variance.

    Strong classes go to strong teachers, which must not be mistaken for context.
    """
    rng = np.random.default_rng(seed)
    teacher = np.repeat(np.arange(teachers), sections)
    quality = 0.15 * rng.standard_normal(teachers)
    true = 2.0 * quality[teacher] + 0.4 * rng.standard_normal(len(teacher))
    wrong = np.sqrt(error) * rng.standard_normal(len(teacher))
    noise = 0.15 * rng.standard_normal(len(teacher))
    return {
        "effect": quality[teacher] + gamma * true - slope * wrong + noise,
        "variance": np.full(len(teacher), 0.15**2),
        "section_mean": true + wrong,
        "mean_error_variance": np.full(len(teacher), error),
        "teacher": teacher,
        "stratum": rng.integers(0, 6, len(teacher)),
        "slope": slope,
    }


@pytest.mark.parametrize("gamma", [0.0, 0.10, -0.08])
def test_context_is_recovered_in_spite_of_error_and_sorting(gamma: float) -> None:
    term = fit_contextual_term(**district(gamma, error=0.01, slope=0.7))  # type: ignore[arg-type]
    assert term.unshrunk == pytest.approx(gamma, abs=3 * term.standard_error)
    assert term.standard_error < 0.02


def test_without_the_correction_for_error_context_would_be_missed() -> None:
    data = district(0.10, error=0.03, slope=0.7)
    corrected = fit_contextual_term(**data)  # type: ignore[arg-type]
    naive = fit_contextual_term(**data | {"mean_error_variance": np.zeros(2000)})  # type: ignore[arg-type]
    assert naive.unshrunk < 0.10 - 3 * naive.standard_error
    assert corrected.unshrunk == pytest.approx(0.10, abs=3 * corrected.standard_error)


def test_one_section_per_teacher_teaches_nothing_of_context() -> None:
    data = district(0.2, error=0.01, slope=0.7, sections=1)
    assert fit_contextual_term(**data).gamma == 0.0  # type: ignore[arg-type]


def test_a_term_smaller_than_its_error_is_shrunk_to_nothing() -> None:
    data = district(0.0, error=0.01, slope=0.7, teachers=6, sections=2, seed=4)
    term = fit_contextual_term(**data)  # type: ignore[arg-type]
    assert abs(term.gamma) <= abs(term.unshrunk)
    assert term.gamma == 0.0 or abs(term.unshrunk) > term.standard_error


def test_deviations_are_the_residuals_of_two_sets_of_dummies() -> None:
    rng = np.random.default_rng(2)
    first, second = rng.integers(0, 7, 60), rng.integers(0, 4, 60)
    values, weight = rng.standard_normal(60), rng.uniform(0.5, 2.0, 60)
    dummies = np.column_stack([np.eye(7)[first], np.eye(4)[second]])
    root = np.sqrt(weight)[:, None]
    fitted = dummies @ np.linalg.lstsq(dummies * root, values * root[:, 0], rcond=None)[0]
    np.testing.assert_allclose(two_way_deviations(values, weight, first, second), values - fitted, atol=1e-7)


def components(**values: float) -> VarianceComponents:
    named = {"school": 0.004, "teacher": 0.15, "teacher_year": 0.003, "section": 0.009} | values
    return VarianceComponents(**named, log_likelihood=0.0, iterations=5, converged=True)


def exposures(sections_each: int, teachers: int = 40) -> Exposures:
    teacher = np.repeat(np.arange(teachers), sections_each)
    return Exposures(
        section=np.arange(len(teacher)), teacher=teacher, weight=np.ones(len(teacher)), teachers=teachers
    )


def test_with_one_section_each_the_sum_is_split_by_the_prior() -> None:
    split = split_where_confounded(components(), exposures(1))
    assert split.teacher + split.teacher_year + split.section == pytest.approx(0.162)
    assert split.teacher / split.section == pytest.approx(0.13**2 / 0.09**2)
    assert split.school == 0.004
    one_year = split_where_confounded(components(teacher_year=0.0), exposures(1))
    assert one_year.teacher_year == 0.0
    assert one_year.teacher + one_year.section == pytest.approx(0.159)


def test_with_two_sections_each_the_estimate_stands() -> None:
    assert split_where_confounded(components(), exposures(2)) == components()
