"""A switch whose change is refused shows what holds, and asks for the change once only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from plc.core.errors import Conflict
from plc.core.viewer import Role
from plc.meetings import start_meeting
from plc.people import current_viewer
from plc.ui import menu
from tests.pages.conftest import App
from tests.pages.test_people_pages import F1_TEACHER, F1_TEAM, F4_NAME, seated

REFUSED = "The database is busy. Try again."


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[bool]]:
    """Has a use case refuse whatever is asked of it; returns one entry for each time it was asked."""

    def refuse(use_case: str) -> list[bool]:
        asked: list[bool] = []

        def refused(*_: Any, **__: Any) -> None:
            asked.append(True)
            raise Conflict(REFUSED)

        monkeypatch.setattr(use_case, refused)
        return asked

    return refuse


def is_told(at: AppTest) -> bool:
    return any(error.value == REFUSED for error in at.error)


def test_a_refused_consent_is_asked_for_once_and_the_switch_goes_back(
    sample: App, refusing: Callable[[str], list[bool]]
) -> None:
    seated(sample, F1_TEACHER)
    at = sample.page(menu.MY_CLASSES)
    switch, other = (toggle for toggle in at.toggle if toggle.label.startswith("Show my"))
    was, others = switch.value, other.value
    asked = refusing(f"plc.ui.sharing.{'withdraw' if was else 'give'}_consent")
    switch.set_value(not was).run()
    assert (is_told(at), len(asked)) == (True, 1)
    at.run()
    assert (is_told(at), len(asked)) == (False, 1)
    assert [t.value for t in at.toggle if t.label.startswith("Show my")] == [was, others]


def test_a_refused_attendance_does_not_stop_the_meeting_for_who_pressed(
    sample: App, refusing: Callable[[str], list[bool]]
) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    start_meeting(sample.open(), current_viewer(sample.open()), F1_TEAM)
    at = sample.page(menu.MEETING)
    (box,) = [box for box in at.checkbox if F4_NAME in box.label]
    was = box.value
    asked = refusing("plc.ui.meeting_opening.set_attendance")
    box.set_value(not was).run()
    assert (is_told(at), len(asked)) == (True, 1)
    at.run()
    assert (is_told(at), len(asked)) == (False, 1)
    assert [box.value for box in at.checkbox if F4_NAME in box.label] == [was]


def test_a_refused_part_in_the_team_goes_back_to_the_one_that_holds(
    sample: App, refusing: Callable[[str], list[bool]]
) -> None:
    seated(sample, F1_TEACHER)
    at = sample.page(menu.MY_TEAM)
    (part,) = [box for box in at.selectbox if box.label == f"Part of {F4_NAME}"]
    was = part.value
    asked = refusing("plc.ui.teams.set_member_role")
    part.set_value(next(option for option in part.options if option != was)).run()
    assert (is_told(at), len(asked)) == (True, 1)
    at.run()
    assert (is_told(at), len(asked)) == (False, 1)
    assert [box.value for box in at.selectbox if box.label == f"Part of {F4_NAME}"] == [was]
