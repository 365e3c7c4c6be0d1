"""A process killed at any moment of an import leaves all of it or nothing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import confirm_upload, list_uploads, stage_upload
from tests.unit.results.files import counts, everything, load, query, results, row, write

# Confirms file after file for ever, and says each step aloud.
CHILD = """
import sys
from pathlib import Path
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import confirm_upload, stage_upload

with Database(Path(sys.argv[1])) as database:
    for path in sorted(Path(sys.argv[2]).iterdir()):
        print("staging", flush=True)
        staged = stage_upload(database, LOCAL_STEWARD, path)
        print("confirming", flush=True)
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
        print("confirmed", flush=True)
    print("done", flush=True)
"""
ROWS_PER_FILE = 3_000
FILES = 12
# Enough moments to hit staging, the write and the checkpoint; `make calibrate` is the place for more.
KILLS = 8


def files(folder: Path) -> Path:
    folder.mkdir()
    for number in range(FILES):
        lines = [
            row(f"{student:05d}", number, assessment=f"Unit {number}") for student in range(ROWS_PER_FILE)
        ]
        write(folder, results(*lines), f"{number:02d}.csv")
    return folder


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_import_leaves_whole_uploads_only(tmp_path: Path, kill: int) -> None:
    path, folder = tmp_path / "plc.duckdb", files(tmp_path / "came")
    Database(path).close()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    said = [child.stdout.readline().strip()]
    wanted = "staging" if kill % 2 else "confirming"
    for _ in range(kill // 2):
        said.append(child.stdout.readline().strip())
    while said[-1] not in (wanted, ""):
        said.append(child.stdout.readline().strip())
    # Staging takes about 0.3 s here, confirming 0.1 s.
    time.sleep(random.Random(kill).uniform(0, 0.3 if wanted == "staging" else 0.1))
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    confirmed_aloud = [*said, *rest.split()].count("confirmed")

    with Database(path) as database:
        uploads = list_uploads(database, LOCAL_STEWARD)
        confirmed = [upload for upload in uploads if upload.state == "confirmed"]
        assert confirmed_aloud <= len(confirmed) <= confirmed_aloud + 1
        assert query(
            database, "select upload_key, count(*) from result_version group by all order by all"
        ) == [
            (key, ROWS_PER_FILE)
            for (key,) in query(
                database, "select upload_key from upload where state = 'confirmed' order by 1"
            )
        ]
        assert database.data_version() == len(confirmed)
        assert query(database, "select count(*) from student") == [(ROWS_PER_FILE if confirmed else 0,)]
        # Only what still waits for confirmation has a folder, and it can be confirmed.
        waiting = [upload for upload in uploads if upload.state == "staged"]
        assert {entry.name for entry in database.uploads.iterdir()} == {
            upload.upload_id for upload in waiting
        }
        for upload in waiting:
            assert counts(confirm_upload(database, LOCAL_STEWARD, upload.upload_id)) == (
                ROWS_PER_FILE,
                ROWS_PER_FILE,
                0,
                0,
                0,
            )
        load(database, sorted(folder.iterdir())[-1])


def test_an_exception_while_confirming_writes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged = stage_upload(
        database, LOCAL_STEWARD, write(database.folder, results(row("01", 1), row("02", 2)))
    )
    before = everything(database)

    class Stop(BaseException):
        """What Streamlit raises to stop a script."""

    def stop(share: float, words: str) -> None:
        if share > 0.7:
            raise Stop

    with pytest.raises(Stop):
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id, progress=stop)
    assert everything(database) == before
    assert confirm_upload(database, LOCAL_STEWARD, staged.upload_id).rows_accepted == 2


def test_an_exception_while_staging_leaves_no_folder(database: Database) -> None:
    class Stop(BaseException):
        """What Streamlit raises to stop a script."""

    def stop(share: float, words: str) -> None:
        if share > 0.4:
            raise Stop

    with pytest.raises(Stop):
        stage_upload(database, LOCAL_STEWARD, write(database.folder, results(row())), progress=stop)
    assert not list(database.uploads.iterdir())
    assert not list_uploads(database, LOCAL_STEWARD)
