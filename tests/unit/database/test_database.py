"""One file, many readers, one writer at a time, nothing half-written."""

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from plc.core.errors import DatabaseUnavailable
from plc.database import Database
from plc.database.database import damaged_logs, raise_data_version


def test_a_write_that_fails_leaves_nothing_behind(database: Database) -> None:
    def change_then_stop() -> None:
        with database.write() as cursor:
            raise_data_version(cursor)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change_then_stop()
    assert database.data_version() == 0


def test_two_hundred_writes_from_eight_threads_all_count(database: Database) -> None:
    def write_25_times() -> None:
        for _ in range(25):
            with database.write() as cursor:
                raise_data_version(cursor)

    threads = [threading.Thread(target=write_25_times) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.data_version() == 200


def test_a_reader_keeps_its_snapshot_while_a_writer_commits(database: Database) -> None:
    with database.read() as reader:
        reader.begin()
        assert reader.execute("select version from data_version").fetchall() == [(0,)]
        with database.write() as cursor:
            raise_data_version(cursor)
        assert reader.execute("select version from data_version").fetchall() == [(0,)]


def test_sql_reads_no_file_outside_the_uploads_folder(database: Database, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n")
    with database.read() as cursor, pytest.raises(duckdb.PermissionException):
        cursor.execute(f"select * from read_csv('{outside}')").fetchall()
    inside = database.uploads / "inside.csv"
    inside.write_text("a\n1\n")
    with database.read() as cursor:
        assert cursor.execute(f"select * from read_csv('{inside}')").fetchall() == [(1,)]


def test_sql_cannot_unlock_its_settings_or_attach_another_file(database: Database, tmp_path: Path) -> None:
    for statement in ("set enable_external_access=true", f"attach '{tmp_path / 'other.duckdb'}'"):
        with database.read() as cursor, pytest.raises(duckdb.Error):
            cursor.execute(statement).fetchall()


def test_sql_cannot_read_python_variables(database: Database) -> None:
    secret_rows = ["never"]
    with database.read() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("select * from secret_rows").fetchall()
    assert secret_rows


def test_a_second_process_is_told_who_holds_the_file(database: Database) -> None:
    code = f"from plc.database import Database; Database({str(database.path)!r})"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "open in another process" in child.stderr


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "plc.duckdb"
    path.write_bytes(b"student_id,score\n" * 5000)
    with pytest.raises(DatabaseUnavailable, match="not a database of this program"):
        Database(path)
    assert path.read_bytes().startswith(b"student_id")


def test_a_killed_writer_loses_only_what_it_had_not_committed(tmp_path: Path) -> None:
    path = tmp_path / "plc.duckdb"
    code = f"""
import os, signal
from plc.database import Database
from plc.database.database import raise_data_version
database = Database({str(path)!r})
with database.write() as cursor:
    raise_data_version(cursor)
with database.write() as cursor:
    raise_data_version(cursor)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    with Database(path) as reopened:
        assert reopened.data_version() == 1


def test_a_damaged_write_ahead_log_is_set_aside_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "plc.duckdb"
    code = f"""
import os, signal
from plc.database import Database
from plc.database.database import raise_data_version
database = Database({str(path)!r})
with database.write() as cursor:
    raise_data_version(cursor)
database.checkpoint()
with database.write() as cursor:
    cursor.execute("insert into standard_version select range, 'S', 1, null from range(5000)").fetchall()
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    log = tmp_path / "plc.duckdb.wal"
    damaged = bytearray(log.read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 100] = b"\xff" * 100
    log.write_bytes(damaged)
    with Database(path) as reopened:
        assert reopened.data_version() == 1
        assert reopened.log_set_aside
        assert damaged_logs(reopened)


def test_a_decision_written_through_survives_a_damaged_log(tmp_path: Path) -> None:
    path = tmp_path / "plc.duckdb"
    with Database(path) as database:
        with database.write_through() as cursor:
            raise_data_version(cursor)
        assert not path.with_name("plc.duckdb.wal").exists()
