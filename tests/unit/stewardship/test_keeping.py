"""Purges, copies, keys, names, and the table of how long data stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from plc.core import clock
from plc.core.errors import DatabaseInUse, DatabaseUnavailable, NotAllowed, NotFound, PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import flush_accesses, note_access, record_access, verify_audit
from plc.results import inbox, student_names, uploads
from plc.results.key_rotation import rotate_key
from plc.results.pseudonyms import key_path, new_key_path, open_pseudonyms, write_key
from plc.results.student_names import forget_own_names, keep_own_names, names_path, own_student_names
from plc.settings import load_settings
from plc.stewardship.purging import held_years, purge_school_year
from plc.stewardship.retention import kind_of, retention_table
from plc.stewardship.snapshots import (
    list_snapshots,
    restore_snapshot,
    snapshot_due,
    snapshot_folder,
    take_snapshot,
)
from plc.stewardship.students import erase_student, export_student
from tests.unit.stewardship.conftest import district_rows

T3 = Viewer(Role.TEACHER, teacher_id="T3")
Load = Callable[[pd.DataFrame], str]


def counts(database: Database) -> dict[str, int]:
    with database.read() as cursor:
        return {
            table: int(cursor.execute(f"select count(*) from {table}").fetchall()[0][0])
            for table in ("result", "enrollment", "section", "student", "assessment")
        }


def test_every_table_and_folder_belongs_to_one_row_of_the_retention_table(database: Database) -> None:
    with database.read() as cursor:
        tables = [
            name
            for (name,) in cursor.execute(
                "select table_name from duckdb_tables() where not internal and not temporary"
            ).fetchall()
        ]
    assert [table for table in tables if kind_of(table) is None] == []
    named = [table for kind in retention_table() for table in kind.tables]
    assert sorted(named) == sorted(set(named))
    assert set(named) <= set(tables)
    folders = {folder for kind in retention_table() for folder in kind.folders}
    assert folders == {"uploads", "inbox", "snapshots"}


def test_the_table_says_what_the_program_does() -> None:
    kept = {kind.kind: kind.kept for kind in retention_table()}
    assert f"{uploads.STAGED_FOR.days} days" in kept["Files as they were uploaded"]
    assert f"{inbox.KEPT_FOR.days} days" in kept["Files taken from the inbox"]
    assert "seven" in kept["Copies of the database"]
    assert load_settings().snapshots_kept == 7


def test_a_purged_year_is_gone_and_the_other_stays(district: Database) -> None:
    assert [year.school_year for year in held_years(district, LOCAL_STEWARD)] == [2025, 2026]
    before = counts(district)
    purged = purge_school_year(district, LOCAL_STEWARD, 2025)
    after = counts(district)
    assert purged.students == 0
    assert after["result"] == before["result"] / 2
    assert after["section"] == before["section"] / 2
    assert after["student"] == before["student"]
    assert [year.school_year for year in held_years(district, LOCAL_STEWARD)] == [2026]
    with pytest.raises(NotFound):
        purge_school_year(district, LOCAL_STEWARD, 2025)


def test_a_student_of_whom_nothing_is_left_goes_with_the_year(district: Database, load: Load) -> None:
    rows = district_rows(years=(2024,))
    load(rows[rows["teacher_id"] == "T1"].assign(student_id=lambda r: "9" + r["student_id"]))
    before = counts(district)["student"]
    assert purge_school_year(district, LOCAL_STEWARD, 2024).students == 12
    assert counts(district)["student"] == before - 12
    (hidden,) = open_pseudonyms(district).hide(["900101"])
    assert hidden.encode() not in district.path.read_bytes()


def test_a_purged_year_leaves_nothing_of_what_students_added_to_figures_in_it(district: Database) -> None:
    with district.write() as cursor:
        cursor.execute(
            "insert into figure_unit (kind, whole, unit, student_key, contribution, first_born, born, died)"
            " values ('catch_up', 'maths', 12025, 1, '1', 2, 2, null),"
            " ('catch_up', 'maths', 12025, 1, 'x', 1, 1, 2),"
            " ('catch_up', 'maths', 12026, 1, '0', 1, 1, null)"
        ).fetchall()
    purge_school_year(district, LOCAL_STEWARD, 2025)
    with district.read() as cursor:
        left = cursor.execute(
            "select unit, contribution from figure_unit where whole = 'maths' order by unit, born"
        ).fetchall()
    assert left == [(12025, ""), (12025, ""), (12026, "0")]


def test_only_a_steward_purges_copies_or_changes_keys(district: Database) -> None:
    for refused in (
        lambda: purge_school_year(district, T3, 2025),
        lambda: take_snapshot(district, T3, keep=3),
        lambda: rotate_key(district, T3),
        lambda: list_snapshots(district, T3),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_copy_is_made_once_a_day_and_the_oldest_makes_room(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 6):
        monkeypatch.setattr(clock, "now", lambda day=day: datetime(2030, 1, day, 2, 0))
        assert snapshot_due(district.path)
        take_snapshot(district, LOCAL_STEWARD, keep=3)
        assert not snapshot_due(district.path)
    made = [snapshot.made_at.day for snapshot in list_snapshots(district, LOCAL_STEWARD)]
    assert made == [5, 4, 3]


def test_a_clock_that_went_back_costs_no_copy_just_made(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2031, 2032, 2001):
        monkeypatch.setattr(clock, "now", lambda year=year: datetime(year, 1, 1))
        made = take_snapshot(district, LOCAL_STEWARD, keep=2)
    assert made.path.exists()


def test_a_copy_put_back_is_the_database_as_it_was_and_the_present_is_kept(
    district: Database, load: Load
) -> None:
    before = counts(district)
    snapshot = take_snapshot(district, LOCAL_STEWARD, keep=7)
    load(district_rows(years=(2027,)))
    later = counts(district)
    with pytest.raises(DatabaseInUse):
        _restore_elsewhere(district.path, snapshot.path)
    district.close()
    kept = restore_snapshot(district.path, snapshot.path).kept
    with Database(district.path) as restored:
        assert counts(restored) == before
        assert not restored.log_set_aside
        assert export_student(restored, LOCAL_STEWARD, "00307")["results"]
    with Database(kept) as present:
        assert counts(present) == later


def written(database: Database) -> tuple[int, int]:
    """How many changes there are, and how many of them the audit has: each is made with its entry."""
    with database.read() as cursor:
        rows = cursor.execute("select count(*) from notice_choice").fetchall()
        entries = cursor.execute("select count(*) from audit_entry where action = 'choose'").fetchall()
    return rows[0][0], entries[0][0]


def test_copies_made_while_people_write_are_whole_and_so_is_their_audit(district: Database) -> None:
    """Every change is one transaction of two rows: a copy holds both or neither, and its chain fits."""
    stop, failed = threading.Event(), list[BaseException]()

    def write_on() -> None:
        viewer = Viewer(Role.TEACHER, teacher_id="T3", account_id="writer")
        number = 0
        while not stop.is_set():
            number += 1
            try:
                with district.write() as cursor:
                    cursor.execute(
                        "insert into notice_choice (teacher_id, school_year, choice, chosen_at)"
                        " values ($who, 2026, 'not now', now())",
                        {"who": f"T{number}"},
                    ).fetchall()
                    record_access(cursor, viewer, action="choose", thing=f"thing {number}")
                note_access(district, viewer, action="read", thing=f"{number}", subject_teacher_ids=["T1"])
                flush_accesses(district)
            except BaseException as error:
                failed.append(error)
                return

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        copies = []
        for _ in range(3):
            before = written(district)[0]
            made = take_snapshot(district, LOCAL_STEWARD, keep=7).path
            # Copies of one second have one name.
            copies.append((before, made.rename(made.with_name(f"{len(copies)}.duckdb"))))
    finally:
        stop.set()
        writer.join()
    assert failed == []
    present = written(district)
    assert present[0] == present[1] > copies[-1][0] > copies[0][0]
    district.close()
    for before, copy in copies:
        restore_snapshot(district.path, copy)
        with Database(district.path) as restored:
            rows, entries = written(restored)
            assert rows == entries >= before
            assert verify_audit(restored, LOCAL_STEWARD).whole


def _restore_elsewhere(path: Path, snapshot: Path) -> None:
    """From another process, as a person at a terminal would while the app runs."""
    script = (
        "import sys; from pathlib import Path; from plc.core.errors import DatabaseInUse;"
        "from plc.stewardship.snapshots import restore_snapshot\n"
        "try:\n    restore_snapshot(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except DatabaseInUse as error:\n    sys.exit(error.exit_code)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path), str(snapshot)], check=False)
    if done.returncode == DatabaseInUse.exit_code:
        raise DatabaseInUse("in use")


def test_a_copy_that_is_no_database_or_of_another_key_changes_nothing(district: Database) -> None:
    snapshot = take_snapshot(district, LOCAL_STEWARD, keep=7)
    before = counts(district)
    district.close()
    bad = snapshot_folder(district.path) / "bad.duckdb"
    bad.write_bytes(b"no database at all, whatever it is called" * 200)
    with pytest.raises(DatabaseUnavailable):
        restore_snapshot(district.path, bad)
    with pytest.raises(NotFound):
        restore_snapshot(district.path, bad.with_name("none.duckdb"))
    key = key_path(district)
    old = key.read_bytes()
    key.unlink()
    write_key(key, bytes(range(64)))
    with pytest.raises(DatabaseUnavailable, match="not the key"):
        restore_snapshot(district.path, snapshot.path)
    key.write_bytes(old)
    with Database(district.path) as untouched:
        assert counts(untouched) == before


def test_a_new_key_hides_every_id_anew_and_the_same_students_are_found(
    district: Database, load: Load
) -> None:
    old_key, old_file = key_path(district).read_bytes(), district.path.read_bytes()
    (old,) = open_pseudonyms(district).hide(["00307"])
    assert old.encode() in old_file
    assert rotate_key(district, LOCAL_STEWARD) >= 72
    assert key_path(district).read_bytes() != old_key
    assert not new_key_path(district).exists()
    assert old.encode() not in district.path.read_bytes()
    assert export_student(district, LOCAL_STEWARD, "00307")["ids"][0]["student_id"] == "00307"
    before = counts(district)["student"]
    load(district_rows(years=(2027,)))
    assert counts(district)["student"] == before


def test_an_upload_staged_under_the_old_key_is_confirmed_under_the_new(
    district: Database, tmp_path: Path
) -> None:
    from plc.results import confirm_upload, stage_upload

    path = tmp_path / "next.csv"
    district_rows(years=(2027,)).to_csv(path, index=False)
    staged = stage_upload(district, LOCAL_STEWARD, path)
    before = counts(district)["student"]
    rotate_key(district, LOCAL_STEWARD)
    confirm_upload(district, LOCAL_STEWARD, staged.upload_id)
    assert counts(district)["student"] == before


def test_a_change_of_key_killed_anywhere_loses_no_student(district: Database) -> None:
    """Kill it at ten moments of its course; each time the ids are under the key that is there."""
    path = district.path
    district.close()
    script = (
        "import sys; from plc.database import Database; from plc.core.viewer import LOCAL_STEWARD;"
        "from plc.results.key_rotation import rotate_key\n"
        "database = Database(sys.argv[1]); print('ready', flush=True)\n"
        "rotate_key(database, LOCAL_STEWARD); print('done', flush=True)"
    )
    killed = 0
    for number in range(10):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.03 * number)
        os.kill(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        with Database(path) as reopened:
            assert not reopened.log_set_aside
            assert len(export_student(reopened, LOCAL_STEWARD, "00307")["results"]) == 4
            assert not new_key_path(reopened).exists()
    assert killed >= 3


def test_where_the_key_is_a_setting_the_next_one_must_be_one_too(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    import base64

    monkeypatch.setenv("PLC_PSEUDONYM_KEY", key_path(district).read_text())
    load_settings.cache_clear()
    with pytest.raises(PlcError, match="PLC_PSEUDONYM_KEY_NEW"):
        rotate_key(district, LOCAL_STEWARD)
    monkeypatch.setenv("PLC_PSEUDONYM_KEY_NEW", base64.b64encode(bytes(range(64))).decode())
    load_settings.cache_clear()
    rotate_key(district, LOCAL_STEWARD)
    assert export_student(district, LOCAL_STEWARD, "00307")["results"]
    load_settings.cache_clear()


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(student_names, "names_allowed", lambda: True)


def test_names_are_off_until_the_district_allows_them(district: Database) -> None:
    with pytest.raises(NotAllowed, match="keeps no names"):
        keep_own_names(district, T3, [("00307", "Ana")])
    assert own_student_names(district, T3) == {}
    assert not names_path(district).exists()


@pytest.mark.usefixtures("allowed")
def test_a_teacher_reads_the_names_of_her_own_class_and_nobody_else_any(district: Database) -> None:
    kept = keep_own_names(district, T3, [("00307", "Ana"), ("308", "Ben"), ("00101", "Not hers"), ("x", "y")])
    assert (kept.kept, kept.not_hers) == (2, 2)
    assert sorted(own_student_names(district, T3).values()) == ["Ana", "Ben"]
    for other in ("T1", "T2"):
        assert own_student_names(district, Viewer(Role.TEACHER, teacher_id=other)) == {}
    for viewer in (LOCAL_STEWARD, Viewer(Role.PRINCIPAL, school_ids=("S1",)), Viewer()):
        with pytest.raises(NotAllowed):
            own_student_names(district, viewer)


@pytest.mark.usefixtures("allowed")
def test_no_name_is_in_the_clear_in_any_file_and_its_key_is_the_owners_only(district: Database) -> None:
    keep_own_names(district, T3, [("00307", "Anastasia-Unusual")])
    district.checkpoint()
    for path in district.folder.rglob("*"):
        assert path.is_dir() or b"Anastasia-Unusual" not in path.read_bytes(), path
    for path in district.folder.glob("*.names*"):
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("allowed")
def test_a_name_ends_with_the_class_with_the_teacher_and_with_the_student(
    district: Database, load: Load
) -> None:
    keep_own_names(district, T3, [("00307", "Ana"), ("00308", "Ben")])
    erase_student(district, LOCAL_STEWARD, "00307", reason="asked")
    assert list(own_student_names(district, T3).values()) == ["Ben"]
    rows = district_rows(years=(2027,))
    load(rows.assign(teacher_id=lambda r: r["teacher_id"].replace({"T3": "T4", "T4": "T3"})))
    assert own_student_names(district, T3) == {}
    forget_own_names(district, T3)
    assert student_names._read(district) == {}


@pytest.mark.usefixtures("allowed")
def test_names_survive_a_change_of_the_other_key(district: Database) -> None:
    keep_own_names(district, T3, [("00307", "Ana")])
    rotate_key(district, LOCAL_STEWARD)
    assert list(own_student_names(district, T3).values()) == ["Ana"]
