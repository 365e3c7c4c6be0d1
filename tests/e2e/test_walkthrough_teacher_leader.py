"""A teacher leader's way as its script has it: a private word, visits, a card, consent, replications."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plc.core.viewer import Role
from tests.e2e.seated import Person, Room
from tests.e2e.serving import open_page, settle
from tests.e2e.test_file_put_right import choose
from tests.e2e.walk import Walk, said

pytestmark = pytest.mark.browser

# Ana's students exceed expectation (F1); Eva's do in fluency while those who started lowest fall (F5).
# Lea's do as well, and nobody has told her yet. Ben is of Ana's team, Finn teaches grade 7 at another school,
# Pia is Ana's principal, Lou is Lea's, Sam keeps the data.
PEOPLE = [
    Person("lea", teacher_id="T025"),
    Person("lou", Role.PRINCIPAL, school_id="M4"),
    Person("sam", Role.STEWARD),
    Person("ana", teacher_id="T049"),
    Person("ben", teacher_id="T132"),
    Person("eva", teacher_id="T108"),
    Person("finn", teacher_id="T118"),
    Person("pia", Role.PRINCIPAL, school_id="M1"),
]
CANDIDATE = "Students write the date and the aim before they sit down"
TITLE = "Ask each table to guess the answer before anyone calculates"
P1, P2 = "Sort exit tickets into three piles", "Warm up three minutes"
HARD_WORDS = (
    "Subsequently administer an individually differentiated formative assessment of procedural understanding,"
    " consolidating misconceptions collaboratively before continuing independent mathematical exploration,"
    " documenting quantitative justifications systematically alongside representative visualisations"
    " and subsequently communicating generalisations."
)
# A student of the sample district.
STUDENT = "0088806"


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


def test_she_is_told_alone_and_asked_no_more_once_she_says_so(walk: Walk, room: Room) -> None:
    lea = walk.people["lea"]

    with walk.step("1", "For you: never ask", clicks=1, seconds=60, shown=("lea",)):
        open_page(lea, room.address)
        expect(lea.get_by_text("Only you can see this")).to_be_visible()
        lea.get_by_role("button", name="Never ask this year").click()
        expect(lea.get_by_text("Nobody asks you this school year.")).to_be_visible()
    open_page(lea, room.address)
    assert "exceeded expectation" not in said(lea)

    with walk.step("1", "For you: curious after all", clicks=1, seconds=60, shown=("lea",)):
        open_page(lea, f"{room.address}/for-you")
        assert "results like yours" not in said(lea)
        lea.get_by_role("button", name="I am curious after all").click()
        windows = re.compile(r"have exceeded expectation in \d+ of \d+ windows")
        expect(lea.get_by_text(windows)).to_be_visible()
        assert "Only you can see this" in said(lea)
    # Nobody else is told: her principal reads names of those who agreed, and counts of three or more.
    for name in ("lou", "pia", "finn"):
        page = walk.people[name]
        open_page(page, f"{room.address}/bright-spots")
        assert "Ms Levy" not in said(page)
        counts = re.findall(r"\t(\d+)\n", said(page).split("Where things go well")[-1])
        assert all(int(count) >= 3 for count in counts)

    with walk.step("2", "I do not know: a visit begins", clicks=3, seconds=300, shown=("lea",)):
        lea.get_by_text("2 What might explain it").click()
        lea.get_by_text("I do not know", exact=True).click()
        lea.get_by_role("button", name="Plan a visit").click()
        expect(lea.get_by_text("do typical classes do it too?")).to_be_visible()
        expect(lea.get_by_role("link", name="Find or make a team")).to_be_visible()


def test_what_typical_classes_do_too_is_marked_as_not_distinguishing(walk: Walk, room: Room) -> None:
    ana, ben = walk.people["ana"], walk.people["ben"]

    with walk.step("2", "What might explain it", clicks=3, seconds=300, shown=("ana",)):
        open_page(ana, f"{room.address}/for-you")
        ana.get_by_text("2 What might explain it").click()
        ana.get_by_label("Who does what?").wait_for()
        expect(ana.get_by_text("Chance stays possible")).to_be_visible()
        ana.get_by_label("Who does what?").fill(CANDIDATE)
        ana.get_by_role("button", name="Write it down").click()
        expect(ana.get_by_text(CANDIDATE)).to_be_visible()

    with walk.step("3", "Plan the contrast visit", clicks=8, seconds=300, shown=("ana",)):
        ana.get_by_text("3 See it in class").click()
        waiting = ana.locator("[class*=st-key-for_you-take]").filter(has_text=CANDIDATE)
        waiting.get_by_role("button", name="Ask my team to look").click()
        ana.get_by_role("heading", name="What is done differently?").wait_for()
        settle(ana)
        if not ana.get_by_role("button", name="Plan it").is_visible():
            ana.get_by_text("Plan a visit", exact=True).click()
        ana.get_by_text("A typical class", exact=True).click()
        choose(ana, ana.get_by_role("combobox", name="Whose class"), "Mr Rao")
        ana.get_by_role("button", name="Plan it").click()
        expect(ana.get_by_text("Planned. The same look-fors wait here")).to_be_visible()

    with walk.step("3", "The contrast: typical classes do it too", clicks=4, seconds=300, shown=("ben",)):
        open_page(ben, f"{room.address}/discover")
        ben.get_by_text("What might explain it", exact=True).click()
        candidate = ben.locator("[class*=st-key-discover-candidate]").filter(has_text=CANDIDATE)
        candidate.wait_for()
        settle(ben)
        candidate.get_by_label("What did you see in a typical class?").fill("Every lesson begins so")
        candidate.get_by_text("Yes, they do it too", exact=True).click()
        candidate.get_by_role("button", name="Keep the answer").click()
        expect(candidate.get_by_text("Not distinguishing: typical classes do it too")).to_be_visible()


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


def test_the_sample_is_a_stewards_to_take_away(walk: Walk, room: Room) -> None:
    finn, sam = walk.people["finn"], walk.people["sam"]
    for page in (finn, sam):
        open_page(page, f"{room.address}/upload")
    expect(finn.get_by_text("A data steward can take the sample district away.")).to_be_visible()
    expect(finn.get_by_role("button", name="Use our own results instead")).to_have_count(0)
    sam.get_by_role("button", name="Use our own results instead").click()
    expect(sam.get_by_text("for everybody and for good")).to_be_visible()
    expect(sam.get_by_role("button", name="Take the sample away")).to_be_visible()
    sam.keyboard.press("Escape")


def test_words_typed_while_the_field_before_is_kept_stay(walk: Walk, room: Room) -> None:
    eva = walk.people["eva"]
    begin_card(eva, room, "Close each lesson with one question")
    guess = "Every table guesses before anyone calculates."
    eva.get_by_label("Steps", exact=True).fill(f"{HARD_WORDS}\nThen the bell.")
    must_stay = eva.get_by_label("What must stay", exact=True)
    must_stay.click()
    eva.keyboard.press("ControlOrMeta+A")
    eva.keyboard.type(guess, delay=25)
    settle(eva)
    expect(must_stay).to_be_focused()
    expect(must_stay).to_have_value(guess)
    # A hint has come above it meanwhile.
    expect(eva.get_by_text(re.compile("Reads like grade"))).to_be_visible()
    eva.keyboard.press("Tab")
    settle(eva)
    eva.get_by_role("button", name="Next: materials").click()
    eva.get_by_role("button", name="Next: look it over").click()
    expect(eva.get_by_text(guess)).to_be_visible()
    expect(eva.get_by_text("Then the bell.")).to_be_visible()


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


def test_classes_like_hers_are_invited_without_a_name_and_her_record_is_hers_alone(
    walk: Walk, room: Room
) -> None:
    ana, pia = walk.people["ana"], walk.people["pia"]
    read(ana, room, "exit tickets", view="Try it")
    with walk.step("9", "Invite to test", clicks=1, seconds=60, shown=("ana",)):
        expect(ana.get_by_text(re.compile(r"\d+ classes like these could test it"))).to_be_visible()
        ana.get_by_role("button", name="Invite", exact=True).click()
        expect(ana.get_by_text("3 invitations are on the way.")).to_be_visible()
    assert "nobody has to answer" in said(ana)

    with walk.step("13", "My record", clicks=1, seconds=60, shown=("ana",)):
        open_page(ana, f"{room.address}/my-record")
        with ana.expect_download() as download:
            ana.get_by_role("button", name="Take my record as PDF").click()
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF-1.")
    assert "Sort exit tickets" in said(ana)
    open_page(pia, f"{room.address}/my-record")
    expect(pia.get_by_text("Not part of your seat")).to_be_visible()


def test_a_removed_person_leaves_the_evidence_of_her_card_and_not_her_name(walk: Walk, room: Room) -> None:
    ana, finn, sam = (walk.people[name] for name in ("ana", "finn", "sam"))
    open_page(ana, f"{room.address}/my-cards")
    own = ana.locator("[class*=st-key-own_cards]").filter(has_text=P1).last
    own.get_by_role("button", name="Who sees it").click()
    ana.get_by_role("heading", name="Who may see it").wait_for()
    settle(ana)
    ana.get_by_text(re.compile("^My name")).first.click()
    settle(ana)
    ana.get_by_role("button", name="Share it so").click()
    expect(ana.get_by_text("Shared. You can take it back at any time")).to_be_visible()
    read(finn, room, "exit tickets", view="What tests say")
    assert "Ms Adeyemi" in said(finn)

    with walk.step("after", "A person is removed", clicks=5, seconds=60, shown=("sam", "finn")):
        open_page(sam, f"{room.address}/people")
        sam.get_by_text(re.compile("^ana@\u2060school.example")).click()
        settle(sam)
        really = sam.get_by_role("button", name="Remove", exact=True)
        sam.get_by_role("button", name="Remove this person").click()
        settle(sam)
        if not really.is_visible():
            # The list was drawn anew under the press, which closed what it opened.
            sam.get_by_role("button", name="Remove this person").click()
        really.click()
        expect(sam.get_by_text("Removed.")).to_be_visible()
        read(finn, room, "exit tickets", view="What tests say")
    lines = said(finn)
    assert "Ms Adeyemi" not in lines
    assert re.search(r"All tests together: \+0\.\d\d SD", lines)
    open_page(ana, f"{room.address}/my-record")
    assert "Sort exit tickets" not in said(ana)
