"""Files dropped beside the database are taken in by the process that has it open, logged, and moved."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from plc.core.errors import BadFile, NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import confirm_upload, discard_upload, list_uploads, save_layout
from plc.results.inbox import (
    DONE,
    KEPT_FOR,
    REFUSED,
    Inbox,
    Manifest,
    drop_into_inbox,
    inbox_folder,
    inbox_log,
)
from tests.unit.results.files import results, roster, row, scores, stage, write

CLASS = [row(f"{number:03d}", number) for number in range(1, 11)]


@pytest.fixture
def inbox(database: Database) -> Inbox:
    box = Inbox(database, LOCAL_STEWARD)
    box.take()
    return box


def put(inbox: Inbox, content: str, name: str = "night.csv", **manifest: object) -> None:
    write(inbox.folder, content, name)
    if manifest:
        write(inbox.folder, json.dumps(manifest), f"{name}.json")


def outcomes(inbox: Inbox) -> list[tuple[str, str, int | None, int | None]]:
    """The log, the earliest first: file, outcome, rows accepted, rows rejected."""
    log = inbox_log(inbox.database, LOCAL_STEWARD)
    return [(one.file_name, one.outcome, one.rows_accepted, one.rows_rejected) for one in reversed(log)]


def moved(inbox: Inbox, where: str) -> list[str]:
    folder = inbox.folder / where
    return sorted(entry.name.split("-", 2)[2] for entry in folder.iterdir()) if folder.exists() else []


def test_a_file_is_taken_once_it_has_stopped_changing(inbox: Inbox) -> None:
    put(inbox, results(*CLASS[:5]), confirm=True)
    assert inbox.take() == []
    put(inbox, results(*CLASS), confirm=True)
    assert inbox.take() == []
    assert inbox.take() == ["confirmed"]
    assert inbox.take() == []
    assert scores(inbox.database) == list(range(1, 11))
    assert outcomes(inbox) == [("night.csv", "confirmed", 10, 0)]
    assert moved(inbox, DONE) == ["night.csv", "night.csv.json"]
    assert [entry.name for entry in inbox.folder.iterdir()] == [DONE]


def test_a_file_without_a_wish_to_confirm_waits_for_someone(inbox: Inbox) -> None:
    put(inbox, results(*CLASS))
    inbox.take()
    assert inbox.take() == ["waits"]
    assert scores(inbox.database) == []
    (upload,) = list_uploads(inbox.database, LOCAL_STEWARD)
    assert upload.state == "staged"
    confirm_upload(inbox.database, LOCAL_STEWARD, upload.upload_id)
    assert outcomes(inbox) == [("night.csv", "waits", 10, 0)]


@pytest.mark.parametrize("despite", [False, True])
def test_a_file_that_loses_many_rows_is_not_confirmed_without_a_look(inbox: Inbox, *, despite: bool) -> None:
    put(inbox, results(*CLASS, row("011", "oops")), confirm=True, despite_warnings=despite)
    inbox.take()
    assert inbox.take() == ["confirmed" if despite else "waits"]
    assert "1 of 11 rows" in inbox_log(inbox.database, LOCAL_STEWARD)[0].words


def test_a_layout_and_answers_of_the_manifest_are_used_and_what_lacks_waits(inbox: Inbox) -> None:
    table = "Kid code,Quarter mark\n" + "".join(f"K{n:03d},{n}\n" for n in range(12))
    given = {"format": "by_hand", "student_id": "column:Kid code", "score": "column:Quarter mark"}
    staged = stage(inbox.database, table, **given)
    save_layout(inbox.database, LOCAL_STEWARD, staged.upload_id, "Ours")
    discard_upload(inbox.database, LOCAL_STEWARD, staged.upload_id)
    answers = {"teacher_id": "N1", "grade": 6, "subject": "maths", "school_year": 2026, "date": "2025-10-01"}
    put(inbox, table, "a.csv", layout="Ours", answers=answers | {"assessment": "Q1"}, confirm=True)
    put(inbox, table, "b.csv", layout="Ours", answers=answers, confirm=True)
    put(inbox, table, "c.csv", layout="Theirs", confirm=True)
    inbox.take()
    assert inbox.take() == ["confirmed", "waits", "refused"]
    assert "says: assessment" in inbox_log(inbox.database, LOCAL_STEWARD)[1].words
    assert moved(inbox, REFUSED) == ["c.csv", "c.csv.json"]


@pytest.mark.parametrize("manifest", ["{", "[]", '{"confrim": true}', '{"answers": 3}', '{"layout": 1}'])
def test_a_manifest_that_cannot_be_understood_refuses_its_file(inbox: Inbox, manifest: str) -> None:
    put(inbox, results(*CLASS))
    write(inbox.folder, manifest, "night.csv.json")
    inbox.take()
    assert inbox.take() == ["refused"]
    assert not list_uploads(inbox.database, LOCAL_STEWARD)


def test_no_table_is_refused_and_the_same_file_again_changes_nothing(inbox: Inbox) -> None:
    put(inbox, "%PDF-1.7", "a.pdf")
    put(inbox, results(*CLASS), "b.csv", confirm=True)
    put(inbox, results(*CLASS), "c.csv", confirm=True)
    inbox.take()
    assert inbox.take() == ["refused", "confirmed", "unchanged"]
    assert not list(inbox.database.uploads.iterdir())


def test_what_a_second_process_drops_is_whole_and_taken_in(inbox: Inbox, tmp_path: Path) -> None:
    wishes = Manifest(confirm=True)
    drop_into_inbox(inbox.database.path, write(tmp_path / "x", results(*CLASS)), wishes)
    again = drop_into_inbox(inbox.database.path, write(tmp_path / "x", results(row("011", 3))), wishes)
    drop_into_inbox(inbox.database.path, roster(tmp_path / "roster"), Manifest(confirm=True))
    assert again.name != "results.csv"
    inbox.take()
    assert inbox.take() == ["confirmed"] * 3
    assert len(scores(inbox.database)) == 17
    with pytest.raises(BadFile, match="does not exist"):
        drop_into_inbox(inbox.database.path, tmp_path / "nothing.csv", wishes)


def test_links_hidden_files_and_lone_manifests_are_left_alone(inbox: Inbox, tmp_path: Path) -> None:
    (inbox.folder / "link.csv").symlink_to(write(tmp_path / "x", results(*CLASS)))
    put(inbox, results(*CLASS), ".hidden.csv")
    put(inbox, "{}", "lone.json")
    inbox.take()
    assert inbox.take() == []


def test_a_folder_with_a_link_in_it_is_left_alone(inbox: Inbox, tmp_path: Path) -> None:
    outside = write(tmp_path, results(*CLASS), "outside.csv")
    folder = inbox.folder / "night"
    folder.mkdir()
    (folder / "results.csv").symlink_to(outside)
    for _ in range(3):
        assert inbox.take() == []
    assert inbox_log(inbox.database, LOCAL_STEWARD) == []


def test_files_taken_are_deleted_after_a_week(inbox: Inbox) -> None:
    put(inbox, results(*CLASS), confirm=True)
    inbox.take()
    inbox.take()
    for entry in (inbox.folder / DONE).iterdir():
        long_ago = entry.stat().st_mtime - (KEPT_FOR + timedelta(hours=1)).total_seconds()
        os.utime(entry, (long_ago, long_ago))
    inbox.take()
    assert moved(inbox, DONE) == []


def test_the_log_is_for_those_who_read_uploads(inbox: Inbox) -> None:
    assert inbox_folder(inbox.database.path) == inbox.folder
    with pytest.raises(NotAllowed):
        inbox_log(inbox.database, Viewer(Role.PRINCIPAL))
