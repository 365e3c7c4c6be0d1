"""What the figures told of a test stand on: a word for the results of each class and part, by figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_beside import BESIDE, Beside, beside_from_text
from plc.inquiry.result_signature import is_largely_other, is_other

# The generation of results whose measurement waits.
WAITS: Final = 0

# By class and part of what is told: a word for its results, '' for none.
Signatures = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Changed:
    """The classes of a part whose results are others in one figure than in another, and those largely so."""

    sections: frozenset[str]
    largely: frozenset[str]


@dataclass(frozen=True, slots=True)
class ToldResults:
    """What the figures told of a test stand on, and how many were told.

    `ever`: of every figure told, in order; `waiting`: of the one that waits. `beside`: the results of the
    other classes whenever a figure was told. `for_nobody`: what waits would tell of one of them.
    """

    generation: int
    ever: Sequence[Signatures]
    waiting: Signatures
    beside: Sequence[Beside] = ()
    for_nobody: bool = False

    @property
    def signatures(self) -> Signatures:
        """Of the last figure told."""
        return self.ever[-1] if self.ever else {}


def changed_parts(before: Signatures, now: Signatures) -> dict[str, Changed]:
    """What changed from one figure to another, by part; every part of either is a key."""
    sections: dict[str, set[str]] = defaultdict(set)
    largely: dict[str, set[str]] = defaultdict(set)
    for section_id, part in {*before, *now}:
        old, new = before.get((section_id, part), ""), now.get((section_id, part), "")
        here, large = sections[part], largely[part]
        if is_other(old, new):
            here.add(section_id)
            if is_largely_other(old, new):
                large.add(section_id)
    return {part: Changed(frozenset(sections[part]), frozenset(largely[part])) for part in sections}


def told_results(cursor: Cursor, test_ids: Sequence[str]) -> dict[str, ToldResults]:
    """What the figures told of tests stand on, by test; of one never told, nothing."""
    rows = cursor.execute(load_sql("inquiry", "told_signatures"), {"test_ids": list(test_ids)}).fetchall()
    written: dict[str, dict[int, dict[tuple[str, str], str]]] = defaultdict(lambda: defaultdict(dict))
    beside: dict[str, list[Beside]] = defaultdict(list)
    last: dict[str, int] = defaultdict(int)
    for_nobody = set[str]()
    for test_id, section_id, part, signature, generation in rows:
        last[test_id] = max(last[test_id], generation)
        if part != BESIDE:
            written[test_id][generation][section_id, part] = signature
        elif generation == WAITS:
            for_nobody.add(test_id)
        else:
            beside[test_id].append(beside_from_text(signature))
    found = {}
    for one in test_ids:
        waiting = written[one].pop(WAITS, {})
        ever: list[Signatures] = []
        for generation in sorted(written[one]):
            # What is written of a figure is what changed since the one before.
            ever.append({**(ever[-1] if ever else {}), **written[one][generation]})
        found[one] = ToldResults(last[one], ever, waiting, beside[one], one in for_nobody)
    return found
