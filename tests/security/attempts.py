"""How many attacks were made and how many succeeded: counted in each test, added up at the end of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

# A property of a test report, which carries it from the process of the test to the one that prints.
PROPERTY: Final = "attempts"


@dataclass(slots=True)
class Attempts:
    """What one test tried. `succeeded` says in words what an attacker got; a test with any fails."""

    kind: str
    made: int = 0
    succeeded: list[str] = field(default_factory=list)

    def refused(self, times: int = 1) -> None:
        """So many attacks came to nothing."""
        self.made += times

    def got_through(self, words: str) -> None:
        """An attack worked."""
        self.made += 1
        self.succeeded.append(words)

    def judge(self, harmed: object, words: str) -> None:
        """One attack, which worked if `harmed` is anything but false."""
        if harmed:
            self.got_through(f"{words}: {harmed!r:.300}")
        else:
            self.refused()


def summary(properties: list[tuple[str, int, int]]) -> list[str]:
    """Lines for the end of a run, from (kind, made, succeeded) of each test."""
    made: Counter[str] = Counter()
    succeeded: Counter[str] = Counter()
    for kind, tried, worked in properties:
        made[kind] += tried
        succeeded[kind] += worked
    lines = [f"{kind}: {made[kind]:,} attempts, {succeeded[kind]} succeeded" for kind in sorted(made)]
    return [*lines, f"all: {made.total():,} attempts, {succeeded.total()} succeeded"]
