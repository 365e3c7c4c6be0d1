"""Pools of one practice's tests: all of them, without each, as they came in, and place by place.

A *set* is some of the tests; every set is pooled by the same rules: the same teachers' tests count once,
estimated errors count for what their degrees of freedom allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from plc.statistics.pooled_posterior import PooledPosterior, allowing_for_degrees, pooled_posteriors
from plc.statistics.records import BoolArray, FloatArray
from plc.statistics.shared_classes import TeamEffects, TestedClasses, team_effects


@dataclass(frozen=True, slots=True)
class TestEffects:
    """k tests that may be pooled: effect and variance (k,), SD and SD^2, and the classes they rest on."""

    __test__ = False

    effect: FloatArray
    variance: FloatArray
    classes: TestedClasses

    def __len__(self) -> int:
        return len(self.effect)

    def teams(self, chosen: BoolArray) -> TeamEffects:
        """One effect per team of teachers, from the chosen tests (k,)."""
        number = np.cumsum(chosen) - 1
        kept = chosen[self.classes.test]
        return team_effects(
            self.effect[chosen],
            self.variance[chosen],
            TestedClasses(
                test=number[self.classes.test[kept]],
                section=self.classes.section[kept],
                teacher=self.classes.teacher[kept],
                practice=self.classes.practice[kept],
            ),
        )


def effects_of_tests(tests: pd.DataFrame, classes: pd.DataFrame, *, prefix: str = "") -> TestEffects:
    """Effects of tests (one row each) and their classes, matched by `test_id`.

    prefix: '' for the effect on everyone, 'low_starters_' for that on the students who started lowest.
    """
    error, freedom = ("standard_error", "degrees_of_freedom")
    if prefix:
        error, freedom = f"{prefix}error", f"{prefix}freedom"
    mine = classes[classes["test_id"].isin(tests["test_id"])]
    place = pd.Series(np.arange(len(tests)), index=tests["test_id"])
    degrees = tests[freedom].fillna(np.inf).to_numpy()
    variance = tests[error].to_numpy() ** 2
    # An error known exactly has a normal likelihood.
    known = np.isinf(degrees)
    return TestEffects(
        effect=tests[f"{prefix}effect"].to_numpy(),
        variance=np.where(known, variance, allowing_for_degrees(variance, np.where(known, 1e6, degrees))),
        classes=TestedClasses(
            test=place[mine["test_id"]].to_numpy(dtype=np.int64),
            section=pd.factorize(mine["section_id"])[0],
            teacher=pd.factorize(mine["teacher_id"])[0],
            practice=mine["practice"].to_numpy(dtype=np.bool_),
        ),
    )


def posteriors(sets: Sequence[TeamEffects]) -> list[PooledPosterior]:
    """The pool of every set, in one solution."""
    if not sets:
        return []
    widest = max(len(each.effect) for each in sets)
    effect, variance = np.full((len(sets), widest), np.nan), np.ones((len(sets), widest))
    for row, each in enumerate(sets):
        effect[row, : len(each.effect)] = each.effect
        variance[row, : len(each.effect)] = each.variance
    return pooled_posteriors(effect, variance)
