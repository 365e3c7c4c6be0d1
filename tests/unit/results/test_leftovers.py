"""What uploads leave on the disk: nothing outside their folder, nothing longer than it is needed."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from plc.core import clock
from plc.core.errors import BadFile
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import list_uploads, remove_leftovers, stage_upload, uploads
from plc.ui import nightly, runtime
from tests.unit.results.files import counts, results, row, stage, write

CLASS = [row(f"{number:03d}", number) for number in range(1, 11)]


def test_what_a_dead_process_left_is_removed_and_what_waits_is_kept(database: Database) -> None:
    staged = stage(database, results(*CLASS))
    (database.uploads / "preparing-deadbeef-1").mkdir()
    (database.uploads / "0123456789abcdef").mkdir()
    remove_leftovers(database)
    assert [entry.name for entry in database.uploads.iterdir()] == [staged.upload_id]


def test_what_came_over_the_network_lies_nowhere_but_in_the_folder_of_uploads(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    content = results(*CLASS).encode()
    path = write(database.folder, results(*CLASS))
    from_bytes = stage_upload(database, LOCAL_STEWARD, content, file_name=path.name)
    from_file = stage_upload(database, LOCAL_STEWARD, path)
    assert (from_bytes.file, counts(from_bytes)) == (from_file.file, counts(from_file))
    (kept,) = (uploads.upload_folder(database, from_bytes.upload_id) / "source").iterdir()
    assert kept.read_bytes() == content
    assert kept.stat().st_mode & 0o077 == 0
    assert not list(elsewhere.iterdir())
    with pytest.raises(BadFile, match="is empty"):
        stage_upload(database, LOCAL_STEWARD, b"", file_name="nothing.csv")


def test_the_server_removes_what_a_dead_process_left_when_it_starts(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = database.uploads / "preparing-deadbeef-1" / "source"
    half.mkdir(parents=True)
    (half / "file").write_text(results(*CLASS))
    monkeypatch.setattr(runtime, "database", lambda: database)
    for step in nightly.AT_START:
        step()
    assert not list(database.uploads.iterdir())


def test_a_file_nobody_confirmed_is_gone_in_time_though_nobody_opens_the_list(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(database, results(*CLASS))
    later = clock.now() + uploads.STAGED_FOR + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(runtime, "database", lambda: database)
    for step in nightly.EACH_NIGHT:
        step()
    assert not list(database.uploads.iterdir())


def test_a_staged_upload_whose_folder_is_lost_or_old_is_discarded(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, old = stage(database, results(*CLASS)), stage(database, results(*CLASS[:3]))
    uploads.remove_folder(uploads.upload_folder(database, lost.upload_id))
    later = clock.now() + uploads.STAGED_FOR + timedelta(days=1)
    assert [upload.state for upload in list_uploads(database, LOCAL_STEWARD)] == ["staged", "discarded"]
    monkeypatch.setattr(clock, "now", lambda: later)
    assert [upload.state for upload in list_uploads(database, LOCAL_STEWARD)] == ["discarded", "discarded"]
    assert not uploads.upload_folder(database, old.upload_id).exists()
