"""The rule for flags by hand, and its promise on simulated truth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from plc.statistics.false_discovery import flag_set, normal_probability_above, probability_above
from plc.statistics.npmle import npmle_probability_above
from plc.statistics.posterior import TeacherPosteriors, teacher_posteriors
from plc.statistics.variance_components import fit_variance_components
from tests.unit.statistics.districts import simulate_district

EVERYONE = np.ones(5, dtype=bool)


def test_the_set_grows_while_the_mean_of_its_local_rates_stays_within_the_limit() -> None:
    # Local rates .02, .08, .12, .17, .24: running means .02, .05, .073, .0975, .126.
    result = flag_set(np.array([0.76, 0.98, 0.83, 0.92, 0.88]), EVERYONE, 0.10)
    assert result.flagged.tolist() == [False, True, True, True, True]
    assert result.expected_false_discovery_rate == pytest.approx(0.0975)
    assert result.expected_false_flags == pytest.approx(0.39)


def test_a_probability_below_three_quarters_is_never_flagged() -> None:
    result = flag_set(np.array([0.99, 0.99, 0.99, 0.749, 0.75]), EVERYONE, 0.10)
    assert result.flagged.tolist() == [True, True, True, False, True]


def test_the_ineligible_neither_are_flagged_nor_make_room_for_others() -> None:
    probabilities = np.array([0.999, 0.999, 0.999, 0.85, 0.85])
    eligible = np.array([False, False, False, True, True])
    assert not flag_set(probabilities, eligible, 0.10).flagged.any()
    assert flag_set(probabilities, EVERYONE, 0.10).flagged.all()


def test_equal_probabilities_are_flagged_together_or_not_at_all() -> None:
    probabilities = np.array([0.96, 0.84, 0.84, 0.84, 0.84])  # means .04, .10, .12, ...
    assert flag_set(probabilities, EVERYONE, 0.10).flagged.tolist() == [True, False, False, False, False]
    assert flag_set(probabilities, EVERYONE, 0.136).flagged.all()


def test_no_flag_is_a_normal_answer() -> None:
    result = flag_set(np.array([0.8, 0.7, 0.2, 0.1, 0.0]), EVERYONE, 0.10)
    assert not result.flagged.any()
    assert result.expected_false_discovery_rate == 0
    empty = flag_set(np.zeros(0), np.zeros(0, dtype=bool), 0.10)
    assert empty.flagged.size == 0


def test_probability_above_by_hand() -> None:
    found = normal_probability_above(np.array([0.1, 0.2, 0.3]), np.array([0.05, 0.1, 0.0]), 0.1)
    assert found == pytest.approx([0.5, 0.8413447, 1.0])


def posteriors_of(mean: np.ndarray, sd: np.ndarray, prior_variance: float) -> TeacherPosteriors:
    count = mean.size
    return TeacherPosteriors(
        mean=mean,
        sd=sd,
        reliability=1 - sd**2 / prior_variance,
        prior_variance=np.full(count, prior_variance),
        school=np.zeros(count, dtype=int),
        peers_in_school=np.full(count, count - 1),
        comparable=np.ones(count, dtype=bool),
        plug_in_mean=mean,
        plug_in_sd=sd,
    )


def simulated_posteriors(effects: np.ndarray, error: float, seed: int = 0) -> TeacherPosteriors:
    prior = float(effects.var())
    shrink = prior / (prior + error**2)
    estimate = effects + np.random.default_rng(seed).normal(0, error, effects.size)
    return posteriors_of(shrink * estimate, np.full(effects.size, np.sqrt(shrink) * error), prior)


@pytest.mark.parametrize(("teachers", "nonparametric"), [(199, False), (200, True)])
def test_the_nonparametric_prior_takes_over_at_200_teachers(teachers: int, nonparametric: bool) -> None:
    given = simulated_posteriors(np.random.default_rng(1).normal(0, 0.14, teachers), 0.08)
    chosen = probability_above(given, 0.1)
    kind = "npmle" if nonparametric else "normal"
    np.testing.assert_array_equal(chosen, probability_above(given, 0.1, prior=kind))
    assert np.abs(chosen - probability_above(given, 0.1, prior="npmle")).max() == 0 or not nonparametric


def test_under_normal_effects_both_priors_say_the_same() -> None:
    given = simulated_posteriors(np.random.default_rng(1).normal(0, 0.14, 5_000), 0.08)
    gap = probability_above(given, 0.1, prior="npmle") - probability_above(given, 0.1, prior="normal")
    assert np.abs(gap).max() < 0.06


def test_the_normal_start_alone_reproduces_the_normal_posterior() -> None:
    """With one teacher in her own prior the grid posterior is close to the closed form."""
    mean, sd, prior = np.array([0.12]), np.array([0.06]), np.array([0.0196])
    alone = npmle_probability_above(mean, sd, prior, delta=0.1)[0]
    assert 0.5 < alone < 0.99


def test_npmle_finds_a_separate_group_of_exemplary_teachers() -> None:
    random = np.random.default_rng(2)
    exemplary = random.random(2_000) < 0.08
    effects = np.where(exemplary, 0.30, 0.0) + random.normal(0, 0.05, 2_000)
    given = simulated_posteriors(effects - effects.mean(), 0.08)
    truth = effects - effects.mean() > 0.1
    losses = {
        kind: np.mean((probability_above(given, 0.1, prior=kind) - truth) ** 2)
        for kind in ("normal", "npmle")
    }
    assert losses["npmle"] < 0.9 * losses["normal"]


def test_npmle_probabilities_are_those_of_the_grid_posterior_it_states() -> None:
    """One Bayes step by quadrature under a fixed normal prior, when the data cannot move the prior."""
    count, prior = 400, 0.02
    random = np.random.default_rng(4)
    effects = random.normal(0, np.sqrt(prior), count)
    given = simulated_posteriors(effects, 0.09, seed=5)
    found = probability_above(given, 0.1, prior="npmle")
    shrink = float(given.sd[0] ** 2 / 0.09**2)
    j = int(np.argmax(given.mean))
    estimate = given.mean[j] / shrink

    def density(effect: float) -> float:
        return float(stats.norm.pdf(estimate, effect, 0.09) * stats.norm.pdf(effect, 0, np.sqrt(prior)))

    exact = integrate.quad(density, 0.1, 2)[0] / integrate.quad(density, -2, 2)[0]
    assert found[j] == pytest.approx(exact, abs=0.05)


def test_a_teacher_without_information_gets_the_probability_of_the_prior() -> None:
    random = np.random.default_rng(4)
    given = simulated_posteriors(random.normal(0, 0.14, 300), 0.08)
    given.mean[0], given.sd[0] = 0.0, np.sqrt(given.prior_variance[0])
    share = probability_above(given, 0.1, prior="npmle")[0]
    assert share == pytest.approx(float(stats.norm.sf(0.1 / 0.14)), abs=0.06)


def test_nothing_is_claimed_about_a_teacher_without_peers() -> None:
    district = simulate_district(7, per_school=3)
    fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
    given = teacher_posteriors(district.summaries, district.exposures, fit, peers="school")
    np.testing.assert_array_equal(probability_above(given, 0.1), 0.0)


def test_about_a_tenth_of_the_flags_are_false_at_a_stated_tenth() -> None:
    flagged, wrong, expected = 0, 0, 0.0
    for seed in range(10):
        district = simulate_district(100 + seed, schools=25, per_school=12, sections=1)
        fit = fit_variance_components(district.summaries, district.exposures, school_year_effects=True)
        given = teacher_posteriors(district.summaries, district.exposures, fit)
        result = flag_set(probability_above(given, 0.1), given.comparable, 0.10)
        flagged += int(result.flagged.sum())
        wrong += int((district.total[result.flagged] <= 0.1).sum())
        expected += result.expected_false_flags
    assert flagged > 100
    assert 0.03 < wrong / flagged < 0.15
    assert 0.05 < expected / flagged <= 0.10


def test_without_teacher_effects_next_to_nobody_is_flagged() -> None:
    flags = 0
    for seed in range(5):
        district = simulate_district(200 + seed, schools=25, per_school=10)
        effect = np.random.default_rng(seed).normal(0, 0.15, len(district.summaries))
        null = district.with_effect(effect)
        fit = fit_variance_components(null.summaries, null.exposures, school_year_effects=True)
        given = teacher_posteriors(null.summaries, null.exposures, fit)
        flags += int(flag_set(probability_above(given, 0.1), given.comparable, 0.10).flagged.sum())
    assert flags <= 2


def test_npmle_of_nobody_and_of_no_variance_is_defined() -> None:
    assert npmle_probability_above(np.zeros(0), np.zeros(0), np.zeros(0), delta=0.1).size == 0
    none = npmle_probability_above(np.array([0.2, 0.0]), np.zeros(2), np.zeros(2), delta=0.1)
    assert none.tolist() == [1.0, 0.0]
