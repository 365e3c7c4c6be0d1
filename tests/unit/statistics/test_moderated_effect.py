"""Few classes, borrowed variance: what the estimate and its standard error are made of."""

from dataclasses import replace

import numpy as np
import pytest

from plc.statistics.cluster_robust import cluster_robust
from plc.statistics.effect_options import LEAST_BORROWED_FREEDOM, MOST_BORROWED_FREEDOM
from plc.statistics.gain_effect import (
    before_after,
    difference_effect,
    pre_trend_z,
    series_effect,
    staggered_effect,
)
from plc.statistics.moderated_effect import ModeratedEffect, moderate, moderated_effect, teacher_clusters
from plc.statistics.tested_sections import NEVER, USUAL_VARIANCE, OccasionCells, TestedSections

KNOWN = replace(USUAL_VARIANCE, between_error=0.001, occasion_error=0.0001)


def sections_of(
    tried: list[bool],
    *,
    starts: list[int] | int = 1,
    school: list[int] | None = None,
    teachers: object = None,
) -> TestedSections:
    size = len(tried)
    return TestedSections(
        tried=np.array(tried),
        students=np.full(size, 23.0),
        school=np.array(school) if school is not None else np.arange(size),
        teaching=np.eye(size) if teachers is None else np.asarray(teachers, dtype=float),
        block=np.zeros(size, dtype=int),
        starts=np.full(size, starts) if isinstance(starts, int) else np.array(starts),
    )


def cells_of(means: list[list[float]]) -> OccasionCells:
    """Classes in rows, occasions in columns; nan where a class did not sit one."""
    table = np.array(means, dtype=float)
    section, occasion = np.nonzero(~np.isnan(table))
    return OccasionCells(section, occasion, np.full(len(section), 23.0), table[section, occasion])


def found(effect: ModeratedEffect | None) -> ModeratedEffect:
    assert effect is not None
    return effect


def test_two_classes_rest_on_the_borrowed_variance_alone() -> None:
    effect = found(
        moderated_effect(
            cells_of([[0.3], [0.1]]), sections_of([True, False], starts=0), KNOWN, randomised=True
        )
    )
    one = KNOWN.between + KNOWN.student / 23 + KNOWN.occasion + KNOWN.error / 23
    assert effect.estimate == pytest.approx(0.2)
    assert effect.standard_error == pytest.approx(np.sqrt(2 * one))
    assert effect.df == MOST_BORROWED_FREEDOM
    assert effect.internal is not None
    assert np.isnan(effect.internal.p)


def test_the_standard_error_is_the_stated_mixture() -> None:
    means = [[0.3], [0.5], [0.1], [-0.4]]
    effect = found(
        moderated_effect(
            cells_of(means), sections_of([True, True, False, False], starts=0), KNOWN, randomised=True
        )
    )
    one = KNOWN.between + KNOWN.student / 23 + KNOWN.occasion + KNOWN.error / 23
    ratio = (2 * 0.1**2 + 2 * 0.25**2) / 2 / one
    assert effect.base_variance == pytest.approx(one)
    assert effect.ratio == pytest.approx(ratio)
    assert effect.standard_error**2 == pytest.approx(one * (20 + 2 * ratio) / 22)
    assert effect.df == 22
    assert moderate(one, ratio, own=2, borrowed=20)[0] == pytest.approx(effect.standard_error)


def test_without_a_scan_the_borrowed_variance_counts_for_least() -> None:
    effect = found(
        moderated_effect(
            cells_of([[0.3], [0.1]]), sections_of([True, False], starts=0), USUAL_VARIANCE, randomised=True
        )
    )
    assert effect.df == LEAST_BORROWED_FREEDOM


def test_what_classes_do_before_takes_off_most_of_what_lasts() -> None:
    tried = [True, True, False, False]
    after = found(
        moderated_effect(cells_of([[0.3]] * 4), sections_of(tried, starts=0), KNOWN, randomised=True)
    )
    both = found(moderated_effect(cells_of([[0.1, 0.3]] * 4), sections_of(tried), KNOWN, randomised=True))
    assert 0.7 < both.carry < 0.9
    assert both.base_variance < 0.37 * after.base_variance


def test_a_class_that_was_always_ahead_gains_nothing_by_difference() -> None:
    means = [[0.5, 0.5], [0.4, 0.4], [-0.2, -0.2], [-0.3, -0.3]]
    effect = found(difference_effect(cells_of(means), sections_of([True, True, False, False]), KNOWN))
    assert effect.estimate == pytest.approx(0.0)
    assert effect.base_variance == pytest.approx(2 * (KNOWN.occasion + KNOWN.error / 23))


def test_a_class_without_an_occasion_before_cannot_be_compared_with_itself() -> None:
    means = [[0.0, 0.2], [float("nan"), 5.0], [0.0, 0.0], [0.0, 0.0]]
    effect = found(difference_effect(cells_of(means), sections_of([True, True, False, False]), KNOWN))
    assert effect.estimate == pytest.approx(0.2)
    assert (effect.tried, effect.others) == (1, 2)


def test_one_teacher_with_both_arms_lends_a_smaller_error() -> None:
    tried = [True, False, True, False]
    means = cells_of([[0.1]] * 4)
    apart = found(moderated_effect(means, sections_of(tried, starts=0), KNOWN, randomised=True))
    shared = sections_of(tried, starts=0, teachers=[[1, 0], [1, 0], [0, 1], [0, 1]], school=[0, 0, 1, 1])
    both = found(moderated_effect(means, shared, KNOWN, randomised=True))
    lasting = KNOWN.section + KNOWN.student / 23 + KNOWN.occasion + KNOWN.error / 23
    assert both.base_variance == pytest.approx(lasting)
    assert both.base_variance < apart.base_variance


def test_two_classes_of_one_teacher_are_not_two_teachers() -> None:
    tried = [True, True, False, False]
    means = cells_of([[0.1]] * 4)
    apart = found(moderated_effect(means, sections_of(tried, starts=0), KNOWN, randomised=True))
    same = sections_of(tried, starts=0, teachers=[[1, 0], [1, 0], [0, 1], [0, 1]])
    assert found(moderated_effect(means, same, KNOWN, randomised=True)).base_variance > apart.base_variance
    assert teacher_clusters(same.teaching).tolist() == [0, 0, 1, 1]


def test_the_robust_row_is_cr2_on_the_gains_and_appears_from_six_classes() -> None:
    tried = [True, True, True, False, False, False]
    means = [[0.3], [0.2], [0.4], [0.1], [-0.1], [0.0]]
    effect = found(moderated_effect(cells_of(means), sections_of(tried, starts=0), KNOWN, randomised=True))
    X = np.column_stack([np.ones(6), np.array(tried, dtype=float)])
    by_hand = cluster_robust(X, np.array(means)[:, 0], np.arange(6), coefficient=1)
    assert effect.robust is not None
    assert effect.robust.standard_error == pytest.approx(by_hand.standard_error)
    assert effect.robust.df == pytest.approx(by_hand.df)
    assert effect.permutation is None
    four = found(
        moderated_effect(cells_of(means[1:5]), sections_of(tried[1:5], starts=0), KNOWN, randomised=True)
    )
    assert four.robust is None


def test_the_permutation_test_appears_only_where_classes_were_drawn() -> None:
    tried = [True] * 4 + [False] * 4
    means = cells_of([[0.5 + 0.01 * c] if c < 4 else [0.01 * c] for c in range(8)])
    drawn = found(moderated_effect(means, sections_of(tried, starts=0), KNOWN, randomised=True))
    chosen = found(moderated_effect(means, sections_of(tried, starts=0), KNOWN, randomised=False))
    assert drawn.permutation == pytest.approx(2 / 70)
    assert chosen.permutation is None


def test_an_arm_without_results_has_no_effect() -> None:
    means = cells_of([[0.1, 0.2], [0.1, float("nan")]])
    assert moderated_effect(means, sections_of([True, False]), KNOWN, randomised=True) is None


def test_classes_that_have_started_are_never_the_comparison() -> None:
    # The first class leaps at its start and keeps growing; if it were a comparison of the second's start, the
    # second would seem to lose.
    means = [[0.0, 0.2, 0.6, 1.0], [0.0, 0.0, 0.2, 0.6], [0.0, 0.0, 0.0, 0.0]]
    effect = found(
        staggered_effect(
            cells_of(means), sections_of([True] * 3, starts=[1, 2, NEVER]), KNOWN, randomised=False
        )
    )
    assert effect.estimate > 0.2
    everyone = sections_of([True] * 3, starts=[1, 1, 1])
    assert staggered_effect(cells_of(means), everyone, KNOWN, randomised=False) is None


def test_a_staggered_start_with_one_wave_is_the_difference_in_changes() -> None:
    means = [[0.0, 0.3], [0.1, 0.3], [0.0, 0.1], [0.2, 0.2]]
    cells = cells_of(means)
    waves = sections_of([True, True, False, False], starts=[1, 1, NEVER, NEVER])
    staggered = found(staggered_effect(cells, waves, KNOWN, randomised=False))
    plain = found(difference_effect(cells, sections_of([True, True, False, False]), KNOWN))
    assert staggered.estimate == pytest.approx(plain.estimate)
    assert staggered.base_variance == pytest.approx(plain.base_variance)
    assert staggered.standard_error == pytest.approx(plain.standard_error)


def test_the_staggered_error_is_that_of_its_weights_on_the_cells() -> None:
    rng = np.random.default_rng(4)
    waves = sections_of([True] * 6, starts=[1, 1, 2, 2, 3, 3])
    stated = found(staggered_effect(cells_of([[0.0] * 4] * 6), waves, KNOWN, randomised=True)).base_variance
    lasting = np.sqrt(KNOWN.between + KNOWN.student / 23)
    passing = np.sqrt(KNOWN.occasion + KNOWN.error / 23)
    estimates = []
    for _ in range(4_000):
        means = lasting * rng.standard_normal((6, 1)) + passing * rng.standard_normal((6, 4))
        effect = staggered_effect(cells_of(means.tolist()), waves, KNOWN, randomised=True)
        estimates.append(found(effect).estimate)
    assert np.var(estimates) == pytest.approx(stated, rel=0.10)


def test_a_series_sees_a_leap_and_not_a_trend() -> None:
    time = np.arange(8.0)
    rising = [(0.05 * time).tolist(), (0.3 + 0.05 * time).tolist()]
    leaping = [(row + 0.2 * (time >= 4)).tolist() for row in np.array(rising)]
    sections = sections_of([True, True], starts=4)
    assert found(series_effect(cells_of(rising), sections, KNOWN)).estimate == pytest.approx(0.0)
    assert found(series_effect(cells_of(leaping), sections, KNOWN)).estimate == pytest.approx(0.2)


def test_a_series_too_short_says_nothing() -> None:
    assert series_effect(cells_of([[0.0] * 6]), sections_of([True], starts=3), KNOWN) is None
    assert series_effect(cells_of([[0.0] * 6]), sections_of([True], starts=4), KNOWN) is None


def test_a_low_start_without_comparison_is_told_its_own_rise() -> None:
    change = before_after(cells_of([[-0.4, -0.3], [-0.2, -0.1]]), sections_of([True, True]), KNOWN)
    assert change is not None
    assert change.change == pytest.approx(0.1)
    lasting = KNOWN.between + KNOWN.student / 23
    assert change.reliability == pytest.approx(lasting / (lasting + KNOWN.occasion + KNOWN.error / 23))
    assert change.spurious == pytest.approx(0.3 * (1 - change.reliability))
    assert before_after(cells_of([[0.1]]), sections_of([True], starts=0), KNOWN) is None


def test_arms_that_drift_apart_before_the_start_show_in_z() -> None:
    apart = [[0.0, 0.3, 0.6], [0.0, 0.3, 0.6], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    sections = sections_of([True, True, False, False], starts=3)
    z = pre_trend_z(cells_of(apart), sections, KNOWN)
    assert z is not None
    assert z > 3
    assert pre_trend_z(cells_of([[0.0] * 3] * 4), sections, KNOWN) == pytest.approx(0.0)
    assert pre_trend_z(cells_of(apart), sections_of([True, True, False, False], starts=1), KNOWN) is None
