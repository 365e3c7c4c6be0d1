"""Every format has a sample, every sample comes to what the document says, and single rows are exact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import StagedUpload, confirm_upload, staged_preview, undo_upload
from plc.results.formats.description import formats
from plc.results.formats.private import is_private
from tests.unit.results.files import query
from tests.unit.results.formats.samples import SAMPLES, Prepared, stage
from tests.unit.results.formats.table import stage_all, table, written

OpenAfter = Callable[[str | None], Database]
# Headers that are personal elsewhere and are read here: teachers are named on screen; and the e-mail address
# is the only id of a student in two formats.
READ_ALTHOUGH_PERSONAL = {
    ("oneroster", "givenName"), ("oneroster", "familyName"),
    ("clever", "First_name"), ("clever", "Last_name"),
    ("google_classroom_all", "Email Address"), ("google_classroom_sheet", "Email Address"),
    ("google_classroom_one", "Email Address"), ("google_forms_quiz", "Email Address"),
}  # fmt: skip


@pytest.fixture(scope="session")
def staged(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> dict[str, StagedUpload]:
    return stage_all(prepared, tmp_path_factory.mktemp("staged"))


def preview(database: Database, upload: StagedUpload) -> pd.DataFrame:
    return staged_preview(database, LOCAL_STEWARD, upload.upload_id, limit=200).fillna("")


def test_every_format_has_a_sample() -> None:
    assert {sample.format for sample in SAMPLES.values()} == set(formats())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_recognised_and_its_rows_add_up(name: str, staged: dict[str, StagedUpload]) -> None:
    upload, form = staged[name], formats()[SAMPLES[name].format]
    assert upload.recognised == f"Looks like {form.name}"
    assert upload.format == f"{'bundle' if form.brings == 'roster' else 'results_file'} {form.key}"
    assert upload.rows_accepted > 0
    assert upload.missing_answers == ()
    assert upload.rows_read == upload.rows_accepted + upload.rows_duplicate + upload.rows_rejected


@pytest.mark.parametrize("name", SAMPLES)
def test_personal_columns_are_not_read(name: str, staged: dict[str, StagedUpload]) -> None:
    form = SAMPLES[name].format
    read = {column.header for column in staged[name].columns if column.meaning and is_private(column.header)}
    assert {(form, header) for header in read} <= READ_ALTHOUGH_PERSONAL


@pytest.mark.parametrize("name", SAMPLES)
def test_problems_name_rows_and_columns_of_the_users_file(name: str, staged: dict[str, StagedUpload]) -> None:
    files = {SAMPLES[name].name, *(path.name for path in SAMPLES[name].paths)}
    for issue in staged[name].issues:
        assert issue.file in files
        if issue.row is not None:
            assert 2 <= issue.row <= SAMPLES[name].rows_in + 10
            assert issue.column


def test_the_document_says_what_the_samples_come_to(staged: dict[str, StagedUpload]) -> None:
    assert written() == table(staged), "run: python -m tests.unit.results.formats.table"


def test_a_canvas_cell_that_is_no_number_is_a_status(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    upload = stage(database, SAMPLES["2025-10-04T1030_Grades-Math_4.csv"], tmp_path)
    confirm_upload(database, LOCAL_STEWARD, upload.upload_id)
    rows = query(
        database,
        "select name, score, max_score, status from result join assessment using (assessment_key) "
        "where status <> 'scored' or score in (4.5, 1000) order by all",
    )
    assert rows == [
        ("Exit Ticket 3", 4.5, 5, "scored"),
        ("Exit Ticket 3", None, 5, "exempt"),
        ("Exit Ticket 3", None, 5, "missing_unknown"),
        ("Fractions Quiz (4.NF.A.1)", None, 20, "exempt"),
        ("Fractions Quiz (4.NF.A.1)", None, 20, "missing_unknown"),
        ("Project, Part 1", 1000, 1000, "scored"),
        ("Project, Part 1", None, 1000, "missing_unknown"),
        ("Project, Part 1", None, 1000, "not_applicable"),
    ]
    # Both teachers of the section share it; the file names none.
    teachers = query(
        database,
        "select teacher_id, share from section_teacher join teacher using (teacher_key) "
        "join section using (section_key) where section_id = 'SEC-4M-1' order by 1",
    )
    assert teachers == [("T0101", 0.5), ("T0103", 0.5)]
    dates = query(
        database,
        "select distinct result.taken_on::varchar, school_year from result join assessment "
        "using (assessment_key)",
    )
    assert dates == [("2025-10-04", 2026)]


def test_points_are_added_up_by_standard(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    rows = preview(database, stage(database, SAMPLES["tracker.csv"], tmp_path))
    first = rows[rows.student_id == "0012301"][["standard", "score", "max_score"]]
    # Questions 2 and 3 are about 4.NF.A.1; question 3 is about 4.NF.A.2 as well.
    assert first.values.tolist() == [
        ["", "1", "3"], ["4.NBT.A.1", "1.0", "1.0"], ["4.NF.A.1", "0.0", "2.0"], ["4.NF.A.2", "0.0", "1.0"],
    ]  # fmt: skip


def test_a_retest_is_a_second_attempt_and_13_is_kindergarten(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    rows = preview(database, stage(database, SAMPLES["cdf.zip"], tmp_path))
    retested = rows[(rows.student_id == "0012303") & (rows.standard == "")]
    assert retested[["score", "attempt"]].values.tolist() == [["198", "1"], ["171", "2"]]
    assert set(rows[rows.student_id == "0012308"].grade) == {"K"}


def test_a_measure_without_a_score_is_no_row(database: Database, tmp_path: Path) -> None:
    rows = preview(database, stage(database, SAMPLES["dibels.csv"], tmp_path))
    last = rows[rows.student_id == "605004"]
    assert last[["standard", "score", "section_id", "teacher_id", "grade"]].values.tolist() == [
        ["", "324", "0000-0000-0000-2024", "000000001", "K"],
        ["Letter Names (LNF)", "33", "0000-0000-0000-2024", "000000001", "K"],
        ["Phonemic Awareness (PSF)", "15", "0000-0000-0000-2024", "000000001", "K"],
        ["Letter Sounds (NWF-CLS)", "2", "0000-0000-0000-2024", "000000001", "K"],
        ["Decoding (NWF-WRC)", "0", "0000-0000-0000-2024", "000000001", "K"],
        ["Word Reading (WRF)", "0", "0000-0000-0000-2024", "000000001", "K"],
    ]
    assert not any("RAN" in name or "Error" in name for name in rows.standard)


def test_a_state_result_that_does_not_count_has_no_score(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    confirm_upload(database, LOCAL_STEWARD, stage(database, SAMPLES["caaspp.txt"], tmp_path).upload_id)
    assert query(database, "select status, count(*), count(score) from result group by 1 order by 1") == [
        ("invalid", 1, 0), ("not_tested", 1, 0), ("scored", 10, 10),
    ]  # fmt: skip


def test_a_delta_adds_and_deletes_nothing(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("oneroster_1_2.zip")
    before = query(database, "select count(*) from enrollment")[0][0]
    teachers = query(database, "select * from section_teacher order by all")
    upload = stage(database, SAMPLES["oneroster_1_2_delta.zip"], tmp_path)
    confirm_upload(database, LOCAL_STEWARD, upload.upload_id)
    assert query(database, "select count(*) from enrollment")[0][0] == before + 1
    assert query(database, "select * from section_teacher order by all") == teachers
    assert [issue.message for issue in upload.issues if issue.code == "rows_left_out"] == [
        "1 row was left out: marked tobedeleted; an upload deletes nothing.",
        "1 row was left out: teachers of a delta; load the bulk files to change who teaches.",
        "1 row was left out: marked tobedeleted; an upload deletes nothing.",
    ]


def test_loading_undoing_and_loading_again_leaves_the_same_tables(
    open_after: OpenAfter, tmp_path: Path
) -> None:
    database = open_after(None)
    tables = ("student", "student_alias", "section", "section_teacher", "enrollment", "assessment", "result")

    def contents() -> list[list[tuple[object, ...]]]:
        return [query(database, f"select * from {name} order by all") for name in tables]

    first = stage(database, SAMPLES["oneroster_1_2.zip"], tmp_path)
    confirm_upload(database, LOCAL_STEWARD, first.upload_id)
    loaded = contents()
    assert [len(rows) for rows in loaded] == [8, 24, 2, 3, 12, 2, 22]
    undo_upload(database, LOCAL_STEWARD, first.upload_id)
    assert not any(contents())
    again = stage(database, SAMPLES["oneroster_1_2.zip"], tmp_path)
    confirm_upload(database, LOCAL_STEWARD, again.upload_id)
    assert contents() == loaded
    third = stage(database, SAMPLES["oneroster_1_2.zip"], tmp_path)
    assert third.already_loaded
    assert (third.rows_accepted, third.rows_duplicate) == (0, third.rows_read)


def test_an_undone_result_file_leaves_the_roster_as_it_was(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    before = [
        query(database, f"select * from {name} order by all") for name in ("student", "section_teacher")
    ]
    upload = stage(database, SAMPLES["ComboStudentAssessment.csv"], tmp_path)
    confirm_upload(database, LOCAL_STEWARD, upload.upload_id)
    undo_upload(database, LOCAL_STEWARD, upload.upload_id)
    assert [
        query(database, f"select * from {name} order by all") for name in ("student", "section_teacher")
    ] == before
