"""Which tests stand in a practice's pool, so that nobody works out what a few teachers' classes showed.

Everyone reads the pool, and could subtract the pool of last week from it. A test that its team *released* is
known anyway and counts at once. All others are frozen: new ones, changed ones and those that leave take
effect together, and only when the tests that any reader could tell apart from the rest, by all pools there
ever were, rest on enough students and on three teachers, also for a team that knows its own tests.
docs/privacy.md has the guarantee.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.practices.evidence_rows import PracticeTests
from plc.statistics.records import BoolArray

# The generation that a value of the present pool ends with.
NEVER: Final = 2**31 - 1
# What a pool is worked out from: frozen with the test.
FROZEN: Final = (
    "effect", "standard_error", "degrees_of_freedom", "students", "balancing_harm", "low_starters_effect",
    "low_starters_error", "low_starters_freedom", "low_starters_students", "starting_level",
)  # fmt: skip
# The classes that tried it, and those compared with.
_ARMS: Final = (True, False)


@dataclass(frozen=True, slots=True)
class SharedValue:
    """A test's figures, in the pool from the generation `begins` until `ends`; `is_known` to everyone."""

    test_id: str
    begins: int
    ends: int
    figures: str
    is_known: bool

    @property
    def stands(self) -> bool:
        """Whether it is in the pool now."""
        return self.ends == NEVER


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind a test: its team, the teachers who tried the practice, how many students, and the
    teachers these are `compared` with; of teachers those who brought results of more than a few students."""

    team_id: str
    teachers: frozenset[str]
    students: int
    compared: frozenset[str] = frozenset()


def next_values(
    values: Collection[SharedValue], pooled: Mapping[str, str], *, released: Collection[str],
    behind: Mapping[str, Behind],
) -> list[SharedValue]:  # fmt: skip
    """The values once the tests of `pooled` (figures by test) are in the pool as far as they may be.

    Released tests are taken over as they are. The others' changes are taken together or, where they would
    tell of too few, not at all.
    """
    known = {test_id: figures for test_id, figures in pooled.items() if test_id in released}
    opened = [replace(one, is_known=one.is_known or known.get(one.test_id) == one.figures) for one in values]
    generation = 1 + max((end for one in values for end in (one.begins, one.ends) if end < NEVER), default=0)
    proposed = _moved(opened, pooled, known, generation, among=None)
    if is_safe(proposed, behind, generation=generation):
        return proposed
    return _moved(opened, pooled, known, generation, among=set(known))


def is_safe(
    values: Iterable[SharedValue], behind: Mapping[str, Behind], *, generation: int | None = None
) -> bool:
    """Whether tests that entered and left together are of enough people, also without any one team's.

    With `generation` only those are looked at that its changes tell apart.
    """
    together: dict[tuple[int, int], list[Behind]] = defaultdict(list)
    for one in values:
        if not one.is_known:
            together[one.begins, one.ends].append(behind[one.test_id])
    changed = {born for born, died in together if generation in (born, died)}
    return all(
        _is_enough(group)
        for (born, died), group in together.items()
        if generation is None or generation in (born, died) or born in changed
    )


def _is_enough(group: Collection[Behind]) -> bool:
    for team_id in (None, *{one.team_id for one in group}):
        rest = [one for one in group if one.team_id != team_id]
        if not rest and team_id is not None:
            # A team alone among these is told of itself only; it must be of three for everyone else.
            continue
        teachers = set[str]().union(*(one.teachers for one in rest))
        if len(teachers) < MINIMUM_TEACHERS or sum(one.students for one in rest) < MINIMUM_STUDENTS:
            return False
        # Where one teacher is all a test is compared with, it is hers less a mean, as with one who tried it.
        compared = set[str]().union(*(one.compared for one in rest))
        if len(compared) < MINIMUM_TEACHERS and any(len(one.compared) == 1 for one in rest):
            return False
    return True


def _moved(
    values: Iterable[SharedValue], pooled: Mapping[str, str], known: Mapping[str, str], generation: int,
    *, among: Collection[str] | None,
) -> list[SharedValue]:  # fmt: skip
    """The values with the changes of the tests in `among`, or of all."""
    moved, standing = [], set()
    for one in values:
        may = among is None or one.test_id in among
        if one.stands and may and pooled.get(one.test_id) != one.figures:
            moved.append(replace(one, ends=generation))
        else:
            moved.append(one)
            standing |= {one.test_id} if one.stands else set()
    return moved + [
        SharedValue(test_id, generation, NEVER, figures, test_id in known)
        for test_id, figures in pooled.items()
        if test_id not in standing and (among is None or test_id in among)
    ]


def figures_of(practice: PracticeTests, chosen: BoolArray) -> dict[str, str]:
    """What is frozen of each of the chosen tests (k,), as text: its figures, the students of its classes."""
    tests = practice.tests.loc[chosen, ["test_id", *FROZEN]]
    rows = tests.astype(object).where(tests.notna(), None)
    students = practice.classes.groupby(["test_id", "practice"])["class_students"].first().to_dict()
    return {
        row["test_id"]: json.dumps(
            [row[name] for name in FROZEN] + [students.get((row["test_id"], arm)) for arm in _ARMS]
        )
        for row in rows.to_dict("records")
    }


def behind_of(practice: PracticeTests) -> dict[str, Behind]:
    """Who stands behind each test of a practice."""
    tried, compared = (_who_brought(practice, tried=arm) for arm in _ARMS)
    return {
        test_id: Behind(
            team_id, tried.get(test_id, frozenset()), int(students), compared.get(test_id, frozenset())
        )
        for test_id, team_id, students in practice.tests[["test_id", "team_id", "students"]].itertuples(
            index=False, name=None
        )
    }


def _who_brought(practice: PracticeTests, *, tried: bool) -> dict[str, frozenset[str]]:
    """The teachers of one arm of each test, of its classes that brought results."""
    classes = practice.classes
    brought = classes[classes["brought"] & (classes["practice"] == tried)]
    teachers = brought.groupby("test_id")["teacher_id"].agg(frozenset)
    return {str(test_id): some for test_id, some in teachers.items()}


def as_shared(practice: PracticeTests, values: Iterable[SharedValue]) -> tuple[PracticeTests, BoolArray]:
    """The practice with the figures its pool is worked out from, and which of its tests (k,) are in it."""
    standing = {one.test_id: json.loads(one.figures) for one in values if one.stands}
    tests = practice.tests.copy()
    chosen = tests["test_id"].isin(list(standing)).to_numpy()
    for place, name in enumerate(FROZEN):
        column = tests[name].astype(object)
        column[chosen] = [standing[test_id][place] for test_id in tests["test_id"][chosen]]
        tests[name] = column.astype(practice.tests[name].dtype)
    classes = practice.classes.copy()
    for place, arm in enumerate(_ARMS, start=len(FROZEN)):
        here = classes["test_id"].isin(list(standing)) & (classes["practice"] == arm)
        frozen = [standing[test_id][place] for test_id in classes["test_id"][here]]
        classes.loc[here, "class_students"] = np.array(frozen, dtype=np.float64)
    return replace(practice, tests=tests, classes=classes), np.asarray(chosen, dtype=np.bool_)


def values_of(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[SharedValue]]:
    """By practice, from rows (practice_id, test_id, begins, ends, figures, is_known)."""
    found: dict[str, list[SharedValue]] = defaultdict(list)
    for practice_id, *value in rows:
        found[practice_id].append(SharedValue(*value))
    return found
