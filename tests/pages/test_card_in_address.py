"""The card being written is in the page's address, so that a reload or a server started again finds it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from plc.core.viewer import Role
from plc.people import current_viewer
from plc.practices import own_cards, write_card
from plc.practices.wording import CardWording
from plc.ui import menu
from tests.pages.conftest import App, text_of

WRITING = "All my cards"


def written(app: App, teacher_id: str) -> str:
    """A card of this teacher, who then sits at the computer."""
    app.sit(Role.TEACHER, teacher_id=teacher_id)
    database = app.open()
    return write_card(database, current_viewer(database), CardWording(title="Ask for a wrong answer first"))


def reload(app: App, card: str) -> AppTest:
    """A new session at the address of a card."""
    at = app.start().switch_page(menu.SHARE)
    at.query_params["card"] = card
    at.run()
    assert not at.exception, at.exception
    return at


def is_open(at: AppTest) -> bool:
    return WRITING in [button.label for button in at.button]


def test_a_reload_finds_the_card_being_written(sample: App) -> None:
    card = written(sample, "T048")
    at = reload(sample, card)
    assert is_open(at)
    assert at.query_params["card"] == card


def test_going_back_in_the_browser_goes_to_the_list(sample: App) -> None:
    at = reload(sample, written(sample, "T048"))
    del at.query_params["card"]
    at.run()
    assert not is_open(at)
    at = reload(sample, own_cards(sample.open(), current_viewer(sample.open()))[0].practice_id)
    at.button(key="card.back").click().run()
    assert not is_open(at)
    assert "card" not in at.query_params


def test_a_look_at_another_page_leaves_the_card_open(sample: App) -> None:
    at = reload(sample, written(sample, "T048"))
    # As the menu does, which leaves nothing of a page in the address of the next.
    del at.query_params["card"]
    at.switch_page(menu.LIBRARY).run()
    at.switch_page(menu.SHARE).run()
    assert is_open(at)


def test_the_link_of_a_card_opens_it_for_whoever_may_read_it_and_for_nobody_else(sample: App) -> None:
    closed = written(sample, "T048")
    sample.sit(Role.TEACHER, teacher_id="T101")
    at = sample.start().switch_page(menu.PRACTICE)
    at.query_params["card"] = "P1"
    at.run()
    assert at.title[0].value.startswith("Sort exit tickets")
    at.query_params["card"] = closed
    at.run()
    assert [error.proto.title for error in at.error] == ["Not found"]
    assert "Ask for a wrong answer first" not in text_of(at)


@pytest.mark.parametrize("asked", ["another's", "no such card", "'; drop table practice --"])
def test_an_address_with_a_card_that_is_not_hers_opens_her_list(sample: App, asked: str) -> None:
    anothers = written(sample, "T048")
    sample.sit(Role.TEACHER, teacher_id="T101")
    at = reload(sample, anothers if asked == "another's" else asked)
    assert not is_open(at)
    assert "card" not in at.query_params
    assert "Ask for a wrong answer first" not in text_of(at)
