"""A table with unknown columns, and rows pasted from a spreadsheet, come in through the same screens."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import App, text_of
from tests.pages.test_uploads_pages import counts, drop, results_file, results_in_use, upload_page

UNKNOWN = b"Kid code,Called,Quarter mark\n" + b"".join(b"K%03d,Maxi Muster,%d\n" % (n, n) for n in range(12))


def answer_the_rest(at: AppTest) -> AppTest:
    at.text_input(key="upload.answer.teacher_id").input("N1")
    at.selectbox(key="upload.answer.grade").set_value(6)
    at.selectbox(key="upload.answer.subject").set_value("mathematics")
    at.text_input(key="upload.answer.assessment").input("Quarter 1")
    at.date_input(key="upload.answer.date").set_value("2025-10-01")
    at.button(key="upload.answered").click().run(timeout=60)
    assert not at.exception
    return at


def test_an_unknown_table_is_mapped_by_its_examples_and_offered_next_time(empty: App) -> None:
    at = drop(upload_page(empty), "ours.csv", UNKNOWN)
    assert not at.error
    assert "K000, K001, K002" in text_of(at)
    assert at.selectbox(key="upload.answer.student_id").value == "Kid code"
    assert at.multiselect(key="upload.answer.score").value == ["Quarter mark"]
    at.text_input(key="upload.layout").input("Our marks")
    answer_the_rest(at)
    assert counts(at)["To add"] == "12"
    at.button(key="upload.cancel").click().run()
    at = drop(at, "ours next.csv", UNKNOWN)
    assert "read before as **Our marks**" in text_of(at)
    at.button(key="upload.use_layout.0").click().run(timeout=60)
    assert not [box for box in at.multiselect if box.key == "upload.answer.score"]
    answer_the_rest(at)
    assert counts(at)["To add"] == "12"
    assert results_in_use(empty) == 0


def test_rows_pasted_from_a_spreadsheet_go_through_the_same_door(empty: App) -> None:
    at = upload_page(empty)
    at.button(key="upload.read_pasted").click().run()
    assert "Paste the rows first" in text_of(at)
    at.text_area[0].input(results_file().decode().replace(",", "\t"))
    at.button(key="upload.read_pasted").click().run(timeout=60)
    assert not at.exception
    assert "Pasted rows" in text_of(at)
    assert counts(at) == {"Rows read": "20", "To add": "20", "Here already": "0", "Left out": "0"}
    at.button(key="upload.cancel").click().run()
    assert at.text_area[0].value == ""
    assert "Muster" not in text_of(at)
