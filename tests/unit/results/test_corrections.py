"""Problems of a staged upload are put right in place: retyped, mapped or left out, before any is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plc.core.errors import BadFile, Conflict, NotAllowed, NotFound
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import (
    Fix,
    Problem,
    StagedUpload,
    answer_upload,
    confirm_upload,
    correct_upload,
    correction_sheet,
    discard_upload,
    forget_corrections,
    repeated_rows,
    stage_upload,
    undo_upload,
    upload_differences,
    upload_problems,
)
from tests.unit.results.files import (
    adds_up,
    counts,
    everything,
    load,
    problems,
    query,
    results,
    roster,
    row,
    scores,
    stage,
    write,
)

CLASS = [row(f"{number:03d}", number) for number in range(1, 11)]
SAMPLE = Path(__file__).parents[3] / "data" / "sample"


def found(database: Database, staged: StagedUpload) -> list[Problem]:
    return upload_problems(database, LOCAL_STEWARD, staged.upload_id)


def correct(database: Database, staged: StagedUpload, *fixes: Fix) -> StagedUpload:
    corrected = correct_upload(database, LOCAL_STEWARD, staged.upload_id, fixes)
    assert adds_up(corrected)
    return corrected


def test_cells_that_say_the_same_wrongly_are_one_problem_put_right_once(database: Database) -> None:
    rows = [row(f"{number:03d}", "Not Eligibile") for number in range(20, 60)]
    staged = stage(database, results(*CLASS, *rows))
    assert counts(staged) == (50, 10, 0, 0, 40)
    (problem,) = found(database, staged)
    assert (problem.value, problem.rows, problem.row_numbers[0]) == ("Not Eligibile", 40, 12)
    corrected = correct(database, staged, problem.retype("not_tested"))
    assert (counts(corrected), corrected.corrections) == ((50, 50, 0, 0, 0), 1)
    assert not any(everything(database).values())
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert query(database, "select status, count(*) from result group by status order by status") == [
        ("not_tested", 40),
        ("scored", 10),
    ]


def test_an_unknown_id_is_mapped_to_a_known_one(database: Database, tmp_path: Path) -> None:
    load(database, roster(tmp_path / "roster"))
    lines = "student_id,subject,school_year,assessment,date,score\n" + "".join(
        f"{student},Math,2026,Unit 2,2025-11-01,7\n" for student in ("00001", "99999", "99999x")
    )
    staged = stage(database, lines)
    typo, other = found(database, staged)
    assert (typo.code, typo.column, typo.value) == ("not_on_roster", "student_id", "99999")
    still = correct(database, staged, typo.retype("88888"))
    assert [problem.value for problem in found(database, still)] == ["88888", "99999x"]
    corrected = correct(database, still, replace(typo, value="88888").retype("00002"), other.leave_out())
    assert counts(corrected) == (3, 2, 0, 0, 1)
    assert not found(database, corrected)
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert query(
        database,
        "select count(distinct student_key) from result join assessment using (assessment_key) "
        "where name = 'Unit 2'",
    ) == [(2,)]
    assert query(database, "select count(*) from student") == [(6,)]


def test_one_of_two_contradicting_rows_is_corrected_or_left_out_alone(database: Database) -> None:
    staged = stage(database, results(*CLASS, row("001", 5)))
    (problem,) = found(database, staged)
    assert (problem.code, problem.line, problem.row_numbers) == ("conflicting_score", 10, (12,))
    assert counts(correct(database, staged, problem.leave_out())) == (11, 10, 0, 0, 1)
    again = forget_corrections(database, LOCAL_STEWARD, staged.upload_id)
    assert problems(again) == problems(staged)
    assert counts(correct(database, again, problem.retype("1"))) == (11, 10, 1, 0, 0)
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert scores(database) == list(range(1, 11))


def test_a_correction_never_lands_on_a_cell_that_says_something_else(database: Database) -> None:
    staged = stage(database, results(*CLASS, row("011", "oops")))
    moved = correct(database, staged, Fix("results_file", "score", "oops", "99", line=3))
    assert counts(moved) == (11, 10, 0, 0, 1)
    with pytest.raises(BadFile, match="no column"):
        correct(database, staged, Fix("results_file", "score = 1; --", "oops", "99"))


def test_one_cell_of_a_wide_file_is_corrected(database: Database) -> None:
    wide = "student_id,A,B\n001,1,2\n002,x,4\n003,5,x\n"
    staged = stage(
        database, wide, subject="Math", school_year="2026", date="2025-10-01", teacher_id="T1", grade="6",
        score_columns="A,B", score_columns_are="assessment",
    )  # fmt: skip
    (problem,) = found(database, staged)
    assert (problem.rows, problem.row_numbers) == (2, (3, 4))
    corrected = correct(database, staged, replace(problem, line=2).retype("3"))
    assert counts(corrected) == (6, 5, 0, 0, 1)
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert scores(database) == [1, 2, 3, 4, 5]


def test_corrections_outlast_a_later_answer_and_a_change_of_the_data(database: Database) -> None:
    staged = stage(database, results(*CLASS, row("011", "oops")))
    correct(database, staged, found(database, staged)[0].retype("absent"))
    answered = answer_upload(database, LOCAL_STEWARD, staged.upload_id, {"date_order": "day"})
    assert counts(answered) == (11, 11, 0, 0, 0)
    load(database, write(database.folder, results(CLASS[0]), "other.csv"))
    done = confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert counts(done) == (11, 10, 1, 0, 0)


def test_a_row_of_a_bundle_is_corrected(database: Database, tmp_path: Path) -> None:
    lines = ["student_id,assessment_id,score", "00001,u1,5", "00002,u9,6", "00003,u1,high"]
    staged = stage(database, roster(tmp_path / "roster", results=lines))
    by_code = {problem.code: problem for problem in found(database, staged)}
    assert set(by_code) == {"unknown_assessment", "not_a_number"}
    corrected = correct(
        database, staged, by_code["unknown_assessment"].retype("u1"), by_code["not_a_number"].leave_out()
    )
    assert corrected.rows_rejected == 1
    assert not found(database, corrected)


def test_a_recognised_format_names_the_users_own_column_and_is_corrected(database: Database) -> None:
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Unit 1 (123)\n"
        "    Points Possible,,,,,20\n"
        '"Doe, Jo",1,00001,jo,Math 6,5\n"Roe, Al",2,00002,al,Math 6,whoops\n'
    )
    staged = stage(
        database, text, subject="Math", school_year="2026", grade="6", teacher_id="T1", date="2025-10-01"
    )
    assert "canvas" in staged.format
    (problem,) = found(database, staged)
    assert (problem.header, problem.row_numbers) == ("Unit 1 (123)", (4,))
    assert correct(database, staged, problem.retype("12")).rows_rejected == 0


def test_the_correction_sheet_holds_the_lines_with_their_reasons_and_can_be_loaded_again(
    database: Database,
) -> None:
    staged = stage(database, results(*CLASS, row("011", "oops"), row("012", "=1+1")))
    sheet = correction_sheet(database, LOCAL_STEWARD, staged.upload_id)
    assert list(sheet["Row in the file"]) == [12, 13]
    assert list(sheet["student_id"]) == ["011", "012"]
    assert sheet["What to do"].str.contains("neither a number nor a known status").all()
    corrected = sheet.assign(score=["11", "12"]).to_csv(index=False)
    assert counts(stage(database, corrected)) == (2, 2, 0, 0, 0)


@pytest.mark.parametrize("end", [discard_upload, confirm_upload])
def test_ids_and_values_are_gone_once_the_upload_is_no_longer_open(database: Database, end: object) -> None:
    staged = stage(database, results(*CLASS, row("011", "oops")))
    correct(database, staged, found(database, staged)[0].retype("12"))
    assert callable(end)
    end(database, LOCAL_STEWARD, staged.upload_id)
    assert not list(database.uploads.iterdir())
    for read in (upload_problems, correction_sheet, upload_differences):
        with pytest.raises(NotFound):
            read(database, LOCAL_STEWARD, staged.upload_id)
    with pytest.raises(Conflict):
        correct_upload(database, LOCAL_STEWARD, staged.upload_id, [])


def test_only_those_who_load_results_may_read_or_correct_problems(database: Database) -> None:
    staged = stage(database, results(*CLASS, row("011", "oops")))
    viewer = Viewer(Role.PRINCIPAL)
    for attempt in (
        lambda: upload_problems(database, viewer, staged.upload_id),
        lambda: correction_sheet(database, viewer, staged.upload_id),
        lambda: correct_upload(database, viewer, staged.upload_id, []),
        lambda: forget_corrections(database, viewer, staged.upload_id),
        lambda: upload_differences(database, viewer, staged.upload_id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_many_rows_left_out_and_dates_outside_the_year_are_warned_of(database: Database) -> None:
    quiet = stage(database, results(*(row(f"{n:03d}", n if n else "oops") for n in range(20))))
    assert not quiet.warnings
    loud = stage(
        database,
        results(
            *CLASS, row("011", "oops"), row("012", 4, date="2024-10-01"), row("013", 4, date="2024-10-01")
        ),
    )
    assert [words.split()[0:4] for words in loud.warnings] == [
        ["1", "of", "13", "rows"],
        ["2", "dates", "lie", "outside"],
    ]
    dates = next(one for one in found(database, loud) if one.code == "date_outside_school_year")
    assert correct(database, loud, dates.retype("2025-10-01")).warnings == loud.warnings[:1]


def test_what_a_file_changes_is_shown_by_assessment_and_by_row(database: Database) -> None:
    load(database, results(*CLASS))
    assert upload_differences(database, LOCAL_STEWARD, stage(database, results(*CLASS)).upload_id) is None
    staged = stage(
        database,
        results(row("001", 1), row("002", 9), row("003", "absent"), row("004", 4, date="2025-10-02")),
    )
    differences = upload_differences(database, LOCAL_STEWARD, staged.upload_id)
    assert differences is not None
    assert differences.by_assessment.to_numpy().tolist() == [["Unit 1", "math", 3]]
    assert differences.rows[["row_number", "before", "now", "why"]].to_numpy().tolist() == [
        [3, "2", "9", "score"],
        [4, "3", "absent", "score"],
        [5, "4 (2025-10-01)", "4 (2025-10-02)", "date"],
    ]


def test_import_undo_import_leaves_every_table_of_history_the_same(database: Database) -> None:
    tables = [
        name.removesuffix("_version")
        for (name,) in query(
            database,
            "select table_name from information_schema.tables where table_name like '%_version' "
            "and table_name not in ('data_version', 'schema_version')",
        )
    ]
    assert {"result", "student_alias", "enrollment"} <= set(tables)
    load(database, results(*CLASS))
    correction = results(*CLASS[:-1], row("010", 99), row("011", 5, teacher_id="T2"), row("012", "oops"))

    def load_corrected() -> str:
        staged = stage(database, correction)
        correct(database, staged, found(database, staged)[0].leave_out())
        return confirm_upload(database, LOCAL_STEWARD, staged.upload_id).upload_id

    before = everything(database, tables)
    first = load_corrected()
    once = everything(database, tables)
    undo_upload(database, LOCAL_STEWARD, first)
    assert everything(database, tables) == before
    load_corrected()

    def without_upload(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
        return {
            table: sorted(((*line[:-2], line[-1] is None) for line in lines), key=repr)
            for table, lines in rows.items()
        }

    assert without_upload(everything(database, tables)) == without_upload(once)


def test_the_file_with_planted_problems_is_put_right(database: Database) -> None:
    stage_and_confirm = stage_upload(database, LOCAL_STEWARD, SAMPLE / "bundle")
    confirm_upload(database, LOCAL_STEWARD, stage_and_confirm.upload_id)
    staged = stage(database, SAMPLE / "uploads" / "unit-7-with-problems.csv", score="column:Pts this time")
    assert (staged.rows_rejected, staged.rows_duplicate) == (43, 1)
    assert staged.warnings
    assert repeated_rows(database, LOCAL_STEWARD, staged.upload_id) == (18,)
    status, *ids = found(database, staged)
    assert (status.value, status.rows) == ("Not Eligibile", 40)
    assert {one.code for one in ids} == {"not_on_roster"}
    assert len(ids) == 3
    corrected = correct(database, staged, status.retype("not_tested"), *(one.leave_out() for one in ids))
    assert counts(corrected) == (146, 142, 1, 0, 3)
    assert not found(database, corrected)
