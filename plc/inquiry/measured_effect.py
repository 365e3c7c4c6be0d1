"""The measured effect of a test: worked out from results, stored, read again.

`measure_test` for one test by its team, `measure_due_tests` for all after an upload or a scan. The stored row
holds no figure of a class: what could tell one class of another team stays in the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from plc.bright_spots.steps import Columns
from plc.core.disclosure import MINIMUM_STUDENTS
from plc.core.errors import PlcError
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.balancing_effects import SUBJECT, balancing_results
from plc.inquiry.effect_figures import of_change, with_figures, without_figures
from plc.inquiry.effect_record import MEASURED, NO_RESULTS, NOT_EVIDENCE, TOO_FEW, MeasuredEffect
from plc.inquiry.effect_renewal import Measurement, Outcome, keep_measurements
from plc.inquiry.effect_steps import LEAST_BEHIND
from plc.inquiry.effect_store import due_tests, stored_figures
from plc.inquiry.effect_telling import least_told, words_alone
from plc.inquiry.effect_words import NO_OUTCOME, outside_sentence, still_to_come_sentence, too_few_sentence
from plc.inquiry.estimating import estimate_test
from plc.inquiry.few_teachers import told
from plc.inquiry.measuring import Occasion, TestMoments, prepare_subject, reduce_test
from plc.inquiry.tested import PlannedTest, borrowed_variance, planned_test
from plc.people.looks import concerned, note_look
from plc.people.school_calendar import school_today
from plc.statistics.effect_designs import COMPARED

# A draft has no plan that stands; a withdrawn test was given up before its results.
MEASURABLE: Final = ("planned", "decided")
# Classes that miss the outcome are waited for this long after it and the last day: schools give make-up
# sittings within two weeks. Whatever comes later does not change the figure by itself (effect_renewal.py).
MAKE_UP_DAYS: Final = 14


def measure_test(database: Database, viewer: Viewer, test_id: str) -> MeasuredEffect:
    """Measure one test now and store it; returns what the viewer may read of it.

    Raises `PlcError` for a draft and for a withdrawn test, `NotAllowed` outside its team, `NotFound`.
    """
    viewer.require(Permission.EFFECT_MEASURE)
    test = team_test(database, viewer, test_id)
    if test.state not in MEASURABLE:
        raise PlcError("Only a test that was started is measured. Start its plan first.")
    with prepared(database, test.subject, test.school_year) as (cursor, district):
        found = measure(database, cursor, test, district)
    keep_measurements(database, [found])
    # Not what was found just now: that may wait.
    kept = stored_figures(database, test_id) or found.effect
    return _as_read(kept, test, database=database, viewer=viewer)


def measure_due_tests(database: Database, viewer: Viewer, *, progress: Progress = silent) -> int:
    """Measure every test whose classes may have new results since it was last measured; how many.

    Run after an upload and after a scan. Tests of one subject and year share one pass over the results.
    """
    viewer.require(Permission.EFFECT_MEASURE)
    groups = due_tests(database)
    total, done = sum(map(len, groups.values())), 0
    for (subject, school_year), test_ids in groups.items():
        found = []
        with prepared(database, subject, school_year) as (cursor, district):
            for test_id in test_ids:
                found.append(measure(database, cursor, planned_test(cursor, test_id), district))
                done += 1
                progress(done / total, f"Measuring test {done} of {total}")
        keep_measurements(database, found)
    return done


def stored_effect(database: Database, viewer: Viewer, test_id: str) -> MeasuredEffect | None:
    """What was last stored of a test, as the viewer may read it; None before the first measurement."""
    viewer.require(_reading(viewer))
    test = team_test(database, viewer, test_id)
    found = stored_figures(database, test_id)
    return _as_read(found, test, database=database, viewer=viewer) if found is not None else None


def effect_on_wall(database: Database, viewer: Viewer, test_id: str) -> MeasuredEffect | None:
    """What was last stored of a test as everybody of its team may read it; None before it was measured.

    A wall is read by all who are there: what a colleague opened to one of them is not the others' to see.
    """
    viewer.require(Permission.INQUIRY_READ)
    test = team_test(database, viewer, test_id)
    found = stored_figures(database, test_id)
    if found is None:
        return None
    members = [
        Viewer(Role.TEACHER, teacher_id=member_id, team_ids=(test.team_id,))
        for member_id in concerned(database, "team", [test.team_id])
    ]
    # A member's teams decide what was opened to her; on the wall it is what was opened in this one.
    readers = [replace(viewer, team_ids=(test.team_id,)), *members]
    return least_told([told(found, database=database, viewer=reader) for reader in readers])


def team_test(database: Database, viewer: Viewer, test_id: str) -> PlannedTest:
    """A test its team or the data steward may open. Raises `NotAllowed`, `NotFound`."""
    viewer.require(_reading(viewer))
    with database.read() as cursor:
        test = planned_test(cursor, test_id)
    if viewer.role is not Role.STEWARD:
        viewer.require_team(Permission.INQUIRY_READ, test.team_id)
    note_look(database, viewer, "what a test showed", [each.teacher_id for each in test.classes])
    return test


@contextmanager
def prepared(database: Database, subject: str, school_year: int) -> Iterator[tuple[Cursor, Columns]]:
    """A cursor holding the subject's standardised results, and the district's classes of the year."""
    with database.read() as cursor:
        yield cursor, prepare_subject(cursor, subject, school_year)


def measure(database: Database, cursor: Cursor, test: PlannedTest, district: Columns) -> Measurement:
    """Measure a test in a prepared cursor. Internal to this room: checks nobody's right to ask."""
    borrowed, context = borrowed_variance(cursor, test.subject)
    known = [each for each in test.classes if each.section_key is not None]
    moments = reduce_test(cursor, test, district, context=context) if known else None
    version = database.data_version()
    if moments is None or not (moments.cells["after"] == 1).any():
        return Measurement(test, without_figures(test, NO_RESULTS, NO_OUTCOME, version), {}, ())
    if to_come := _still_to_come(test, moments, today=school_today(database)):
        return Measurement(test, without_figures(test, NO_RESULTS, to_come, version), {}, ())
    found = estimate_test(test, moments, borrowed)
    signatures = _by_class(test, "", moments.signatures)
    outcomes = _outcomes(test.subject, moments.occasions)
    least = found.practice.compared
    if found.comparison.planned and test.design in COMPARED:
        least = min(least, found.comparison.compared)
    if least < MINIMUM_STUDENTS:
        few = without_figures(test, TOO_FEW, too_few_sentence(), version)
        return Measurement(test, few, signatures, outcomes, moments.beside)
    if found.effect is None:
        change = of_change(test, found, moments, version, scanned=borrowed.scan_key > 0)
        return Measurement(test, change, signatures, outcomes, moments.beside)
    watched = balancing_results(database, cursor, test, moments, district, borrowed=borrowed, context=context)
    for one in watched:
        signatures |= _by_class(test, one.result.part, one.signatures)
        outcomes += _outcomes(one.subject, one.occasions)
    balancing = tuple(one.result for one in watched)
    effect = with_figures(test, found, moments, balancing, version, context=context)
    return Measurement(test, effect, signatures, outcomes, moments.beside)


def _still_to_come(test: PlannedTest, moments: TestMoments, *, today: date) -> str:
    """What is said while classes have not brought an outcome; '' when all have, or are waited for no more.

    A figure before and after a late class would tell of this class.
    """
    cells = moments.cells
    brought = set(cells["section_key"][(cells["after"] == 1) & (cells["students"] > 0)].tolist())
    missing = sum(each.section_key not in brought for each in test.classes)
    latest = max(one.taken_on for one in moments.occasions if one.after)
    until = max(test.ends_on, latest) + timedelta(days=MAKE_UP_DAYS)
    return still_to_come_sentence(missing, len(test.classes), until) if missing and today <= until else ""


def _by_class(test: PlannedTest, part: str, signatures: dict[int, str]) -> dict[tuple[str, str], str]:
    """A word for the results of each class of a test in a part of what is told; '' where it brought none."""
    return {
        (each.section_id, part): signatures.get(each.section_key, "") if each.section_key is not None else ""
        for each in test.classes
    }


def _outcomes(subject: str, occasions: tuple[Occasion, ...]) -> tuple[Outcome, ...]:
    return tuple(Outcome(subject, one.assessment_name, one.taken_on) for one in occasions if one.after)


def _as_read(
    effect: MeasuredEffect, test: PlannedTest, *, database: Database, viewer: Viewer
) -> MeasuredEffect:
    """As the viewer may read it: a data steward, who belongs to no team, in words."""
    if test.team_id in viewer.team_ids or effect.verdict not in (MEASURED, NOT_EVIDENCE):
        read = told(effect, database=database, viewer=viewer)
        if any(one.kind == SUBJECT and one.effect is not None for one in read.balancing):
            _note_watched(database, viewer, test)
        return read
    sentence = outside_sentence(effect.predicted_sd, effect.predicted_points)
    return words_alone(effect, sentence, pointing=False)


def _note_watched(database: Database, viewer: Viewer, test: PlannedTest) -> None:
    """Those who teach the test's students another subject are in no team of it; they read who looked."""
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "effect_watched_teacher"),
            {"test_id": test.test_id, "least_behind": LEAST_BEHIND},
        ).fetchall()
    note_look(database, viewer, "what a test showed", [teacher_id for (teacher_id,) in rows])


def _reading(viewer: Viewer) -> Permission:
    """A data steward works tests out without belonging to a team; everyone else opens her own team's."""
    return Permission.EFFECT_MEASURE if viewer.role is Role.STEWARD else Permission.INQUIRY_READ
