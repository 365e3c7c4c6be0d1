"""The steward's pages: how long data stays, and one student's data."""

from __future__ import annotations

import pytest

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.people import take_seat, verify_audit
from plc.people.audit import append_accesses
from plc.results import confirm_upload, stage_upload
from plc.settings import load_settings
from plc.ui.naming import parse_names
from tests.unit.people.test_audit import OLD
from tests.unit.stewardship.conftest import district_rows

from .conftest import App, text_of

RETENTION, PRIVACY = "pages/admin/retention.py", "pages/admin/privacy.py"
NAMES = "pages/results/student_names.py"


@pytest.fixture
def district(empty: App, monkeypatch: pytest.MonkeyPatch) -> App:
    """A real district's copy, with the steward in the seat."""
    database = empty.open()
    path = database.folder / "rows.csv"
    district_rows().to_csv(path, index=False)
    staged = stage_upload(database, LOCAL_STEWARD, path)
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    path.unlink()
    monkeypatch.setattr("plc.people.seat.holds_sample_district", lambda _: True)
    take_seat(database, Viewer(Role.STEWARD))
    return empty


@pytest.mark.parametrize("page", [RETENTION, PRIVACY])
def test_only_a_steward_has_these_pages(sample: App, page: str) -> None:
    sample.sit(Role.TEACHER, teacher_id="T049")
    with pytest.raises(ValueError, match="admin"):
        sample.start().switch_page(page)


def test_a_steward_reads_how_long_everything_stays(district: App) -> None:
    words = text_of(district.page(RETENTION))
    assert "Files as they were uploaded" in words
    assert "until confirmed or discarded" in words
    assert "2025-26" in words
    assert "no copy yet" in words


def test_a_school_year_goes_only_when_sure(district: App) -> None:
    at = district.page(RETENTION)
    at.selectbox(key="keeping.purge.year").set_value(2025)
    next(button for button in at.button if button.label == "Delete this school year").click()
    at.run()
    assert "tick that you are sure" in text_of(at)
    at.checkbox(key="keeping.purge.sure").check()
    next(button for button in at.button if button.label == "Delete this school year").click()
    at.run()
    assert not at.exception
    words = text_of(at)
    assert "2024-25 is gone" in words
    assert "2025-26" in words


def test_entries_of_the_audit_go_when_they_are_older_than_three_years(
    empty: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    with empty.open().write() as cursor:
        append_accesses(cursor, [OLD])
    monkeypatch.setattr("plc.people.seat.holds_sample_district", lambda _: True)
    take_seat(empty.open(), Viewer(Role.STEWARD))
    at = empty.page(RETENTION)
    assert "1 are older than three years" in text_of(at)
    at.button(key="keeping.audit").click().run()
    assert not at.exception
    assert "The audit says so itself" in text_of(at)
    assert verify_audit(empty.open(), LOCAL_STEWARD).whole


def test_a_copy_is_one_click(district: App) -> None:
    at = district.page(RETENTION)
    at.button(key="keeping.copy").click().run()
    assert not at.exception
    assert "snapshot-" in text_of(at)


def test_a_student_is_found_and_erased_with_a_reason(district: App) -> None:
    at = district.page(PRIVACY)
    at.text_input(key="privacy.student").set_value("00307").run()
    assert "**4** results in **2** classes" in text_of(at)
    erase = "Erase this student"
    at.text_input(key="keeping.erase.reason").set_value("Request 7")
    at.checkbox(key="keeping.erase.sure").check()
    next(button for button in at.button if button.label == erase).click()
    at.run()
    assert not at.exception
    words = text_of(at)
    assert "no student with this id" in words
    assert "Request 7" in words
    assert "00307" not in words


def test_an_unknown_id_is_said_to_be_and_not_repeated(district: App) -> None:
    at = district.page(PRIVACY)
    at.text_input(key="privacy.student").set_value("98765").run()
    words = text_of(at)
    assert "no student with this id" in words
    assert "98765" not in words


def test_a_release_and_a_new_key_are_one_click_each(district: App) -> None:
    at = district.page(PRIVACY)
    at.button(key="keeping.release").click().run()
    assert not at.exception
    assert "figures are new" in text_of(at)
    assert at.button(key="keeping.key").disabled
    at.checkbox(key="keeping.key.sure").check().run()
    at.button(key="keeping.key").click().run()
    assert not at.exception
    assert "under the new key" in text_of(at)


def test_names_are_off_until_allowed_and_then_the_teachers_own(
    district: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_seat(district.open(), Viewer(Role.TEACHER, teacher_id="T3"))
    assert "keeps no names" in text_of(district.page(NAMES))
    monkeypatch.setenv("PLC_STUDENT_NAMES", "1")
    load_settings.cache_clear()
    at = district.page(NAMES)
    at.text_area(key="names.lines.0").set_value("00307, Ana M.\n00101, Not mine")
    next(button for button in at.button if button.label == "Keep these names").click()
    at.run()
    assert not at.exception
    words = text_of(at)
    assert "Ana M." in words
    assert "1 lines are no student" in words
    take_seat(district.open(), Viewer(Role.TEACHER, teacher_id="T1"))
    assert "Ana" not in text_of(district.page(NAMES))


def test_lines_of_names_are_read_as_people_write_them() -> None:
    assert parse_names("1, Ana M.\n\n2\tBen\n3;Cem Öz\nno delimiter\n4,\n,x") == [
        ("1", "Ana M."),
        ("2", "Ben"),
        ("3", "Cem Öz"),
    ]
