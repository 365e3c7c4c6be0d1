"""What follows a test, in a real browser: adapt, abandon, teach again; and two people who write at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from plc.core.viewer import Role
from tests.e2e.seated import Person, Room
from tests.e2e.serving import open_page, settle
from tests.e2e.test_file_put_right import choose
from tests.e2e.walk import Walk, said

pytestmark = pytest.mark.browser

# Ana leads the team of the sample's running test, Ben is a member of it.
PEOPLE = [Person("ana", Role.FACILITATOR, teacher_id="T049"), Person("ben", teacher_id="T132")]
REASON = "Alone at the desk took too long for half of the class"
LEARNED = "The pairs talked and wrote nothing down"
DECIDED = "Test 1: Explain one wrong answer before practising (decided)"
STEPS = "Name the mistake in pairs. Then practise."


def press(page: Page, name: str) -> None:
    """Press a button and wait for what it does."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_timeout(600)
    settle(page)


def pick(page: Page, words: str) -> None:
    """Choose one of a few that stand side by side."""
    page.get_by_test_id("stMain").get_by_text(words, exact=True).first.click()
    page.wait_for_timeout(600)
    settle(page)


def write(page: Page, label: str, words: str) -> None:
    """Write into a field and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(words)
    field.press("Tab")
    settle(page)


def test_an_adapted_test_becomes_the_next_with_a_prediction_of_its_own(walk: Walk, room: Room) -> None:
    ana = walk.people["ana"]
    open_page(ana, f"{room.address}/decide")
    expect(ana.get_by_text(re.compile("^So far"))).to_be_visible()

    with walk.step("30-37", "Adapt one part and predict anew", clicks=6, seconds=420, shown=("ana",)):
        pick(ana, "Adapt")
        write(ana, "Why? One or two sentences", REASON)
        write(ana, "The steps, from now on", STEPS)
        # Without a number there is no next test.
        press(ana, "Keep the decision")
        expect(ana.get_by_text(re.compile("Predict the next cycle with a number"))).to_be_visible()
        assert ana.get_by_label("Why? One or two sentences").input_value() == REASON
        write(ana, "We predict", "3")
        press(ana, "Keep the decision")
        expect(ana.get_by_text(re.compile("The next cycle is a draft"))).to_be_visible()
    # The draft stands on the page of the plan, with the new number.
    expect(ana.get_by_label("By how much will classes that try it be ahead?")).to_have_value(
        re.compile(r"^3\b")
    )


def test_what_was_abandoned_is_found_by_its_words(walk: Walk, room: Room) -> None:
    ben = walk.people["ben"]
    open_page(ben, f"{room.address}/decide")
    choose(ben, ben.get_by_role("combobox", name="Test", exact=False).first, DECIDED)
    settle(ben)
    with walk.step("30-37", "Abandon, with what was learned", clicks=4, seconds=120, shown=("ben",)):
        pick(ben, "Abandon")
        write(ben, "Why? One or two sentences", LEARNED)
        press(ben, "Keep the decision")
    with walk.step("later", "Find it again", clicks=3, seconds=60, shown=("ben",)):
        pick(ben, "Decided before")
        pick(ben, "In all our inquiries")
        write(ben, "Find words in it", "wrote nothing down")
        expect(ben.get_by_text(LEARNED)).to_be_visible()
    assert "Abandoned" in said(ben)
    assert REASON not in said(ben)
    write(ben, "Find words in it", "took too long")
    expect(ben.get_by_text(REASON)).to_be_visible()
    assert "Adapted" in said(ben)


def test_a_standard_is_taught_again_to_a_group_and_the_recheck_matches_itself(walk: Walk, room: Room) -> None:
    ana = walk.people["ana"]
    open_page(ana, f"{room.address}/reteach")
    with walk.step(
        "12", "Mark a standard, see the group, set the date", clicks=2, seconds=120, shown=("ana",)
    ):
        pick(ana, "6.RP.A.3: 60 % of points, 6 below half")
        expect(ana.get_by_text(re.compile("^6 of 26 students"))).to_be_visible()
        press(ana, "Plan it")
    with walk.step("12", "The group waits for its re-check", clicks=1, seconds=60, shown=("ana",)):
        pick(ana, "My groups")
        expect(
            ana.get_by_text(re.compile("Waiting for the re-check|The re-check is due|moved"))
        ).to_be_visible()
    # Another's page knows nothing of it.
    ben = walk.people["ben"]
    open_page(ben, f"{room.address}/reteach")
    pick(ben, "My groups")
    assert "6.RP.A.3" not in said(ben)


def test_two_who_write_an_inquiry_at_once_both_see_whose_words_are_kept(walk: Walk, room: Room) -> None:
    ana, ben = walk.people["ana"], walk.people["ben"]
    for page in (ana, ben):
        open_page(page, f"{room.address}/our-inquiry")
        pick(page, "What we want")
    challenge = "Challenge: big enough to matter, small enough to move soon"
    ana.get_by_label(challenge).fill("They copy the example. (Ana)")
    ben.get_by_label(challenge).fill("They rush the second step. (Ben)")
    ben.get_by_label("For whom", exact=True).fill("those who slip twice")
    press(ana, "Keep")
    press(ben, "Keep")
    expect(ben.get_by_text("Two people wrote at once")).to_be_visible()
    both = said(ben)
    assert "They copy the example. (Ana)" in both
    assert "Ms Adeyemi changed the same words" in both
    expect(ben.get_by_text("They rush the second step. (Ben)").first).to_be_visible()
    press(ben, "Keep these words")
    open_page(ana, f"{room.address}/our-inquiry")
    assert "(Ben)" in said(ana)
    assert "those who slip twice" in said(ana)
    # What was put aside stands in the history, under the name of who wrote it.
    pick(ana, "What happened")
    ana.get_by_text(re.compile(r"^Version \d+, Ms Adeyemi")).first.click()
    settle(ana)
    assert "They copy the example. (Ana)" in said(ana)


def test_two_who_write_a_plan_at_once_lose_no_words(walk: Walk, room: Room) -> None:
    ana, ben = walk.people["ana"], walk.people["ben"]
    for page in (ana, ben):
        open_page(page, f"{room.address}/confirm")
        page.get_by_label("Why do we think so?").wait_for()
        settle(page)
    write(ana, "Why do we think so?", "Pairs see the slip sooner. (Ana)")
    write(ben, "Why do we think so?", "Half the time is enough. (Ben)")
    press(ana, "Keep and go on")
    press(ben, "Keep and go on")
    expect(ben.get_by_text("A colleague changed this plan")).to_be_visible()
    both = said(ben)
    assert "Pairs see the slip sooner. (Ana)" in both
    assert ben.get_by_label("Why do we think so?").input_value() == "Half the time is enough. (Ben)"
    press(ben, "Keep what is in my boxes")
    open_page(ana, f"{room.address}/confirm")
    expect(ana.get_by_label("Why do we think so?")).to_have_value("Half the time is enough. (Ben)")
