"""Each measured test of a practice beside its pool, for the forest plot and for how the estimate moved."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from plc.practices.evidence_rows import NOT_MEASURED, POOLED
from plc.practices.pooling import posteriors
from plc.practices.practice_pool import Pool, PracticeFindings
from plc.statistics.effect_options import INTERVAL
from plc.statistics.random_effects import random_effects, shrunken_effects, widths

# Figures of a pooled test in SD but the weight; absent where the pool has none to tell.
FIGURES: Final = (
    "weight", "shrunken_effect", "shrunken_lower", "shrunken_upper", "without_estimate", "without_lower",
    "without_upper", "so_far_estimate", "so_far_lower", "so_far_upper",
)  # fmt: skip


def tests_beside(findings: PracticeFindings) -> dict[str, list[Any]]:
    """Columns with an entry per measured test in order of their end: its place, team, share of the pooled
    estimate, itself drawn to the mean, the pool without it and the pool once it had ended. Figures of a test
    that is not pooled are None."""
    measured = findings.places != NOT_MEASURED
    place = findings.places[measured]
    pooled = np.flatnonzero(place == POOLED)
    columns: dict[str, list[Any]] = {
        "practice_id": [findings.practice_id] * len(place),
        "test_id": findings.tests["test_id"].to_numpy()[measured].tolist(),
        "place": place.tolist(),
        "test_order": list(range(len(place))),
    }
    for name, figures in _figures(findings.pool).items():
        column: list[Any] = [None] * len(place)
        for row, figure in zip(pooled.tolist(), figures.tolist(), strict=True):
            column[row] = figure
        columns[name] = column
    return columns


def _figures(pool: Pool) -> dict[str, np.ndarray[Any, Any]]:
    """Columns with an entry per pooled test, k of them; a column without anything to say is left out."""
    k, teams = len(pool.tests), pool.teams
    if pool.posterior is None:
        return {}
    order = np.arange(k)
    sets = [pool.effects.teams(order <= test) for test in range(k)]
    sets += [pool.effects.teams(order != test) for test in range(k)] if k > 1 else []
    pools = posteriors(sets)
    figures = {"team_number": teams.group + 1, "weight": pool.posterior.weight[teams.group] * teams.share}
    for name, some in (("so_far", pools[:k]), ("without", pools[k:])):
        if some:
            figures[f"{name}_estimate"] = np.array([each.mean for each in some])
            figures[f"{name}_lower"] = np.array([each.lower for each in some])
            figures[f"{name}_upper"] = np.array([each.upper for each in some])
    if len(teams.effect) > 1:
        alone = random_effects(teams.effect, teams.variance)
        drawn, error = shrunken_effects(teams.effect, teams.variance, alone)
        reach = widths(error, np.full(len(error), np.inf), level=INTERVAL)
        figures["shrunken_effect"] = drawn[teams.group]
        figures["shrunken_lower"] = (drawn - reach)[teams.group]
        figures["shrunken_upper"] = (drawn + reach)[teams.group]
    return figures
