"""Somebody goes while a colleague's late class waits, which a teacher learns nothing of by it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plc.bright_spots import own_download, own_results, scan_and_store
from plc.bright_spots.scan_tables import OF_TEACHER
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.stewardship import finishing
from plc.stewardship.purging import purge_school_year
from plc.stewardship.students import erase_student
from plc.stewardship.teachers import remove_teacher
from tests.security.attempts import Attempts
from tests.security.course import ANNA, BELA, add, look, read, rows_of, viewer_of

# A student of T05, and a colleague who leaves.
CHILD, TAUGHT_BY, LEAVING = "5003", "T05", "T09"
# Six classes of the year before: of teachers who are still there and of one who is not.
OLD_YEAR, TAUGHT_THEN, GONE = 2025, ("T01", "T08", "T09", "T10", "T11", "T12"), "T99"


@pytest.fixture
def waiting(district: Database) -> Database:
    """Bela's third unit came in and waits beside Anna's figures."""
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    scan_and_store(district, LOCAL_STEWARD)
    return district


def old_class(teacher: str) -> list[str]:
    """The class a teacher had the year before; T12's was a colleague's who left."""
    return [
        "7"
        + line.replace("2025-", "2024-")
        .replace("2024-26", "2024-25")
        .replace(",C", ",D")
        .replace(",T12,", f",{GONE},")
        for line in rows_of(teacher, ["Start", "Unit 1", "Unit 2"])
    ]


@pytest.fixture(scope="module")
def of_two_years(began: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The classes of the year before are in, and Bela's third unit waits beside Anna's figures."""
    folder = tmp_path_factory.mktemp("two-years") / "course"
    shutil.copytree(began, folder)
    with Database(folder / "plc.duckdb") as database:
        add(database, LOCAL_STEWARD, *(line for teacher in TAUGHT_THEN for line in old_class(teacher)))
        scan_and_store(database, LOCAL_STEWARD)
        add(database, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
        scan_and_store(database, LOCAL_STEWARD)
    return folder


@pytest.fixture
def with_old_year(of_two_years: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copytree(of_two_years, tmp_path / "course")
    with Database(tmp_path / "course" / "plc.duckdb") as database:
        yield database


def told_of_now(database: Database, teacher: str = ANNA) -> list[object]:
    """Every figure of hers but those of single assessments, and these of the present year."""
    found = own_results(database, viewer_of(teacher))
    told: list[object] = [(one.effect, one.lower, one.upper, one.label, one.own_effect) for one in found]
    return told + [
        one.occasion_frame[one.occasion_frame["school_year"] == 2026].to_csv(index=False) for one in found
    ]


def test_a_purged_year_renews_nothing_beside_a_late_class(
    with_old_year: Database, attempts: Attempts
) -> None:
    before = told_of_now(with_old_year)
    purge_school_year(with_old_year, LOCAL_STEWARD, OLD_YEAR)
    attempts.judge(told_of_now(with_old_year) != before, "a purge beside a late class")
    scan_and_store(with_old_year, LOCAL_STEWARD)
    attempts.judge(told_of_now(with_old_year) != before, "the look after it")


def test_figures_of_a_purged_year_are_gone(with_old_year: Database) -> None:
    assert own_results(with_old_year, viewer_of(GONE))
    purge_school_year(with_old_year, LOCAL_STEWARD, OLD_YEAR)
    (found,) = own_results(with_old_year, viewer_of(ANNA))
    assert set(found.occasion_frame["school_year"]) == {2026}
    assert {year for frame in own_download(with_old_year, viewer_of(ANNA)).values()
            if "school_year" in frame for year in frame["school_year"]} == {2026}  # fmt: skip
    with with_old_year.read() as cursor:
        for table in OF_TEACHER:
            rows = cursor.execute(
                f"select 1 from {table} where teacher_id = $gone", {"gone": GONE}
            ).fetchall()
            assert not rows, table


def test_after_a_purge_figures_are_made_anew_once_enough_others_changed(with_old_year: Database) -> None:
    before = told_of_now(with_old_year)
    purge_school_year(with_old_year, LOCAL_STEWARD, OLD_YEAR)
    # Three of her school, and two of others.
    for teacher in ("T03", "T04", "T05", "T07", "T10"):
        add(with_old_year, viewer_of(teacher), *rows_of(teacher, ["Unit 3"], shift=1.0))
    scan_and_store(with_old_year, LOCAL_STEWARD)
    assert told_of_now(with_old_year) != before
    (found,) = own_results(with_old_year, viewer_of(ANNA))
    assert found.school_years == (2026,)


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
