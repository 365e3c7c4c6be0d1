"""A file that waits to be confirmed is its uploader's: it holds student ids as written and their scores."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from plc.core import clock
from plc.core.errors import Conflict, NotAllowed, NotFound
from plc.core.permissions import Permission, Role
from plc.core.viewer import LOCAL_STEWARD, Viewer
from plc.database import Database
from plc.people import flush_accesses
from plc.results import (
    StagedUpload,
    confirm_upload,
    correct_upload,
    correction_sheet,
    discard_upload,
    list_uploads,
    load_staged,
    stage_upload,
    staged_preview,
    undo_upload,
    upload_differences,
    upload_problems,
)
from plc.results.inbox import Inbox, inbox_log
from plc.ui import alerts, runtime
from tests.security.attempts import Attempts
from tests.security.needs import NEEDS
from tests.security.use_cases import use_cases
from tests.unit.results.files import results, row, write

OWNER: Final = Viewer(Role.TEACHER, teacher_id="T1", account_id="account 1")
OTHER: Final = Viewer(Role.TEACHER, teacher_id="T2", account_id="account 2")
LEADER: Final = Viewer(Role.FACILITATOR, teacher_id="T2", account_id="account 2")
STEWARD: Final = Viewer(Role.STEWARD, account_id="account 3")
FOUND: Final = use_cases()
# What each use case on a staged upload takes besides its id.
ARGUMENTS: Final[dict[str, tuple[object, ...]]] = {
    "plc.results.corrections.correct_upload": ([],),
    "plc.results.layouts.save_layout": ("Ours",),
    "plc.results.staging.answer_upload": ({},),
}
# Names assessments of a confirmed upload, whose file is gone.
AFTERWARDS: Final = {"plc.results.measures.measures_to_state"}
ON_STAGED: Final = sorted(
    name
    for name, needed in NEEDS.items()
    if Permission.RESULTS_UPLOAD in needed
    and name not in AFTERWARDS
    and "upload_id" in inspect.signature(FOUND[name]).parameters
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Three results of T1's class and two of T2's, loaded by the steward."""
    with Database(tmp_path / "plc.duckdb") as opened:
        loaded = bring(
            opened,
            LOCAL_STEWARD,
            *(row(f"00{n}", n) for n in (1, 2, 3)),
            *(row(f"00{n}", n, teacher_id="T2") for n in (4, 5)),
        )
        confirm_upload(opened, LOCAL_STEWARD, loaded.upload_id)
        yield opened


def bring(database: Database, viewer: Viewer, *rows: str) -> StagedUpload:
    return stage_upload(database, viewer, write(database.folder / "came", results(*rows)))


def call(name: str, database: Database, viewer: Viewer, upload_id: str) -> Any:
    return FOUND[name](database, viewer, upload_id, *ARGUMENTS.get(name, ()))


def before(database: Database, viewer: Viewer, staged: StagedUpload) -> list[str]:
    differences = upload_differences(database, viewer, staged.upload_id)
    assert differences is not None
    return list(differences.rows["before"])


@pytest.mark.parametrize("other", [OTHER, LEADER], ids=["a teacher", "a facilitator"])
@pytest.mark.parametrize("name", ON_STAGED)
def test_nothing_can_be_done_with_a_file_that_somebody_else_loaded(
    database: Database, attempts: Attempts, name: str, other: Viewer
) -> None:
    staged = bring(database, OWNER, row("001", 9), row("002", "oops"))
    with pytest.raises(NotAllowed):
        call(name, database, other, staged.upload_id)
    assert load_staged(database, OWNER, staged.upload_id) == staged
    attempts.refused(1)


def test_every_use_of_a_staged_file_is_among_those_tried() -> None:
    assert len(ON_STAGED) >= 13
    assert {f"plc.results.{name}" for name in ("preview.staged_preview", "confirm.confirm_upload")} < set(
        ON_STAGED
    )


def test_a_file_that_a_steward_loaded_is_no_teachers(database: Database, attempts: Attempts) -> None:
    for steward in (STEWARD, LOCAL_STEWARD):
        staged = bring(database, steward, row("001", 9))
        with pytest.raises(NotAllowed):
            staged_preview(database, OWNER, staged.upload_id)
        attempts.refused(1)


def test_an_id_of_no_upload_opens_nothing(database: Database) -> None:
    for made_up in ("nothing", "../came", ""):
        with pytest.raises(NotFound):
            staged_preview(database, OTHER, made_up)


@pytest.mark.parametrize("viewer", [OWNER, STEWARD, LOCAL_STEWARD], ids=["uploader", "steward", "local"])
def test_the_uploader_and_a_steward_put_right_and_confirm_it(database: Database, viewer: Viewer) -> None:
    staged = bring(database, OWNER, row("001", 9), row("002", "oops"))
    assert list(staged_preview(database, viewer, staged.upload_id)["student_id"]) == ["001", "002"]
    assert len(correction_sheet(database, viewer, staged.upload_id)) == 1
    (problem,) = upload_problems(database, viewer, staged.upload_id)
    assert before(database, viewer, staged) == ["1"]
    correct_upload(database, viewer, staged.upload_id, [problem.retype("12")])
    assert confirm_upload(database, viewer, staged.upload_id).rows_superseded == 2


def test_the_uploader_may_discard_it(database: Database) -> None:
    staged = bring(database, OWNER, row("001", 9))
    discard_upload(database, OWNER, staged.upload_id)
    assert staged_preview(database, OWNER, staged.upload_id).empty


def test_the_list_offers_to_continue_her_own_file_only(database: Database) -> None:
    bring(database, OWNER, row("001", 9))
    offered = [list_uploads(database, viewer)[0].may_continue for viewer in (OWNER, OTHER, STEWARD)]
    assert offered == [True, False, True]


def test_the_name_of_a_file_is_its_uploaders_and_a_stewards(database: Database, attempts: Attempts) -> None:
    """`Retake of 001 Kim Lee.csv` is a sentence about a child."""
    path = write(database.folder / "came", results(row("001", 9), row("002", "oops")), name="Kim Lee 001.csv")
    name = path.name
    mine = stage_upload(database, OWNER, path)
    confirm_upload(database, OWNER, mine.upload_id)
    for viewer in (OWNER, STEWARD, LOCAL_STEWARD):
        (listed, *_) = list_uploads(database, viewer)
        assert (listed.file, len(listed.issues)) == (name, 1)
    for viewer in (OTHER, LEADER):
        (listed, *_) = list_uploads(database, viewer)
        attempts.judge(name in repr(listed), "a colleague's list of uploads")
        assert listed.file == f"File of {clock.now():%-d %B %Y}"


def test_whoever_may_not_undo_a_later_file_does_not_read_its_name(
    database: Database, attempts: Attempts
) -> None:
    mine = bring(database, OWNER, row("001", 9))
    confirm_upload(database, OWNER, mine.upload_id)
    path = write(database.folder / "came", results(row("001", 8)), name="Kim Lee 001.csv")
    confirm_upload(database, STEWARD, stage_upload(database, STEWARD, path).upload_id)
    with pytest.raises(Conflict, match="ask whoever loaded it") as refused:
        undo_upload(database, OWNER, mine.upload_id)
    attempts.judge("Kim Lee" in str(refused.value), "an undo that a later file stands in the way of")
    with pytest.raises(Conflict, match=r"Undo Kim Lee 001\.csv first"):
        undo_upload(database, STEWARD, mine.upload_id)


def test_the_names_of_files_in_the_inbox_are_a_stewards(database: Database, attempts: Attempts) -> None:
    inbox = Inbox(database, LOCAL_STEWARD)
    inbox.folder.mkdir()
    (inbox.folder / "Kim Lee 001.csv").touch()
    inbox.take()
    assert inbox.take() == ["refused"]
    assert "Kim Lee" in inbox_log(database, STEWARD)[0].words
    attempts.judge("Kim Lee" in repr(inbox_log(database, OTHER)), "the log of the inbox")


def test_earlier_scores_of_other_classes_stay_hidden_from_who_names_their_students(
    database: Database, attempts: Attempts
) -> None:
    rows = (row("001", 9), *(row(f"00{n}", 9, teacher_id="T2") for n in (4, 5)))
    staged = bring(database, OWNER, *rows)
    assert before(database, OWNER, staged) == ["1"]
    differences = upload_differences(database, OWNER, staged.upload_id)
    assert differences is not None
    assert differences.by_assessment["rows"].tolist() == [1]
    # Hers changes nothing of theirs, so nobody has a difference to read in it; a steward's does.
    assert before(database, STEWARD, staged) == ["1"]
    assert before(database, LOCAL_STEWARD, bring(database, LOCAL_STEWARD, *rows)) == ["1", "4", "5"]
    attempts.refused(1)


def test_claiming_a_student_for_her_own_class_does_not_show_the_score(database: Database) -> None:
    staged = bring(database, OWNER, row("004", 9))
    assert upload_differences(database, OWNER, staged.upload_id) is None


def test_what_she_loaded_for_a_colleague_is_the_colleagues_from_then_on(database: Database) -> None:
    first = bring(database, OWNER, row("004", 7, teacher_id="T2", assessment="Unit 9"))
    confirm_upload(database, OWNER, first.upload_id)
    again = bring(database, OWNER, row("004", 8, teacher_id="T2", assessment="Unit 9"))
    assert upload_differences(database, OWNER, again.upload_id) is None


def test_a_refused_file_is_an_entry_of_the_audit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "database", lambda: database)
    monkeypatch.setattr(runtime, "viewer", lambda: OTHER)
    monkeypatch.setattr("plc.ui.alerts.st.error", lambda *_, **__: None)
    staged = bring(database, OWNER, row("001", 9))
    flush_accesses(database)
    with database.read() as cursor:
        entries = cursor.execute("select count(*) from audit_entry").fetchall()
    with alerts.shown():
        staged_preview(database, OTHER, staged.upload_id)
    flush_accesses(database)
    with database.read() as cursor:
        now = cursor.execute("select count(*) from audit_entry").fetchall()
    assert now[0][0] == entries[0][0] + 1
