"""The difference between two parts of a class, by hand, and what it takes to warn."""

from __future__ import annotations

import numpy as np
import pytest

from plc.statistics.balancing import (
    LAG,
    PartEffects,
    difference,
    look_first,
    probability_below,
    together,
)
from plc.statistics.posterior import TeacherPosteriors


def part(effect: list[float], variance: list[float], students: list[float]) -> PartEffects:
    return PartEffects(np.array(effect), np.array(variance), np.array(students))


def test_two_parts_together_weigh_each_student_alike() -> None:
    # (6 * 0.20 + 3 * 0.50) / 9 = 0.30; (36 * 0.04 + 9 * 0.09) / 81 = 0.0277...
    both = together([part([0.20], [0.04], [6.0]), part([0.50], [0.09], [3.0])])
    assert both.effect[0] == pytest.approx(0.30)
    assert both.variance[0] == pytest.approx(2.25 / 81)
    assert both.students[0] == 9


def test_an_empty_part_adds_nothing() -> None:
    both = together([part([0.20], [0.04], [6.0]), part([9.9], [9.9], [0.0])])
    assert (both.effect[0], both.variance[0], both.students[0]) == pytest.approx((0.20, 0.04, 6))


def test_the_difference_adds_variances_and_needs_students_on_both_sides() -> None:
    gap, variance, both = difference(
        part([-0.3, 0.1], [0.05, 0.05], [8.0, 0.0]), part([0.2, 0.2], [0.02, 0.02], [15.0, 22.0])
    )
    assert gap[0] == pytest.approx(-0.5)
    assert variance[0] == pytest.approx(0.07)
    assert both.tolist() == [True, False]


def posterior(mean: list[float], sd: list[float], *, comparable: list[bool]) -> TeacherPosteriors:
    means, sds = np.array(mean), np.array(sd)
    ones = np.ones(len(mean))
    whole = np.zeros(len(mean), dtype=np.intp)
    return TeacherPosteriors(
        mean=means,
        sd=sds,
        reliability=ones,
        prior_variance=ones,
        school=whole,
        peers_in_school=whole,
        comparable=np.array(comparable),
        plug_in_mean=means,
        plug_in_sd=sds,
    )


def test_the_probability_of_lagging_is_the_normal_tail_and_zero_without_peers() -> None:
    # (-0.10 - -0.30) / 0.20 = 1 standard deviation: 0.8413.
    found = probability_below(posterior([-0.30, -0.30], [0.20, 0.20], comparable=[True, False]), -LAG)
    assert found == pytest.approx([0.841345, 0.0], abs=1e-6)


def test_a_warning_needs_students_who_fall_and_who_fall_behind() -> None:
    below = np.array([0.95, 0.95, 0.20, 0.75])
    behind = np.array([0.95, 0.20, 0.95, 0.75])
    assert look_first(below, behind).tolist() == [True, False, False, True]
