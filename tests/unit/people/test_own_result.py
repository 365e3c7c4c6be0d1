"""Her own result first, and what she wants to be told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plc.core import clock
from plc.core.errors import NotAllowed, PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import (
    choose_notice,
    give_consent,
    has_opened_own_result,
    may_be_asked,
    open_own_result,
    own_notice_choice,
)
from plc.people.own_result import NOT_NOW_LASTS, school_year_on

ADA = Viewer(Role.TEACHER, teacher_id="T1")


@pytest.fixture
def scanned(roster: Database) -> Database:
    """The roster after a scan of 2026, with nobody's own result opened."""
    with roster.write() as cursor:
        cursor.execute("delete from own_result_opened").fetchall()
        cursor.execute(
            "insert into scan (scan_key, finished_at, data_version, code_version, options,"
            " expected_false_discovery_rate, results, students, sections, teachers, withheld)"
            " select 1, now()::timestamp, 1, '', '{}', 0, 0, 0, 0, 0, ''"
        ).fetchall()
        cursor.execute(
            "insert into scan_occasion values"
            " (1, 'T1', 'mathematics', '6A', 2026, 'U1', date '2025-10-01', 20, 0, 0, 0)"
        ).fetchall()
    return roster


def test_opening_is_noted_once_a_school_year(scanned: Database) -> None:
    give_consent(scanned, ADA, scope="district", until_on=clock.now().date() + timedelta(days=30))
    assert not has_opened_own_result(scanned, ADA)
    before = scanned.data_version()
    open_own_result(scanned, ADA)
    open_own_result(scanned, ADA)
    assert has_opened_own_result(scanned, ADA)
    assert scanned.data_version() == before + 1
    with scanned.write() as cursor:
        cursor.execute("update scan_occasion set school_year = 2027").fetchall()
    assert not has_opened_own_result(scanned, ADA)


def test_pages_need_not_read_anew_after_an_opening_that_shows_her_to_nobody(scanned: Database) -> None:
    before = scanned.data_version()
    open_own_result(scanned, ADA)
    assert has_opened_own_result(scanned, ADA)
    assert scanned.data_version() == before


def test_before_a_scan_there_is_nothing_to_open(roster: Database) -> None:
    with roster.write() as cursor:
        cursor.execute("delete from own_result_opened").fetchall()
    open_own_result(roster, ADA)
    assert not has_opened_own_result(roster, ADA)


def test_never_ask_holds_for_the_year_and_not_now_for_a_month(roster: Database) -> None:
    assert own_notice_choice(roster, ADA) is None
    choose_notice(roster, ADA, "not now")
    assert own_notice_choice(roster, ADA) == "not now"
    with roster.write() as cursor:
        cursor.execute(
            "update notice_choice set chosen_at = chosen_at - $past",
            {"past": NOT_NOW_LASTS + timedelta(days=1)},
        ).fetchall()
    assert own_notice_choice(roster, ADA) is None
    choose_notice(roster, ADA, "never ask")
    with roster.read() as cursor:
        assert may_be_asked(cursor, ["T1", "T2"]) == {"T2"}
    with roster.write() as cursor:
        cursor.execute("update notice_choice set school_year = school_year - 1").fetchall()
    assert own_notice_choice(roster, ADA) is None
    with roster.read() as cursor:
        assert may_be_asked(cursor, ["T1", "T2"]) == {"T1", "T2"}


def test_only_she_chooses_and_only_of_three(roster: Database) -> None:
    with pytest.raises(PlcError):
        choose_notice(roster, ADA, "always")  # type: ignore[arg-type]
    principal = Viewer(Role.PRINCIPAL, teacher_id="T1")
    for attempt in (
        lambda: choose_notice(roster, principal, "never ask"),
        lambda: own_notice_choice(roster, principal),
        lambda: open_own_result(roster, principal),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 7, 31), 2026), (date(2026, 8, 1), 2027), (date(2027, 1, 5), 2027)]
)
def test_a_school_year_begins_with_august(day: date, year: int) -> None:
    assert school_year_on(day) == year
