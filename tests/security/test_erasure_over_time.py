"""Somebody goes while a colleague's late class waits, which a teacher learns nothing of by it."""

from __future__ import annotations

import pytest

from plc.bright_spots import own_results, scan_and_store
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.stewardship import finishing
from plc.stewardship.students import erase_student
from plc.stewardship.teachers import remove_teacher
from tests.security.attempts import Attempts
from tests.security.course import BELA, add, look, read, rows_of, viewer_of

# A student of T05, and a colleague who leaves.
CHILD, TAUGHT_BY, LEAVING = "5003", "T05", "T09"


@pytest.fixture
def waiting(district: Database) -> Database:
    """Bela's third unit came in and waits beside Anna's figures."""
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    scan_and_store(district, LOCAL_STEWARD)
    return district


def test_an_erased_student_of_another_class_renews_nothing(waiting: Database, attempts: Attempts) -> None:
    before = read(waiting)
    erase_student(waiting, LOCAL_STEWARD, CHILD, reason="request 12")
    attempts.judge(read(waiting) != before, "an erasure beside a late class")
    attempts.judge(look(waiting) != before, "the look after it")


def test_her_own_teacher_reads_no_figure_until_enough_others_changed(waiting: Database) -> None:
    erase_student(waiting, LOCAL_STEWARD, CHILD, reason="request 12")
    assert not own_results(waiting, viewer_of(TAUGHT_BY))
    for teacher in ("T03", "T08", "T11"):
        add(waiting, viewer_of(teacher), *rows_of(teacher, ["Unit 3"], shift=1.0))
    scan_and_store(waiting, LOCAL_STEWARD)
    (found,) = own_results(waiting, viewer_of(TAUGHT_BY))
    assert found.students == 13


def test_where_nothing_waits_her_teachers_figures_are_made_anew_at_once(district: Database) -> None:
    erase_student(district, LOCAL_STEWARD, CHILD, reason="request 12")
    (found,) = own_results(district, viewer_of(TAUGHT_BY))
    assert found.students == 13


def test_a_teacher_who_is_removed_renews_nothing(waiting: Database, attempts: Attempts) -> None:
    before = read(waiting)
    remove_teacher(waiting, LOCAL_STEWARD, LEAVING, reason="left in June")
    attempts.judge(read(waiting) != before, "a removal beside a late class")
    attempts.judge(look(waiting) != before, "the look after it")


def test_where_an_erasure_forgets_every_scan_the_late_class_shows(
    waiting: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read(waiting)
    renew = finishing.renew

    def forgetting(database: Database, viewer: object) -> object:
        finishing._forget_scans(database)
        return renew(database, LOCAL_STEWARD)

    monkeypatch.setattr(finishing, "renew", forgetting)
    erase_student(waiting, LOCAL_STEWARD, CHILD, reason="request 12")
    assert read(waiting) != before
