"""Asking the people behind a card: one looks at the card meanwhile, and nothing written is lost."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from plc.core.viewer import LOCAL_STEWARD, Role
from plc.people import current_viewer
from plc.practices import Question, questions
from plc.practices.pooled_evidence import refresh_evidence
from tests.pages.conftest import App
from tests.pages.test_practices_pages import read

ASKING, CARD = "Ask and visit", "The practice"
WORDS = "What do you do when a pile stays empty?"


def box(at: AppTest) -> str:
    (found,) = [area.value or "" for area in at.text_area if area.label == "What would you like to know?"]
    return found


def write(at: AppTest, words: str) -> None:
    next(area for area in at.text_area if area.label == "What would you like to know?").set_value(words).run()


def turn_to(at: AppTest, view: str) -> None:
    at.segmented_control(key="practice.view").set_value(view).run()
    assert not at.exception


def asked(app: App) -> Sequence[Question]:
    return questions(app.open(), current_viewer(app.open()), "P1")


def test_a_question_half_written_is_there_after_a_look_at_the_card(sample: App) -> None:
    refresh_evidence(sample.open(), LOCAL_STEWARD)
    sample.sit(Role.TEACHER, teacher_id="T101")
    before = len(asked(sample))
    at = read(sample, "P1", ASKING)
    write(at, WORDS)
    turn_to(at, CARD)
    turn_to(at, ASKING)
    assert box(at) == WORDS
    at.button(key="asking.send").click().run()
    assert [one.words for one in asked(sample)].count(WORDS) == 1
    assert len(asked(sample)) == before + 1
    assert box(at) == ""


def test_a_question_that_is_refused_stays_in_its_box(sample: App) -> None:
    refresh_evidence(sample.open(), LOCAL_STEWARD)
    sample.sit(Role.TEACHER, teacher_id="T101")
    at = read(sample, "P1", ASKING)
    before = len(asked(sample))
    refused = "What about student 1234567890123? " * 400
    write(at, refused)
    at.button(key="asking.send").click().run()
    assert at.error
    assert len(asked(sample)) == before
    assert box(at) == refused
