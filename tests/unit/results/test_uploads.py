"""The life of an upload: staged, confirmed, undone; reloaded, corrected, discarded, left behind."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from plc.core.errors import BadFile, Conflict, DatabaseUnavailable, NotAllowed, NotFound
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import (
    confirm_upload,
    discard_upload,
    list_uploads,
    load_staged,
    receiving,
    stage_upload,
    staged_preview,
    undo_upload,
)
from tests.unit.results.files import (
    HEADER,
    codes,
    counts,
    everything,
    load,
    query,
    results,
    roster,
    row,
    scores,
    stage,
    write,
)

CLASS = [row(f"{number:03d}", number) for number in range(1, 11)]


def test_staging_writes_no_results_and_shows_them(database: Database) -> None:
    version = database.data_version()
    staged = stage(database, results(*CLASS, row("011", "oops")))
    assert not any(everything(database).values())
    assert database.data_version() == version
    shown = staged_preview(database, LOCAL_STEWARD, staged.upload_id)
    assert list(shown["verdict"]) == ["accepted"] * 10 + ["rejected"]
    assert list(shown["student_id"])[:2] == ["001", "002"]
    assert load_staged(database, LOCAL_STEWARD, staged.upload_id) == staged


def test_confirming_deletes_the_file_and_keeps_its_hash_and_counts(database: Database) -> None:
    done = load(database, results(*CLASS))
    assert (done.state, counts(done)) == ("confirmed", (10, 10, 0, 0, 0))
    assert not list(database.uploads.iterdir())
    assert len(query(database, "select sha256 from upload")[0][0]) == 64
    assert list_uploads(database, LOCAL_STEWARD) == [done]


def test_an_upload_is_confirmed_once(database: Database) -> None:
    done = load(database, results(*CLASS))
    with pytest.raises(Conflict, match="is confirmed, not staged"):
        confirm_upload(database, LOCAL_STEWARD, done.upload_id)
    with pytest.raises(NotFound):
        confirm_upload(database, LOCAL_STEWARD, "no such upload")


def test_the_same_file_again_changes_nothing_and_says_so(database: Database) -> None:
    load(database, results(*CLASS))
    before, version = everything(database), database.data_version()
    staged = stage(database, results(*CLASS))
    assert staged.already_loaded
    assert codes(staged) == {"already_loaded"}
    assert counts(staged) == (10, 0, 10, 0, 0)
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert everything(database) == before
    assert database.data_version() == version


def test_a_corrected_file_replaces_values_and_keeps_history(database: Database) -> None:
    load(database, results(*CLASS))
    done = load(database, results(*CLASS[:-1], row("010", 99)))
    assert counts(done) == (10, 1, 9, 1, 0)
    assert scores(database)[-1] == 99
    assert query(database, "select score, superseded_by is null from result_version where score >= 10") == [
        (10, False),
        (99, True),
    ]


def test_undoing_a_correction_brings_the_earlier_values_back(database: Database) -> None:
    load(database, results(*CLASS))
    before = everything(database)
    done = load(database, results(*CLASS[:-1], row("010", 99), row("011", 5, teacher_id="T2")))
    undone = undo_upload(database, LOCAL_STEWARD, done.upload_id)
    assert undone.state == "undone"
    assert everything(database) == before


def test_import_undo_import_leaves_the_same_tables(database: Database, tmp_path: Path) -> None:
    folder = roster(tmp_path / "roster")
    first = load(database, folder)
    before = everything(database)
    undo_upload(database, LOCAL_STEWARD, first.upload_id)
    assert not any(everything(database).values())
    load(database, folder)

    def without_upload(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
        return {table: [row[:-2] for row in found] for table, found in rows.items()}

    assert without_upload(everything(database)) == without_upload(before)


def test_an_upload_whose_rows_were_replaced_cannot_be_undone_first(database: Database) -> None:
    first = load(database, write(database.folder, results(*CLASS), "september.csv"))
    second = load(database, write(database.folder, results(row("010", 99)), "correction.csv"))
    before = everything(database)
    with pytest.raises(Conflict, match=r"Undo correction\.csv first"):
        undo_upload(database, LOCAL_STEWARD, first.upload_id)
    assert everything(database) == before
    undo_upload(database, LOCAL_STEWARD, second.upload_id)
    undo_upload(database, LOCAL_STEWARD, first.upload_id)
    assert not any(everything(database).values())


def test_rows_that_a_later_upload_repeated_are_not_lost_by_undoing_the_first(database: Database) -> None:
    first = load(database, results(*CLASS[:5]))
    load(database, write(database.folder, results(*CLASS), "all.csv"))
    with pytest.raises(Conflict, match=r"Undo all\.csv first"):
        undo_upload(database, LOCAL_STEWARD, first.upload_id)


def test_reloading_a_file_does_not_stand_in_the_way_of_undoing_it(database: Database) -> None:
    first = load(database, results(*CLASS))
    load(database, results(*CLASS))
    undo_upload(database, LOCAL_STEWARD, first.upload_id)
    assert not any(everything(database).values())


def test_undo_keeps_people_and_sections_that_other_uploads_name(database: Database) -> None:
    first = load(database, results(*CLASS))
    load(database, results(row("001", 7, assessment="Unit 2")))
    undo_upload(database, LOCAL_STEWARD, first.upload_id)
    assert scores(database) == [7]
    assert query(
        database,
        "select teacher_id, section_id, e.share from result r join section using (section_key) "
        "join section_teacher using (section_key) join teacher using (teacher_key) "
        "join enrollment e on e.student_key = r.student_key and e.section_key = r.section_key "
        "join student s on s.student_key = r.student_key "
        "join assessment a on a.assessment_key = r.assessment_key",
    ) == [("T1", "T1|6|math|2026", 1)]
    assert [len(rows) for rows in everything(database).values()] == [1, 1, 1, 0, 1, 1, 1, 1, 0, 1]


def test_an_upload_is_worked_out_anew_when_another_was_confirmed_meanwhile(database: Database) -> None:
    first = stage(database, results(*CLASS))
    load(database, results(*CLASS[:4], row("010", 99)))
    done = confirm_upload(database, LOCAL_STEWARD, first.upload_id)
    assert counts(done) == (10, 6, 4, 1, 0)
    assert scores(database) == list(range(1, 11))


def test_a_discarded_upload_leaves_nothing_but_its_record(database: Database) -> None:
    staged = stage(database, results(*CLASS))
    discard_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert not list(database.uploads.iterdir())
    assert [upload.state for upload in list_uploads(database, LOCAL_STEWARD)] == ["discarded"]
    assert staged_preview(database, LOCAL_STEWARD, staged.upload_id).empty
    with pytest.raises(Conflict):
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id)


@pytest.mark.parametrize("role", [Role.NOBODY, Role.PRINCIPAL])
def test_only_those_who_load_results_may_touch_uploads(database: Database, role: Role) -> None:
    viewer = Viewer(role)
    staged = stage(database, results(*CLASS))
    for attempt in (
        lambda: stage_upload(database, viewer, Path("x.csv")),
        lambda: confirm_upload(database, viewer, staged.upload_id),
        lambda: discard_upload(database, viewer, staged.upload_id),
        lambda: undo_upload(database, viewer, staged.upload_id),
        lambda: list_uploads(database, viewer),
        lambda: staged_preview(database, viewer, staged.upload_id),
        lambda: load_staged(database, viewer, staged.upload_id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_issues_never_hold_an_id_or_a_score(database: Database) -> None:
    staged = stage(database, results(row("77001122", 5), row("77001122", 888.25), header=HEADER))
    said = " ".join(issue.message for issue in staged.issues)
    assert "conflicting_score" in codes(staged)
    assert "77001122" not in said
    assert "888.25" not in said


def test_a_full_disk_and_an_unreadable_file_are_said_in_words(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(BadFile, match="does not exist"):
        stage_upload(database, LOCAL_STEWARD, database.folder / "no such file")
    monkeypatch.setattr(receiving, "copy_file", full)
    with pytest.raises(DatabaseUnavailable, match="is full"):
        stage(database, results(*CLASS))
    assert not list(database.uploads.iterdir())


def test_a_refused_line_is_never_quoted_in_the_chain_of_errors(database: Database) -> None:
    text = results(row("01", 1), 'Zebulonia,"T1' + "x" * 10)
    with pytest.raises(BadFile) as caught:
        stage(database, text)
    chain: BaseException | None = caught.value
    while chain is not None:
        assert "Zebulonia" not in str(chain)
        chain = chain.__cause__ or chain.__context__


@pytest.mark.parametrize("class_id", ["C1", ""])
def test_rows_without_a_teacher_stand_in_their_class_at_once_so_the_file_again_changes_nothing(
    database: Database, class_id: str
) -> None:
    start = {"teacher_id": "", "assessment": "Start check", "date": "2025-09-05"}
    content = results(
        *(row(f"{number:03d}", number, **start) + f",{class_id},baseline" for number in range(1, 6)),
        *(row(f"{number:03d}", number) + f",{class_id},common" for number in range(1, 6)),
        header=HEADER + ",section_id,kind",
    )
    load(database, content)
    assert query(database, "select count(*) from result where section_key is null") == [(0,)]
    staged = stage(database, content)
    assert counts(staged) == (10, 0, 10, 0, 0)
    assert staged.already_loaded


def test_a_file_whose_every_row_is_rejected_cannot_be_confirmed(database: Database) -> None:
    staged = stage(database, results(row("001", "oops"), row("002", "oops")))
    with pytest.raises(BadFile, match="nothing to confirm"):
        confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert not any(everything(database).values())


@pytest.mark.parametrize(
    ("column", "answer"),
    [("grade", "55"), ("school_year", "1850"), ("kind", "oops"), ("date", "31/31/2025"), ("status", "oops")],
)
def test_an_answer_that_no_row_could_hold_is_one_problem_of_the_whole_file(
    database: Database, column: str, answer: str
) -> None:
    with pytest.raises(BadFile) as refused:
        stage(database, results(*CLASS), **{column: answer})
    assert [(issue.row, issue.column) for issue in refused.value.issues] == [(None, column)]
    assert answer not in refused.value.message


@pytest.mark.parametrize(
    ("column", "answer"),
    [("grade", "6"), ("grade", "K"), ("school_year", "2025-26"), ("kind", "state"), ("date", "Oct 1, 2025"),
     ("date", "2025-10-01T08:00:00Z"), ("date", "13.10.25"), ("status", "absent")],
)  # fmt: skip
def test_an_answer_is_understood_as_a_cell_would_be(database: Database, column: str, answer: str) -> None:
    staged = stage(database, results(*CLASS), **{column: answer})
    assert staged.rows_accepted == 10


def test_a_waiting_file_is_readable_by_its_owner_only(database: Database, tmp_path: Path) -> None:
    staged = stage(database, results(*CLASS))
    tables = stage(database, roster(tmp_path / "roster"))
    for upload in (staged, tables):
        kept = list((database.uploads / upload.upload_id / "source").iterdir())
        assert kept
        assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
