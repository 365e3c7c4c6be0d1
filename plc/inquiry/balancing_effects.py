"""What else moved: the students who started lowest, another standard, another subject.

A *balancing measure* must not get worse. It is estimated as the test itself, with a prior that expects no
direction, and warns when harm is likely.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from plc.bright_spots import steps
from plc.bright_spots.steps import Columns
from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry.effect_steps import FEW_STUDENTS, LEAST_BEHIND, keep, read, sign_results
from plc.inquiry.estimating import Estimated, estimate_test
from plc.inquiry.measuring import (
    Occasion,
    TestMoments,
    in_subject,
    prepare_subject,
    reduce_test,
    summarise_members,
)
from plc.inquiry.tested import PlannedTest, borrowed_variance
from plc.statistics.effect_options import HARM_PROBABILITY, HARM_SIZE, INTERVAL, UNDIRECTED
from plc.statistics.effect_posterior import effect_posterior
from plc.statistics.tested_sections import BorrowedVariance

# One teacher alone on a side: the figure is nearly hers.
TEACHERS_OF_SIDE: Final = 2
LOW_STARTERS, STANDARD, SUBJECT, SURVEY = "low starters", "standard", "subject", "survey"


@dataclass(frozen=True, slots=True)
class BalancingResult:
    """One balancing measure. Figures are None where there are too few students or no results to tell.

    effect, standard_error and the interval (no prior) in SD; harm is P(effect < 0) given no expected
    direction; `warns` whether harm of 0.05 SD or more is likely enough to say so. Of another subject:
    teachers, how many stand behind it there, who need not be those of the test, and teachers_of_side, of the
    side with fewer.
    """

    kind: str
    target: str
    students: int
    effect: float | None
    standard_error: float | None
    df: float | None
    lower: float | None
    upper: float | None
    harm: float | None
    warns: bool
    teachers: int = 0
    teachers_of_side: int = 0

    @property
    def part(self) -> str:
        """What of the test's figures it is: `subject reading`."""
        return f"{self.kind} {self.target}".strip()


@dataclass(frozen=True, slots=True)
class Watched:
    """A balancing result, and the results behind it: a word for each class's, and the assessments after."""

    result: BalancingResult
    signatures: dict[int, str]
    subject: str
    occasions: tuple[Occasion, ...]


def balancing_results(
    database: Database,
    cursor: Cursor,
    test: PlannedTest,
    moments: TestMoments,
    district: Columns,
    *,
    borrowed: BorrowedVariance,
    context: float,
) -> tuple[Watched, ...]:
    """Everything the test watches, those who started lowest always among it.

    Reads the tables that `reduce_test` left in `cursor`, and replaces them.
    """
    home = read(cursor, "effect_home")
    cells, sums = summarise_members(cursor, low_only=True)
    signatures = sign_results(cursor, low_only=True)
    lowest = replace(moments, cells=cells, sums=sums, signatures=signatures)
    found = [_judged(LOW_STARTERS, "", test, lowest, borrowed)]
    for kind, target in test.balancing:
        if kind == STANDARD:
            other = replace(in_subject(test, test.subject), standard_id=target)
            again = reduce_test(cursor, other, district, context=context)
            found.append(_judged(kind, target, other, again, borrowed))
        elif kind == SUBJECT:
            found.append(_of_subject(database, test, target, home))
    return tuple(found)


def _of_subject(database: Database, test: PlannedTest, subject: str, home: Columns) -> Watched:
    """The compared students' results in another subject, by their class of the test."""
    other = in_subject(test, subject)
    with database.read() as cursor:
        district = prepare_subject(cursor, subject, test.school_year)
        borrowed, _ = borrowed_variance(cursor, subject)
        steps.supply(cursor, "effect_home", home)
        keep(cursor, "effect_learnt")
        for table, statement in (
            ("student_result", "effect_moved_result"),
            ("effect_pupil", "effect_moved_pupil"),
            ("scanned_section", "effect_moved_section"),
        ):
            keep(cursor, statement)
            cursor.execute(f"drop table if exists {table}").fetchall()
            cursor.execute(f"alter table {statement} rename to {table}").fetchall()
        moments = reduce_test(cursor, other, district, context=0.0)
        teachers, of_side = _taught_by(cursor, test) if moments is not None else (0, 0)
    found = _judged(SUBJECT, subject, other, moments, borrowed)
    if of_side < TEACHERS_OF_SIDE or teachers < MINIMUM_TEACHERS:
        return Watched(_untold(SUBJECT, subject, found.result.students), {}, subject, found.occasions)
    return replace(found, result=replace(found.result, teachers=teachers, teachers_of_side=of_side))


def _taught_by(cursor: Cursor, test: PlannedTest) -> tuple[int, int]:
    """How many teachers stand behind the students compared in another subject; how many on the lesser side.

    They need not be the test's own; one with a few students does not count.
    """
    learnt = read(cursor, "effect_learnt_from")
    tried = {each.section_key for each in test.classes if each.tried}
    sides: dict[bool, dict[int, int]] = {True: {}, False: {}}
    for section_key, teacher_key, students in zip(*learnt.values(), strict=True):
        side = sides[int(section_key) in tried]
        side[int(teacher_key)] = side.get(int(teacher_key), 0) + int(students)
    behind = [{key for key, many in side.items() if many >= LEAST_BEHIND} for side in sides.values() if side]
    return len(set[int]().union(*behind)), min(map(len, behind), default=0)


def _judged(
    kind: str, target: str, test: PlannedTest, moments: TestMoments | None, borrowed: BorrowedVariance
) -> Watched:
    if moments is None or not len(moments.cells["after"]):
        return Watched(_untold(kind, target, 0), {}, test.subject, ())
    students = int(moments.sums["students"].sum())
    found = estimate_test(test, moments, borrowed)
    occasions = tuple(one for one in moments.occasions if one.after)
    effect = found.effect
    if effect is None or _least_arm(found, moments) < MINIMUM_STUDENTS or _of_few(test, moments):
        return Watched(_untold(kind, target, students), {}, test.subject, occasions)
    lower, upper = effect.interval(INTERVAL)
    posterior = effect_posterior(effect.estimate, effect.standard_error, df=effect.df, prior=UNDIRECTED)
    result = BalancingResult(
        kind=kind,
        target=target,
        students=students,
        effect=effect.estimate,
        standard_error=effect.standard_error,
        df=effect.df,
        lower=lower,
        upper=upper,
        harm=posterior.harm,
        warns=1.0 - posterior.above(-HARM_SIZE) >= HARM_PROBABILITY,
    )
    return Watched(result, moments.signatures, test.subject, occasions)


def _untold(kind: str, target: str, students: int) -> BalancingResult:
    return BalancingResult(kind, target, students, None, None, None, None, None, None, warns=False)


def _of_few(test: PlannedTest, moments: TestMoments) -> bool:
    """Whether what is watched was brought by fewer teachers than take part, and by too few to tell it."""
    brought = {
        each.teacher_id
        for each in test.classes
        if each.section_key is not None
        and not moments.signatures.get(each.section_key, FEW_STUDENTS).startswith(FEW_STUDENTS)
    }
    everyone = {each.teacher_id for each in test.classes}
    return brought != everyone and len(brought) < MINIMUM_TEACHERS


def _least_arm(found: Estimated, moments: TestMoments) -> int:
    """Students of the smaller arm; of a design without comparison, of all its classes."""
    by_class = dict(zip(moments.sums["section_key"].tolist(), moments.sums["students"].tolist(), strict=True))
    arms = [
        sum(by_class.get(each.section_key, 0) for each in found.used if each.tried is tried)
        for tried in (True, False)
    ]
    return int(min([many for many in arms if many] or [0]))


def harmed(results: tuple[BalancingResult, ...]) -> bool:
    """Whether any balancing measure warns."""
    return bool(np.any([result.warns for result in results]))
