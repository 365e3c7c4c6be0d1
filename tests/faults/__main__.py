"""Kill whoever works on the sample district, at random moments, and print what was found.

python -m tests.faults --kills 200
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import click

from plc.database import Database
from plc.sample import load_sample
from tests.e2e.serving import served
from tests.faults.killing import kill_again_and_again
from tests.faults.work import KINDS

# The app itself is started after so many kills, besides the database after each.
STARTED_EVERY = 50


@click.command()
@click.option("--kills", type=int, default=200, show_default=True)
@click.option("--seconds", type=float, default=3600.0, show_default=True, help="Stop after so many.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--work", "kinds", type=click.Choice(KINDS), multiple=True, help="This work only. Repeatable.")
def main(kills: int, seconds: float, seed: int, kinds: tuple[str, ...]) -> None:
    """Print a table, and leave with 1 where anything confirmed was lost or anything half-done was found."""
    starts: list[float] = []
    with tempfile.TemporaryDirectory(prefix="plc-faults-") as folder:
        path = Path(folder) / "plc.duckdb"
        with Database(path) as database:
            load_sample(database)

        def start_app(number: int) -> None:
            if number % STARTED_EVERY == 0 or number == kills:
                began = time.monotonic()
                with served(Path(folder), sample=False):
                    starts.append(time.monotonic() - began)

        outcome = kill_again_and_again(
            path, kills, seed=seed, seconds=seconds, after=start_app, kinds=kinds or KINDS
        )
        if not starts:
            start_app(kills)
    print("| work | kills | in the middle of it | pieces confirmed before |")
    print("|---|---|---|---|")
    for kind in KINDS:
        print(f"| {kind} | {outcome.kills[kind]} | {outcome.halfway[kind]} | {outcome.done[kind]} |")
    print(
        f"| all | {outcome.kills.total()} | {outcome.halfway.total()} | {outcome.done.total()} |\n\n"
        f"The app started {len(starts)} times, in {max(starts):.1f} s at most. Wrong: {len(outcome.wrong)}"
    )
    for words in outcome.wrong:
        print(words)
    sys.exit(bool(outcome.wrong))


if __name__ == "__main__":
    main()
