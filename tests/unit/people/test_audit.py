"""The audit: what is kept, who reads it, and that tampering shows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.errors import NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import (
    TeamPlan,
    flush_accesses,
    make_team,
    note_access,
    own_audit,
    record_access,
    refused_attempts,
    verify_audit,
)
from plc.people.audit import (
    MOST_REFUSALS,
    Access,
    append_accesses,
    forget_person,
    head_file,
)
from plc.people.audit_cut import purge_audit
from plc.people.audit_reading import AUDIT_KEPT, audit_held
from plc.stewardship.audit_keeping import purge_old_audit

ADA, BEN, CLEO = "T1", "T2", "T3"
OLD = Access(
    clock.now() - AUDIT_KEPT - timedelta(days=1), ("teacher", "T3"), "teacher", "read", "thing", "T2", False
)
PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("S1",), account_id="account-p")


def teacher(teacher_id: str, *team_ids: str) -> Viewer:
    return Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=team_ids)


def look(database: Database, viewer: Viewer, subject: str, thing: str = "bright spots") -> None:
    note_access(database, viewer, action="read", thing=thing, subject_teacher_ids=[subject])


def entries(database: Database) -> int:
    with database.read() as cursor:
        return int(cursor.execute("select count(*) from audit_entry").fetchall()[0][0])


def filled(database: Database, looks: int = 5) -> None:
    for number in range(looks):
        look(database, PRINCIPAL, ADA, f"thing {number}")
    flush_accesses(database)


def test_a_teacher_reads_who_looked_a_team_mate_by_name_and_others_by_role(roster: Database) -> None:
    team_id = make_team(roster, teacher(ADA), TeamPlan("Grade 6"), member_ids=[BEN])
    for viewer in (teacher(BEN), teacher(CLEO), PRINCIPAL):
        look(roster, viewer, ADA)
    looks = own_audit(roster, teacher(ADA, team_id))
    assert [(each.role, each.mate_name) for each in looks] == [
        ("principal", None),
        ("teacher", None),
        ("teacher", "Ben"),
    ]
    assert own_audit(roster, teacher(BEN, team_id)) == []


def test_her_own_looks_and_repeated_ones_are_not_written(roster: Database) -> None:
    for _ in range(50):
        look(roster, teacher(ADA), ADA)
        look(roster, PRINCIPAL, ADA)
    flush_accesses(roster)
    assert entries(roster) == 1


def test_a_change_and_its_trace_are_lost_together(roster: Database) -> None:
    def change_and_fail() -> None:
        with roster.write() as cursor:
            record_access(cursor, PRINCIPAL, action="change", thing="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert entries(roster) == 0
    assert verify_audit(roster, LOCAL_STEWARD).whole


def test_while_another_writes_a_look_waits_and_is_not_lost(roster: Database) -> None:
    import threading

    look(roster, PRINCIPAL, ADA)
    with roster.write():
        other = threading.Thread(target=lambda: flush_accesses(roster))
        other.start()
        other.join(timeout=5)
        assert not other.is_alive()
    assert entries(roster) == 0
    flush_accesses(roster)
    assert entries(roster) == 1


def test_the_audit_holds_ids_of_its_own_and_nobodys_name(roster: Database) -> None:
    look(roster, teacher(BEN), ADA)
    look(roster, PRINCIPAL, ADA)
    flush_accesses(roster)
    with roster.read() as cursor:
        written = repr(cursor.execute("select * from audit_entry").fetchall())
    for hidden in (ADA, BEN, "Ada", "Ben", "account-p", "S1"):
        assert f"'{hidden}'" not in written


def test_who_is_erased_stays_in_the_chain_and_is_named_by_nothing(roster: Database) -> None:
    filled(roster)
    with roster.write() as cursor:
        forget_person(cursor, kind="teacher", person_id=ADA)
    assert own_audit(roster, teacher(ADA)) == []
    assert verify_audit(roster, LOCAL_STEWARD).whole


def test_refusals_are_counted_by_role_and_day(roster: Database) -> None:
    for thing in ("my-classes", "my-classes", "people"):
        note_access(roster, PRINCIPAL, action="open page", thing=thing, refused=True)
    for reader in (teacher(ADA), LOCAL_STEWARD):
        found = refused_attempts(roster, reader)
        assert {(each.role, each.thing, each.attempts) for each in found} == {
            ("principal", "my-classes", 2),
            ("principal", "people", 1),
        }
    with pytest.raises(NotAllowed):
        refused_attempts(roster, PRINCIPAL)


def test_every_refusal_is_written_but_no_flood_of_the_same(roster: Database) -> None:
    for number in range(30):
        note_access(roster, PRINCIPAL, action="open page", thing="people", refused=True)
        note_access(roster, PRINCIPAL, action="open page", thing=f"page {number}", refused=True)
    flush_accesses(roster)
    assert entries(roster) == MOST_REFUSALS + 30


def test_a_look_on_another_day_is_another_look(roster: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    for day in (now, now, now + timedelta(days=1)):
        monkeypatch.setattr(clock, "now", lambda day=day: day)
        look(roster, PRINCIPAL, ADA)
    flush_accesses(roster)
    assert entries(roster) == 2


def test_a_whole_chain_is_whole_also_across_flushes_and_after_a_purge(roster: Database) -> None:
    assert verify_audit(roster, LOCAL_STEWARD).whole
    for _ in range(3):
        with roster.write() as cursor:
            record_access(cursor, PRINCIPAL, action="change", thing="x")
        filled(roster, 2)
    assert verify_audit(roster, LOCAL_STEWARD).whole
    with roster.write() as cursor:
        assert purge_audit(cursor, LOCAL_STEWARD, before=clock.now() + timedelta(days=1)) > 0
    check = verify_audit(roster, LOCAL_STEWARD)
    assert (check.whole, check.entries) == (True, 1), check.words


def aged(database: Database, looks: int) -> None:
    """Entries, the first `looks` of them from more than three years ago, in a chain that is whole."""
    for number in range(looks):
        with database.write() as cursor:
            append_accesses(cursor, [replace(OLD, thing=f"thing {number}")])
    filled(database, 3)


def test_only_entries_older_than_three_years_are_purged_and_the_rest_is_verified_from_the_cut(
    roster: Database,
) -> None:
    aged(roster, 4)
    with roster.write() as cursor:
        # Made while the clock stood wrong: it stays as long as those before it.
        append_accesses(cursor, [replace(OLD, thing="by a wrong clock")])
    held = audit_held(roster, LOCAL_STEWARD)
    assert (held.entries, held.due) == (8, 4)
    assert purge_old_audit(roster, LOCAL_STEWARD) == 4
    check = verify_audit(roster, LOCAL_STEWARD)
    assert (check.whole, check.entries) == (True, 5), check.words
    assert purge_old_audit(roster, LOCAL_STEWARD) == 0
    with roster.read() as cursor:
        ids = cursor.execute("select person_id from audit_person").fetchall()
    assert sorted(ids) == [("T1",), ("T2",), ("T3",), ("account-p",)]
    with pytest.raises(NotAllowed):
        purge_old_audit(roster, PRINCIPAL)


@pytest.mark.parametrize(
    "tampering",
    [
        "update audit_entry set previous_hash = 'made up' where entry_number = 5",
        "delete from audit_entry where entry_number = 5",
        "delete from audit_entry where action = 'purge audit'",
        "update audit_entry set thing = 'to 5 made-up' where action = 'purge audit'",
    ],
)
def test_a_trail_shortened_by_more_than_its_purge_says_shows(roster: Database, tampering: str) -> None:
    aged(roster, 4)
    purge_old_audit(roster, LOCAL_STEWARD)
    with roster.write() as cursor:
        cursor.execute(tampering).fetchall()
    assert not verify_audit(roster, LOCAL_STEWARD).whole


@pytest.mark.parametrize(
    "tampering",
    [
        "update audit_entry set thing = 'nothing' where entry_number = 3",
        "update audit_entry set refused = true where entry_number = 3",
        "update audit_entry set subject_id = null where entry_number = 1",
        "update audit_entry set happened_at = happened_at + interval 1 hour where entry_number = 2",
        "update audit_entry set previous_hash = 'x' where entry_number = 1",
        "delete from audit_entry where entry_number = 1",
        "delete from audit_entry where entry_number = 3",
        "delete from audit_entry where entry_number = 5",
        "delete from audit_entry",
        "insert into audit_entry select 6, happened_at, actor_id, role, action, thing, subject_id, refused,"
        " entry_hash, 'made up' from audit_entry where entry_number = 5",
        "update audit_head set entry_number = 4",
    ],
)
def test_whatever_is_changed_in_the_audit_shows(roster: Database, tampering: str) -> None:
    filled(roster)
    assert verify_audit(roster, LOCAL_STEWARD).whole
    with roster.write() as cursor:
        cursor.execute(tampering).fetchall()
    check = verify_audit(roster, LOCAL_STEWARD)
    assert not check.whole
    assert check.broken_at is not None


def test_a_trail_cut_short_together_with_its_head_shows_beside_the_database(roster: Database) -> None:
    filled(roster)
    with roster.write() as cursor:
        cursor.execute("delete from audit_entry where entry_number > 3").fetchall()
        cursor.execute(
            "update audit_head set entry_number = 3, entry_hash ="
            " (select entry_hash from audit_entry where entry_number = 3)"
        ).fetchall()
    check = verify_audit(roster, LOCAL_STEWARD)
    assert not check.whole
    assert check.broken_at == 5


def test_the_head_beside_the_database_is_the_owners_alone_and_holds_a_hash(roster: Database) -> None:
    filled(roster)
    beside = head_file(roster)
    assert beside.stat().st_mode & 0o077 == 0
    assert set(json.loads(beside.read_text())) == {"entry_number", "entry_hash"}
    beside.write_text("rubbish")
    assert not verify_audit(roster, LOCAL_STEWARD).whole


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STEWARD])
def test_only_a_steward_verifies_and_only_a_teacher_reads_about_herself(roster: Database, role: Role) -> None:
    with pytest.raises(NotAllowed):
        verify_audit(roster, Viewer(role, teacher_id=ADA))
    if role not in (Role.TEACHER, Role.FACILITATOR):
        with pytest.raises(NotAllowed):
            own_audit(roster, Viewer(role, teacher_id=ADA))
