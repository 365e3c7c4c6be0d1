"""A full disk, a read-only disk, a damaged log: a clear sentence, and nothing that was confirmed is lost.

Real disks are small file systems in memory, which takes the right to mount; without it a limit on the size
of files stands in for a full disk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plc.core.errors import DatabaseUnavailable
from plc.database import Database
from plc.database.database import damaged_logs

Mount = Callable[..., None]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, Mount]]:
    """A file system of 6 MB, and a way to mount it anew with other options."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("needs the right to mount")

    def mount(options: str) -> None:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
        )
        if made.returncode:
            pytest.skip("needs the right to mount")

    mount("size=6m")
    yield folder, mount
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


def write_rows(database: Database, rows: int) -> None:
    with database.write() as cursor:
        cursor.execute("create table if not exists kept (word varchar)").fetchall()
        cursor.execute(
            "insert into kept select md5(range::varchar) || md5(random()::varchar) from range($rows)",
            {"rows": rows},
        ).fetchall()


def count(database: Database) -> int:
    with database.read() as cursor:
        return int(cursor.execute("select count(*) from kept").fetchall()[0][0])


def fill(database: Database, rows: int = 20_000) -> int:
    """Write until the disk refuses; how many rows were confirmed."""
    confirmed = 0
    for _ in range(30):
        try:
            write_rows(database, rows)
        except DatabaseUnavailable as error:
            if "is full" not in error.message:
                raise
            return confirmed
        confirmed += rows
    raise AssertionError("the disk was never full")


def test_a_full_disk_says_so_and_keeps_what_was_confirmed(small_disk: tuple[Path, Mount]) -> None:
    folder, _ = small_disk
    with Database(folder / "plc.duckdb") as database:
        confirmed = fill(database)
        assert count(database) == confirmed
    with Database(folder / "plc.duckdb") as database:
        assert count(database) == confirmed
        assert not database.log_set_aside


def test_after_room_is_made_the_same_process_goes_on_writing(small_disk: tuple[Path, Mount]) -> None:
    folder, _ = small_disk
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(2 * 2**20))
    with Database(folder / "plc.duckdb") as database:
        confirmed = fill(database, rows=5000)
        database.checkpoint()
        assert count(database) == confirmed
        ballast.unlink()
        write_rows(database, 10)
        assert count(database) == confirmed + 10


def test_a_copy_that_does_not_fit_is_refused_and_leaves_nothing(small_disk: tuple[Path, Mount]) -> None:
    folder, _ = small_disk
    with Database(folder / "plc.duckdb") as database:
        write_rows(database, 30_000)
        database.checkpoint()
        (folder / "ballast").write_bytes(bytes(shutil.disk_usage(folder).free - 2**20))
        for copy in (lambda: database.copy_to(folder / "snapshots" / "copy.duckdb"), database.rewrite):
            with pytest.raises(DatabaseUnavailable, match="is full"):
                copy()
        assert count(database) == 30_000
        assert list((folder / "snapshots").iterdir()) == []


def test_a_disk_that_turns_read_only_is_said_to_be(small_disk: tuple[Path, Mount]) -> None:
    folder, _ = small_disk
    with Database(folder / "plc.duckdb") as database:
        write_rows(database, 10)
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    with pytest.raises(DatabaseUnavailable, match="read-only"):
        Database(folder / "plc.duckdb")
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
    with Database(folder / "plc.duckdb") as database:
        assert count(database) == 10


def test_a_file_size_limit_is_met_like_a_full_disk(tmp_path: Path) -> None:
    """What a container's quota does; in a process of its own, since the limit holds for all of it."""
    script = f"""
import resource, signal
from plc.core.errors import DatabaseUnavailable
from plc.database import Database
database = Database({str(tmp_path / "plc.duckdb")!r})
with database.write() as cursor:
    cursor.execute("create table kept (word varchar)").fetchall()
    cursor.execute("insert into kept values ('confirmed')").fetchall()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4 * 2**20, 4 * 2**20))
try:
    with database.write() as cursor:
        cursor.execute("insert into kept select md5(random()::varchar) from range(1000000)").fetchall()
except DatabaseUnavailable as error:
    print(error.message)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "is full" in done.stdout, done.stderr
    with Database(tmp_path / "plc.duckdb") as database, database.read() as cursor:
        assert cursor.execute("select word from kept").fetchall() == [("confirmed",)]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "its head": lambda log: bytes(16) + log[16:],
    "its second half": lambda log: log[: len(log) // 2] + bytes(len(log) - len(log) // 2),
    "one bit of its middle": lambda log: (
        log[: len(log) // 2] + bytes([log[len(log) // 2] ^ 1]) + log[len(log) // 2 + 1 :]
    ),
    "all of it": lambda log: os.urandom(len(log)),
    "its end cut off": lambda log: log[: len(log) * 2 // 3],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_log_is_noticed_and_kept_aside_and_what_was_folded_in_stays(
    tmp_path: Path, damage: str
) -> None:
    """DuckDB itself drops the unreadable rest of a log without a word."""
    path = tmp_path / "plc.duckdb"
    script = f"""
import os
from plc.database import Database
database = Database({str(path)!r})
with database.write() as cursor:
    cursor.execute("create table kept (word varchar)").fetchall()
    cursor.execute("insert into kept values ('folded in')").fetchall()
database.checkpoint()
for _ in range(20):
    with database.write() as cursor:
        cursor.execute("insert into kept values ('in the log')").fetchall()
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", script], check=False)
    log = path.with_name(path.name + ".wal")
    damaged = DAMAGES[damage](log.read_bytes())
    log.write_bytes(damaged)
    with Database(path) as database:
        assert database.log_set_aside
        assert [kept.read_bytes() for kept in damaged_logs(database)] == [damaged]
        with database.read() as cursor:
            assert ("folded in",) in cursor.execute("select word from kept").fetchall()
    with Database(path) as database:
        assert not database.log_set_aside


def test_a_killed_process_loses_nothing_and_raises_no_alarm(tmp_path: Path) -> None:
    path = tmp_path / "plc.duckdb"
    script = f"""
import os
from plc.database import Database
database = Database({str(path)!r})
with database.write() as cursor:
    cursor.execute("create table kept (word varchar)").fetchall()
for _ in range(20):
    with database.write() as cursor:
        cursor.execute("insert into kept values ('in the log')").fetchall()
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", script], check=False)
    with Database(path) as database:
        assert not database.log_set_aside
        assert count(database) == 20
    assert not list(tmp_path.glob("*.replaying"))
