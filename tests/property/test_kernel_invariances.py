"""What must not change the kernel's answer: the zero of the scale, its unit, the order of rows and names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from plc.statistics.false_discovery import flag_set, probability_above
from plc.statistics.posterior import TeacherPosteriors, teacher_posteriors
from plc.statistics.records import Exposures, SectionSummaries
from plc.statistics.variance_components import VarianceComponents, fit_variance_components
from tests.unit.statistics.districts import simulate_district

SETTINGS = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 10_000)


def fit(
    summaries: SectionSummaries, exposures: Exposures, *, weak_prior: bool = True
) -> tuple[VarianceComponents, TeacherPosteriors]:
    components = fit_variance_components(
        summaries, exposures, school_year_effects=True, weak_prior=weak_prior
    )
    return components, teacher_posteriors(summaries, exposures, components)


def spread(components: VarianceComponents) -> np.ndarray:
    return np.array([components.school, components.teacher, components.teacher_year, components.section])


@SETTINGS
@given(seed=seeds, size=st.floats(-50, 50))
def test_a_constant_added_to_a_stratum_changes_nothing(seed: int, size: float) -> None:
    district = simulate_district(seed, schools=5, per_school=5, coteaching=0.1)
    shift = np.random.default_rng(seed).normal(size, 1, 6)[district.summaries.stratum]
    before, first = fit(district.summaries, district.exposures)
    after, second = fit(district.with_effect(district.summaries.effect + shift).summaries, district.exposures)
    np.testing.assert_allclose(spread(after), spread(before), rtol=1e-4, atol=1e-8)
    np.testing.assert_allclose(second.mean, first.mean, atol=1e-5)
    np.testing.assert_allclose(second.sd, first.sd, rtol=1e-4)


@SETTINGS
@given(seed=seeds, unit=st.floats(0.2, 8))
def test_a_change_of_unit_scales_everything(seed: int, unit: float) -> None:
    district = simulate_district(seed, schools=12, per_school=6)
    scaled = replace(
        district.summaries,
        effect=district.summaries.effect * unit,
        variance=district.summaries.variance * unit**2,
    )
    before, first = fit(district.summaries, district.exposures, weak_prior=False)
    after, second = fit(scaled, district.exposures, weak_prior=False)
    # The floor of 1e-8 SD^2 does not scale: components on it may differ by that much.
    np.testing.assert_allclose(spread(after) / unit**2, spread(before), rtol=2e-3, atol=1e-6)
    np.testing.assert_allclose(second.plug_in_mean / unit, first.plug_in_mean, atol=1e-4)


@SETTINGS
@given(seed=seeds)
def test_order_and_numbering_change_nothing(seed: int) -> None:
    district = simulate_district(seed, schools=5, per_school=5, coteaching=0.2, moving=0.1)
    random = np.random.default_rng(seed)
    sections, teachers = len(district.summaries), district.exposures.teachers
    order = random.permutation(sections)
    place = np.argsort(order)
    teacher_name, school_name = random.permutation(teachers), random.permutation(5)
    entries = random.permutation(district.exposures.section.size)
    summaries = SectionSummaries(
        effect=district.summaries.effect[order],
        variance=district.summaries.variance[order],
        school=school_name[district.summaries.school[order]],
        stratum=district.summaries.stratum[order],
        school_year=district.summaries.school_year[order],
    )
    exposures = Exposures(
        section=place[district.exposures.section[entries]],
        teacher=teacher_name[district.exposures.teacher[entries]],
        weight=district.exposures.weight[entries],
        teachers=teachers,
    )
    before, first = fit(district.summaries, district.exposures)
    after, second = fit(summaries, exposures)
    np.testing.assert_allclose(spread(after), spread(before), rtol=1e-5)
    np.testing.assert_allclose(second.mean[teacher_name], first.mean, atol=1e-7)
    np.testing.assert_allclose(second.sd[teacher_name], first.sd, rtol=1e-5)
    everyone = np.ones(teachers, dtype=bool)
    flags = [flag_set(probability_above(p, 0.1), everyone, 0.10).flagged for p in (first, second)]
    np.testing.assert_array_equal(flags[1][teacher_name], flags[0])


@SETTINGS
@given(
    seed=seeds,
    schools=st.integers(1, 4),
    per_school=st.integers(1, 5),
    years=st.integers(1, 3),
    sections=st.integers(1, 2),
)
def test_no_small_district_yields_anything_but_numbers(
    seed: int, schools: int, per_school: int, years: int, sections: int
) -> None:
    district = simulate_district(
        seed, schools=schools, per_school=per_school, years=years, sections=sections, coteaching=0.3
    )
    components, found = fit(district.summaries, district.exposures)
    assert np.all(np.isfinite(spread(components)))
    for peers in ("district", "school"):
        found = teacher_posteriors(district.summaries, district.exposures, components, peers=peers)
        probability = probability_above(found, 0.1)
        assert np.all((probability >= 0) & (probability <= 1))
        assert np.all(np.isfinite(found.mean))
        assert np.all(found.sd > 0)
        assert np.all((found.reliability >= 0) & (found.reliability <= 1))


@given(
    probabilities=st.lists(st.floats(0, 1), min_size=1, max_size=40),
    rate=st.floats(0.01, 0.3),
)
def test_the_flagged_set_keeps_its_rate_and_could_not_be_larger(
    probabilities: list[float], rate: float
) -> None:
    values = np.array(probabilities)
    result = flag_set(values, np.ones(values.size, dtype=bool), rate)
    flagged = values[result.flagged]
    assert not flagged.size or np.mean(1 - flagged) <= rate + 1e-9
    rest = np.sort(values[~result.flagged & (values >= 0.75)])[::-1]
    if rest.size:
        tied = rest[rest == rest[0]]
        assert np.mean(1 - np.append(flagged, tied)) > rate - 1e-9
