"""What another account of the same computer may read: nothing of the data."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plc.database import Database
from plc.database.private_files import OTHERS, open_to_others
from plc.results.doctor import examine


@pytest.fixture(autouse=True)
def usual_settings() -> Iterator[None]:
    """Files are made as on most computers: everybody may read them."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that everybody may enter, as a computer makes it."""
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    return shared


def files_check(path: Path) -> tuple[bool, str]:
    with Database(path) as database:
        return next((check.ok, check.words) for check in examine(database) if check.name == "files")


def test_a_database_is_readable_by_its_account_only_whatever_the_settings(folder: Path) -> None:
    path = folder / "plc.duckdb"
    with Database(path):
        pass
    for private in (path, folder / "snapshots", folder / "uploads"):
        assert not private.stat().st_mode & OTHERS, private


def test_a_database_that_stood_open_is_closed_to_others_at_the_next_start(folder: Path) -> None:
    path = folder / "plc.duckdb"
    for _ in range(2):
        with Database(path):
            pass
        assert open_to_others(path) == []
        path.chmod(0o644)
        assert open_to_others(path) == [path]
    assert files_check(path) == (True, "only the account that runs this may read the data")


def test_the_doctor_names_a_file_that_others_may_read(folder: Path) -> None:
    path = folder / "plc.duckdb"
    with Database(path):
        pass
    copy = folder / "plc.duckdb.before"
    copy.write_bytes(b"a copy")
    ok, words = files_check(path)
    assert not ok
    assert copy.name in words
    assert "chmod" in words
    copy.chmod(0o600)
    assert files_check(path)[0]


def test_what_a_process_makes_that_keeps_its_files_is_private_from_the_first_byte(folder: Path) -> None:
    path = folder / "run" / "plc.duckdb"
    code = (
        "import sys; from pathlib import Path; from plc.database import Database\n"
        "from plc.database.private_files import keep_new_files_private; keep_new_files_private()\n"
        "path = Path(sys.argv[1]); path.parent.mkdir()\n"
        "with Database(path) as database:\n"
        "    with database.write() as cursor: cursor.execute('select 1').fetchall()\n"
        "    print([each.name for each in path.parent.rglob('*') if each.stat().st_mode & 0o077])"
    )
    made = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
