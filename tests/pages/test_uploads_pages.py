"""From a dropped file to results in use, and back."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plc.core.viewer import Role
from plc.people import current_viewer
from tests.pages.conftest import App, text_of
from tests.pages.test_seats import F1_TEACHER, HISTORY, MINE, UPLOAD, WHO

HEADER = [
    "Student ID",
    "Teacher",
    "Grade",
    "Subject",
    "School Year",
    "Test",
    "Date",
    "Points",
    "Student Name",
]


def results_file(*, students: int = 20, marks: list[str] | None = None) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for student in range(students):
        mark = (marks or [])[student] if student < len(marks or []) else str(40 + student)
        writer.writerow(
            [f"{student:06d}", "N1", "6", "maths", "2025-26", "Unit 1", "2025-10-01", mark, "Maxi Muster"]
        )
    return text.getvalue().encode()


def drop(at: AppTest, name: str, content: bytes) -> AppTest:
    at.file_uploader[0].upload(name, content)
    at.run(timeout=60)
    assert not at.exception
    return at


def upload_page(app: App) -> AppTest:
    app.sit(Role.TEACHER)
    return app.page(UPLOAD)


def counts(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def results_in_use(app: App) -> int:
    with app.open().read() as cursor:
        return int(cursor.execute("select count(*) from result").fetchall()[0][0])


def test_nothing_is_written_before_it_is_confirmed(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    assert counts(at) == {"Rows read": "20", "To add": "20", "Here already": "0", "Left out": "0"}
    assert results_in_use(empty) == 0


def test_confirming_adds_the_results_and_undo_takes_them_back(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    at.button(key="upload.confirm").click().run(timeout=60)
    assert not at.exception
    assert "20 results are in." in text_of(at)
    assert results_in_use(empty) == 20
    (undo,) = [button for button in at.button if button.label == "Undo this upload"]
    undo.click().run(timeout=60)
    assert not at.exception
    assert results_in_use(empty) == 0
    assert "is taken back" in text_of(at)


def test_every_problem_is_listed_by_row_and_column_and_the_counts_add_up(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file(marks=["Not Eligibile", "", "90"]))
    shown = {label: int(value) for label, value in counts(at).items()}
    assert shown["Rows read"] == shown["To add"] + shown["Here already"] + shown["Left out"]
    (problems,) = [frame.value for frame in at.dataframe if "What to do" in frame.value]
    assert ("2", "score") in list(zip(problems["Row"], problems["Column"], strict=True))


def test_names_of_students_never_reach_the_page(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    assert "Muster" not in text_of(at)


def test_what_the_file_does_not_say_is_asked_once(empty: App) -> None:
    content = b"Student ID,Unit 1\n" + b"".join(
        b"%06d,%d\n" % (student, 40 + student) for student in range(12)
    )
    at = drop(upload_page(empty), "gradebook.csv", content)
    at.multiselect(key="upload.answer.score").set_value(["Unit 1"]).run()
    at.button(key="upload.answered").click().run()
    assert "Still open" in at.warning[0].value
    at.text_input(key="upload.answer.teacher_id").input("N1")
    at.selectbox(key="upload.answer.grade").set_value(6)
    at.selectbox(key="upload.answer.subject").set_value("mathematics")
    at.text_input(key="upload.answer.assessment").input("Unit 1")
    at.date_input(key="upload.answer.date").set_value(date(2026, 10, 1))
    at.button(key="upload.answered").click().run(timeout=60)
    assert not at.exception
    assert counts(at)["To add"] == "12"


def test_a_renamed_column_is_pointed_out_and_can_be_chosen(empty: App) -> None:
    content = results_file().replace(b"Teacher", b"Lehrkraft")
    at = drop(upload_page(empty), "unit 1.csv", content)
    at.selectbox(key="upload.answer.teacher_id.place").select("Lehrkraft").run()
    at.button(key="upload.answered").click().run(timeout=60)
    assert counts(at)["To add"] == "20"


def test_the_same_file_again_changes_nothing_and_says_so(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    at.button(key="upload.confirm").click().run(timeout=60)
    at.button(key="upload.another").click().run()
    at = drop(at, "unit 1.csv", results_file())
    assert "Everything in this file is here already" in text_of(at)
    assert not [button for button in at.button if button.key == "upload.confirm"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("noise.csv", bytes(range(256)) * 40),
        ("broken.xlsx", b"PK\x03\x04 not a workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(empty: App, name: str, content: bytes) -> None:
    at = drop(upload_page(empty), name, content)
    assert at.error
    assert "Traceback" not in text_of(at)
    assert results_in_use(empty) == 0


def test_cancelling_leaves_nothing_behind(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    at.button(key="upload.cancel").click().run()
    assert at.file_uploader
    assert not [entry for entry in empty.open().uploads.rglob("*") if entry.is_file()]


def test_the_file_leaves_memory_and_disk_once_confirmed(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    assert not at.file_uploader
    at.button(key="upload.confirm").click().run(timeout=60)
    assert not [entry for entry in empty.open().uploads.rglob("*") if entry.is_file()]


def test_after_the_first_file_one_says_which_classes_are_hers(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    at.button(key="upload.confirm").click().run(timeout=60)
    at.button(key="upload.see").click().run()
    assert at.title[0].value == "Who is looking?"
    at.switch_page(WHO).run()
    at.selectbox(key="who.teacher").select_index(0).run()
    at.button(key="who.continue").click().run()
    assert current_viewer(empty.open()).teacher_id == "N1"
    assert not empty.page(MINE).metric


def test_every_upload_is_listed_and_undone_from_the_list(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(HISTORY)
    (undo,) = [button for button in at.button if button.label == "Undo this upload"]
    undo.click().run(timeout=60)
    assert not at.exception
    assert results_in_use(sample) == 0


def test_an_upload_left_halfway_waits_in_the_list(empty: App) -> None:
    drop(upload_page(empty), "unit 1.csv", results_file())
    at = empty.page(HISTORY)
    (go,) = [button for button in at.button if button.label == "Continue"]
    go.click().run()
    assert counts(at)["To add"] == "20"


def test_an_upload_left_halfway_is_offered_again_after_a_reload(empty: App) -> None:
    drop(upload_page(empty), "unit.csv", results_file(marks=["oops"]))
    drop(empty.page(UPLOAD), "other.csv", results_file(students=3))
    at = empty.page(UPLOAD)
    assert [text for text in text_of(at).splitlines() if "waits" in text and "unit.csv" in text]
    next(button for button in at.button if button.label == "Cancel it").click().run()
    assert "other.csv" not in text_of(at)
    (go_on,) = (button for button in at.button if button.label == "Go on")
    go_on.click().run()
    assert counts(at)["Left out"] == "1"
    assert results_in_use(empty) == 0


def test_logs_hold_no_student(empty: App, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file(marks=["Not Eligibile"]))
    at.button(key="upload.confirm").click().run(timeout=60)
    out, err = capfd.readouterr()
    assert "Muster" not in out + err
    assert "000007" not in out + err


def test_a_file_whose_every_row_is_left_out_offers_no_button_that_adds_it(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file(students=3, marks=["oops"] * 3))
    assert counts(at)["To add"] == "0"
    assert not [button for button in at.button if button.key == "upload.confirm"]


def test_the_first_screen_says_truly_what_is_kept_before_it_is_confirmed(empty: App) -> None:
    words = text_of(upload_page(empty))
    assert "Nothing is added before you confirm" in words
    assert "at most 7 days" in words


def test_the_preview_begins_with_the_student_the_assessment_the_date_and_the_score(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    (preview,) = [frame.value for frame in at.dataframe if "What becomes of it" in frame.value]
    assert list(preview)[:4] == ["Student", "Assessment", "Date", "Score"]


def test_a_note_about_the_whole_file_says_so_and_counts_no_row() -> None:
    at = AppTest.from_function(_draw_one_note).run()
    assert not at.exception
    assert "**Whole file**: A note about the file." in text_of(at)
    (problems,) = [frame.value for frame in at.dataframe if "What to do" in frame.value]
    assert list(problems["Row"]) == ["whole file"]


def _draw_one_note() -> None:
    from plc.core.errors import Issue
    from plc.ui import uploading

    uploading.draw_problems([Issue("unit 1.csv", None, None, "note", "A note about the file.")], "unit 1.csv")


def test_in_the_sample_district_ones_own_results_are_offered_a_place_of_their_own_first(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(UPLOAD)
    assert "The sample district is loaded" in text_of(at)
    assert at.file_uploader
    at.button(key="upload.own").click().run(timeout=60)
    assert not at.exception
    assert results_in_use(sample) == 0
    assert "The sample district is loaded" not in text_of(at)
    assert at.file_uploader
