"""Drawing which classes start: at random, within a teacher or a school where two classes are there to choose.

A *draw* is fixed by its seed and the classes drawn from, both kept: the same seed gives it again. After the
first day nothing is drawn anew; before it every draw is kept, those that no longer hold among them.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from plc.core import clock
from plc.core.errors import Conflict, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.plan_checks import outcome_since_start
from plc.inquiry.test_reading import read_test
from plc.inquiry.test_records import PracticeTest
from plc.inquiry.test_writing import add_class
from plc.inquiry.tested import TestedClass, planned_test
from plc.people.school_calendar import school_today
from plc.statistics.effect_designs import Design

DRAWN: Final = (Design.RANDOMISED, Design.STAGGERED)
FEWEST: Final = 2
# Seeds are short enough to be read aloud and typed again.
LARGEST_SEED: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: its seed, who drew when, and whether it still holds."""

    seed: int
    drawn_by: str
    drawn_at: datetime
    undone_at: datetime | None


def assign_at_random(
    database: Database, viewer: Viewer, test_id: str, *, seed: int | None = None
) -> PracticeTest:
    """Draw which of the test's classes start, keep the seed, and return the test.

    Raises `PlcError` for a design without a draw or a single class, and `Conflict` once the test has begun.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    today = school_today(database)
    seed = secrets.randbelow(LARGEST_SEED) if seed is None else seed
    with database.write() as cursor:
        test = read_test(cursor, viewer, test_id)
        _refuse(cursor, viewer, test, begun=test.starts_on <= today)
        classes = sorted(planned_test(cursor, test_id).classes, key=lambda each: each.section_id)
        if len(classes) < FEWEST:
            raise PlcError("There is one class: nothing to draw. Choose at least two, or another comparison.")
        blocks = blocks_of(classes)
        first = draw(blocks, seed=seed)
        _keep(cursor, viewer, test, classes, blocks=blocks, first=first, seed=seed)
        return read_test(cursor, viewer, test_id)


def draws(database: Database, viewer: Viewer, test_id: str) -> list[Draw]:
    """Every draw of a test, the latest first."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "team_assignments"), {"test_id": test_id, "team_ids": list(viewer.team_ids)}
        ).fetchall()
    return [Draw(*row) for row in rows]


def blocks_of(classes: Sequence[TestedClass]) -> list[str]:
    """The block of each class: its teacher's where she has two, else its school's, else everyone's.

    A class left alone in its block joins the others left alone, or else the largest block: alone it could
    be compared with nothing.
    """
    teachers = Counter(each.teacher_id for each in classes)
    blocks = [
        f"teacher {each.teacher_id}" if teachers[each.teacher_id] >= FEWEST else f"school {each.school_id}"
        for each in classes
    ]
    counts = Counter(blocks)
    alone = [place for place, block in enumerate(blocks) if counts[block] == 1]
    others = sorted(block for block, count in counts.items() if count > 1)
    # Sorted first, so that of two blocks of one size the choice does not hang on the order of the classes.
    joined = "everyone" if len(alone) > 1 or not others else max(others, key=lambda block: counts[block])
    for place in alone:
        blocks[place] = joined
    return blocks


def draw(blocks: Sequence[str], *, seed: int) -> list[bool]:
    """Who starts: half of each block, the odd ones so that both sides stay as equal as can be."""
    chance = np.random.default_rng(seed)
    first = [False] * len(blocks)
    spare = bool(chance.integers(2))
    for block in sorted(set(blocks)):
        places = [place for place, one in enumerate(blocks) if one == block]
        half = len(places) // 2
        if len(places) % 2:
            half += spare
            spare = not spare
        for place in chance.permutation(places)[:half]:
            first[int(place)] = True
    return first


def _refuse(cursor: Cursor, viewer: Viewer, test: PracticeTest, *, begun: bool) -> None:
    if test.design not in DRAWN:
        raise PlcError("This plan compares in another way. Choose a draw among the comparisons first.")
    if test.state not in ("draft", "planned"):
        raise Conflict("This test is decided or withdrawn. Clone it for the next cycle.")
    if test.assigned_at is not None and begun:
        raise Conflict(
            "This test has begun: who started stays as drawn, or chance would not have decided it."
        )
    if outcome_since_start(cursor, viewer, test.test_id)[0]:
        raise Conflict("Results are there already, so a draw now would not be one.")


def _keep(
    cursor: Cursor,
    viewer: Viewer,
    test: PracticeTest,
    classes: Sequence[TestedClass],
    *,
    blocks: Sequence[str],
    first: Sequence[bool],
    seed: int,
) -> None:
    now = clock.now()
    scope = {"test_id": test.test_id}
    cursor.execute(load_sql("inquiry", "undo_assignment"), scope | {"undone_at": now}).fetchall()
    cursor.execute(load_sql("inquiry", "clear_test_sections"), scope | {"arm": None}).fetchall()
    staggered = test.design is Design.STAGGERED
    grades = {each.section_id: each.grade for each in test.classes}
    for each, block, starts in zip(classes, blocks, first, strict=True):
        add_class(
            cursor,
            test_id=test.test_id,
            section_id=each.section_id,
            teacher_id=each.teacher_id,
            school_id=each.school_id,
            grade=grades.get(each.section_id),
            arm="practice" if starts or staggered else "comparison",
            block=block,
            starts_on=_start(test, starts=starts),
        )
    drawn = {each.section_id: bool(starts) for each, starts in zip(classes, first, strict=True)}
    cursor.execute(
        load_sql("inquiry", "log_assignment"),
        scope | {"seed": seed, "drawn": json.dumps(drawn), "drawn_by": viewer.signature, "drawn_at": now},
    ).fetchall()
    cursor.execute(
        load_sql("inquiry", "set_assignment"),
        scope
        | {
            "team_ids": list(viewer.team_ids), "seed": seed, "assigned_at": now,
            "assigned_by": viewer.signature,
        },
    ).fetchall()  # fmt: skip


def _start(test: PracticeTest, *, starts: bool) -> object:
    if starts:
        return test.starts_on
    if test.design is Design.STAGGERED:
        return test.second_start_on or test.ends_on
    return None
