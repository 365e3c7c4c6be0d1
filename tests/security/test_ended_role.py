"""What a teacher opened while she has an account and no role to teach in: she cannot sign in to close it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry import line_book, open_inquiry
from plc.inquiry.seek import seek_view
from plc.people import visibility
from plc.people.visibility import keep_visible_teachers
from tests.security.attempts import Attempts
from tests.unit.inquiry.small_district import TEAM, make_district, viewer
from tests.unit.inquiry.teams import WORDING

MEASURED: Final = replace(WORDING, measure_kind="common", measure_purpose="What was learned")
# Roles that are not in force, and one that is.
OVER: Final = {
    "ran out": "until_on = current_date - 1",
    "ended by hand": "ended_at = now()::timestamp",
    "not begun": "from_on = current_date + 9",
    "not of a teacher": "role = 'coach'",
}
IN_FORCE: Final = "role = 'teacher', from_on = date '2020-01-01', until_on = current_date, ended_at = null"
EVERYBODY: Final = {name.title() for name in TEAM}


@pytest.fixture
def signing_in(database: Database) -> tuple[Database, str]:
    """A team who opened their results to each other and sign in with a role, and its inquiry."""
    make_district(database, opened=TEAM)
    with database.write() as cursor:
        cursor.execute(
            "insert into own_result_opened select teacher_id, 2026, now()::timestamp from teacher"
        ).fetchall()
        cursor.execute(
            "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at)"
            " select teacher_id, 'issuer', teacher_id, '', teacher_id, now()::timestamp from team_member"
        ).fetchall()
        cursor.execute(
            "insert into account_role (account_role_id, account_id, role, from_on, given_by, given_at)"
            " select account_id, account_id, 'teacher', current_date, '', made_at from account"
        ).fetchall()
    return database, open_inquiry(database, viewer("ana"), team_id="team", wording=MEASURED)


def set_role(database: Database, teacher_id: str, role: str) -> None:
    with database.write() as cursor:
        cursor.execute(f"update account_role set {role} where account_id = $t", {"t": teacher_id}).fetchall()


def drawn(database: Database, inquiry_id: str) -> set[str]:
    """The classes that ana sees in Seek."""
    return {line.name for line in seek_view(database, viewer("ana"), inquiry_id).classes}


def known_in_tests(database: Database) -> set[str]:
    """Whose classes ana knows in tests of the team."""
    with database.read() as cursor:
        keep_visible_teachers(cursor, viewer("ana"))
        rows = cursor.execute("select teacher_id from known_teacher").fetchall()
    return {teacher_id.title() for (teacher_id,) in rows}


def test_what_was_opened_closes_while_a_role_is_not_in_force(
    signing_in: tuple[Database, str], attempts: Attempts
) -> None:
    database, inquiry_id = signing_in
    assert drawn(database, inquiry_id) == known_in_tests(database) == EVERYBODY
    for words, role in OVER.items():
        set_role(database, "dee", role)
        attempts.judge("Dee" in drawn(database, inquiry_id), f"Dee's class in Seek, her role {words}")
        attempts.judge("Dee" in known_in_tests(database), f"Dee's class in tests, her role {words}")
        set_role(database, "dee", IN_FORCE)
    assert "Dee" in drawn(database, inquiry_id)
    set_role(database, "ana", OVER["ran out"])
    attempts.judge(drawn(database, inquiry_id) - {"Ana"}, "classes in Seek, the reader's role ran out")


def test_a_second_account_that_has_a_role_keeps_a_class_open(signing_in: tuple[Database, str]) -> None:
    database, inquiry_id = signing_in
    with database.write() as cursor:
        cursor.execute(
            "insert into account by name select * replace ('second' as account_id) from account"
            " where account_id = 'dee'"
        ).fetchall()
    assert drawn(database, inquiry_id) == known_in_tests(database) == EVERYBODY


def test_without_asking_for_the_role_the_class_stays_open(
    signing_in: tuple[Database, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of the attack."""
    database, inquiry_id = signing_in
    set_role(database, "dee", OVER["ran out"])

    def nobody(cursor: Cursor) -> None:
        cursor.execute("create or replace temp table shut_out (teacher_id varchar)").fetchall()

    for module in (line_book, visibility):
        monkeypatch.setattr(module, "keep_shut_out", nobody)
    assert drawn(database, inquiry_id) == known_in_tests(database) == EVERYBODY
