"""A longer, random run of the attacks: `python -m tests.security --minutes 5 [--seed 1]`.

Draws who attacks, with what, where, over and over: use cases with ids of others and hostile words, files that
lie about themselves, sums over released figures, downloads, words on pages. Prints how many attempts were
made and how many succeeded, by class; ends with 1 if any did.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plc.database import Database
from plc.sample import load_sample
from tests.security import at_random
from tests.security.attempts import Attempts


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found: attempts by class, and what succeeded."""

    made: Counter[str]
    succeeded: list[str]


def attack(source: Path, *, minutes: float, seed: int) -> Run:
    """Draw attacks for so long, on copies of a database."""
    draw = random.Random(seed)
    until = time.monotonic() + 60 * minutes
    made: Counter[str] = Counter()
    succeeded: list[str] = []
    with tempfile.TemporaryDirectory() as folder, at_random.district(source, Path(folder)) as attacked:
        kinds: list[tuple[str, Callable[..., None]]] = list(at_random.KINDS.items())
        while time.monotonic() < until:
            name, kind = draw.choice(kinds)
            counted = Attempts(name)
            kind(attacked, draw, counted)
            made[name] += counted.made
            succeeded += [f"{name}: {words}" for words in counted.succeeded]
    return Run(made, succeeded)


def main() -> int:
    """Load the sample district, attack it and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="attacked-"))
    try:
        with Database(folder / "plc.duckdb") as database:
            load_sample(database)
        found = attack(folder / "plc.duckdb", minutes=asked.minutes, seed=asked.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name in sorted(found.made):
        worked = sum(words.startswith(f"{name}:") for words in found.succeeded)
        print(f"{name}: {found.made[name]:,} attempts, {worked} succeeded")
    print(f"all: {found.made.total():,} attempts, {len(found.succeeded)} succeeded (seed {asked.seed})")
    for words in found.succeeded[:50]:
        print(f"  {words[:300]}")
    return 1 if found.succeeded else 0


if __name__ == "__main__":
    raise SystemExit(main())
