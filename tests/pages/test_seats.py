"""Who is looking: asked once, in three forms, and what a page does before and after."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.people import current_viewer, flush_accesses, own_team_agreements, refused_attempts
from plc.ui import menu
from tests.pages.conftest import APP, App, text_of

START, WHO = "pages/home/start.py", "pages/home/who.py"
UPLOAD, HISTORY = "pages/results/upload.py", "pages/results/history.py"
SPOTS, MINE = "pages/bright_spots/bright_spots.py", "pages/bright_spots/my_classes.py"
METHODS = "pages/bright_spots/methods.py"
MEASURES = "pages/results/measures.py"
INBOX = "pages/results/inbox.py"
F1_TEACHER = "T049"

# Which pages each seat has; every other page is refused.
PAGES = {
    Role.TEACHER: {START, UPLOAD, HISTORY, MEASURES, INBOX, SPOTS, MINE, METHODS},
    Role.FACILITATOR: {START, UPLOAD, HISTORY, MEASURES, INBOX, SPOTS, MINE, METHODS},
    Role.PRINCIPAL: {START, SPOTS, METHODS},
    Role.STEWARD: {START, UPLOAD, HISTORY, MEASURES, INBOX, SPOTS, METHODS},
}


def sit_as(app: App, role: Role) -> Viewer:
    if role is Role.PRINCIPAL:
        with app.open().read() as cursor:
            school_id = cursor.execute("select min(school_id) from school").fetchall()[0][0]
        return app.sit(role, school_ids=(school_id,))
    return app.sit(role, teacher_id=None if role is Role.STEWARD else F1_TEACHER)


def test_no_page_lies_directly_in_the_pages_folder() -> None:
    assert not list((APP.parent / "pages").glob("*.py"))


@pytest.mark.parametrize("page", sorted(set().union(*PAGES.values())))
def test_a_page_opened_without_the_shell_shows_nothing(sample: App, page: str) -> None:
    sit_as(sample, Role.TEACHER)
    at = AppTest.from_file(str(APP.parent / page), default_timeout=30).run()
    assert not at.title
    assert not at.get("vega_lite_chart")
    assert not at.metric


def test_a_first_visit_asks_where_to_begin(empty: App) -> None:
    at = empty.start()
    assert at.title[0].value == "Who is looking?"
    assert {"who.sample", "who.own"} <= {button.key for button in at.button}


def test_nothing_else_is_open_before_someone_sat_down(sample: App) -> None:
    at = sample.start()
    assert at.title[0].value == "Who is looking?"
    for page in (UPLOAD, SPOTS, MINE):
        with pytest.raises(ValueError, match="page"):
            at.switch_page(page).run()


def test_own_results_begin_at_the_upload(empty: App) -> None:
    at = empty.start()
    at.button(key="who.own").click().run()
    assert current_viewer(empty.open()) == Viewer(Role.TEACHER)
    assert at.title[0].value == "Upload results"


def test_the_sample_district_loads_from_the_first_screen(empty: App) -> None:
    at = empty.start()
    at.button(key="who.sample").click().run(timeout=60)
    assert not at.exception
    assert "Sample district" in text_of(at)
    at.button(key="who.continue").click().run()
    assert current_viewer(empty.open()).teacher_id == F1_TEACHER
    assert at.title[0].value == "What to do next"


@pytest.mark.parametrize("role", list(PAGES))
def test_each_seat_has_its_pages_and_no_others(sample: App, role: Role) -> None:
    sit_as(sample, role)
    at = sample.start()
    for page in sorted(set().union(*PAGES.values())):
        if page in PAGES[role]:
            at.switch_page(page).run()
            assert not at.exception
            assert at.title, page
        else:
            with pytest.raises(ValueError, match="page"):
                at.switch_page(page).run()


@pytest.mark.parametrize("page", sorted(PAGES[Role.TEACHER] | {WHO}))
def test_every_page_says_that_the_copy_is_unprotected(sample: App, page: str) -> None:
    sit_as(sample, Role.TEACHER)
    assert "Unprotected copy, only on this computer" in text_of(sample.page(page))


def test_on_the_sample_a_principal_chooses_a_school(sample: App) -> None:
    at = sample.start()
    at.radio(key="who.role").set_value(Role.PRINCIPAL).run()
    at.selectbox(key="who.school").select_index(2).run()
    at.button(key="who.continue").click().run()
    viewer = current_viewer(sample.open())
    assert viewer.role is Role.PRINCIPAL
    assert len(viewer.school_ids) == 1


def test_on_the_sample_a_principal_is_first_offered_a_school_where_a_team_meets(sample: App) -> None:
    at = sample.start()
    at.radio(key="who.role").set_value(Role.PRINCIPAL).run()
    at.button(key="who.continue").click().run()
    with sample.open().read() as cursor:
        meeting = cursor.execute("select distinct school_id from team").fetchall()
    assert set(current_viewer(sample.open()).school_ids) <= {school_id for (school_id,) in meeting}


def test_leaving_the_sample_takes_back_its_results_and_its_peoples_decisions(sample: App) -> None:
    at = sample.start()
    at.button(key="who.clear_sample").click().run(timeout=60)
    assert not at.exception
    with sample.open().read() as cursor:
        for table in ("result", "teacher", "consent", "team_agreement", "team_agreement_member"):
            assert cursor.execute(f"select count(*) from {table}").fetchall() == [(0,)], table
    assert current_viewer(sample.open()) == Viewer(Role.TEACHER)
    assert at.title[0].value == "Upload results"


def own_results(app: App) -> None:
    """Make the sample's results somebody's own."""
    with app.open().write() as cursor:
        cursor.execute("update upload set uploaded_by = 'steward'").fetchall()


def test_on_own_results_only_teachers_and_teams_are_offered(sample: App) -> None:
    own_results(sample)
    at = sample.start()
    assert [option for radio in at.radio for option in radio.options] == [
        "Just my classes",
        "Our team agreed to look together",
    ]
    at.selectbox(key="who.teacher").select_index(3).run()
    at.button(key="who.continue").click().run()
    assert current_viewer(sample.open()).role is Role.TEACHER


def test_a_team_records_who_said_yes_and_until_when(sample: App) -> None:
    own_results(sample)
    at = sample.start()
    at.radio(key="who.choice").set_value("Our team agreed to look together").run()
    at.selectbox(key="who.teacher").select_index(0).run()
    at.text_input(key="who.team_name").input("Grade 6")
    at.multiselect(key="who.members").set_value(["T002"])
    at.checkbox(key="who.agreed").check()
    at.form_submit_button[0].click().run()
    assert not at.exception
    viewer = current_viewer(sample.open())
    assert viewer.role is Role.FACILITATOR
    (agreement,) = own_team_agreements(sample.open(), viewer)
    assert agreement.team_name == "Grade 6"
    assert "The agreement of Grade 6 is recorded." in text_of(at)


def test_an_agreement_nobody_confirmed_is_not_recorded(sample: App) -> None:
    own_results(sample)
    at = sample.start()
    at.radio(key="who.choice").set_value("Our team agreed to look together").run()
    at.selectbox(key="who.teacher").select_index(0).run()
    at.text_input(key="who.team_name").input("Grade 6")
    at.multiselect(key="who.members").set_value(["T002"])
    at.form_submit_button[0].click().run()
    assert at.warning
    assert current_viewer(sample.open()).role is Role.NOBODY


def test_a_database_that_cannot_be_opened_is_said_in_words(
    sample: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plc.settings import load_settings

    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"this is no database" * 200)
    monkeypatch.setenv("PLC_DB", str(broken))
    load_settings.cache_clear()
    at = AppTest.from_file(str(APP), default_timeout=30).run()
    assert not at.exception
    assert "cannot be opened" in at.error[0].proto.title or "database" in at.error[0].value


@pytest.mark.parametrize(("role", "address"), [(Role.PRINCIPAL, "meeting"), (Role.TEACHER, "audit")])
def test_the_address_of_another_seat_says_so_and_is_kept_in_the_audit(
    sample: App, monkeypatch: pytest.MonkeyPatch, role: Role, address: str
) -> None:
    sit_as(sample, role)
    monkeypatch.setattr(menu, "asked_address", lambda: address)
    at = sample.page(menu.NOT_YOURS)
    assert [title.value for title in at.title] == ["Not part of your seat"]
    flush_accesses(sample.open())
    assert address in {one.thing for one in refused_attempts(sample.open(), LOCAL_STEWARD)}
