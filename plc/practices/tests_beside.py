"""Each measured test of a practice beside its pool, for the forest plot and for how the estimate moved."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from plc.practices.evidence_rows import NOT_MEASURED, POOLED
from plc.practices.pooling import posteriors
from plc.practices.practice_pool import Pool, PracticeFindings
from plc.statistics.effect_options import INTERVAL
from plc.statistics.random_effects import random_effects, shrunken_effects, widths

TEST_COLUMNS: Final = (
    "weight", "shrunken_effect", "shrunken_lower", "shrunken_upper", "without_estimate", "without_lower",
    "without_upper", "so_far_estimate", "so_far_lower", "so_far_upper",
)  # fmt: skip


def tests_beside(findings: PracticeFindings) -> pd.DataFrame:
    """A row per measured test in order of their end: its place, team, share of the pooled estimate, itself
    drawn to the mean, the pool without it and the pool once it had ended. Figures of a test that is not
    pooled are NaN."""
    measured = findings.places != NOT_MEASURED
    rows = pd.DataFrame(
        {
            "practice_id": findings.practice_id,
            "test_id": findings.tests["test_id"][measured],
            "place": findings.places[measured].astype(str),
            "team_number": pd.array([None] * int(measured.sum()), dtype="Int32"),
            "test_order": np.arange(int(measured.sum())),
        }
    ).reset_index(drop=True)
    rows[list(TEST_COLUMNS)] = np.nan
    pooled = np.flatnonzero(rows["place"] == POOLED)
    if len(pooled):
        figures = _figures(findings.pool)
        for name in figures:
            rows.loc[pooled, name] = figures[name].to_numpy()
    return rows


def _figures(pool: Pool) -> pd.DataFrame:
    """One row per pooled test, k of them."""
    k, teams = len(pool.tests), pool.teams
    order = np.arange(k)
    sets = [pool.effects.teams(order <= test) for test in range(k)]
    if k > 1:
        sets += [pool.effects.teams(order != test) for test in range(k)]
    pools = posteriors(sets)
    frame = pd.DataFrame({"team_number": teams.group + 1})
    weight = pool.posterior.weight if pool.posterior else np.zeros(len(teams.effect))
    frame["weight"] = weight[teams.group] * teams.share
    for name, some in (("so_far", pools[:k]), ("without", pools[k:])):
        for column, field in (("estimate", "mean"), ("lower", "lower"), ("upper", "upper")):
            frame[f"{name}_{column}"] = [getattr(each, field) for each in some] if some else np.nan
    if len(teams.effect) > 1:
        drawn, error = shrunken_effects(
            teams.effect, teams.variance, random_effects(teams.effect, teams.variance)
        )
        reach = widths(error, np.full(len(error), np.inf), level=INTERVAL)
        frame["shrunken_effect"] = drawn[teams.group]
        frame["shrunken_lower"] = (drawn - reach)[teams.group]
        frame["shrunken_upper"] = (drawn + reach)[teams.group]
    return frame
