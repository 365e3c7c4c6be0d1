"""Whether the floor of 10 holds for students who started lowest: `python -m tests.calibration.low_starters`.

Tests without an effect, as in `effects`, but reduced to the third that started lowest, as the product does it
for what must not get worse. Prints a line per number of such students on the smaller side of a test.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import stats

from plc.bright_spots import scan_and_store
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.statistics.effect_options import HARM_PROBABILITY, HARM_SIZE, UNDIRECTED
from plc.statistics.effect_posterior import effect_posterior
from tests.calibration.effects import KINDS, FloatArray, Pool, pools_of
from tests.calibration.loading import simulate
from tests.calibration.scenarios import SCENARIOS

SIZES = (2, 4, 6)
# Students who started lowest on the smaller side, from and below.
BINS = ((1, 10), (10, 15), (15, 25), (25, 1000))
LOSS = 0.30


def low_pools(seeds: Sequence[int], *, rows: int) -> dict[str, list[Pool]]:
    """Classes of simulated districts with the cells of those who started lowest alone."""
    found: dict[str, list[Pool]] = {}
    scenario = SCENARIOS["base"]
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder, Database(Path(folder) / "plc.duckdb") as database:
            truth = simulate(database, scenario, seed=seed, rows=rows)
            scan_and_store(database, LOCAL_STEWARD)
            for name, some in pools_of(database, scenario, truth, low_only=True).items():
                found.setdefault(name, []).extend(some)
    return found


def tried(kind: str, pooled: list[Pool], many: int, rng: np.random.Generator) -> FloatArray:
    """A row per test: students on the smaller side, estimate, SE, df, warns without and with a loss."""
    rows = []
    for size in SIZES:
        for _ in range(many):
            pool = pooled[int(rng.integers(len(pooled)))]
            formed = KINDS[kind].form(pool, size, rng)
            effect = KINDS[kind].estimate(*formed, pool.variance) if formed is not None else None
            if formed is None or effect is None:
                continue
            sections = formed[1]
            least = min(sections.students[sections.tried].sum(), sections.students[~sections.tried].sum())
            warns = [_warns(effect.estimate - loss, effect.standard_error, effect.df) for loss in (0.0, LOSS)]
            rows.append((least, effect.estimate, effect.standard_error, effect.df, *warns))
    return np.array(rows, dtype=np.float64)


def _warns(estimate: float, error: float, df: float) -> bool:
    posterior = effect_posterior(estimate, error, df=df, prior=UNDIRECTED)
    return 1.0 - posterior.above(-HARM_SIZE) >= HARM_PROBABILITY


def line(kind: str, rows: FloatArray, low: int, high: int) -> str:
    """False alarms at 5 %, coverage at 90 %, warnings without and with a loss of 0.30 SD."""
    mine = rows[(rows[:, 0] >= low) & (rows[:, 0] < high)]
    _, estimate, error, df, nothing, loss = mine.T
    alarms = np.mean(np.abs(estimate) / error > stats.t.ppf(0.975, df))
    covered = np.mean(np.abs(estimate) <= stats.t.ppf(0.95, df) * error)
    return (
        f"{kind}, {low} to {high - 1}: {len(mine)} tests, alarms {alarms:.3f}, coverage {covered:.3f},"
        f" warns of nothing {nothing.mean():.3f}, of a loss {loss.mean():.3f}"
    )


def main() -> None:
    """Three districts of 200,000 results, 1,500 tests of each kind and size."""
    pooled, rng = low_pools((901, 902, 903), rows=200_000), np.random.default_rng(5)
    for kind in ("randomised", "randomised_new", "matched"):
        rows = tried(kind, pooled[KINDS[kind].before], 1500, rng)
        for low, high in BINS:
            print(line(kind, rows, low, high))


if __name__ == "__main__":
    main()
