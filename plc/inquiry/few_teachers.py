"""Whether a viewer may read a test's figures: of two classes, each is the result and the other one's.

A test's figures are for its team where at least three teachers stand behind them, more than one of these is
unknown to the viewer and no side is of one such teacher alone; or where each of them is herself or has opened
her figures to her. The same holds for what one told figure less another leaves: of tests that share an
unknown class at the same time only the first is told in figures, and of one test measured again what changed
must be of enough teachers. Anybody else reads what was predicted, that results are there and where they
point, without a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.viewer import Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_record import FEW_TEACHERS, MEASURED, NO_RESULTS, NOT_EVIDENCE, MeasuredEffect
from plc.inquiry.effect_renewal import Waiting, waiting_measurement
from plc.inquiry.effect_words import came_again_sentence, few_teachers_sentence, overlap_sentence
from plc.people.visibility import keep_visible_teachers

FIGURES = (
    "effect", "standard_error", "df", "lower", "upper", "p", "points", "effect_points", "posterior_mean",
    "posterior_lower", "posterior_upper", "helped", "worth_repeating", "worthwhile", "harm", "hedges_g",
    "hedges_g_error", "improvement_index", "internal", "robust", "permutation", "baseline_difference",
    "attrition_bias", "pre_trend", "change", "change_spurious", "starting_level", "baseline_verdict",
    "attrition_verdict", "practice", "comparison",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BehindClass:
    """A class behind a part of what is told, since the told figure `generation`, as one viewer knows it.

    `brought` is whether it brought results; of a test never told, whether it is planned.
    """

    test_id: str
    part: str
    generation: int
    section_id: str
    practice: bool
    teacher_id: str
    known: bool
    brought: bool


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
    parts: dict[str, list[BehindClass]] = defaultdict(list)
    for one in classes:
        parts[one.part].append(one)
    return any(_tells_of_one(part) for part in parts.values())


def told(effect: MeasuredEffect, *, database: Database, viewer: Viewer) -> MeasuredEffect:
    """The told measurement of a test as this viewer may read it, or for her the one that waits beside it."""
    with database.read() as cursor:
        waiting = waiting_measurement(cursor, effect.test_id)
        behind = classes_behind(cursor, viewer, [effect.test_id])[effect.test_id]
        overlapping = bool(_overlapping(cursor, [effect.test_id]))
    if waiting is not None:
        effect = waiting.effect if _knows(behind, waiting) else _kept(effect, waiting)
    if effect.verdict not in (MEASURED, NOT_EVIDENCE):
        return effect
    if of_few(behind):
        return words_alone(effect, few_teachers_sentence(effect.predicted_sd, effect.predicted_points))
    if overlapping:
        return words_alone(effect, overlap_sentence(effect.predicted_sd, effect.predicted_points))
    return effect


def words_alone(effect: MeasuredEffect, sentence: str) -> MeasuredEffect:
    """An effect without its figures: what was predicted, that results are there, and what may need a look."""
    bare = replace(effect, **dict.fromkeys(FIGURES))  # type: ignore[arg-type]
    return replace(
        bare,
        verdict=FEW_TEACHERS,
        sentence=sentence,
        limits=(),
        sensitivity=(),
        occasions=(),
        ingredients={},
        balancing=tuple(
            replace(
                one, students=0, effect=None, standard_error=None, df=None, lower=None, upper=None, harm=None
            )
            for one in effect.balancing
        ),
    )


def classes_behind(cursor: Cursor, viewer: Viewer, test_ids: Collection[str]) -> dict[str, list[BehindClass]]:
    """The classes behind tests as this viewer knows them, by test. Leaves `visible_teacher` in the cursor."""
    keep_visible_teachers(cursor, viewer)
    found: dict[str, list[BehindClass]] = defaultdict(list)
    rows = cursor.execute(load_sql("inquiry", "tests_of_few"), {"test_ids": list(test_ids)}).fetchall()
    for row in rows:
        found[row[0]].append(BehindClass(*row))
    return found


def _overlapping(cursor: Cursor, test_ids: Collection[str]) -> set[str]:
    """After `keep_visible_teachers`."""
    rows = cursor.execute(
        load_sql("inquiry", "tests_overlapping"),
        {"test_ids": list(test_ids), "least_teachers": MINIMUM_TEACHERS},
    ).fetchall()
    return {test_id for (test_id,) in rows}


def _tells_of_one(part: Collection[BehindClass]) -> bool:
    """`part` is one part of what is told of a test, with every figure told of it."""
    latest = [one for one in _latest(part) if one.brought]
    unknown = _unknown(latest)
    if len(unknown) == 1 or (unknown and len(_teachers(latest)) < MINIMUM_TEACHERS):
        return True
    return stand_alone(latest) or _renewals_tell(part, latest)


def _renewals_tell(part: Collection[BehindClass], latest: Collection[BehindClass]) -> bool:
    """Whether what a figure told later leaves of one before is of one teacher for this viewer."""
    for generation in {one.generation for one in part} - {1}:
        fresh = _unknown([one for one in part if one.generation == generation])
        # Where all that changed is known, what is left of each side can be told from the other.
        if len(fresh) == 1 or (not fresh and any(len(_unknown(side)) == 1 for side in _sides(latest))):
            return True
    return False


def stand_alone(classes: Collection[BehindClass]) -> bool:
    """Whether one teacher unknown to the viewer is a whole side: the figure is hers less a mean."""
    sides = _sides(classes)
    return all(sides) and any(len(_teachers(side)) == 1 and _unknown(side) for side in sides)


def _sides(classes: Collection[BehindClass]) -> list[list[BehindClass]]:
    return [[one for one in classes if one.practice is practice] for practice in (True, False)]


def _knows(behind: Collection[BehindClass], waiting: Waiting) -> bool:
    """Whether the viewer knows every class that changed, and no side leaves her one colleague alone."""
    unknown = [one for one in behind if not one.known]
    return not {one.section_id for one in unknown} & waiting.changed and all(
        len({one.teacher_id for one in unknown if one.practice is practice}) != 1
        for practice in (True, False)
    )


def _kept(effect: MeasuredEffect, waiting: Waiting) -> MeasuredEffect:
    """What was told stays; that results changed is said."""
    kept = replace(effect, changed_since=waiting.told_on.isoformat())
    return replace(kept, sentence=came_again_sentence()) if effect.verdict == NO_RESULTS else kept


def _latest(part: Iterable[BehindClass]) -> Collection[BehindClass]:
    # By generation, so that the latest stays.
    return {one.section_id: one for one in sorted(part, key=lambda one: one.generation)}.values()


def _teachers(classes: Iterable[BehindClass]) -> set[str]:
    return {one.teacher_id for one in classes}


def _unknown(classes: Iterable[BehindClass]) -> set[str]:
    return {one.teacher_id for one in classes if not one.known}
