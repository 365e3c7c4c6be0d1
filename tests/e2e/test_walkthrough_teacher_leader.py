"""A teacher leader writes down a practice, shares it, takes it back; others check it and test it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from plc.core.viewer import Role
from tests.e2e.seated import Person, Room, browsers, seated
from tests.e2e.serving import open_page, settle
from tests.e2e.walk import Walk

pytestmark = pytest.mark.browser

# Ana's students exceed expectation (F1); Eva's do in fluency while those who started lowest fall (F5).
# Ben is of Ana's team, Finn teaches grade 7 at another school, Pia is Ana's principal.
PEOPLE = [
    Person("ana", teacher_id="T049"),
    Person("ben", teacher_id="T132"),
    Person("eva", teacher_id="T108"),
    Person("finn", teacher_id="T118"),
    Person("pia", Role.PRINCIPAL, school_id="M1"),
]
TITLE = "Ask each table to guess the answer before anyone calculates"
P1, P2 = "Sort exit tickets into three piles", "Warm up three minutes"
# A student of the sample district.
STUDENT = "0088806"


@pytest.fixture(scope="module")
def room(browser: Browser, sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The sample district, served to teachers and a principal."""
    with seated(sample_file, tmp_path_factory.mktemp("leader"), PEOPLE) as found:
        yield found


@pytest.fixture(scope="module")
def played(browser: Browser, room: Room, walk_folder: Path | None) -> Iterator[Walk]:
    """Everybody signed in, and what they played so far."""
    with browsers(browser, room, [one.subject for one in PEOPLE]) as pages:
        yield Walk(pages, walk_folder)


@pytest.fixture
def walk(played: Walk, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """The walk, whose new steps go to the table at the end."""
    since = len(played.steps)
    yield played
    request.node.user_properties.append(("walk", played.table(request.node.name, since=since)))


def said(page: Page) -> str:
    """What the page says."""
    return page.locator('[data-testid="stMain"]').inner_text()


def fill(page: Page, label: str, words: str) -> None:
    """Fill a field that is kept as soon as one leaves it."""
    field = page.get_by_label(label, exact=True)
    field.fill(words)
    field.press("Tab")
    settle(page)


def begin_card(page: Page, room: Room, title: str) -> None:
    """Write a card as far as it can be shared."""
    open_page(page, f"{room.address}/my-cards")
    page.get_by_label("What do you do, in one line?", exact=True).fill(title)
    page.get_by_role("button", name="Begin the card").click()
    page.get_by_role("button", name="Next: how").wait_for()
    settle(page)
    fill(page, "When to use it", "Before students work on a task with one number as its answer.")
    page.get_by_role("button", name="Next: how").click()
    settle(page)
    fill(page, "Steps", "Read the task aloud.\nEach table writes one guess.\nNow calculate, then compare.")
    fill(page, "What must stay", "A guess before any calculation, from every table.")


def find(page: Page, room: Room, words: str) -> None:
    """Look for a practice in the library."""
    open_page(page, f"{room.address}/practices")
    page.get_by_label("What do your students need?").fill(words)
    page.get_by_label("What do your students need?").press("Enter")
    settle(page)


def read(page: Page, room: Room, words: str, *, view: str) -> None:
    """Open a practice of the library at one of its views."""
    find(page, room, words)
    page.get_by_role("button", name="Read this card").first.click()
    page.get_by_text(view, exact=True).wait_for()
    settle(page)
    page.get_by_text(view, exact=True).click()
    # The press has to reach the server before the page can be seen to be at rest.
    page.wait_for_timeout(800)
    settle(page)


def test_a_card_is_written_checked_shared_and_taken_back(walk: Walk, room: Room, tmp_path: Path) -> None:
    ana, ben, finn, pia = (walk.people[name] for name in ("ana", "ben", "finn", "pia"))

    with walk.step("5", "Practice card", clicks=6, seconds=600, shown=("ana",)):
        begin_card(ana, room, TITLE)
        ana.get_by_role("button", name="Next: materials").click()
        settle(ana)
        file = tmp_path / f"board {STUDENT}.txt"
        file.write_text("Guess first, then calculate.")
        ana.set_input_files("input[type=file]", file)
        ana.get_by_role("button", name="Add this file").click()
        expect(ana.get_by_text(re.compile("student's name or number"))).to_be_visible()
        ana.get_by_role("button", name="Next: look it over").click()
        expect(ana.get_by_text("As a colleague sees it")).to_be_visible()
        settle(ana)
    assert TITLE in said(ana)
    assert STUDENT not in said(ana)

    with walk.step("7", "Consent", clicks=3, seconds=120, shown=("ana",)):
        ana.get_by_role("button", name="Decide who sees it").click()
        ana.get_by_role("heading", name="Who may see it").wait_for()
        settle(ana)
        # The smallest scope and a hidden name, unless she chooses otherwise.
        expect(ana.get_by_role("radio", name=re.compile("^My team"))).to_be_checked()
        expect(ana.get_by_role("radio", name=re.compile("^Hidden"))).to_be_checked()
        ana.get_by_role("button", name="Share it so").click()
        expect(ana.get_by_text("Shared. You can take it back at any time")).to_be_visible()
    find(finn, room, "guess")
    find(pia, room, "guess")
    assert TITLE not in said(finn) + said(pia)

    with walk.step("8", "Colleague check", clicks=5, seconds=180, shown=("ben",)):
        read(ben, room, "guess", view="The practice")
        assert "Ms Adeyemi" not in said(ben)
        if not ben.get_by_label("Which step was unclear?").is_visible():
            ben.get_by_text("Could you follow this card?").click()
        ben.get_by_text("Mostly", exact=True).click()
        ben.get_by_label("Which step was unclear?").fill("How long may a table think?")
        ben.get_by_role("button", name="Send to the authors").click()
        expect(ben.get_by_text("Your check is with the authors.")).to_be_visible()

    with walk.step("7", "Share with the district", clicks=3, seconds=120, shown=("ana",)):
        open_page(ana, f"{room.address}/my-cards")
        own = ana.locator("[class*=st-key-own_cards]").filter(has_text=TITLE).last
        own.get_by_role("button", name="Who sees it").click()
        ana.get_by_role("heading", name="Who may see it").wait_for()
        settle(ana)
        expect(ana.get_by_text("How long may a table think?")).to_be_visible()
        ana.get_by_text(re.compile("^The district")).first.click()
        settle(ana)
        ana.get_by_role("button", name="Share it so").click()
        expect(ana.get_by_text("Today the card is open to the district")).to_be_visible()
    find(finn, room, "guess")
    expect(finn.get_by_text(TITLE)).to_be_visible()

    with walk.step("7", "Take it back", clicks=1, seconds=120, shown=("ana", "finn")):
        ana.get_by_role("button", name="Take the card out of the library").click()
        expect(ana.get_by_text("The card is out of the library.")).to_be_visible()
        began = time.monotonic()
        find(finn, room, "guess")
        expect(finn.get_by_text(TITLE)).to_have_count(0)
        assert time.monotonic() - began < 60


def test_whose_low_starters_fall_is_stopped_to_look_before_she_shares(walk: Walk, room: Room) -> None:
    eva = walk.people["eva"]
    begin_card(eva, room, "Sprint through facts for two minutes every morning")
    with walk.step("4", "Balancing", clicks=5, seconds=120, shown=("eva",)):
        eva.get_by_role("button", name="Next: materials").click()
        eva.get_by_role("button", name="Next: look it over").click()
        eva.get_by_role("button", name="Decide who sees it").click()
        expect(eva.get_by_text("Look here before you share")).to_be_visible()
        expect(eva.get_by_role("button", name="Share it so")).to_be_disabled()
        eva.get_by_text("I looked at this, and want to share the card all the same.").click()
        settle(eva)
        expect(eva.get_by_role("button", name="Share it so")).to_be_enabled()


def test_evidence_shows_failures_and_a_lucky_start_and_is_tested_again_in_three_clicks(
    walk: Walk, room: Room
) -> None:
    ana, finn = walk.people["ana"], walk.people["finn"]

    with walk.step("6, 11", "Evidence of a practice that helps", clicks=2, seconds=180, shown=("finn",)):
        read(finn, room, "exit tickets", view="What tests say")
        lines = said(finn)
        assert re.search(r"All tests together: \+0\.\d\d SD \(90 % range \+", lines)
        assert re.search(r"· -0\.\d\d SD", lines)
        assert "What this cannot tell" in lines
        expect(finn.get_by_label("Note")).to_have_count(0)

    with walk.step("11, 12", "Evidence of a lucky start", clicks=3, seconds=180, shown=("ana",)):
        read(ana, room, "warm up", view="What tests say")
        lines = said(ana)
        assert re.search(r"90 % range -0\.\d\d to", lines)
        assert not re.search(r"\b(works|proved|proven)\b", lines)
        ana.get_by_text("How this number was made").click()
        settle(ana)
        so_far = [
            float(n) for n in re.findall(r"([+-]0\.\d\d) SD \(90 %", said(ana).split("As tests came in")[1])
        ]
        assert so_far[0] > so_far[4]

    read(finn, room, "exit tickets", view="Try it")
    with walk.step("10", "Replicator's start", clicks=3, seconds=120, shown=("finn",)):
        finn.get_by_role("button", name="Clone the plan").click()
        expect(finn.get_by_text("The plan is cloned as a draft.")).to_be_visible()
        finn.wait_for_url("**/confirm")
