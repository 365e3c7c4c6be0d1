"""No more digits than are said: with all of them, two looks around one colleague's results are subtracted.

A class of 28 among 4,000 students moves the mean that everybody's figure is set against by some thousandths
of an SD: every digit of one's own figure before and after her upload would give her class's mean.
"""

from __future__ import annotations

from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from plc.bright_spots.own_download import own_download
from plc.charts import picture
from plc.core.viewer import Role
from plc.people import current_viewer
from plc.ui import menu, session
from tests.pages.conftest import App
from tests.security.attempts import Attempts
from tests.security.sent import charted

SEATS: Final = {
    (Role.TEACHER, "T049", ()): (menu.MY_CLASSES, menu.SEEK, menu.RESULT),
    (Role.PRINCIPAL, None, ("M1",)): (menu.CATCH_UP, menu.PRACTICE),
}  # fmt: skip
# Of edges of bands of all teachers; every other figure has two.
MOST: Final = 3


def opened(app: App, page: str) -> AppTest:
    at = app.start()
    at.session_state[session.PRACTICE_CHOSEN] = "P1"
    at.session_state["practice.view"] = "What tests say"
    return at.switch_page(page).run()


def finer(at: AppTest) -> list[tuple[str, float]]:
    return [(name, number) for name, number in charted(at) if number != round(number, MOST)]


def test_charts_and_downloads_hold_no_digit_that_is_not_said(sample: App, attempts: Attempts) -> None:
    for (role, teacher_id, school_ids), pages in SEATS.items():
        sample.sit(role, teacher_id=teacher_id, school_ids=school_ids)
        for page in pages:
            at = opened(sample, page)
            assert list(charted(at)), page
            attempts.judge(finer(at), f"charts on {page}")
    sample.sit(Role.TEACHER, teacher_id="T049")
    for name, frame in own_download(sample.open(), current_viewer(sample.open())).items():
        numbers = frame.select_dtypes("float")
        attempts.judge(((numbers - numbers.round(4)).abs() > 0).any(axis=None), f"the download's {name}")


def test_a_chart_of_all_digits_would_be_noticed(sample: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check of the attack."""
    monkeypatch.setattr(picture, "TOLD_DIGITS", 17)
    monkeypatch.setattr(picture.as_drawn, "__kwdefaults__", {"digits": 17})
    sample.sit(Role.TEACHER, teacher_id="T049")
    assert {name for name, _ in finer(opened(sample, menu.MY_CLASSES))} >= {"effect", "lower", "upper"}
