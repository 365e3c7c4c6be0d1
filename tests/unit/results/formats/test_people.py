"""Students are found by whatever id the file has; teachers and grades come from the roster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import StagedUpload, confirm_upload, stage_upload, staged_preview
from tests.unit.results.files import query
from tests.unit.results.formats.samples import SAMPLES, stage

OpenAfter = Callable[[str | None], Database]
HEADER = (
    "TermName,SchoolName,StudentID,Student_StateID,Subject,TestName,TestStartDate,TestRITScore,"
    "TestStandardError"
)
# Ids of the Clever sample: six students of one class, by number and by state id.
NUMBERS = [f"001230{place}" for place in range(1, 7)]
STATE_IDS = [f"90000{place}" for place in range(1, 7)]


def growth(folder: Path, ids: list[tuple[str, str]]) -> Path:
    """A file of MAP Growth results with two id columns."""
    lines = [
        f"Winter 2025-2026,Maple,{number},{state},Mathematics,Growth: Math,01/14/2026,{190 + place},3.1"
        for place, (number, state) in enumerate(ids)
    ]
    path = folder / "growth.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def load(database: Database, folder: Path, ids: list[tuple[str, str]], **answers: str) -> StagedUpload:
    return stage_upload(database, LOCAL_STEWARD, growth(folder, ids), answers=answers)


def said(upload: StagedUpload, code: str) -> list[str]:
    return [issue.message for issue in upload.issues if issue.code == code]


def test_the_column_that_finds_most_students_is_used(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    # The vendor's own numbers in the first column, the state's in the second.
    upload = load(database, tmp_path, [(f"77{place}", state) for place, state in enumerate(STATE_IDS)])
    assert said(upload, "students_found_by") == [
        "6 of 6 students were found on the roster by Student_StateID, as the roster's state id."
    ]
    found = staged_preview(database, LOCAL_STEWARD, upload.upload_id)
    assert sorted(found.student_id) == NUMBERS
    before = query(database, "select count(*) from student")
    confirm_upload(database, LOCAL_STEWARD, upload.upload_id)
    assert query(database, "select count(*) from student") == before
    # Each in the section of the roster, with its two teachers.
    assert query(
        database, "select section_id, count(*) from result join section using (section_key) group by 1"
    ) == [("SEC-4M-1", 6)]


def test_ids_that_lost_their_zeros_are_found(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    upload = load(database, tmp_path, [(number.lstrip("0"), "") for number in NUMBERS])
    assert upload.rows_accepted == 6
    before = query(database, "select count(*) from student")
    confirm_upload(database, LOCAL_STEWARD, upload.upload_id)
    assert query(database, "select count(*) from student") == before


def test_an_id_that_two_students_share_without_zeros_finds_nobody(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    (folder / "students.csv").write_text("\n".join(["student_id", "00012301", *NUMBERS]), encoding="utf-8")
    (folder / "schools.csv").write_text("school_id\n0042\n", encoding="utf-8")
    confirm_upload(database, LOCAL_STEWARD, stage_upload(database, LOCAL_STEWARD, folder).upload_id)
    ids = [(number.lstrip("0"), "") for number in NUMBERS]
    upload = load(database, tmp_path, ids, grade="4", teacher_id="T1")
    assert said(upload, "students_found_by") == ["5 of 6 students were found on the roster by StudentID."]
    assert [(issue.row, issue.code) for issue in upload.issues if issue.row] == [(2, "ambiguous_student")]


def test_students_who_are_not_found_are_listed_with_their_rows(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    upload = load(database, tmp_path, [(number, "") for number in NUMBERS[:4]] + [("9999", ""), ("8888", "")])
    assert said(upload, "students_found_by") == ["4 of 6 students were found on the roster by StudentID."]
    problems = [(issue.row, issue.column, issue.code) for issue in upload.issues if issue.row]
    assert problems == [(6, "StudentID", "not_on_roster"), (7, "StudentID", "not_on_roster")]
    assert (upload.rows_accepted, upload.rows_rejected) == (4, 2)


def test_fewer_than_half_of_the_students_is_no_match(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    upload = load(
        database, tmp_path, [(NUMBERS[0], STATE_IDS[1]), *((f"9{place}", "") for place in range(4))]
    )
    assert said(upload, "students_found_by") == []
    (message,) = said(upload, "few_students_found")
    assert message.startswith("Only 1 of 5 students of this file are on the roster by StudentID")


def test_the_id_column_can_be_answered(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    ids = list(zip(NUMBERS, reversed(STATE_IDS), strict=True))
    upload = load(database, tmp_path, ids, student_id="column:Student_StateID")
    found = staged_preview(database, LOCAL_STEWARD, upload.upload_id)
    assert found.student_id.tolist() == list(reversed(NUMBERS))


def test_without_a_roster_the_files_own_ids_and_teacher_are_taken(database: Database, tmp_path: Path) -> None:
    upload = stage(database, SAMPLES["SR_v2.csv"], tmp_path)
    confirm_upload(database, LOCAL_STEWARD, upload.upload_id)
    assert query(database, "select teacher_id, name from teacher") == [("t100", "Teacher One")]
    assert query(database, "select count(*) from student") == [(5,)]


def test_the_roster_names_the_teachers_even_if_the_file_names_others(
    open_after: OpenAfter, tmp_path: Path
) -> None:
    database = open_after("powerschool.zip")
    upload = stage(database, SAMPLES["scores.csv"], tmp_path)
    confirm_upload(database, LOCAL_STEWARD, upload.upload_id)
    # The scores say `Rivera, Ana`; the roster knows teacher 101.
    assert query(database, "select teacher_id from teacher order by 1") == [("101",), ("102",)]
    assert query(database, "select count(section_key) from result") == [(6,)]


def test_a_subject_is_written_as_the_roster_writes_it(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    with database.write() as cursor:
        cursor.execute("update section_version set subject = 'maths' where subject = 'math'").fetchall()
    upload = load(database, tmp_path, [(number, "") for number in NUMBERS])
    assert set(staged_preview(database, LOCAL_STEWARD, upload.upload_id).subject) == {"maths"}
    quiz = stage(database, SAMPLES["Math_4_P1.csv"], tmp_path, subject="Math")
    assert quiz.missing_answers == ()
    assert set(staged_preview(database, LOCAL_STEWARD, quiz.upload_id).subject) == {"maths"}


def test_no_id_stands_as_text_in_the_database(open_after: OpenAfter, tmp_path: Path) -> None:
    database = open_after("clever.zip")
    database.checkpoint()
    stored = database.path.read_bytes()
    for text in (NUMBERS[0], STATE_IDS[0], "s0012301@mg.example", "Alvarez"):
        assert text.encode() not in stored
    assert query(database, "select count(*), count(distinct id_type) from student_alias") == [(24, 3)]
