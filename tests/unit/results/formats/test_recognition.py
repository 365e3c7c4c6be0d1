"""What is known for certain is recognised; anything else stays unknown and is never read wrongly."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from plc.core.errors import BadFile
from plc.core.school_year import parse_grade
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import answer_upload, stage_upload
from plc.results.formats.description import formats, parse_format
from plc.results.formats.recognition import recognise
from plc.results.formats.subjects import grade_label, subject_words
from plc.results.tables import BUNDLE, RESULTS_FILE
from tests.unit.results.files import roster
from tests.unit.results.formats.samples import FIXTURES, SAMPLES, stage

ROOT = Path(__file__).parents[4]
CANVAS = SAMPLES["2025-10-04T1030_Grades-Math_4.csv"]
WHERE = {"subject": "math", "grade": "4", "teacher_id": "T1"}


def key(path: Path) -> str | None:
    match = recognise([(path, path.name)])
    return match.format.key if match else None


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "sample" / "uploads").glob("*.csv")))
def test_a_results_file_of_ones_own_is_no_vendors(path: Path) -> None:
    assert key(path) is None


def test_the_tables_of_a_bundle_are_no_vendors(database: Database, tmp_path: Path) -> None:
    folder = roster(tmp_path / "roster")
    assert recognise([(path, path.name) for path in sorted(folder.iterdir())]) is None
    assert stage_upload(database, LOCAL_STEWARD, folder).recognised.startswith("A bundle")


@pytest.mark.parametrize("shape", [RESULTS_FILE, *BUNDLE.values()], ids=lambda shape: shape.name)
def test_the_columns_this_program_names_are_no_vendors(shape: object, tmp_path: Path) -> None:
    names = [column.name for column in shape.columns]  # type: ignore[attr-defined]
    path = tmp_path / f"{shape.name}.csv"  # type: ignore[attr-defined]
    path.write_text(",".join(names) + "\n" + ",".join("1" for _ in names) + "\n", encoding="utf-8")
    assert key(path) is None


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if len(sample.paths) == 1])
def test_no_sample_is_taken_for_another_format(name: str) -> None:
    sample = SAMPLES[name]
    assert key(sample.paths[0]) == sample.format


def test_a_table_that_could_be_two_formats_is_neither(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    # Half Canvas quiz, half ZipGrade, with as many headers of each.
    quiz = ["name", "id", "sis_id", "section", "section_id", "submitted", "score", "n correct", "n incorrect"]
    zipgrade = ["QuizName", "FirstName", "LastName", "Earned Points", "Possible Points",
                "StudentID", "CustomID", "ZipGrade ID", "External ID"]  # fmt: skip
    path.write_text(",".join([*quiz, *zipgrade]) + "\n", encoding="utf-8")
    assert key(path) is None


@pytest.mark.parametrize(
    "text",
    ["Student,Section,Fractions (91001)\nA,1,3\n", "Last Name,First Name,Email Address,Quiz\nA,B,a@b.c,3\n",
     "name,class\nx,y\n", "", "\n\n", "Timestamp\n1\n", "sourcedId,title\n1,2\n"],
)  # fmt: skip
def test_too_few_signs_are_no_sign(text: str, tmp_path: Path) -> None:
    path = tmp_path / "unknown.csv"
    path.write_text(text, encoding="utf-8")
    assert key(path) is None


def test_a_format_can_be_refused_and_asked_for(database: Database, tmp_path: Path) -> None:
    refused = stage(database, SAMPLES["tracker.csv"], tmp_path, format="none", **WHERE)
    assert refused.recognised.startswith("A results file")
    staged = stage(database, CANVAS, tmp_path, format="canvas_gradebook", **WHERE)
    assert staged.recognised == "Looks like Canvas gradebook"
    with pytest.raises(BadFile, match=r"is no i-Ready Diagnostic: it lacks"):
        stage(database, CANVAS, tmp_path, format="iready_diagnostic")
    with pytest.raises(BadFile, match=r"There is no format smoke\. Known formats: aspen_assessments"):
        stage(database, CANVAS, tmp_path, format="smoke")


def test_the_answer_no_changes_a_staged_upload(database: Database, tmp_path: Path) -> None:
    staged = stage(database, SAMPLES["tracker.csv"], tmp_path, **WHERE)
    again = answer_upload(database, LOCAL_STEWARD, staged.upload_id, {"format": "none"})
    assert (staged.recognised, staged.format) == (
        "Looks like MasteryConnect tracker", "results_file masteryconnect_tracker",
    )  # fmt: skip
    assert again.recognised.startswith("A results file")
    assert again.format == "results_file"
    assert again.rows_read == 6


def test_a_column_can_be_picked_in_place_of_the_formats_own(database: Database, tmp_path: Path) -> None:
    staged = stage(database, SAMPLES["tracker.csv"], tmp_path, **WHERE, assessment="column:tracker")
    assert staged.rows_accepted == 24
    with pytest.raises(BadFile, match="has no column Nowhere"):
        stage(database, SAMPLES["tracker.csv"], tmp_path, **WHERE, assessment="column:Nowhere")


def test_what_the_file_does_not_say_is_asked(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    path = folder / "grades.csv"
    shutil.copy(CANVAS.paths[0], path)
    staged = stage_upload(database, LOCAL_STEWARD, path)
    assert staged.missing_answers == ("teacher_id", "grade", "subject", "school_year", "date")
    assert staged.recognised == "Looks like Canvas gradebook"


def test_a_workbook_is_recognised_on_any_sheet_with_its_title_rows(
    database: Database, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("Scores")
    for row in SAMPLES["scores.csv"].cells():
        sheet.append(row)
    path = tmp_path / "scores.xlsx"
    book.save(path)
    staged = stage_upload(database, LOCAL_STEWARD, path, answers={"subject": "math", "grade": "4"})
    assert staged.recognised == "Looks like PowerTeacher Pro scores"
    assert (staged.rows_accepted, staged.missing_answers) == (6, ())


def test_a_folder_is_taken_like_a_zip(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "one roster"
    folder.mkdir()
    for path in SAMPLES["oneroster_1_2.zip"].paths:
        shutil.copy(path, folder / path.name)
    staged = stage_upload(database, LOCAL_STEWARD, folder)
    assert (staged.recognised, staged.rows_accepted) == ("Looks like OneRoster", 53)


def test_files_of_a_set_that_nobody_reads_are_not_kept(database: Database, tmp_path: Path) -> None:
    staged = stage(database, SAMPLES["oneroster_1_2.zip"], tmp_path)
    kept = {path.name for path in (database.uploads / staged.upload_id / "source").iterdir()}
    assert {"users.csv", "enrollments.csv", "results.csv"} <= kept
    assert not {"demographics.csv", "categories.csv"} & kept


def test_a_set_with_two_files_of_one_kind_is_not_guessed_at(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for sample in SAMPLES["clever.zip"].paths:
            archive.write(sample, sample.name)
        archive.write(SAMPLES["clever.zip"].paths[1], "students_2.csv")
    with pytest.raises(BadFile, match=r"students\.csv and students_2\.csv both look like the same file"):
        stage_upload(database, LOCAL_STEWARD, path)


def test_a_roster_that_does_not_give_the_subject_asks_for_it(database: Database, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"does not give subject for its sections\. Answer subject"):
        stage_upload(database, LOCAL_STEWARD, FIXTURES / "illuminate" / "roster.txt")


def test_a_format_without_scores_is_refused_with_what_to_do(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    cells = [row[:6] for row in CANVAS.cells()]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(cells)
    path.write_text(text.getvalue(), encoding="utf-8")
    with pytest.raises(BadFile, match=r"no column of scores that is known\. Export it again"):
        stage_upload(database, LOCAL_STEWARD, path)


def test_a_header_without_rows_is_refused(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    path.write_text(",".join(SAMPLES["tracker.csv"].cells()[0]) + "\n", encoding="utf-8")
    with pytest.raises(BadFile, match="holds no row of a student"):
        stage_upload(database, LOCAL_STEWARD, path)


def test_a_misspelt_key_of_a_description_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown key optionl"):
        parse_format(
            "x", 'name = "X"\nbrings = "results"\n[[file]]\nname = "a"\noptionl = true\n[[output]]\n'
        )


def test_every_description_names_tables_and_columns_that_exist() -> None:
    shapes = {"results_file": RESULTS_FILE, **BUNDLE}
    for form in formats().values():
        names = {file.name for file in form.files} | {one.table for one in form.outputs if one.view}
        for output in form.outputs:
            assert output.source in names, form.key
            assert {lookup.file for lookup in output.lookups} <= names, form.key
            if not output.view:
                known = {column.name for column in shapes[output.table].columns}
                measured = {name for measure in output.measures for name in measure.columns}
                assert {*output.columns, *measured} <= known, form.key


@pytest.mark.parametrize(
    ("text", "roster", "expected"),
    [
        ("Mathematics", [], "math"),
        ("Mathematics", ["maths"], "maths"),
        ("Math 4", ["mathematics"], "mathematics"),
        ("English Language Arts", ["reading"], "reading"),
        ("Reading", ["ela"], "ela"),
        ("Reading", ["ela", "reading"], "reading"),
        ("Computer Science", [], "computer science"),
        ("MA4", [], "ma4"),
        ("Algebra I", [], "math"),
        ("Biology", [], "science"),
    ],
)
def test_a_subject_is_brought_to_one_spelling(text: str, roster: list[str], expected: str) -> None:
    assert subject_words(text, roster) == expected


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Kindergarten", 0),
        ("Nine", 9),
        ("Fourth grade", 4),
        ("4th Grade", 4),
        ("04", 4),
        ("PreKindergarten", -1),
        ("PPK", -1),
        ("Ungraded", None),
    ],
)
def test_a_grade_in_words_is_read(text: str, grade: int | None) -> None:
    assert parse_grade(grade_label(text)) == grade
