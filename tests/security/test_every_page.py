"""The permission table at every page: every seat opens its own pages and is refused every other."""

from __future__ import annotations

from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.people import flush_accesses, refused_attempts
from plc.ui import menu, session
from tests.pages.conftest import APP, PATIENCE_SECONDS, App, text_of

F1_TEACHER: Final = "T049"
SEATS: Final = [role for role in Role if role is not Role.NOBODY]


def sit_as(app: App, role: Role) -> Viewer:
    """Take a seat of the sample district, at Ms Adeyemi's school where the role has one."""
    teaches = role in (Role.TEACHER, Role.FACILITATOR)
    at_school = role in (Role.PRINCIPAL, Role.COACH)
    return app.sit(role, teacher_id=F1_TEACHER if teaches else None, school_ids=("M1",) if at_school else ())


def opened_past_the_menu(page: str) -> AppTest:
    """A page as if the shell had run and its menu had let it through."""
    at = AppTest.from_file(str(APP.parent / page), default_timeout=PATIENCE_SECONDS)
    at.session_state[session.SHELL_RAN] = True
    return at.run()


def test_every_page_of_the_menu_is_there_and_every_page_there_is_in_the_menu() -> None:
    pages = {str(path.relative_to(APP.parent)) for path in (APP.parent / "pages").glob("*/*.py")}
    assert pages == {entry.path for entry in menu.ENTRIES} | {menu.START, menu.WHO, menu.NOT_YOURS}
    assert len({entry.address for entry in menu.ENTRIES}) == len(menu.ENTRIES)


def test_every_page_asks_for_a_permission_but_the_method() -> None:
    assert [entry.path for entry in menu.ENTRIES if not entry.permissions] == [menu.METHODS]


@pytest.mark.parametrize("role", SEATS)
def test_a_seat_opens_its_pages_and_is_refused_every_other(sample: App, role: Role) -> None:
    viewer = sit_as(sample, role)
    at = sample.start()
    for entry in menu.ENTRIES:
        allowed = not entry.permissions or any(viewer.may(p) for p in entry.permissions)
        if allowed:
            at.switch_page(entry.path).run()
            assert not at.exception, (entry.path, at.exception)
        else:
            with pytest.raises(ValueError, match="page"):
                at.switch_page(entry.path).run()


@pytest.mark.parametrize("role", [role for role in SEATS if role is not Role.FACILITATOR])
def test_a_page_reached_past_the_menu_refuses_by_itself_and_the_audit_keeps_it(
    sample: App, role: Role
) -> None:
    viewer = sit_as(sample, role)
    refused = [
        entry
        for entry in menu.ENTRIES
        if entry.permissions and not any(viewer.may(p) for p in entry.permissions)
    ]
    assert refused
    for entry in refused:
        at = opened_past_the_menu(entry.path)
        assert [error.value for error in at.error] == ["This page is not part of your seat."], entry.path
        assert not at.title, entry.path
        assert not at.metric
        assert not at.get("vega_lite_chart")
        assert not at.dataframe
    flush_accesses(sample.open(), wait=True)
    kept = refused_attempts(sample.open(), LOCAL_STEWARD)
    assert {attempt.role for attempt in kept} == {str(role)}
    assert sum(attempt.attempts for attempt in kept) == len(refused)


@pytest.mark.parametrize("entry", menu.ENTRIES, ids=lambda entry: entry.address)
def test_nobody_opens_a_page_before_saying_who_she_is(sample: App, entry: menu.Entry) -> None:
    at = opened_past_the_menu(entry.path)
    assert F1_TEACHER not in text_of(at)
    assert not at.title
