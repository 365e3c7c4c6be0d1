"""Teacher x standard effects are found, calibrated, and put together with the teacher's own."""

from __future__ import annotations

import numpy as np
import pytest

from plc.statistics.nested_standards import (
    StandardComponents,
    StandardSummaries,
    fit_standard_components,
    standard_posteriors,
)
from plc.statistics.posterior import teacher_posteriors
from plc.statistics.variance_components import VarianceComponents
from tests.unit.statistics.districts import District, simulate_district

KNOWN = VarianceComponents(0.004, 0.015, 0.003, 0.008, log_likelihood=0.0, iterations=1, converged=True)


def standards_of(
    district: District, *, kinds: int = 6, seed: int = 0
) -> tuple[StandardSummaries, np.ndarray]:
    """Teacher-standard SD .045, section-standard SD .04, sampling variance .35^2/23."""
    random = np.random.default_rng(seed)
    truth = random.normal(0, 0.045, (district.exposures.teachers, kinds))
    sections = len(district.summaries)
    carried = np.zeros((sections, kinds))
    np.add.at(
        carried,
        district.exposures.section,
        district.exposures.weight[:, None] * truth[district.exposures.teacher],
    )
    variance = np.full(sections * kinds, 0.35**2 / 23)
    level = np.tile(random.normal(0, 1, kinds), sections)
    effect = carried.ravel() + level + random.normal(0, np.sqrt(0.04**2 + variance))
    summaries = StandardSummaries(
        effect=effect,
        variance=variance,
        section=np.repeat(np.arange(sections), kinds),
        standard=np.tile(np.arange(kinds), sections),
    )
    return summaries, truth


def test_the_spread_between_standards_is_found_and_covered() -> None:
    district = simulate_district(3, schools=20, per_school=12, coteaching=0.1)
    standards, truth = standards_of(district)
    fit = fit_standard_components(standards, district.summaries, district.exposures)
    assert np.sqrt(fit.teacher) == pytest.approx(0.045, rel=0.15)
    assert np.sqrt(fit.section) == pytest.approx(0.04, rel=0.25)
    overall = teacher_posteriors(district.summaries, district.exposures, KNOWN)
    found = standard_posteriors(standards, district.summaries, district.exposures, fit, overall=overall)
    error = truth[found.teacher, found.standard] - found.deviation
    assert 0.87 < np.mean(np.abs(error) < 1.645 * found.deviation_sd) < 0.93
    np.testing.assert_allclose(found.mean, overall.mean[found.teacher] + found.deviation)
    np.testing.assert_allclose(found.sd**2, overall.sd[found.teacher] ** 2 + found.deviation_sd**2)


def test_two_sections_by_hand() -> None:
    """Two teachers, one section each, one standard: s = +- shrink * half the difference."""
    district = simulate_district(1, schools=1, per_school=2, years=1, sections=1)
    same = District(
        summaries=type(district.summaries)(
            effect=np.zeros(2),
            variance=np.full(2, 0.01),
            school=np.zeros(2, dtype=int),
            stratum=np.zeros(2, dtype=int),
            school_year=np.full(2, 2026),
        ),
        exposures=district.exposures,
        teacher_effect=district.teacher_effect,
        school_effect=district.school_effect,
        home=district.home,
    )
    standards = StandardSummaries(
        np.array([0.3, 0.1]), np.full(2, 0.005), np.array([0, 1]), np.zeros(2, dtype=int)
    )
    known = StandardComponents(0.002, 0.001, log_likelihood=0.0, iterations=1, converged=True)
    overall = teacher_posteriors(same.summaries, same.exposures, KNOWN)
    found = standard_posteriors(standards, same.summaries, same.exposures, known, overall=overall)
    assert found.deviation == pytest.approx(np.array([0.1, -0.1]) * 0.002 / 0.008)
    assert found.sections.tolist() == [1, 1]


def test_a_standard_taught_by_some_only_is_listed_for_those_only() -> None:
    district = simulate_district(3)
    standards, _ = standards_of(district)
    taught = ~((standards.standard == 2) & (district.exposures.teacher[standards.section] < 10))
    kept = StandardSummaries(
        standards.effect[taught],
        standards.variance[taught],
        standards.section[taught],
        standards.standard[taught],
    )
    fit = fit_standard_components(kept, district.summaries, district.exposures)
    overall = teacher_posteriors(district.summaries, district.exposures, KNOWN)
    found = standard_posteriors(kept, district.summaries, district.exposures, fit, overall=overall)
    assert set(found.teacher[found.standard == 2].tolist()) == set(range(10, 36))
    assert (found.sections == 6).all()


def test_no_standards_give_no_rows() -> None:
    district = simulate_district(3)
    nowhere = np.zeros(0, dtype=int)
    none = StandardSummaries(np.zeros(0), np.zeros(0), nowhere, nowhere)
    fit = fit_standard_components(none, district.summaries, district.exposures)
    assert fit.teacher == pytest.approx(0.05**2)
    overall = teacher_posteriors(district.summaries, district.exposures, KNOWN)
    found = standard_posteriors(none, district.summaries, district.exposures, fit, overall=overall)
    assert found.teacher.size == 0


def test_impossible_figures_are_refused() -> None:
    district = simulate_district(3)
    zero = np.zeros(1, dtype=int)
    for effect, variance in ((np.nan, 0.1), (0.1, -0.1)):
        broken = StandardSummaries(np.array([effect]), np.array([variance]), zero, zero)
        with pytest.raises(ValueError, match=r"finite|negative"):
            fit_standard_components(broken, district.summaries, district.exposures)
