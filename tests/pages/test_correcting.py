"""A file with mistakes is put right on the screen before anything is written."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.results import correction_sheet
from plc.ui import correcting, downloads
from tests.pages.conftest import App, text_of
from tests.pages.test_uploads_pages import counts, drop, results_file, results_in_use, upload_page


def choice(at: AppTest, label: str) -> object:
    (box,) = [box for box in at.selectbox if box.label.startswith(label)]
    return box


def check_again(at: AppTest) -> AppTest:
    at.run(timeout=60)
    (button,) = [button for button in at.button if button.label == "Check again"]
    button.click().run(timeout=60)
    assert not at.exception
    return at


def test_one_choice_puts_right_every_cell_that_says_the_same(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file(marks=["Not Eligibile"] * 3))
    assert "3 rows, column score" in text_of(at)
    assert any("3 of 20 rows (15%) are left out" in warning.value for warning in at.warning)
    choice(at, "Score “Not Eligibile” means").select("Not tested")  # type: ignore[attr-defined]
    # What was chosen is never left out: there is nothing to press but to check it.
    assert not [button for button in at.run().button if button.label.startswith("Add ")]
    assert "press “Check again” at the bottom" in text_of(at)
    check_again(at)
    assert counts(at) == {"Rows read": "20", "To add": "20", "Here already": "0", "Left out": "0"}
    assert not at.warning
    assert results_in_use(empty) == 0
    at.button(key="upload.confirm").click().run(timeout=60)
    assert results_in_use(empty) == 20


def test_rows_left_out_are_counted_and_the_choice_can_be_taken_back(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file(marks=["Not Eligibile"]))
    choice(at, "Score").select("Leave out")  # type: ignore[attr-defined]
    check_again(at)
    assert counts(at)["Left out"] == "1"
    assert "1 correction is made" in text_of(at)
    assert not [box for box in at.selectbox if box.label.startswith("Score")]
    at.button(key="upload.uncorrect").click().run(timeout=60)
    assert "1 correction is made" not in text_of(at)
    # Nothing of it is chosen any more, so that what stands right can be added at once.
    assert choice(at, "Score").value is None  # type: ignore[attr-defined]
    assert [button for button in at.button if button.label.startswith("Add ")]


def first_row(at: AppTest) -> tuple[object, object]:
    """Of the first row as read: its score, and what becomes of it."""
    (rows,) = [frame.value for frame in at.dataframe if "What becomes of it" in frame.value]
    return rows["Score"][0], rows["What becomes of it"][0]


def test_the_first_rows_are_shown_as_they_are_read_now_after_a_correction(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file(marks=["Not Eligibile"]))
    assert first_row(at) == ("Not Eligibile", "rejected")
    choice(at, "Score").select("Not tested")  # type: ignore[attr-defined]
    check_again(at)
    assert first_row(at)[1] == "accepted"
    at.button(key="upload.uncorrect").click().run(timeout=60)
    assert first_row(at) == ("Not Eligibile", "rejected")


def test_a_teacher_takes_a_first_class_without_the_school_that_nobody_loaded(
    empty: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = upload_page(empty)
    signed_in = Viewer(Role.TEACHER, teacher_id="N1", account_id="account of N1")
    monkeypatch.setattr("plc.ui.runtime.page_viewer", lambda: signed_in)
    header, *rows = results_file().decode().splitlines()
    lines = [f"{header},school_id", *(f"{row},Z" for row in rows)]
    at = drop(at, "unit 1.csv", "\n".join(lines).encode())
    assert counts(at)["Left out"] == "20"
    choice(at, "School “Z” means").select("No school for now")  # type: ignore[attr-defined]
    check_again(at)
    assert (counts(at)["To add"], counts(at)["Left out"]) == ("20", "0")


def test_without_a_choice_there_is_nothing_to_check_again(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file(marks=["Not Eligibile"]))
    assert not [button for button in at.button if button.label == "Check again"]
    assert counts(at)["Left out"] == "1"
    choice(at, "Score").select("Not tested")  # type: ignore[attr-defined]
    at.run()
    choice(at, "Score").select(None)  # type: ignore[attr-defined]
    assert [button for button in at.run().button if button.label.startswith("Add ")]


def test_the_rows_to_correct_are_gathered_at_the_press_and_not_after_every_choice(
    empty: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_press, made, gathered = downloads.at_press, [], []

    def kept(viewer: Viewer, make: Callable[[], bytes]) -> Callable[[], bytes]:
        made.append(make)
        return at_press(viewer, make)

    def counted(database: Database, viewer: Viewer, upload_id: str) -> pd.DataFrame:
        gathered.append(upload_id)
        return correction_sheet(database, viewer, upload_id)

    monkeypatch.setattr(downloads, "at_press", kept)
    monkeypatch.setattr(correcting, "correction_sheet", counted)
    at = drop(upload_page(empty), "unit 1.csv", results_file(marks=["Not Eligibile"]))
    choice(at, "Score").select("Leave out")  # type: ignore[attr-defined]
    at.run()
    assert not gathered
    assert "Not Eligibile" in made[-1]().decode()


def test_what_a_file_changes_is_shown_before_it_is_confirmed(empty: App) -> None:
    at = drop(upload_page(empty), "unit 1.csv", results_file())
    assert "What this changes" not in [header.value for header in at.header]
    at.button(key="upload.confirm").click().run(timeout=60)
    at.button(key="upload.another").click().run()
    at = drop(at, "unit 1 corrected.csv", results_file(marks=["99"]))
    assert "What this changes" in [header.value for header in at.header]
    (changes,) = [frame.value for frame in at.dataframe if "Now here" in frame.value]
    assert changes[["Row", "Now here", "In this file"]].to_numpy().tolist() == [[2, "40", "99"]]
