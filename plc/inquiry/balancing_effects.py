"""What else moved: the students who started lowest, another standard, another subject.

A *balancing measure* must not get worse. It is estimated as the test itself, with a prior that expects no
direction, and warns when harm is likely.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plc.bright_spots import steps
from plc.bright_spots.steps import Columns
from plc.core.disclosure import MINIMUM_STUDENTS
from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry.effect_steps import keep, read
from plc.inquiry.estimating import Estimated, estimate_test
from plc.inquiry.measuring import TestMoments, in_subject, prepare_subject, reduce_test, summarise_members
from plc.inquiry.tested import PlannedTest, borrowed_variance
from plc.statistics.effect_options import HARM_PROBABILITY, HARM_SIZE, INTERVAL, UNDIRECTED
from plc.statistics.effect_posterior import effect_posterior
from plc.statistics.tested_sections import BorrowedVariance

LOW_STARTERS, STANDARD, SUBJECT, SURVEY = "low starters", "standard", "subject", "survey"


@dataclass(frozen=True, slots=True)
class BalancingResult:
    """One balancing measure. Figures are None where there are too few students or no results to tell.

    effect, standard_error and the interval (no prior) in SD; harm is P(effect < 0) given no expected
    direction; `warns` whether harm of 0.05 SD or more is likely enough to say so.
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


def balancing_results(
    database: Database,
    cursor: Cursor,
    test: PlannedTest,
    moments: TestMoments,
    district: Columns,
    *,
    borrowed: BorrowedVariance,
    context: float,
) -> tuple[BalancingResult, ...]:
    """Everything the test watches, those who started lowest always among it.

    Reads the tables that `reduce_test` left in `cursor`, and replaces them.
    """
    home = read(cursor, "effect_home")
    cells, sums = summarise_members(cursor, low_only=True)
    found = [_judged(LOW_STARTERS, "", test, replace(moments, cells=cells, sums=sums), borrowed)]
    for kind, target in test.balancing:
        if kind == STANDARD:
            other = replace(in_subject(test, test.subject), standard_id=target)
            again = reduce_test(cursor, other, district, context=context)
            found.append(_judged(kind, target, other, again, borrowed))
        elif kind == SUBJECT:
            found.append(_of_subject(database, test, target, home))
    return tuple(found)


def _of_subject(database: Database, test: PlannedTest, subject: str, home: Columns) -> BalancingResult:
    """The compared students' results in another subject, by their class of the test."""
    other = in_subject(test, subject)
    with database.read() as cursor:
        district = prepare_subject(cursor, subject, test.school_year)
        borrowed, _ = borrowed_variance(cursor, subject)
        steps.supply(cursor, "effect_home", home)
        for table, statement in (
            ("student_result", "effect_moved_result"),
            ("effect_pupil", "effect_moved_pupil"),
            ("scanned_section", "effect_moved_section"),
        ):
            keep(cursor, statement)
            cursor.execute(f"drop table if exists {table}").fetchall()
            cursor.execute(f"alter table {statement} rename to {table}").fetchall()
        moments = reduce_test(cursor, other, district, context=0.0)
    return _judged(SUBJECT, subject, other, moments, borrowed)


def _judged(
    kind: str, target: str, test: PlannedTest, moments: TestMoments | None, borrowed: BorrowedVariance
) -> BalancingResult:
    found = (
        estimate_test(test, moments, borrowed)
        if moments is not None and len(moments.cells["after"])
        else None
    )
    students = _least_arm(found, moments)
    if found is None or moments is None or found.effect is None or students < MINIMUM_STUDENTS:
        everyone = int(moments.sums["students"].sum()) if moments is not None else 0
        return BalancingResult(kind, target, everyone, None, None, None, None, None, None, warns=False)
    effect = found.effect
    lower, upper = effect.interval(INTERVAL)
    posterior = effect_posterior(effect.estimate, effect.standard_error, df=effect.df, prior=UNDIRECTED)
    return BalancingResult(
        kind=kind,
        target=target,
        students=int(moments.sums["students"].sum()),
        effect=effect.estimate,
        standard_error=effect.standard_error,
        df=effect.df,
        lower=lower,
        upper=upper,
        harm=posterior.harm,
        warns=1.0 - posterior.above(-HARM_SIZE) >= HARM_PROBABILITY,
    )


def _least_arm(found: Estimated | None, moments: TestMoments | None) -> int:
    """Students of the smaller arm; of a design without comparison, of all its classes."""
    if found is None or moments is None:
        return 0
    by_class = dict(zip(moments.sums["section_key"].tolist(), moments.sums["students"].tolist(), strict=True))
    arms = [
        sum(by_class.get(each.section_key, 0) for each in found.used if each.tried is tried)
        for tried in (True, False)
    ]
    return int(min([many for many in arms if many] or [0]))


def harmed(results: tuple[BalancingResult, ...]) -> bool:
    """Whether any balancing measure warns."""
    return bool(np.any([result.warns for result in results]))
