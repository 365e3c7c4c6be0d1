"""Tests by the same teachers count once; comparison classes used twice make both tests less sure."""

import numpy as np
import pytest

from plc.statistics.shared_classes import TestedClasses, likeness, team_effects

EFFECT, VARIANCE = np.array([0.20, 0.10, 0.00]), np.array([0.01, 0.01, 0.04])


def classes(*tests: tuple[str, str]) -> TestedClasses:
    """Of each test its practice and its comparison classes, as letters; a class is its teacher's letter.

    A digit after the letter tells two classes of one teacher apart.
    """
    rows = [
        (test, name, name[0], arm == 0)
        for test, arms in enumerate(tests)
        for arm, words in enumerate(arms)
        for name in words.split()
    ]
    test, section, teacher, practice = zip(*rows, strict=True)
    return TestedClasses(
        np.array(test),
        np.unique(section, return_inverse=True)[1],
        np.unique(teacher, return_inverse=True)[1],
        np.array(practice),
    )


def test_tests_that_share_nothing_stay_as_they_are() -> None:
    teams = team_effects(EFFECT, VARIANCE, classes(("a b", "c d"), ("e f", "g h"), ("i", "j")))
    np.testing.assert_allclose(teams.effect, EFFECT)
    np.testing.assert_allclose(teams.variance, VARIANCE)
    assert teams.share.tolist() == [1, 1, 1]


def test_the_same_teachers_with_new_classes_are_one_team() -> None:
    teams = team_effects(EFFECT, VARIANCE, classes(("a1 b1", "c d"), ("a2 b2", "e f"), ("i", "j")))
    assert teams.group.tolist() == [0, 0, 1]
    assert teams.effect.tolist() == pytest.approx([0.15, 0.0])
    assert teams.share.tolist() == pytest.approx([0.5, 0.5, 1.0])
    assert 0.005 < teams.variance[0] < 0.01


def test_half_of_the_practice_classes_in_common_make_one_team_and_a_third_does_not() -> None:
    half = team_effects(EFFECT, VARIANCE, classes(("a1 b", "c"), ("a2 d", "e"), ("i", "j")))
    third = team_effects(EFFECT, VARIANCE, classes(("a1 b f", "c"), ("a2 d g", "e"), ("i", "j")))
    assert len(half.effect) == 2
    assert len(third.effect) == 3
    assert third.variance[0] > VARIANCE[0]


def test_teams_compared_with_the_same_classes_stay_two_and_are_less_sure() -> None:
    teams = team_effects(EFFECT, VARIANCE, classes(("a b", "c d"), ("e f", "c d"), ("i", "j")))
    assert len(teams.effect) == 3
    np.testing.assert_allclose(teams.effect, EFFECT)
    # Half of each test's weight is on classes it shares: R = .95 / 2.
    assert teams.variance[:2].tolist() == pytest.approx([0.01475, 0.01475])
    assert teams.variance[2] == pytest.approx(0.04)


def test_measuring_the_same_classes_again_adds_next_to_nothing() -> None:
    teams = team_effects(EFFECT[:2], VARIANCE[:2], classes(("a b", "c d"), ("a b", "c d")))
    assert teams.variance.tolist() == pytest.approx([0.01 * (1 + 0.95) / 2])


def test_no_weighted_mean_of_teams_is_claimed_to_be_surer_than_it_is() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        rows = 40
        drawn = TestedClasses(
            np.concatenate([np.arange(8), rng.integers(0, 8, rows)]),
            rng.integers(0, 25, rows + 8),
            rng.integers(0, 40, rows + 8),
            np.concatenate([np.ones(8, bool), rng.random(rows) < 0.5]),
        )
        error = rng.uniform(0.06, 0.2, 8)
        across = error[:, None] * error * likeness(drawn, 8)
        assert np.linalg.eigvalsh(across).min() > 0
        teams = team_effects(rng.normal(size=8), error**2, drawn)
        claimed = np.zeros((len(teams.effect), 8))
        claimed[teams.group, np.arange(8)] = teams.share
        gap = np.diag(teams.variance) - claimed @ across @ claimed.T
        assert np.linalg.eigvalsh(gap).min() > -1e-12
