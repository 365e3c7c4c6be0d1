"""The steward's commands: what they print, what they refuse, and that they do it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from plc.cli import keeping_commands, main
from plc.core import clock
from plc.database import Database
from plc.people.audit import append_accesses
from plc.stewardship.snapshots import Restored
from plc.stewardship.taken_back import TakenBack
from tests.unit.people.test_audit import OLD
from tests.unit.stewardship.conftest import district_rows


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = tmp_path / "run" / "plc.duckdb"
    path.parent.mkdir()
    rows = tmp_path / "rows.csv"
    district_rows().to_csv(rows, index=False)
    done = CliRunner().invoke(main, ["import", str(rows), "--yes", "--db", str(path)])
    assert done.exit_code == 0, done.output
    return str(path)


def run(*arguments: str, expect: int = 0) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == expect, (done.output, done.exception)
    return done.stdout


def test_a_copy_is_made_listed_and_put_back(db: str) -> None:
    made = json.loads(run("snapshot", "--db", db, "--json"))["snapshots"]
    assert len(made) == 1
    run("purge", "--school-year", "2025", "--yes", "--db", db)
    # The purge took every copy that still had the year.
    assert json.loads(run("snapshot", "--list", "--db", db, "--json"))["snapshots"] == []
    kept = json.loads(run("snapshot", "--db", db, "--json"))["snapshots"][0]["file"]
    run("restore", kept, "--db", db)
    with Database(db) as database, database.read() as cursor:
        assert cursor.execute("select count(*) from result").fetchall() == [(6 * 12 * 2,)]
    run("restore", "nowhere.duckdb", "--db", db, expect=14)


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (TakenBack(1, 1), "so they are ended again: 1 consent to be named; results of 1 teacher,"),
        (TakenBack(0, 12), "so they are ended again: 0 consents to be named; results of 12 teachers,"),
        (TakenBack(0, 0), "No name and no result had been taken back since the copy was made."),
        (None, "What was there before could not be read"),
    ],
)
def test_who_puts_a_copy_back_reads_what_was_ended_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: TakenBack | None, said: str
) -> None:
    kept = Restored(tmp_path / "before.duckdb", ended)
    monkeypatch.setattr(keeping_commands, "restore_snapshot", lambda *_: kept)
    done = CliRunner().invoke(main, ["restore", "copy.duckdb", "--db", str(tmp_path / "plc.duckdb")])
    assert done.exit_code == 0, done.output
    assert said in done.stderr
    assert "Look again at all else that ended since" in done.stderr


def test_a_student_is_handed_out_and_erased(db: str, tmp_path: Path) -> None:
    target = tmp_path / "hers.json"
    run("student", "export", "00307", "--to", str(target), "--db", db)
    assert len(json.loads(target.read_text())["results"]) == 4
    assert target.stat().st_mode & 0o077 == 0
    assert "00307" in run("student", "export", "00307", "--db", db)
    run("student", "erase", "00307", "--reason", "request 7", "--db", db, expect=10)
    run("student", "erase", "00307", "--reason", "request 7", "--yes", "--db", db)
    run("student", "export", "00307", "--db", db, expect=14)


def test_years_held_are_listed_before_one_is_purged(db: str) -> None:
    assert run("purge", "--db", db).splitlines() == [
        "2024-25: 144 results of 72 students",
        "2025-26: 144 results of 72 students",
    ]
    run("purge", "--school-year", "2025", "--db", db, expect=10)


def test_a_new_key_exchanges_the_copies(db: str) -> None:
    first = json.loads(run("snapshot", "--db", db, "--json"))["snapshots"][0]["file"]
    content = Path(first).read_bytes()
    assert json.loads(run("key", "rotate", "--db", db, "--json"))["pseudonyms"] >= 72
    (copy,) = json.loads(run("snapshot", "--list", "--db", db, "--json"))["snapshots"]
    assert Path(copy["file"]).read_bytes() != content


def test_a_release_says_what_it_did(db: str) -> None:
    run("scan", "--db", db)
    again = json.loads(run("release", "--db", db, "--json"))
    assert set(again) == {"practice areas", "catching up"}
    assert "catching up" in run("release", "--db", db)


def test_the_doctor_notices_a_clock_that_is_behind(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from plc.core import clock

    assert "ok     clock" in run("doctor", "--db", db)
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() - timedelta(days=400))
    assert "WRONG  clock" in run("doctor", "--db", db, expect=1)


def test_old_entries_of_the_audit_go_on_command_and_the_doctor_finds_the_rest_whole(
    tmp_path: Path,
) -> None:
    db = str(tmp_path / "old.duckdb")
    with Database(db) as database, database.write() as cursor:
        append_accesses(cursor, [replace(OLD, thing="first"), replace(OLD, thing="second")])
        append_accesses(cursor, [replace(OLD, happened_at=clock.now())])
    run("purge", "--audit", "--db", db, expect=10)
    assert json.loads(run("purge", "--audit", "--yes", "--json", "--db", db)) == {"entries": 2}
    assert json.loads(run("purge", "--audit", "--json", "--db", db)) == {"entries": 0}
    assert "2 entries, each following the one before" in run("doctor", "--db", db)


def test_a_teacher_is_removed_and_her_classes_keep_their_number(db: str) -> None:
    run("teacher", "remove", "T3", "--reason", "request 7", "--db", db, expect=10)
    run("teacher", "remove", "T9", "--reason", "request 7", "--yes", "--db", db, expect=14)
    run("teacher", "remove", "T3", "--reason", "request 7", "--yes", "--db", db)
    with Database(db) as database, database.read() as cursor:
        named = cursor.execute("select name from teacher where teacher_id = 'T3'").fetchall()
        assert named == [(None,)]
        assert cursor.execute("select count(*) from result").fetchall() == [(6 * 12 * 4,)]
