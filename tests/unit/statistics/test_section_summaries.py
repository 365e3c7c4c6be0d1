from __future__ import annotations

import numpy as np
import pytest
from scipy.special import polygamma

from plc.statistics.section_summaries import (
    ResidualCells,
    inverse_trigamma,
    squeeze_variances,
    summarise_sections,
)


def cells_of(residuals: list[np.ndarray]) -> ResidualCells:
    """Cells of sections given as (students, assessments) arrays of residuals; NaN is an absence."""
    section, students, mean, square = [], [], [], []
    per_student, pairs = [], []
    for number, r in enumerate(residuals):
        present = ~np.isnan(r)
        centred = r - np.nanmean(r, axis=0)
        for a in range(r.shape[1]):
            section.append(number)
            students.append(present[:, a].sum())
            mean.append(np.nanmean(r[:, a]))
            square.append(np.nansum(centred[:, a] ** 2))
        per_student.append((np.nansum(centred, axis=1) ** 2).sum())
        count = present.sum(axis=1)
        pairs.append((count * (count - 1)).sum())
    return ResidualCells(
        section=np.array(section),
        students=np.array(students, dtype=float),
        mean=np.array(mean),
        square=np.array(square),
        section_students=np.array([len(r) for r in residuals], dtype=float),
        section_square=np.array(per_student),
        section_pairs=np.array(pairs, dtype=float),
    )


def simulated(
    sections: int = 800,
    students: int = 22,
    assessments: int = 4,
    absent: float = 0.0,
    occasion: float = 0.05,
    seed: int = 1,
) -> tuple[list[np.ndarray], np.ndarray]:
    """Residuals with student SD .55, error SD .45 and section SD .10, and the true section effects."""
    rng = np.random.default_rng(seed)
    effect = 0.10 * rng.standard_normal(sections)
    found = []
    for c in range(sections):
        r = (
            effect[c]
            + 0.55 * rng.standard_normal((students, 1))
            + 0.45 * rng.standard_normal((students, assessments))
        )
        r = r + occasion * rng.standard_normal(assessments)
        r[rng.random(r.shape) < absent] = np.nan
        found.append(r)
    return found, effect


@pytest.mark.parametrize("absent", [0.0, 0.2])
def test_variances_of_students_errors_and_occasions_are_recovered(absent: float) -> None:
    residuals, _ = simulated(absent=absent)
    found = summarise_sections(cells_of(residuals))
    assert found.student_variance == pytest.approx(0.3025, rel=0.05)
    assert found.error_variance == pytest.approx(0.2025, rel=0.05)
    assert found.occasion_variance == pytest.approx(0.0025, abs=0.0012)


@pytest.mark.parametrize("absent", [0.0, 0.2])
def test_the_stated_variance_is_that_of_the_estimate(absent: float) -> None:
    residuals, effect = simulated(absent=absent)
    found = summarise_sections(cells_of(residuals))
    standardised = (found.effect - effect) / np.sqrt(found.variance)
    assert standardised.std() == pytest.approx(1.0, abs=0.06)


def test_four_assessments_of_the_same_students_are_not_four_times_the_evidence() -> None:
    one, _ = simulated(assessments=1)
    four, _ = simulated(assessments=4)
    ratio = (
        summarise_sections(cells_of(one)).variance.mean() / summarise_sections(cells_of(four)).variance.mean()
    )
    assert 1.0 < ratio < 2.0


def test_one_cell_of_one_student_still_has_a_variance() -> None:
    found = summarise_sections(cells_of([np.array([[0.3]])]))
    assert found.effect[0] == pytest.approx(0.3)
    assert 0.1 < found.variance[0] < 2.0


def test_equal_variances_are_squeezed_to_one_and_unequal_ones_are_not() -> None:
    rng = np.random.default_rng(2)
    freedom = np.full(2000, 60.0)
    equal = 0.5 * rng.chisquare(60, 2000) / 60
    assert squeeze_variances(equal, freedom, pooled=0.5).std() < 0.25 * equal.std()
    true = 0.5 * 12 / rng.chisquare(12, 2000)
    unequal = true * rng.chisquare(60, 2000) / 60
    squeezed = squeeze_variances(unequal, freedom, pooled=float(unequal.mean()))
    assert np.mean((squeezed - true) ** 2) < np.mean((unequal - true) ** 2)


def test_a_section_without_spread_takes_the_common_variance() -> None:
    variances = np.array([0.4, 0.5, 0.6, 0.5, 0.0])
    freedom = np.array([50.0, 50.0, 50.0, 50.0, 0.0])
    assert 0.3 < squeeze_variances(variances, freedom, pooled=0.5)[-1] < 0.7


@pytest.mark.parametrize("value", [1e-8, 1e-3, 0.5, 3.0, 1e4, 1e9])
def test_inverse_trigamma_inverts_trigamma(value: float) -> None:
    assert float(polygamma(1, inverse_trigamma(value))) == pytest.approx(value, rel=1e-4)
