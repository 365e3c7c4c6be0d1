"""Which measurement of a test is told: a new one takes the place of the one before only where enough changed.

Whoever read a test's figure before a class came late, left or was put right could subtract it from the next
one. So a measurement with other results takes the place of the one told when, in everything it tells, the
results of at least three teachers are others, or of all who take part. Until then it *waits* beside the told
one, for readers who know the classes that changed. Where no class of the test changed, the figure stays as it
was told, and where a few changed beside it, nobody is told a new one (`effect_beside.py`). docs/privacy.md
has the guarantee.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

import pandas as pd

from plc.core import clock
from plc.core.disclosure import MINIMUM_TEACHERS
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.apart import count_apart
from plc.inquiry.effect_beside import BESIDE, Beside, beside_as_text, tells_beside
from plc.inquiry.effect_figures import answered_since
from plc.inquiry.effect_record import MEASURED, NO_RESULTS, NOT_EVIDENCE, MeasuredEffect
from plc.inquiry.effect_store import effect_from_json, read_figures, record_effects
from plc.inquiry.effect_words import NO_SCAN
from plc.inquiry.tested import PlannedTest
from plc.inquiry.told_results import WAITS, Signatures, ToldResults, changed_parts, told_results


@dataclass(frozen=True, slots=True)
class Outcome:
    """An assessment after the start that a figure was drawn from."""

    subject: str
    assessment_name: str
    taken_on: date


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measured effect with what it stands on: by part of what is told and class, a word for its results.

    `beside`: the results of the others who took its occasions.
    """

    test: PlannedTest
    effect: MeasuredEffect
    signatures: Mapping[tuple[str, str], str]
    outcomes: tuple[Outcome, ...]
    beside: Beside = field(default_factory=Beside)

    @property
    def brought(self) -> bool:
        """Whether any class brought results that can be compared."""
        return any(self.signatures.values())


@dataclass(frozen=True, slots=True)
class Waiting:
    """A measurement that waits, the classes whose results changed, and when the told one was made.

    `for_nobody`: it would tell of a class beside the test, whoever reads it.
    """

    effect: MeasuredEffect
    changed: frozenset[str]
    told_on: date
    for_nobody: bool = False


def keep_measurements(database: Database, measurements: Sequence[Measurement]) -> None:
    """Store measurements: in place of those told before or, where too little changed, beside them."""
    if not measurements:
        return
    now = clock.now()
    with database.write() as cursor:
        told = told_results(cursor, [one.test.test_id for one in measurements])
        taken = []
        for one in measurements:
            before = told[one.test.test_id]
            kept = _same_results(cursor, one, before)
            asked = kept is None and one.brought and not _grew(one, before)
            for_nobody = asked and tells_beside(cursor, one.test, before.beside, one.beside)
            if for_nobody or (asked and not may_replace(one, before)):
                _keep_waiting(cursor, one, before, now, for_nobody=for_nobody)
            else:
                taken.append(kept or one.effect)
                _forget_waiting(cursor, one.test.test_id)
                # Without results nothing is told; what was told before is not forgotten.
                if one.brought and (kept is None or not before.beside):
                    _keep_classes(cursor, one, before, generation=before.generation + (kept is None))
            _keep_outcomes(cursor, one, _next_moment(cursor, now))
        record_effects(cursor, taken)


def _same_results(cursor: Cursor, one: Measurement, before: ToldResults) -> MeasuredEffect | None:
    """The figure that was told, where it is of the very results of the test's classes that are there now."""
    if not before.generation or _changed_sections(before.signatures, one.signatures):
        return None
    told = read_figures(cursor, one.test.test_id)
    if told is None or told.verdict != one.effect.verdict or one.effect.verdict == NO_RESULTS:
        return None
    # A look for bright spots came since: what classes usually differ by is known now.
    if NO_SCAN in told.limits and NO_SCAN not in one.effect.limits:
        return None
    return answered_since(told, one.test, one.effect.data_version)


def may_replace(one: Measurement, before: ToldResults) -> bool:
    """Whether the next figure less any before is of nobody, of three teachers, or of everyone.

    A class counts from a few changed students on: one child put right in two classes would leave a third. Not
    the last figure alone: three wrong files put right leave of the one before them whoever else changed.
    """
    return all(_tells_of_enough(one, told) for told in before.ever)


def _tells_of_enough(one: Measurement, told: Signatures) -> bool:
    if _grew_from(one, told):
        return True
    for part, changed in changed_parts(told, one.signatures).items():
        before, now = _behind(one.test, told, part), _behind(one.test, one.signatures, part)
        # Of a part that was never told, or is told no more, there is no difference.
        if changed.sections and before and now:
            everyone = _teachers(one.test, changed.largely) == before | now
            if not everyone and _apart(one.test, changed.largely) < MINIMUM_TEACHERS:
                return False
    return True


def _grew(one: Measurement, before: ToldResults) -> bool:
    """Whether enough teachers stand behind it now, and so few behind each before that nobody was told one."""
    return all(_grew_from(one, told) for told in before.ever or [{}])


def _grew_from(one: Measurement, told: Signatures) -> bool:
    parts = {part for _, part in told}
    return all(len(_behind(one.test, told, part)) < MINIMUM_TEACHERS for part in parts) and (
        len(_behind(one.test, one.signatures, "")) >= MINIMUM_TEACHERS
    )


def _behind(test: PlannedTest, signatures: Signatures, part: str) -> set[str]:
    """The teachers whose classes brought results of a part."""
    return _teachers(test, [section for (section, its), held in signatures.items() if its == part and held])


def _teachers(test: PlannedTest, sections: Iterable[str]) -> set[str]:
    teacher = {each.section_id: each.teacher_id for each in test.classes}
    return {teacher.get(section_id, section_id) for section_id in sections}


def _apart(test: PlannedTest, sections: Iterable[str]) -> int:
    """Of how many teachers classes are; those who share one count once."""
    teachers = {each.section_id: each.teachers or {each.teacher_id} for each in test.classes}
    return count_apart(teachers.get(section_id, {section_id}) for section_id in sections)


def waiting_measurement(cursor: Cursor, test_id: str) -> Waiting | None:
    """The measurement of a test that waits. Internal to this room: checks nobody's right to ask."""
    rows = cursor.execute(load_sql("inquiry", "waiting_effect"), {"test_id": test_id}).fetchall()
    if not rows:
        return None
    before = told_results(cursor, [test_id])[test_id]
    changed = _changed_sections(before.signatures, before.waiting)
    return Waiting(effect_from_json(rows[0][0]), changed, rows[0][1], before.for_nobody)


def _changed_sections(before: Signatures, now: Signatures) -> frozenset[str]:
    return frozenset[str]().union(*(one.sections for one in changed_parts(before, now).values()))


def _keep_waiting(
    cursor: Cursor, one: Measurement, before: ToldResults, at: datetime, *, for_nobody: bool
) -> None:
    _forget_waiting(cursor, one.test.test_id)
    cursor.execute(
        load_sql("inquiry", "record_waiting_effect"),
        {
            "test_id": one.test.test_id,
            "measured_at": at,
            "data_version": one.effect.data_version,
            "details": json.dumps(asdict(one.effect), sort_keys=True),
        },
    ).fetchall()
    _record_classes(cursor, one, set(before.signatures) | set(one.signatures), generation=WAITS)
    if for_nobody:
        _record_beside(cursor, one, "", generation=WAITS)


def _keep_classes(cursor: Cursor, one: Measurement, before: ToldResults, *, generation: int) -> None:
    changed = changed_parts(before.signatures, one.signatures)
    places = {(section_id, part) for part, its in changed.items() for section_id in its.sections}
    if _grew(one, before):
        places = {*before.signatures, *one.signatures}
    _record_classes(cursor, one, places, generation=generation)
    if one.beside:
        _record_beside(cursor, one, beside_as_text(one.beside), generation=generation)


def _record_beside(cursor: Cursor, one: Measurement, text: str, *, generation: int) -> None:
    columns = ("test_id", "section_id", "part", "signature", "generation")
    _insert(cursor, "record_effect_class", [(one.test.test_id, "", BESIDE, text, generation)], columns)


def _record_classes(
    cursor: Cursor, one: Measurement, places: set[tuple[str, str]], *, generation: int
) -> None:
    rows = [
        (one.test.test_id, section_id, part, one.signatures.get((section_id, part), ""), generation)
        for section_id, part in sorted(places)
    ]
    _insert(cursor, "record_effect_class", rows, ("test_id", "section_id", "part", "signature", "generation"))


def _keep_outcomes(cursor: Cursor, one: Measurement, at: datetime) -> None:
    if one.effect.verdict not in (MEASURED, NOT_EVIDENCE):
        return
    rows = [
        (one.test.test_id, each.subject, each.assessment_name, each.taken_on, at)
        for each in dict.fromkeys(one.outcomes)
    ]
    columns = ("test_id", "subject", "assessment_name", "taken_on", "told_at")
    _insert(cursor, "record_effect_outcome", rows, columns)


def _next_moment(cursor: Cursor, now: datetime) -> datetime:
    """Now, or just after the last: of two tests told in the same second one is the earlier for good."""
    ((last,),) = cursor.execute(load_sql("inquiry", "last_told")).fetchall()
    return now if last is None or last < now else last + timedelta(microseconds=1)


def _insert(
    cursor: Cursor, statement: str, rows: Sequence[tuple[object, ...]], columns: tuple[str, ...]
) -> None:
    if rows:
        cursor.register("supplied", pd.DataFrame(rows, columns=list(columns)))
        cursor.execute(load_sql("inquiry", statement)).fetchall()
        cursor.unregister("supplied")


def _forget_waiting(cursor: Cursor, test_id: str) -> None:
    for statement in ("forget_waiting_effect", "forget_waiting_class"):
        cursor.execute(load_sql("inquiry", statement), {"test_id": test_id}).fetchall()
