"""A copy put back brings back nobody's name and nobody's result that was taken back since it was made."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from plc.core import clock
from plc.core.errors import DatabaseUnavailable
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.database.checkpoints import HEADER_BYTES
from plc.people import close_team, consent, verify_audit
from plc.people.team_agreements import (
    close_to_team,
    leave_agreement,
    open_to_team,
    own_team_agreements,
    record_team_agreement,
)
from plc.stewardship.snapshots import restore_snapshot, take_snapshot
from plc.stewardship.taken_back import TakenBack, read_standing

TEACHERS = ("T1", "T2", "T3")
BLOCK_BYTES = 2**18


@pytest.fixture
def roster(database: Database) -> Database:
    """Three teachers, which is all that these answers need."""
    with database.write() as cursor:
        for key, teacher in enumerate(TEACHERS, start=1):
            cursor.execute(
                "insert into teacher_version values ($key, $teacher, $teacher, 1, null)",
                {"key": key, "teacher": teacher},
            ).fetchall()
    return database


def seat(teacher_id: str, *teams: str) -> Viewer:
    return Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=teams)


def agreement_of(database: Database) -> tuple[str, str]:
    """An agreement of three teachers of whom each opened her results: its id and the team's."""
    until = clock.now().date() + timedelta(days=90)
    agreed = record_team_agreement(
        database, seat("T1"), team_name="Grade 5", member_ids=list(TEACHERS), until_on=until
    )
    with database.read() as cursor:
        ((team,),) = cursor.execute("select team_id from team_agreement").fetchall()
    for teacher in TEACHERS:
        open_to_team(database, seat(teacher, team), agreed)
        for scope in consent.SCOPES:
            consent.give_consent(database, seat(teacher), scope=scope, until_on=until)
    return agreed, team


def open_of(database: Database, team: str) -> dict[str, bool]:
    (agreement,) = own_team_agreements(database, seat("T3", team))
    return {member.teacher_id: member.opened_on is not None for member in agreement.members}


def readers_of(database: Database, teacher: str) -> int:
    with database.read() as cursor:
        return len(
            cursor.execute(
                "select reader_teacher_id from opened_result where teacher_id = $who", {"who": teacher}
            ).fetchall()
        )


def test_what_was_taken_back_since_the_copy_stays_taken_back(roster: Database) -> None:
    agreed, team = agreement_of(roster)
    copy = take_snapshot(roster, LOCAL_STEWARD, keep=7).path
    consent.withdraw_consent(roster, seat("T1"), scope="district")
    close_to_team(roster, seat("T1", team), agreed)
    leave_agreement(roster, seat("T2", team), agreed)
    roster.close()
    restored = restore_snapshot(roster.path, copy)
    assert restored.taken_back == TakenBack(consents=1, results=3)
    with Database(roster.path) as back:
        assert [one.scope for one in consent.own_consents(back, seat("T1"))] == ["school"]
        assert [one.scope for one in consent.own_consents(back, seat("T2"))] == ["district", "school"]
        assert open_of(back, team) == {"T1": False, "T2": False, "T3": True}
        assert [readers_of(back, teacher) for teacher in TEACHERS] == [0, 0, 1]


def test_what_stands_still_stands_in_the_copy_put_back(roster: Database) -> None:
    _, team = agreement_of(roster)
    copy = take_snapshot(roster, LOCAL_STEWARD, keep=7).path
    roster.close()
    assert restore_snapshot(roster.path, copy).taken_back == TakenBack(consents=0, results=0)
    with Database(roster.path) as back:
        assert open_of(back, team) == dict.fromkeys(TEACHERS, True)
        assert len(consent.own_consents(back, seat("T1"))) == len(consent.SCOPES)


def test_a_result_whose_agreement_had_ended_before_the_copy_is_not_counted_as_closed(
    roster: Database,
) -> None:
    _, team = agreement_of(roster)
    close_team(roster, seat("T1", team), team)
    copy = take_snapshot(roster, LOCAL_STEWARD, keep=7).path
    roster.close()
    assert restore_snapshot(roster.path, copy).taken_back == TakenBack(consents=0, results=0)


def test_the_audit_says_that_a_copy_was_put_back(roster: Database) -> None:
    agreement_of(roster)
    copy = take_snapshot(roster, LOCAL_STEWARD, keep=7).path
    roster.close()
    restore_snapshot(roster.path, copy)
    with Database(roster.path) as back:
        assert verify_audit(back, LOCAL_STEWARD).whole
        with back.read() as cursor:
            entries = cursor.execute("select thing from audit_entry where action = 'restore'").fetchall()
    assert entries == [(f"the copy {copy.name}",)]


@pytest.mark.parametrize("damage", ["overwritten", "cut off"])
@pytest.mark.parametrize("table", ["consent", "team_agreement_opening"])
def test_a_copy_is_put_back_over_a_file_damaged_where_it_is_first_read(
    roster: Database, table: str, damage: str
) -> None:
    """Such a file opens, since nothing of its tables is read until somebody asks."""
    _, team = agreement_of(roster)
    roster.checkpoint()
    copy = take_snapshot(roster, LOCAL_STEWARD, keep=7).path
    with roster.read() as cursor:
        blocks = cursor.execute(f"select block_id from pragma_storage_info('{table}')").fetchall()
    place = HEADER_BYTES + min(block for (block,) in blocks if block >= 0) * BLOCK_BYTES
    roster.close()
    with roster.path.open("r+b") as file:
        if damage == "overwritten":
            file.seek(place + 16)
            file.write(b"\xa5" * 64)
        else:
            file.truncate(place + 1000)
    with Database(roster.path) as damaged, pytest.raises(DatabaseUnavailable, match="plc restore"):
        read_standing(damaged)
    assert restore_snapshot(roster.path, copy).taken_back is None
    with Database(roster.path) as back:
        assert open_of(back, team) == dict.fromkeys(TEACHERS, True)


@pytest.mark.parametrize("damage", ["overwritten", "cut off"])
def test_a_copy_damaged_where_nobody_looks_first_takes_no_files_place(roster: Database, damage: str) -> None:
    agreement_of(roster)
    roster.checkpoint()
    copy = take_snapshot(roster, LOCAL_STEWARD, keep=7).path
    with Database(copy) as opened, opened.read() as cursor:
        blocks = cursor.execute("select block_id from pragma_storage_info('teacher_version')").fetchall()
    place = HEADER_BYTES + min(block for (block,) in blocks if block >= 0) * BLOCK_BYTES
    roster.close()
    before = roster.path.read_bytes()
    with copy.open("r+b") as file:
        if damage == "overwritten":
            file.seek(place + 16)
            file.write(b"\xa5" * 64)
        else:
            file.truncate(place + 1000)
    with pytest.raises(DatabaseUnavailable, match="damaged"):
        restore_snapshot(roster.path, copy)
    assert roster.path.read_bytes() == before


def test_it_is_said_where_the_present_file_cannot_be_read(roster: Database) -> None:
    agreement_of(roster)
    copy = take_snapshot(roster, LOCAL_STEWARD, keep=7).path
    roster.close()
    Path(roster.path).write_bytes(b"no database at all, whatever it is called" * 200)
    assert restore_snapshot(roster.path, copy).taken_back is None
