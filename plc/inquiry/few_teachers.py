"""Whether a viewer may read a test's figures: of two classes, each is the result and the other one's.

A test's figures are for its team where at least three teachers unknown to the viewer stand behind them and no
side is of one such teacher alone; or where each of them is herself or has opened her figures to her. The same
is asked of everything watched beside it, and of more than one of what one told figure less another leaves:
of tests that share an unknown class at the same time only the first is told in figures, and of one test
measured again what changed must be of enough teachers. Anybody else reads what was predicted, that results
are there and where they point, without a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.viewer import Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.apart import LEAST_UNKNOWN, count_apart
from plc.inquiry.effect_record import MEASURED, NO_RESULTS, NOT_EVIDENCE, MeasuredEffect
from plc.inquiry.effect_renewal import Waiting, waiting_measurement
from plc.inquiry.effect_telling import figures_told, words_alone
from plc.inquiry.effect_words import came_again_sentence, few_teachers_sentence, overlap_sentence
from plc.inquiry.result_signature import is_largely_other, is_other
from plc.people.visibility import keep_visible_teachers

# The part of what is told that is the test's own effect.
MAIN: Final = ""


@dataclass(frozen=True, slots=True)
class BehindClass:
    """A class behind a part of what is told, since the told figure `generation`, as one viewer knows it.

    `brought` is whether it brought results of more than a few students; of a test never told, whether it is
    planned. `signature`: a word for its results, '' for none; `teachers`: everyone who teaches it, of whom
    the plan names one.
    """

    test_id: str
    part: str
    generation: int
    section_id: str
    practice: bool
    teacher_id: str
    known: bool
    brought: bool
    signature: str
    teachers: Collection[str]


def tests_of_few(cursor: Cursor, viewer: Viewer, test_ids: Collection[str]) -> dict[str, bool]:
    """Of these tests, those whose figures this viewer may not read, and whether she knows a class of it."""
    behind = classes_behind(cursor, viewer, test_ids)
    overlapping = _overlapping(cursor, test_ids)
    return {
        test_id: any(one.known for one in classes)
        for test_id, classes in behind.items()
        if test_id in overlapping or of_few(classes)
    }


def of_few(classes: Iterable[BehindClass]) -> bool:
    """Whether the figures told of a test would tell of one teacher, in any part of what is told."""
    return bool(_closed_parts(classes))


def told(effect: MeasuredEffect, *, database: Database, viewer: Viewer) -> MeasuredEffect:
    """The told measurement of a test as this viewer may read it, or for her the one that waits beside it."""
    test_id = effect.test_id
    with database.read() as cursor:
        waiting = waiting_measurement(cursor, test_id)
        behind = classes_behind(cursor, viewer, [test_id])[test_id]
        overlapping = bool(_overlapping(cursor, [test_id]))
        first = not _overlapping(cursor, [test_id], least_teachers=1)
        ((opened,),) = cursor.execute(load_sql("inquiry", "effect_opened_count")).fetchall()
    kept = effect if waiting is None else _kept(effect, waiting)
    closed = _closed_parts(behind)
    if MAIN in closed or overlapping:
        if kept.verdict not in (MEASURED, NOT_EVIDENCE):
            return kept
        said = few_teachers_sentence if MAIN in closed else overlap_sentence
        # Words are told once: whoever moves her own class and reads them again would search the other's.
        return words_alone(kept, said(kept.predicted_sd, kept.predicted_points), pointing=first)
    if waiting is not None and _knows(behind, waiting):
        kept = waiting.effect
    if kept.verdict not in (MEASURED, NOT_EVIDENCE):
        return kept
    unknown = _unknown(one for one in _latest(one for one in behind if one.part == MAIN) if one.brought)
    return figures_told(kept, unknown=unknown, opened=opened, closed_parts=closed)


def classes_behind(cursor: Cursor, viewer: Viewer, test_ids: Collection[str]) -> dict[str, list[BehindClass]]:
    """The classes behind tests as this viewer knows them, by test. Leaves `visible_teacher` in the cursor."""
    keep_visible_teachers(cursor, viewer)
    found: dict[str, list[BehindClass]] = defaultdict(list)
    rows = cursor.execute(
        load_sql("inquiry", "tests_of_few"), {"test_ids": list(test_ids), "teacher_id": viewer.person_id}
    ).fetchall()
    for row in rows:
        found[row[0]].append(BehindClass(*row))
    return found


def _closed_parts(classes: Iterable[BehindClass]) -> set[str]:
    """The parts of what is told of a test that would tell of one teacher."""
    parts: dict[str, list[BehindClass]] = defaultdict(list)
    for one in classes:
        parts[one.part].append(one)
    return {part for part, behind in parts.items() if _tells_of_one(behind)}


def _overlapping(
    cursor: Cursor, test_ids: Collection[str], *, least_teachers: int = MINIMUM_TEACHERS
) -> set[str]:
    """After `keep_visible_teachers`; of tests that share classes with earlier ones of so many teachers."""
    rows = cursor.execute(
        load_sql("inquiry", "tests_overlapping"),
        {"test_ids": list(test_ids), "least_teachers": least_teachers},
    ).fetchall()
    return {test_id for (test_id,) in rows}


def _tells_of_one(part: Collection[BehindClass]) -> bool:
    """`part` is one part of what is told of a test, with every figure told of it."""
    latest = [one for one in _latest(part) if one.brought]
    if 0 < _unknown(latest) < MINIMUM_TEACHERS:
        return True
    return stand_alone(latest) or _renewals_tell(part, latest)


def _renewals_tell(part: Collection[BehindClass], latest: Collection[BehindClass]) -> bool:
    """Whether what one figure leaves of another told before is of one teacher for this viewer."""
    generations = sorted({one.generation for one in part})
    ever = [{one.section_id: one for one in _latest(part, until=until)} for until in generations]
    return any(_leaves_one(old, new, latest) for old, new in combinations(ever, 2))


def _leaves_one(
    old: Mapping[str, BehindClass], new: Mapping[str, BehindClass], latest: Collection[BehindClass]
) -> bool:
    if len({one.teacher_id for one in old.values() if one.signature}) < MINIMUM_TEACHERS:
        # Nobody was told it who does not know them all.
        return False
    changed = [one for one in new.values() if is_other(_signature(old, one), one.signature)]
    fresh = [one for one in changed if not one.known]
    if fresh:
        # Of whom a child or a few were put right, nobody can hide behind.
        return (
            _unknown(one for one in fresh if is_largely_other(_signature(old, one), one.signature))
            < LEAST_UNKNOWN
        )
    # Where all that changed is known, what is left of each side can be told from the other.
    return bool(changed) and any(_unknown(side) == 1 for side in _sides(latest))


def _signature(told: Mapping[str, BehindClass], one: BehindClass) -> str:
    return told[one.section_id].signature if one.section_id in told else ""


def stand_alone(classes: Collection[BehindClass]) -> bool:
    """Whether one teacher unknown to the viewer is a whole side: the figure is hers less a mean."""
    sides = _sides(classes)
    return all(sides) and any(
        count_apart(one.teachers for one in side) == 1 and _unknown(side) for side in sides
    )


def _sides(classes: Collection[BehindClass]) -> list[list[BehindClass]]:
    return [[one for one in classes if one.practice is practice] for practice in (True, False)]


def _knows(behind: Collection[BehindClass], waiting: Waiting) -> bool:
    """Whether the viewer knows all that changed, and no side leaves her one colleague alone."""
    unknown = [one for one in behind if not one.known]
    return (
        not waiting.for_nobody
        and not {one.section_id for one in unknown} & waiting.changed
        and all(_unknown(side) != 1 for side in _sides(unknown))
    )


def _kept(effect: MeasuredEffect, waiting: Waiting) -> MeasuredEffect:
    """What was told stays; that results changed is said."""
    kept = replace(effect, changed_since=waiting.told_on.isoformat())
    return replace(kept, sentence=came_again_sentence()) if effect.verdict == NO_RESULTS else kept


def _latest(part: Iterable[BehindClass], *, until: int | None = None) -> Collection[BehindClass]:
    """Of each class what stands behind the figure of this generation, or behind the last."""
    told = [one for one in part if until is None or one.generation <= until]
    return {one.section_id: one for one in sorted(told, key=lambda one: one.generation)}.values()


def _unknown(classes: Iterable[BehindClass]) -> int:
    """Of how many teachers classes are that the viewer does not know; those who share one count once."""
    return count_apart(one.teachers for one in classes if not one.known)
