"""Observed catch-up against what the same starts reach elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plc.statistics.between_units import (
    cluster_variance,
    paule_mandel,
    shrunken_effects,
)
from plc.statistics.false_discovery import flag_set
from plc.statistics.standardised_excess import UnitCells, expected_shares, standardised_excess

# metafor's dat.bcg: treated sick and well, control sick and well.
BCG = (
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)


def district(seed: int, *, spread: float, shock: float, units: int = 300) -> tuple[UnitCells, np.ndarray]:
    """Four classes per unit of about eight students behind, in five bins of gap; effects in shares."""
    rng = np.random.default_rng(seed)
    true = rng.normal(0, spread, units)
    unit = np.repeat(np.arange(units), 20)
    cluster = np.repeat(np.arange(units * 4), 5)
    gap = (-np.tile(np.arange(1, 6), units * 4) + 0.5) * 0.25
    chance = 1 / (1 + np.exp(-(0.3 + 1.2 * gap)))
    chance = np.clip(chance + true[unit] + rng.normal(0, shock, units * 4)[cluster], 0.01, 0.99)
    students = rng.poisson(1.6, unit.size)
    seen = rng.binomial(students, chance).astype(float)
    some = students > 0
    unit, cluster, gap, seen, n = (
        unit[some],
        cluster[some],
        gap[some],
        seen[some],
        students[some].astype(float),
    )
    bins, index = np.unique(gap, return_inverse=True)
    expected = expected_shares(np.bincount(index, n), np.bincount(index, seen), bins)
    return UnitCells(unit, cluster, n, n, seen, expected[index], units), true


def test_paule_mandel_of_the_bcg_trials() -> None:
    sick, well, sick_control, well_control = np.array(BCG, dtype=float).T
    treated, control = sick + well, sick_control + well_control
    y = np.log((sick / treated) / (sick_control / control))
    v = 1 / sick - 1 / treated + 1 / sick_control - 1 / control
    between = paule_mandel(y, v)
    # Exact root and mean of the generalised Q equation (metafor prints .3181 after its own tolerance).
    assert between == pytest.approx(0.318068, abs=2e-6)
    weight = 1 / (v + between)
    assert weight @ y / weight.sum() == pytest.approx(-0.714970, abs=1e-5)


def test_units_that_differ_no_more_than_chance_have_no_spread() -> None:
    assert paule_mandel(np.array([0.1, -0.1, 0.0]), np.array([1.0, 1.0, 1.0])) == 0
    assert paule_mandel(np.array([0.5]), np.array([0.1])) == 0


def test_a_shock_shared_by_a_class_is_recovered_and_one_class_each_tells_nothing() -> None:
    rng = np.random.default_rng(4)
    unit = np.repeat(np.arange(2000), 3)
    effect = rng.normal(0, 0.5, 2000)[unit] + rng.normal(0, 0.3, 6000) + rng.normal(0, 0.1, 6000)
    found = cluster_variance(unit, np.full(6000, 10.0), effect, np.full(6000, 0.01), units=2000)
    assert found == pytest.approx(0.09, rel=0.1)
    alone = cluster_variance(np.arange(5), np.full(5, 10.0), np.arange(5.0), np.full(5, 0.01), units=5)
    assert alone == 0


def test_observed_and_expected_worked_by_hand() -> None:
    # One unit: 10 students at E .2 of whom 5 caught up, 10 at E .4 of whom 6.
    cells = UnitCells(
        unit=np.array([0, 0]),
        cluster=np.array([0, 0]),
        students=np.array([10.0, 10.0]),
        squared=np.array([10.0, 10.0]),
        caught_up=np.array([5.0, 6.0]),
        expected=np.array([0.2, 0.4]),
        units=1,
    )
    result = standardised_excess(cells)
    assert result.observed[0] == 11
    assert result.expected[0] == pytest.approx(6)
    assert result.excess[0] == pytest.approx(0.25)
    # sum E(1-E) / n^2 = (10*.16 + 10*.24) / 400
    assert result.variance[0] == pytest.approx(0.01)


def test_shrinkage_follows_the_spread_between_units() -> None:
    cells, _ = district(11, spread=0.1, shock=0.0)
    result = standardised_excess(cells)
    kept = result.between / (result.between + result.variance)
    assert result.mean == pytest.approx(kept * result.excess, abs=0.005)
    assert (np.abs(result.mean) <= np.abs(result.excess)).all()
    assert result.between == pytest.approx(0.01, rel=0.35)


def test_many_units_shrink_as_one_spread_would() -> None:
    rng = np.random.default_rng(12)
    v = rng.uniform(0.5, 2, 3000)
    y = 3 + rng.normal(0, 1.5, 3000) + rng.normal(0, np.sqrt(v))
    found = shrunken_effects(y, v, threshold=4.0, centre=None)
    kept = 1.5**2 / (1.5**2 + v)
    assert found.mean == pytest.approx(3 + kept * (y - 3), abs=0.12)
    assert found.sd == pytest.approx(np.sqrt(kept * v), rel=0.03)
    assert found.between == pytest.approx(2.25, rel=0.1)


def test_two_units_that_look_alike_are_not_claimed_to_be() -> None:
    found = shrunken_effects(np.array([0.01, -0.01]), np.array([0.01, 0.01]), threshold=0.05, centre=0.0)
    assert found.between == 0
    assert (found.sd > 0.02).all()


def test_a_school_of_far_behind_students_is_not_charged_for_its_intake() -> None:
    rng = np.random.default_rng(5)
    # Both units do as the district does: one began far behind, the other just below the cut.
    gap = np.linspace(-2.9, -0.1, 12)
    chance = 1 / (1 + np.exp(-(0.3 + 1.5 * gap)))
    students = np.full(12, 200.0)
    seen = rng.binomial(200, chance).astype(float)
    expected = expected_shares(students, seen, gap)
    cells = UnitCells(np.repeat([0, 1], 6), np.repeat([0, 1], 6), students, students, seen, expected, 2)
    result = standardised_excess(cells)
    assert abs(result.observed / result.students - result.observed.sum() / 2400).min() > 0.1
    assert np.abs(result.excess).max() < 0.01


def test_a_cell_of_one_student_is_not_its_own_expectation() -> None:
    gap = np.array([-2.875, -0.625, -0.375, -0.125])
    expected = expected_shares(np.array([1.0, 100, 100, 100]), np.array([1.0, 30, 40, 50]), gap)
    assert expected[0] < 0.3


@given(st.lists(st.tuples(st.integers(1, 50), st.floats(0, 1)), min_size=1, max_size=12))
def test_expected_shares_stay_strictly_between_zero_and_one(cells: list[tuple[int, float]]) -> None:
    students = np.array([float(n) for n, _ in cells])
    expected = expected_shares(
        students, np.round(students * [p for _, p in cells]), -np.arange(len(cells)) / 4
    )
    assert ((expected > 0) & (expected < 1)).all()


def test_few_flags_are_false_and_intervals_hold() -> None:
    flags = false = covered = 0.0
    for seed in range(12):
        cells, true = district(900 + seed, spread=0.08, shock=0.04)
        result = standardised_excess(cells)
        flagged = flag_set(result.probability, result.students >= 10, 0.07).flagged
        flags += flagged.sum()
        false += (true[flagged] - true.mean() <= 0.05).sum()
        covered += (np.abs(true - true.mean() - result.mean) <= 1.645 * result.sd).mean() / 12
    assert flags >= 20
    assert false / flags <= 0.16
    assert covered == pytest.approx(0.90, abs=0.03)


def test_a_district_of_no_differences_flags_nobody() -> None:
    for seed in range(5):
        cells, _ = district(700 + seed, spread=0.0, shock=0.04)
        result = standardised_excess(cells)
        assert not flag_set(result.probability, result.students >= 10, 0.07).flagged.any()
