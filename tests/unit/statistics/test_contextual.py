from __future__ import annotations

import numpy as np
import pytest

from plc.statistics.contextual import fit_contextual_term, two_way_deviations
from plc.statistics.false_discovery import flag_set, probability_above
from plc.statistics.identification import split_where_confounded
from plc.statistics.posterior import teacher_posteriors
from plc.statistics.records import Exposures, SectionSummaries
from plc.statistics.variance_components import VarianceComponents, fit_variance_components


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


def test_a_term_known_badly_is_drawn_in_and_one_known_well_stands() -> None:
    badly, well = (
        fit_contextual_term(**district(0.1, error=0.01, slope=0.7, teachers=teachers, sections=2))  # type: ignore[arg-type]
        for teachers in (12, 800)
    )
    assert badly.standard_error > 0.1
    assert abs(badly.gamma) < 0.8 * abs(badly.unshrunk)
    assert well.gamma == pytest.approx(well.unshrunk, rel=0.05)


def test_fewer_than_ten_teachers_with_several_sections_teach_nothing_of_context() -> None:
    few, enough = (
        fit_contextual_term(**district(0.3, error=0.001, slope=0.7, teachers=teachers))  # type: ignore[arg-type]
        for teachers in (9, 10)
    )
    assert (few.gamma, few.teachers) == (0.0, 9)
    assert enough.gamma > 0.1
    assert enough.teachers == 10


def test_sections_that_start_alike_teach_nothing_of_context() -> None:
    """Divided by what is left when error is taken off, any difference would become a large coefficient."""
    data = district(0.3, error=0.2, slope=0.7, teachers=40)
    assert fit_contextual_term(**data).gamma == 0.0  # type: ignore[arg-type]


def test_what_one_teacher_does_in_her_unlike_sections_is_not_context() -> None:
    data = district(0.0, error=0.0, slope=0.7, teachers=20, sections=2)
    start = 0.1 * np.asarray(data["section_mean"])
    start[:2] = -1.0, 1.0
    effect = np.zeros(40)
    effect[:2] = -0.4, 0.4
    term = fit_contextual_term(**data | {"section_mean": start, "effect": effect})  # type: ignore[arg-type]
    assert (term.gamma, term.teachers) == (0.0, 20)


def small_course(seed: int, *, teachers: int, several: int, levels: float) -> tuple[float, float, int]:
    """A course in which nobody differs: the coefficient, the largest effect said, and how many are flagged.

    Classes of 18 start at two levels; their results differ by error of measurement alone.
    """
    rng = np.random.default_rng(seed)
    teacher = np.concatenate([np.arange(teachers), np.arange(several)])
    sections = len(teacher)
    error, variance = np.full(sections, 0.10 / 18), np.full(sections, 0.45 / 18)
    wrong = np.sqrt(error) * rng.standard_normal(sections)
    start = np.where(teacher % 2, levels, -levels) + 0.15 * rng.standard_normal(sections) + wrong
    effect = -0.8 * wrong + np.sqrt(variance) * rng.standard_normal(sections)
    stratum = np.zeros(sections, dtype=np.intp)
    term = fit_contextual_term(
        effect=effect, variance=variance, section_mean=start, mean_error_variance=error,
        teacher=teacher, stratum=stratum, slope=0.8,
    )  # fmt: skip
    summaries = SectionSummaries(
        effect=effect - term.gamma * start,
        variance=variance,
        school=teacher % 2,
        stratum=stratum,
        school_year=np.full(sections, 2026),
    )
    taught = Exposures(np.arange(sections), teacher, np.ones(sections), teachers=teachers)
    fitted = fit_variance_components(summaries, taught, school_year_effects=False)
    said = teacher_posteriors(summaries, taught, split_where_confounded(fitted, taught))
    probability = probability_above(said, 0.10)
    flagged = flag_set(probability, np.bincount(teacher) > 1, 0.10).flagged
    return term.gamma, float(np.abs(said.mean).max()), int(flagged.sum())


@pytest.mark.parametrize(("teachers", "several", "levels"), [(7, 2, 0.8), (12, 3, 0.8), (12, 10, 0.8)])
def test_a_small_course_in_which_nobody_differs_has_no_figures_out_of_nothing(
    teachers: int, several: int, levels: float
) -> None:
    found = [small_course(seed, teachers=teachers, several=several, levels=levels) for seed in range(10)]
    coefficient, effect, flagged = (np.array(values) for values in zip(*found, strict=True))
    assert np.abs(coefficient).max() < 0.25
    # Means of classes of 18 differ by 0.16 SD of sampling error; the largest of a dozen, drawn in.
    assert effect.max() < 0.25
    assert flagged.sum() == 0


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
