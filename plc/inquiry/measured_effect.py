"""The measured effect of a test: worked out from results, stored, read again.

`measure_test` for one test by its team, `measure_due_tests` for all after an upload or a scan. The stored row
holds no figure of a class: what could tell one class of another team stays in the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from plc.bright_spots.steps import Columns
from plc.core.disclosure import MINIMUM_STUDENTS
from plc.core.errors import PlcError
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry.balancing_effects import balancing_results
from plc.inquiry.effect_figures import of_change, with_figures, without_figures
from plc.inquiry.effect_record import NO_RESULTS, TOO_FEW, MeasuredEffect
from plc.inquiry.effect_store import due_tests, record_effects, stored_figures
from plc.inquiry.effect_words import NO_OUTCOME, too_few_sentence
from plc.inquiry.estimating import estimate_test
from plc.inquiry.few_teachers import told
from plc.inquiry.measuring import prepare_subject, reduce_test
from plc.inquiry.tested import PlannedTest, borrowed_variance, planned_test
from plc.people.looks import note_look
from plc.statistics.effect_designs import COMPARED

# A draft has no plan that stands; a withdrawn test was given up before its results.
MEASURABLE: Final = ("planned", "decided")


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
    record_effects(database, [found])
    return told(found, database=database, viewer=viewer)


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
        record_effects(database, found)
    return done


def stored_effect(database: Database, viewer: Viewer, test_id: str) -> MeasuredEffect | None:
    """What was last stored of a test, as the viewer may read it; None before the first measurement."""
    viewer.require(_reading(viewer))
    team_test(database, viewer, test_id)
    found = stored_figures(database, test_id)
    return told(found, database=database, viewer=viewer) if found is not None else None


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


def measure(database: Database, cursor: Cursor, test: PlannedTest, district: Columns) -> MeasuredEffect:
    """Measure a test in a prepared cursor. Internal to this room: checks nobody's right to ask."""
    borrowed, context = borrowed_variance(cursor, test.subject)
    known = [each for each in test.classes if each.section_key is not None]
    moments = reduce_test(cursor, test, district, context=context) if known else None
    version = database.data_version()
    if moments is None or not (moments.cells["after"] == 1).any():
        return without_figures(test, NO_RESULTS, NO_OUTCOME, version)
    found = estimate_test(test, moments, borrowed)
    least = found.practice.compared
    if found.comparison.planned and test.design in COMPARED:
        least = min(least, found.comparison.compared)
    if least < MINIMUM_STUDENTS:
        return without_figures(test, TOO_FEW, too_few_sentence(), version)
    if found.effect is None:
        return of_change(test, found, moments, version, scanned=borrowed.scan_key > 0)
    balancing = balancing_results(
        database, cursor, test, moments, district, borrowed=borrowed, context=context
    )
    return with_figures(test, found, moments, balancing, version, context=context)


def _reading(viewer: Viewer) -> Permission:
    """A data steward works tests out without belonging to a team; everyone else opens her own team's."""
    return Permission.EFFECT_MEASURE if viewer.role is Role.STEWARD else Permission.INQUIRY_READ
