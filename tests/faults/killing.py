"""Kills whoever works on a database, at random moments, and looks at what is left."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.work import KINDS, Entry, Place, findings, journal, prepare

# Until the first piece of work of a process has begun: opening a database, on a busy machine.
PATIENCE_SECONDS = 150.0


@dataclass(slots=True)
class Killed:
    """How many were killed by kind of work, how often in the middle of a piece, and what was wrong after."""

    kills: Counter[str] = field(default_factory=Counter)
    halfway: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def kill_again_and_again(
    path: Path,
    kills: int,
    *,
    seed: int,
    seconds: float = float("inf"),
    kinds: Sequence[str] = KINDS,
    after: Callable[[int], None] = lambda _: None,
) -> Killed:
    """Kill so many processes, one after another, on one database, or as many as fit into the seconds.

    The moment is drawn evenly over the time such a piece of work takes here. `after` is called after each.
    """
    chance, began = random.Random(seed), time.monotonic()
    place, outcome = prepare(path), Killed()
    lasts = dict.fromkeys(kinds, 0.5)
    for number in range(kills):
        if time.monotonic() - began > seconds:
            break
        kind = kinds[number % len(kinds)]
        before = len(journal(place))
        # A new interpreter: a fork would take along whatever else runs in the tests' own process.
        worker = subprocess.Popen([sys.executable, "-m", "tests.faults.work", *place.words, kind])
        if not _begun(worker, place, before):
            worker.kill()
            worker.wait()
            outcome.wrong.append(f"After {number} kills {kind} did not begin.")
            break
        started = time.monotonic()
        time.sleep(chance.uniform(0.0, 1.5 * lasts[kind]))
        worker.kill()
        worker.wait()
        pieces = journal(place)[before:]
        _count(outcome, kind, pieces)
        finished = sum(entry.done for entry in pieces)
        spent = time.monotonic() - started
        # What never ends before it is killed takes longer than was thought.
        lasts[kind] = spent / finished if finished else 1.5 * lasts[kind]
        outcome.wrong += [f"After kill {number + 1} ({kind}): {words}" for words in findings(place)]
        after(number + 1)
    return outcome


def _begun(worker: subprocess.Popen[bytes], place: Place, before: int) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and worker.poll() is None:
        if len(journal(place)) > before:
            return True
        time.sleep(0.002)
    return False


def _count(outcome: Killed, kind: str, pieces: list[Entry]) -> None:
    outcome.kills[kind] += 1
    outcome.halfway[kind] += bool(pieces) and not pieces[-1].done
    outcome.done[kind] += sum(entry.done for entry in pieces)
