"""Everything computed from one practice's tests: the pool, its status, its tier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from plc.practices.evidence_contexts import contexts_of
from plc.practices.evidence_rows import (
    HELD_BACK,
    NOT_MEASURED,
    POOLED,
    RUNNING,
    PracticeTests,
    places,
    with_low_starters,
)
from plc.practices.evidence_tier import Tier, TierEvidence, evidence_tier
from plc.practices.pooling import TestEffects, effects_of_tests, posteriors
from plc.practices.status import PracticeEvidence, Status, practice_status
from plc.practices.thresholds import PoolRules, Thresholds
from plc.statistics.attrition import LOW
from plc.statistics.baseline_equivalence import ADJUSTED, ALIKE
from plc.statistics.pooled_posterior import PooledPosterior
from plc.statistics.random_effects import Interval, RandomEffects, random_effects, widths
from plc.statistics.records import BoolArray
from plc.statistics.shared_classes import TeamEffects

# Below three teams an interval from the tests alone is 1.4 SD wide and more: it says nothing.
LEAST_TEAMS = 3
# "Clearly harmful" for a tier is what its own 95 % interval says.
_HARM_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Pool:
    """The pooled tests of one practice, k of them in order of their end, and what they say together.

    posterior is None without a test; robust, from the tests alone, below three teams
    """

    tests: pd.DataFrame
    classes: pd.DataFrame
    effects: TestEffects
    teams: TeamEffects
    posterior: PooledPosterior | None
    robust: RandomEffects | None


@dataclass(frozen=True, slots=True)
class PracticeFindings:
    """One practice's evidence: the pool and what follows from it.

    places      where each of its tests stands, '' for one without an effect
    students    distinct students in the pooled tests, as far as classes tell
    unmeasured  tests that are over, or were given up, without an effect
    """

    practice_id: str
    tests: pd.DataFrame
    places: np.ndarray[Any, np.dtype[np.object_]]
    pool: Pool
    evidence: PracticeEvidence
    status: Status
    tier: Tier
    students: int
    unmeasured: int
    contexts: list[dict[str, Any]]

    @property
    def left_out(self) -> int:
        """Measured tests that are not pooled, though they are over."""
        return int(np.sum(~np.isin(self.places, (NOT_MEASURED, POOLED, RUNNING, HELD_BACK))))

    @property
    def held_back(self) -> int:
        """Tests that are over and pooled only together with others, lest the pool tell of a few."""
        return int(np.sum(self.places == HELD_BACK))


def practice_findings(
    practice: PracticeTests, thresholds: Thresholds, *, today: date, shared: BoolArray | None = None
) -> PracticeFindings:
    """Pool a practice's tests and say what follows; `today` tells which tests are over.

    `shared` says which of its tests (k,) are in the pool that everyone reads; without it all that are over.
    """
    place = places(practice.tests, thresholds, today=today)
    if shared is not None:
        place[(place == POOLED) & ~shared] = HELD_BACK
        place[shared] = POOLED
    pool = pool_tests(practice, place == POOLED, thresholds.pool)
    students = _students(pool)
    evidence = _evidence(practice, pool)
    planned = int(np.sum(np.isin(place, (NOT_MEASURED, RUNNING))))
    unmeasured = int(np.sum((place == NOT_MEASURED) & _given_up(practice.tests, today)))
    return PracticeFindings(
        practice_id=practice.practice_id,
        tests=practice.tests,
        places=place,
        pool=pool,
        evidence=evidence,
        status=practice_status(evidence, thresholds),
        tier=evidence_tier(
            _tier_evidence(pool, thresholds, planned=planned - unmeasured, students=students), thresholds
        ),
        students=students,
        unmeasured=unmeasured,
        contexts=contexts_of(pool.tests, pool.classes, pool.effects, thresholds.contexts),
    )


def pool_tests(practice: PracticeTests, chosen: np.ndarray[Any, Any], rules: PoolRules) -> Pool:
    """The chosen tests (k,) together."""
    tests = practice.tests[chosen].reset_index(drop=True)
    classes = practice.classes[practice.classes["test_id"].isin(tests["test_id"])]
    effects = effects_of_tests(tests, classes)
    teams = effects.teams(np.ones(len(tests), dtype=np.bool_))
    robust = None
    if len(teams.effect) >= LEAST_TEAMS:
        interval = Interval.FLOORED if rules.floored else Interval.KNAPP_HARTUNG
        robust = random_effects(teams.effect, teams.variance, interval=interval, level=rules.level)
    posterior = posteriors([teams])[0] if len(tests) else None
    return Pool(tests, classes, effects, teams, posterior, robust)


def _given_up(tests: pd.DataFrame, today: date) -> np.ndarray[Any, Any]:
    """Tests that ended, or that began and were withdrawn."""
    ended, began = (
        (pd.to_datetime(tests[name]) <= pd.Timestamp(today)).to_numpy() for name in ("ends_on", "starts_on")
    )
    return np.asarray(ended | (began & (tests["state"] == "withdrawn").to_numpy()))


def _students(pool: Pool) -> int:
    """Students of the pooled tests, those of a class that took part twice counted once."""
    return round(float(pool.classes.groupby("section_id")["class_students"].max().sum()))


def _evidence(practice: PracticeTests, pool: Pool) -> PracticeEvidence:
    tried = pool.classes[pool.classes["practice"]]
    checked = with_low_starters(pool.tests) | pool.tests["balancing_harm"].to_numpy(dtype=bool)
    decided = practice.tests.dropna(subset=["decision"]).sort_values("decided_at", kind="stable")
    latest = decided.drop_duplicates("team_id", keep="last")["decision"]
    posterior = pool.posterior
    return PracticeEvidence(
        tests=len(pool.tests),
        teams=len(pool.teams.effect),
        practice_sections=tried["section_id"].nunique(),
        teachers=tried["teacher_id"].nunique(),
        schools=tried["school_id"].nunique(),
        lower=posterior.lower if posterior else None,
        upper=posterior.upper if posterior else None,
        robust_lower=pool.robust.lower if pool.robust else None,
        meaningful=posterior.meaningful if posterior else None,
        tests_with_harm=int(pool.tests["balancing_harm"].sum()),
        tests_checked_for_harm=int(np.sum(checked)),
        teams_adopting=int((latest == "adopt").sum()),
        teams_abandoning=int((latest == "abandon").sum()),
        teams_deciding=len(latest),
        withdrawn=practice.withdrawn,
    )


def _tier_evidence(pool: Pool, thresholds: Thresholds, *, planned: int, students: int) -> TierEvidence:
    tests = pool.tests
    compared = tests["design"].isin(thresholds.tiers.comparison).to_numpy()
    degrees = tests["degrees_of_freedom"].fillna(np.inf).to_numpy()
    reach = widths(tests["standard_error"].to_numpy(), degrees, level=_HARM_LEVEL)
    tried = pool.classes[pool.classes["practice"]]
    return TierEvidence(
        planned=planned,
        teams=len(pool.teams.effect),
        compared_teams=len(np.unique(pool.teams.group[compared])),
        designs=frozenset(tests["design"]),
        students=students,
        sites=tried["district_id"].nunique(),
        robust_lower=pool.robust.lower if pool.robust else None,
        harmful_tests=int(np.sum(tests["effect"].to_numpy() + reach < 0)),
        baseline_met=bool(len(tests)) and bool(tests["baseline_verdict"].isin([ALIKE, ADJUSTED]).all()),
        attrition_low=bool(len(tests)) and bool((tests["attrition_verdict"] == LOW).all()),
        helped=pool.posterior.positive if pool.posterior else None,
    )
