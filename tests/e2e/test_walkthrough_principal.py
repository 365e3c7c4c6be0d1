"""The principal's monthly review as its script has it, minute by minute, and what it must never show."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from plc.core.viewer import Role
from tests.e2e.seated import Person, Room
from tests.e2e.serving import open_page, settle
from tests.e2e.walk import Walk, said

pytestmark = pytest.mark.browser

# Pia leads Granite Falls; Kim leads the school of the district's lone grade 6 maths teacher, Ms Phan.
PEOPLE = [
    Person("ana", teacher_id="T049"),
    Person("pia", Role.PRINCIPAL, school_id="M1"),
    Person("kim", Role.PRINCIPAL, school_id="K1"),
]
ROSTER_OF_TEAM = ("Ms Adeyemi", "Mr Dunne", "Mr Rao", "Ms Mendes")
# Pages of teams and teachers, some of them with figures of a class.
CLOSED = ("my-classes", "seek", "measured-effect", "check-in", "decide", "discover", "confirm", "decisions",
          "reteach", "upload", "people", "audit")  # fmt: skip


def go(page: Page, link: str, title: str) -> None:
    """Follow the page's own way on."""
    page.locator('[data-testid="stMain"]').get_by_role("link", name=link).click()
    page.get_by_role("heading", name=title, exact=True).wait_for()
    settle(page)


def test_the_monthly_review(walk: Walk, room: Room) -> None:
    ana, pia = walk.people["ana"], walk.people["pia"]

    with walk.step("0-3", "Month at a glance", clicks=0, seconds=180, shown=("pia",)):
        open_page(pia, f"{room.address}/month")
        expect(pia.get_by_text(re.compile(r"\d of \d teams met"))).to_be_visible()
    assert not [name for name in ROSTER_OF_TEAM if name in said(pia)]
    for words in ("Confirm", "2 × keep testing"):
        assert words in said(pia)

    with walk.step("3-10", "Practices across schools", clicks=2, seconds=420, shown=("pia",)):
        go(pia, "What helps that we need?", "What helps somewhere that we need?")
        lines = said(pia)
        assert lines.index("Sort exit tickets") < lines.index("Warm up three minutes")
        for words in (
            "6 tests",
            "classes",
            "schools",
            "Tested with students who started lowest?",
            "90 % range",
        ):
            assert words in lines
        pia.get_by_text("Only for courses like ours").click()
        settle(pia)
        expect(pia.get_by_text("Sort exit tickets").first).to_be_visible()

    with walk.step("10-16", "Open one practice", clicks=3, seconds=360, shown=("pia",)):
        pia.get_by_role("button", name="See what every test showed").first.click()
        pia.get_by_role("heading", name="Every test").wait_for()
        settle(pia)
        lines = said(pia)
        # The test that found the opposite stands on the same screen.
        assert re.search(r"· -0\.\d\d SD", lines)
        assert "What this cannot tell" in lines
        pia.get_by_text("Ask and visit", exact=True).click()
        settle(pia)
        pia.get_by_label("What would you like to know?").fill("How long does sorting take with 28 students?")
        pia.get_by_role("button", name="Ask", exact=True).click()
        expect(pia.get_by_text("Your question is with the authors.")).to_be_visible()
    assert not [name for name in ROSTER_OF_TEAM if name in said(pia)]

    with walk.step("31-36", "Broker", clicks=3, seconds=300, shown=("pia", "ana")):
        team = pia.get_by_text("Which team?")
        team.scroll_into_view_if_needed()
        pia.get_by_role("button", name="Ask her first").click()
        expect(pia.get_by_text("Asked. You read here when a visit is agreed.")).to_be_visible()
        open_page(ana, f"{room.address}/my-cards")
        expect(ana.get_by_text("Only you see this. If you say no, nobody is told.")).to_be_visible()
        ana.get_by_role("button", name="Yes, they may").click()
        expect(ana.get_by_text("You said yes.")).to_be_visible()

    with walk.step("16-21", "Stalled or struggling inquiries", clicks=3, seconds=300, shown=("pia",)):
        open_page(pia, f"{room.address}/who-needs-help")
        pia.get_by_role("button", name=re.compile("Give time|Give them time", re.IGNORECASE)).first.click()
        settle(pia)
        pia.get_by_label("What do you give?").fill("One covered lesson for each of you in June")
        pia.get_by_role("button", name="Send to the team").click()
        expect(pia.get_by_text("What was given")).to_be_visible()
    assert not [name for name in ROSTER_OF_TEAM if name in said(pia)]

    with walk.step("16-21", "Answer a barrier", clicks=2, seconds=120, shown=("pia",)):
        open_page(pia, f"{room.address}/in-their-way")
        pia.get_by_role("button", name="Answer", exact=True).first.click()
        settle(pia)
        pia.get_by_label("In one or two sentences").fill("The timetable gives you Thursdays, fifth hour.")
        pia.get_by_role("button", name="Answer", exact=True).last.click()
        expect(pia.get_by_text("reads your answer.")).to_be_visible()

    with walk.step("36-39", "My three decisions", clicks=3, seconds=180, shown=("pia",)):
        open_page(pia, f"{room.address}/my-decisions")
        number = 0
        while pia.get_by_role("button", name="Decide", exact=True).count() and number < 5:
            pia.get_by_label(re.compile("what will you do", re.IGNORECASE)).fill(f"Visit grade {number + 6}")
            pia.get_by_role("button", name="Decide", exact=True).click()
            number += 1
            expect(pia.get_by_text(f"Visit grade {number + 5}", exact=True)).to_be_visible()
            settle(pia)
        assert 1 <= number <= 3
    open_page(ana, f"{room.address}/barriers")
    expect(ana.get_by_text("The timetable gives you Thursdays")).to_be_visible()


def test_no_page_filter_or_address_shows_a_principal_one_teachers_result(walk: Walk, room: Room) -> None:
    ana, pia, kim = (walk.people[name] for name in ("ana", "pia", "kim"))
    for path in CLOSED:
        open_page(pia, f"{room.address}/{path}")
        expect(pia.get_by_text("Page not found")).to_be_visible()
        expect(pia.locator("[data-testid=stVegaLiteChart]")).to_have_count(0)
    # The one-teacher course: nothing that could be hers, by whatever page.
    for path in ("bright-spots", "catching-up", "month", "practices-we-need", "who-needs-help"):
        open_page(kim, f"{room.address}/{path}")
        assert "Ms Phan" not in said(kim)
    open_page(kim, f"{room.address}/bright-spots")
    assert not re.search(r"[+-]0\.\d\d", said(kim))
    # What was refused is in the record its teachers read.
    open_page(ana, f"{room.address}/who-looked")
    refused = ana.get_by_role("region", name=f"{len(CLOSED)} kinds of refused attempts")
    expect(refused).to_have_count(1)
