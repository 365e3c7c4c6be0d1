"""The simulator does what it says: its moments are those it was asked for, its scenarios are what they claim.

Tolerances are four standard errors of the moment in question at the size drawn here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from plc.database import Database
from tests.calibration.cohorts import draw_cohorts
from tests.calibration.district import (
    OCCASIONS,
    STANDARDS,
    STRATA,
    District,
    FloatArray,
    IntArray,
    draw_district,
)
from tests.calibration.loading import simulate
from tests.calibration.scenarios import SCENARIOS, Scenario
from tests.calibration.simulator import (
    CURVATURE,
    SLOPE_SPREAD,
    Piece,
    Scales,
    draw_pieces,
    draw_scales,
    true_slope,
)

TEACHERS = 400
SEED = 7


@cache
def drawn(name: str) -> tuple[Scenario, District, Scales, Piece]:
    scenario = SCENARIOS[name]
    rng = np.random.default_rng(SEED)
    district = draw_district(scenario, TEACHERS, rng)
    scales = draw_scales(scenario, rng)
    (piece,) = draw_pieces(scenario, district, scales, rng)
    return scenario, district, scales, piece


def outcomes(name: str) -> tuple[FloatArray, FloatArray]:
    """y (students x occasions) in the units of the model, and z by standard."""
    _, district, scales, piece = drawn(name)
    home = piece.result_section.reshape(-1, OCCASIONS, STANDARDS)[:, 0, 0] - 1
    year, stratum = district.year[home], district.stratum[home]
    points = piece.result_score.reshape(-1, OCCASIONS, STANDARDS)
    z = (points - scales.mean[year, stratum]) / scales.sd[year, stratum]
    return z.mean(axis=2), z


def residuals() -> tuple[FloatArray, IntArray]:
    """What is left of base outcomes after section effects and the starting point, and the section of each."""
    scenario, district, scales, piece = drawn("base")
    y, _ = outcomes("base")
    home = piece.result_section.reshape(-1, OCCASIONS, STANDARDS)[:, 0, 0] - 1
    x = piece.true_start
    class_mean = np.bincount(home, weights=x) / np.bincount(home)
    expected = scales.slope[district.stratum[home]] * x + CURVATURE * (x**2 - 1)
    context = scenario.sorting.context * class_mean[home]
    return y - (expected + context)[:, None] - district.effect[home], home.astype(np.int64)


def test_results_have_variance_one() -> None:
    y, _ = outcomes("base")
    # Schools and their starting points are few: 20 of them set the error.
    assert y.var() == pytest.approx(1.0, abs=0.03)


def test_students_last_all_year_and_residuals_do_not() -> None:
    components = drawn("base")[0].components
    left, _ = residuals()
    covariance = np.cov(left.T)
    between = covariance[~np.eye(OCCASIONS, dtype=bool)].mean()
    assert between == pytest.approx(components.student**2, rel=0.03)
    assert covariance.diagonal().mean() - between == pytest.approx(components.residual**2, rel=0.03)


def test_nothing_of_a_section_is_left_once_its_effects_are_taken_off() -> None:
    left, home = residuals()
    size = np.bincount(home)
    means = np.bincount(home, weights=left.mean(axis=1)) / size
    expected = (0.57**2 + 0.44**2 / OCCASIONS) / size
    z = means / np.sqrt(expected)
    assert z.var() == pytest.approx(1.0, abs=4 * np.sqrt(2 / len(z)))


def test_school_teacher_year_section_and_occasion_components_are_as_asked() -> None:
    scenario = SCENARIOS["base"]
    district = draw_district(scenario, 20_000, np.random.default_rng(SEED))
    sds, effect = scenario.components, district.effect
    occasion = effect.var(axis=1, ddof=1).mean()
    assert occasion == pytest.approx(sds.occasion**2, rel=0.02)
    means = effect.mean(axis=1)
    same_year, other_year, same_school = products(district, means)
    persistent = sds.school**2 + sds.teacher**2
    assert other_year == pytest.approx(persistent, rel=0.05)
    assert same_year == pytest.approx(persistent + sds.teacher_year**2, rel=0.05)
    assert same_school == pytest.approx(sds.school**2, rel=0.15)
    alone = means.var() - persistent - sds.teacher_year**2 - occasion / OCCASIONS
    assert alone == pytest.approx(sds.section**2, rel=0.05)


def products(district: District, means: FloatArray) -> tuple[float, float, float]:
    """Mean product of two sections' effects: same teacher and year, same teacher, same school."""
    teacher_year = district.teacher * 10 + district.year
    sums = {}
    for level, key in (("year", teacher_year), ("teacher", district.teacher), ("school", district.school)):
        total = np.bincount(key, weights=means) ** 2
        square = np.bincount(key, weights=means**2)
        count = np.bincount(key)
        sums[level] = (float((total - square).sum()), float((count * (count - 1)).sum()))
    within_year = sums["year"][0] / sums["year"][1]
    across = (sums["teacher"][0] - sums["year"][0]) / (sums["teacher"][1] - sums["year"][1])
    colleagues = (sums["school"][0] - sums["teacher"][0]) / (sums["school"][1] - sums["teacher"][1])
    return within_year, across, colleagues


@pytest.mark.parametrize("name", ["base", "base_reliability_80", "sorting_reliability_75"])
def test_the_starting_point_has_the_stated_reliability(name: str) -> None:
    scenario, _, _, piece = drawn(name)
    correlation = np.corrcoef(piece.true_start, piece.prior)[0, 1]
    assert correlation**2 == pytest.approx(scenario.reliability, abs=0.01)


@pytest.mark.parametrize("name", ["sorting", "compensatory", "base"])
def test_classes_are_sorted_as_stated(name: str) -> None:
    scenario, district, _, _ = drawn(name)
    lasting = district.truth.total
    usual = np.bincount(district.teacher, weights=district.prior_mean) / np.bincount(district.teacher)
    assert true_slope(scenario) == pytest.approx(0.67, abs=0.03)
    correlation = np.corrcoef(usual, lasting)[0, 1]
    # Schools' and sections' own starting points, and the school's part of the effect, dilute the correlation.
    usual_sd = np.sqrt(0.30**2 + 0.25**2 + 0.25**2 / 5)
    expected = scenario.sorting.with_teacher * 0.25 * 0.11 / (usual_sd * np.hypot(0.07, 0.11))
    assert correlation == pytest.approx(expected, abs=4 / np.sqrt(TEACHERS) + 0.05)


def test_a_fifth_of_scores_is_at_the_ceiling_on_both_tests() -> None:
    _, _, _, piece = drawn("ceiling")
    assert (piece.result_score == 100).mean() == pytest.approx(0.20, abs=0.03)
    assert (piece.prior == 100).mean() == pytest.approx(0.20, abs=0.03)


def test_without_a_ceiling_hardly_a_score_is_at_the_maximum() -> None:
    _, _, _, piece = drawn("base")
    assert (piece.result_score == 100).mean() < 0.001
    assert (piece.result_score == 0).mean() < 0.001


def test_heavy_tails_are_heavy_and_of_the_same_spread() -> None:
    _, district, _, piece = drawn("heavy_tails")
    y, _ = outcomes("heavy_tails")
    x = piece.true_start
    left = y.mean(axis=1) - np.polyval(np.polyfit(x, y.mean(axis=1), 2), x)
    assert ((left - left.mean()) ** 4).mean() / left.var() ** 2 > 4
    large = draw_district(SCENARIOS["heavy_tails"], 20_000, np.random.default_rng(SEED)).truth.total
    assert large.std() == pytest.approx(np.hypot(0.07, 0.11), rel=0.1)
    assert len(district.truth.total) == TEACHERS


def test_eight_teachers_in_a_hundred_are_exemplary() -> None:
    scenario = replace(SCENARIOS["mixture"], components=replace(SCENARIOS["mixture"].components, teacher=0.0))
    total = draw_district(scenario, 20_000, np.random.default_rng(SEED)).truth.total
    assert (total > 0.15).mean() == pytest.approx(0.08, abs=0.02)
    assert total.mean() == pytest.approx(0.0, abs=0.01)


def test_the_mess_is_as_large_as_stated() -> None:
    _, district, _, piece = drawn("messy")
    students = len(piece.student)
    assert np.isnan(piece.prior).mean() == pytest.approx(0.25, abs=0.02)
    assert np.isnan(piece.result_score).mean() == pytest.approx(0.08, abs=0.005)
    # Some drawn co-teachers are away that year, and some classes have no other class to move to.
    assert 0.18 < (district.second >= 0).mean() < 0.27
    assert 0.13 < len(piece.enrolled_student) / students - 1 < 0.21
    share = np.bincount(piece.enrolled_student, weights=piece.enrolled_share)[1:]
    assert share == pytest.approx(np.ones(students))


def test_those_who_start_lower_are_likelier_to_lack_a_starting_point() -> None:
    _, _, _, piece = drawn("messy")
    missing = np.isnan(piece.prior)
    assert piece.true_start[missing].mean() < piece.true_start[~missing].mean() - 0.2


def test_null_districts_have_no_effects_and_drifting_ones_do() -> None:
    assert not drawn("null")[1].truth.relative.any()
    assert not drawn("null")[1].truth.current.any()
    truth = drawn("drift")[1].truth
    assert np.corrcoef(truth.relative, truth.current)[0, 1] < 0.95
    assert truth.current.std() == pytest.approx(np.sqrt(0.07**2 + 0.08**2 + 0.09**2), rel=0.25)


def test_unobserved_sorting_is_in_the_results_and_not_in_the_truth() -> None:
    scenario, district, _, _ = drawn("unobserved_sorting")
    taught = np.bincount(district.teacher, weights=district.effect.mean(axis=1)) / np.bincount(
        district.teacher
    )
    noise = (taught - district.truth.total).var()
    honest = drawn("base")[1]
    usual = np.bincount(honest.teacher, weights=honest.effect.mean(axis=1)) / np.bincount(honest.teacher)
    gap = noise - (usual - honest.truth.total).var()
    assert gap == pytest.approx(scenario.unobserved**2, rel=0.5)


def test_standards_differ_by_teacher_as_stated() -> None:
    _, district, _, piece = drawn("base")
    _, z = outcomes("base")
    deviation = (z - z.mean(axis=2, keepdims=True)).mean(axis=1)
    home = piece.result_section.reshape(-1, OCCASIONS, STANDARDS)[:, 0, 0] - 1
    teacher = district.teacher[home]
    sums = np.stack([np.bincount(teacher, weights=deviation[:, k]) for k in range(STANDARDS)], axis=1)
    found = sums / np.bincount(teacher)[:, None]
    slope = (found * district.truth.deviation).sum() / (district.truth.deviation**2).sum()
    assert district.truth.deviation.std() == pytest.approx(0.045, rel=0.1)
    assert slope == pytest.approx(1.0, abs=0.15)


def test_true_effects_are_relative_to_the_peers_of_the_stratum() -> None:
    truth = drawn("base")[1].truth
    for stratum in range(STRATA):
        assert truth.relative[truth.stratum == stratum].mean() == pytest.approx(0.0, abs=1e-12)


def test_slopes_differ_between_grades_and_subjects() -> None:
    slopes = np.concatenate(
        [draw_scales(SCENARIOS["base"], np.random.default_rng(s)).slope for s in range(50)]
    )
    assert slopes.std() == pytest.approx(SLOPE_SPREAD, rel=0.2)


def test_the_tables_hold_what_was_drawn(tmp_path: Path) -> None:
    with Database(tmp_path / "plc.duckdb") as database:
        truth = simulate(database, SCENARIOS["messy"], seed=3, rows=30_000)
        with database.read() as cursor:
            (row,) = cursor.execute(
                "select (select count(*) from teacher),"
                " (select count(*) from result where section_key is null),"
                " (select count(*) from result where status = 'absent' and score is null),"
                " (select count(*) from result where status = 'scored' and score is null),"
                " (select max(abs(total - 1)) from"
                " (select sum(share) as total from section_teacher group by section_key)),"
                " (select count(*) - count(distinct (student_key, assessment_key, standard_key))"
                " from result),"
                " (select count(*) from result anti join section using (section_key)"
                " where section_key is not null),"
                " (select count(*) from result where section_key is not null)"
            ).fetchall()
    teachers, baselines, absent, lost, uneven, twice, orphans, results = row
    assert teachers == len(truth.teacher_id)
    assert baselines > 0
    assert absent > 0
    assert uneven == pytest.approx(0.0, abs=1e-12)
    assert (lost, twice, orphans) == (0, 0, 0)
    assert results == pytest.approx(30_000, rel=0.25)


def test_a_seed_draws_the_same_district_twice_and_another_seed_another(tmp_path: Path) -> None:
    def total(seed: int, replicate: int = 0) -> float:
        with Database(tmp_path / f"{seed}-{replicate}-{len(list(tmp_path.iterdir()))}.duckdb") as database:
            truth = simulate(database, SCENARIOS["base"], seed=seed, rows=3_000, replicate=replicate)
        return float(truth.total.sum())

    assert total(1) == total(1)
    assert len({total(1), total(2), total(1, 1)}) == 3


def test_cohorts_rise_a_grade_and_start_where_they_ended() -> None:
    scenario = SCENARIOS["cohorts"]
    rng = np.random.default_rng(SEED)
    district = draw_district(scenario, TEACHERS, rng)
    first, second, _ = draw_cohorts(scenario, district, draw_scales(scenario, rng), rng)
    assert first.arriving.all()
    # The lowest of five grades arrives, and every class that has too few rising students fills up.
    assert 0.2 < second.arriving.mean() < 0.5
    risen = np.isin(second.student, first.student)
    assert np.array_equal(risen, ~second.arriving)
    before = dict(zip(first.enrolled_student, district.stratum[first.enrolled_section - 1], strict=True))
    now = district.stratum[second.enrolled_section - 1]
    assert all(before[s] + 2 == now[i] for i, s in enumerate(second.enrolled_student) if s in before)
    last = first.result_score.reshape(-1, OCCASIONS * STANDARDS)[:, -STANDARDS:].mean(axis=1)
    ended = dict(zip(first.student, last, strict=True))
    pairs = np.array(
        [(ended[s], x) for s, x in zip(second.student, second.true_start, strict=True) if s in ended]
    )
    # One assessment measures the standing with reliability .81; difficulty differs between assessments.
    assert np.corrcoef(pairs.T)[0, 1] ** 2 == pytest.approx(0.70, abs=0.12)
    assert second.true_start.std() == pytest.approx(1.0, abs=0.05)


def test_cohorts_are_sorted_into_classes_as_in_the_base_scenario() -> None:
    scenario = SCENARIOS["cohorts"]
    rng = np.random.default_rng(SEED)
    district = draw_district(scenario, TEACHERS, rng)
    pieces = list(draw_cohorts(scenario, district, draw_scales(scenario, rng), rng))
    home = np.concatenate([piece.enrolled_section for piece in pieces]) - 1
    x = np.concatenate([piece.true_start for piece in pieces])
    between = (np.bincount(home, weights=x) / np.bincount(home)).var()
    assert between == pytest.approx(scenario.sorting.between, rel=0.35)
