"""The classes beside a test whose results its figure is standardised by, held still where they would be told.

A test's results are set against everybody who took its occasions. So its figure moves when a class comes late
that is not in it, and whoever knows every class of the test could read this class from the move. A new figure
is therefore told only where, beside every one told before, the other classes are the same or enough changed.
What a reader loaded for a class herself is no change to hide behind: she may have made it up to have it so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_steps import keep
from plc.inquiry.tested import PlannedTest
from plc.inquiry.yardsticks import NO_READERS, Behind, States, tells_of_enough

# The row of a told figure that keeps the classes beside its test, under no class's id.
BESIDE: Final = "beside"


@dataclass(frozen=True, slots=True)
class Beside:
    """By assessment and class beside a test: what stands in its results, a word for each who loaded any."""

    states: States = field(default_factory=dict)
    hands: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.states)


def read_beside(cursor: Cursor) -> Beside:
    """What stands beside a test, and who loaded it. After `reduce_test`."""
    keep(cursor, "effect_taken")
    rows = cursor.execute(load_sql("inquiry", "effect_beside")).fetchall()
    hands: dict[tuple[str, str], set[str]] = defaultdict(set)
    for assessment_id, section_id, loaded_by in cursor.execute(load_sql("inquiry", "effect_hand")).fetchall():
        if loaded_by not in NO_READERS:
            hands[assessment_id, section_id].add(_word_for(loaded_by))
    return Beside(
        {(assessment_id, section_id): int(state) for assessment_id, section_id, state in rows},
        {place: frozenset(of) for place, of in hands.items()},
    )


def beside_as_text(beside: Beside) -> str:
    """What is stored of it with a told figure."""
    hands = {place: sorted(of) for place, of in beside.hands.items()}
    return json.dumps([_by_assessment(beside.states), _by_assessment(hands)])


def beside_from_text(text: str) -> Beside:
    """As `beside_as_text` stored it; of a figure told before hands were kept there are the states alone."""
    found: Any = json.loads(text)
    states, hands = found if isinstance(found, list) else (found, {})
    return Beside(_by_place(states), {place: frozenset(of) for place, of in _by_place(hands).items()})


def tells_beside(cursor: Cursor, test: PlannedTest, ever: Iterable[Beside], now: Beside) -> bool:
    """Whether a figure made now, less one told before, would tell of one or two teachers beside the test.

    An assessment that only one of the two was made of tells of all who took it. Who loaded results of a class
    at either time knows it at both: of rows that were taken back only the figure told of them still says so.
    """
    changed = []
    for before in ever:
        shared = {one for one, _ in before.states} & {one for one, _ in now.states}
        old, new = _of(before.states, shared), _of(now.states, shared)
        if old != new:
            changed.append((before, old, new))
    if not changed:
        return False
    sections = {section for told in (*(before for before, *_ in changed), now) for _, section in told.states}
    teachers = _teachers(cursor, test, sections)
    return not all(tells_of_enough(old, new, _behind(teachers, before, now)) for before, old, new in changed)


def _of(states: States, assessments: Collection[str]) -> dict[tuple[str, str], int]:
    return {place: state for place, state in states.items() if place[0] in assessments}


def _teachers(cursor: Cursor, test: PlannedTest, sections: Collection[str]) -> dict[str, frozenset[str]]:
    teachers: dict[str, set[str]] = defaultdict(set)
    for section_id, teacher_id in cursor.execute(
        load_sql("inquiry", "seek_line_teachers"),
        {"subject": test.subject, "school_year": test.school_year, "section_ids": sorted(sections)},
    ).fetchall():
        teachers[section_id].add(_word_for(teacher_id))
    return _frozen(teachers)


def _behind(teachers: Mapping[str, frozenset[str]], before: Beside, now: Beside) -> Behind:
    hands: dict[str, set[str]] = defaultdict(set)
    for (_, section_id), loaded_by in (*before.hands.items(), *now.hands.items()):
        hands[section_id] |= loaded_by
    return Behind(teachers, {}, _frozen(hands))


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {section_id: frozenset(people) for section_id, people in found.items()}


def _word_for(person: str) -> str:
    """Who loads results, as a told figure keeps her: no id, though whoever tries every id finds hers."""
    return blake2b(person.encode(), digest_size=8).hexdigest()


def _by_assessment(found: Mapping[tuple[str, str], Any]) -> dict[str, dict[str, Any]]:
    nested: dict[str, dict[str, Any]] = defaultdict(dict)
    for (assessment_id, section_id), value in sorted(found.items(), key=lambda one: one[0]):
        nested[assessment_id][section_id] = value
    return nested


def _by_place(found: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str], Any]:
    return {(one, section): value for one, of in found.items() for section, value in of.items()}
