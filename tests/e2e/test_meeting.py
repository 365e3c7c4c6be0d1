"""The weekly meeting, played: four signed-in members and the wall at once; no network; a closed laptop."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from plc.core import clock
from plc.core.viewer import LOCAL_STEWARD, Role
from plc.database import Database
from plc.people import RoleGrant, invite, link_account
from plc.people.invitations import claim_invitation
from plc.people.sign_in import Identity
from tests.e2e.serving import free_port, open_page, served, settle
from tests.e2e.test_accessibility import violations
from tests.e2e.test_sign_in import provider, sign_in, window, write_secrets

pytestmark = pytest.mark.browser

# Ana leads, Ben writes, Cy keeps time, Dee is a member: roles go round from last week's.
MEMBERS = {"ana": "T049", "ben": "T132", "cy": "T146", "dee": "T048"}
USERS = tuple(
    {"sub": name, "email": f"{name}@school.example", "email_verified": True} for name in (*MEMBERS, "pia")
)
# What everybody's screens may differ by.
LIVE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Room:
    """An installation that four members and their principal sign in to."""

    address: str
    folder: Path


def add_people(path: Path, issuer: str) -> None:
    """Accounts as a steward would make them, by invitation."""
    with Database(path) as database:
        for name in (*MEMBERS, "pia"):
            mail = f"{name}@school.example"
            grant = RoleGrant(Role.TEACHER) if name in MEMBERS else RoleGrant(Role.PRINCIPAL, school_id="M1")
            code = invite(database, LOCAL_STEWARD, mail, grant)
            account_id = claim_invitation(database, Identity(issuer, name, mail, clock.now()), code)
            if name in MEMBERS:
                link_account(database, LOCAL_STEWARD, account_id, teacher_id=MEMBERS[name])


@pytest.fixture(scope="module")
def room(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The sample district, served to its team."""
    folder, port = tmp_path_factory.mktemp("meeting"), free_port()
    path = folder / "plc.duckdb"
    subprocess.run([sys.executable, "-m", "plc", "demo", "--db", str(path)], check=True, capture_output=True)
    with provider(USERS) as provider_port:
        issuer = f"http://localhost:{provider_port}"
        add_people(path, issuer)
        write_secrets(folder, port=port, provider_port=provider_port)
        settings = {
            "PLC_SIGN_IN": "oidc",
            "PLC_ADDRESS": f"http://localhost:{port}",
            "PLC_ALLOWED_ISSUERS": json.dumps([issuer]),
            "AUTHLIB_INSECURE_TRANSPORT": "1",
        }
        with served(folder, sample=False, port=port, settings=settings, started_in=folder) as address:
            yield Room(address, folder)


Come = Callable[[str], Page]


@pytest.fixture
def come(browser: Browser, room: Room) -> Iterator[Come]:
    """Signs somebody in, in a browser of her own; Cy holds a phone."""
    # Several browsers share two processors with the server.
    expect.set_options(timeout=20_000)
    opened: list[BrowserContext] = []

    def sign_in_as(name: str) -> Page:
        page = window(browser, opened)
        sign_in(page, room.address, name)
        if name == "cy":
            page.set_viewport_size({"width": 320, "height": 640})
        return page

    yield sign_in_as
    expect.set_options(timeout=5_000)
    for context in opened:
        context.close()


def heading(page: Page, title: str) -> None:
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()


def go_on(ana: Page, title: str) -> None:
    ana.get_by_role("button", name="Next step").click()
    heading(ana, title)


def write(page: Page, step_key: str, words: str, *, button: str = "Send") -> None:
    """Fill the first box of a step and press its button; the step before may still be fading out."""
    step = page.locator(f".st-key-meeting-step-{step_key}")
    step.locator(".plc-draft textarea, .plc-draft input").first.fill(words)
    step.get_by_role("button", name=button, exact=True).first.click()


def test_a_meeting_played_by_four_at_once(room: Room, come: Come) -> None:
    ana, ben, cy, dee = (come(name) for name in MEMBERS)
    wall = ana.context.new_page()
    for page in (ana, ben, cy, dee):
        open_page(page, f"{room.address}/meeting")
    open_page(wall, f"{room.address}/wall")
    ana.get_by_role("button", name="Start the meeting").click()
    for page in (ana, ben, cy, dee, wall):
        heading(page, "This meeting")
    expect(ana.get_by_text("Confirm, week 3 of 6")).to_be_visible()
    expect(ana.get_by_role("checkbox", name="Mr Dunne")).to_be_checked()

    # The same step everywhere, two seconds apart at most; then time left, the same on every screen.
    go_on(ana, "Last commitments")
    pressed = time.monotonic()
    for page in (ben, cy, dee, wall):
        heading(page, "Last commitments")
    assert time.monotonic() - pressed < LIVE_SECONDS
    left = [page.locator(".plc-clock .left").inner_text() for page in (ana, ben, cy, dee, wall)]
    seconds = [60 * int(words.split(":")[0]) + int(words.split(":")[1]) for words in left]
    assert max(seconds) - min(seconds) <= LIVE_SECONDS

    for page, name in ((ana, "Collect"), (ben, "Upload"), (cy, "Try one week"), (dee, "Begin practice")):
        page.get_by_role("button", name=f"Done: {name}").click()
    expect(wall.get_by_text("4 of 4 said")).to_be_visible()

    go_on(ana, "Did we do it?")
    heading(cy, "Did we do it?")
    settle(cy)
    write(cy, "fidelity", "The minute alone came first on Monday")
    expect(wall.get_by_text("The minute alone came first on Monday").first).to_be_visible()
    go_on(ana, "Do the task")
    ana.get_by_role("button", name="Skip").click()

    for page in (ana, ben, cy, dee):
        heading(page, "What do we see?")
        settle(page)
    write(ben, "see", "Only one of four classes lies below the median")
    write(dee, "see", "The lowest third moved like the others")
    expect(ana.get_by_text("2 of 4 have written.")).to_be_visible()
    for page in (ana, cy, wall):
        expect(page.get_by_text("The lowest third moved like the others")).to_have_count(0)
    ana.get_by_role("button", name="Show all observations").click()
    for page in (ana, ben, cy, dee, wall):
        expect(page.get_by_text("The lowest third moved like the others")).to_be_visible()
        expect(page.get_by_text("Only one of four classes lies below the median")).to_be_visible()

    go_on(ana, "Here's what")
    expect(ben.get_by_text("Locked, so that the team looks at all its students first")).to_be_visible()
    go_on(ana, "So what?")
    expect(wall.get_by_text("We predicted", exact=True).first).to_be_visible()
    go_on(ana, "Whose students moved most, and what was different?")
    go_on(ana, "Now what?")
    heading(ben, "Now what?")
    settle(ben)
    write(ben, "now-what", "The range is wide: two more weeks", button="Keep testing")
    expect(wall.get_by_text("The range is wide: two more weeks")).to_be_visible()
    go_on(ana, "Commitments")
    heading(dee, "Commitments")
    settle(dee)
    write(dee, "commit", "Begin with a wrong answer every day", button="Add this commitment")
    expect(ana.get_by_text("Begin with a wrong answer every day")).to_be_visible()
    go_on(ana, "Ask, barrier, share")
    go_on(ana, "Before we go")
    for page, worth in ((ana, 5), (ben, 4), (cy, 4), (dee, 5)):
        heading(page, "Before we go")
        page.get_by_role("button", name=f"{worth} of 5").click()
        expect(page.get_by_text("Your answer is counted")).to_be_visible()
    expect(ana.get_by_text("4 of 4 have answered.")).to_be_visible()
    ana.get_by_role("button", name="End the meeting").click()
    for page in (ana, ben, cy, dee):
        heading(page, "Meeting of 21 May 2026")
    with ana.expect_download() as download:
        ana.get_by_role("button", name="Take the record as text").click()
    record = Path(download.value.path()).read_text()
    for kept in ("The range is wide", "The lowest third moved", "Begin with a wrong answer", "Mr Dunne"):
        assert kept in record
    wall.close()

    # Next week's first screen.
    ben.get_by_role("button", name="Done", exact=True).click()
    heading(ben, "Ready to meet?")
    expect(ben.get_by_text("Begin with a wrong answer every day")).to_be_visible()


def test_a_lost_network_and_a_closed_laptop_lose_nothing(room: Room, come: Come) -> None:
    ana, dee = come("ana"), come("dee")
    open_page(ana, f"{room.address}/meeting")
    start(ana, "No new data this week, 20 minutes")
    open_page(dee, f"{room.address}/meeting")
    for page in (ana, dee):
        heading(page, "Last commitments")
    go_on(ana, "Did we do it?")
    heading(dee, "Did we do it?")
    settle(dee)

    dee.context.set_offline(True)
    write(dee, "fidelity", "Sent while offline")
    expect(dee.get_by_text("No network. Kept on this device")).to_be_visible()
    dee.locator(".plc-draft textarea").first.fill("Half a sentence, not sent")
    dee.context.set_offline(False)
    expect(ana.get_by_text("Sent while offline").first).to_be_visible()

    context = dee.context
    dee.close()
    reopened = context.new_page()
    reopened.goto(f"{room.address}/meeting")
    heading(reopened, "Did we do it?")
    expect(reopened.locator(".plc-draft textarea").first).to_have_value("Half a sentence, not sent")
    expect(reopened.get_by_text("Found on this device, not sent yet.")).to_be_visible()
    end(ana)


def test_who_is_no_member_is_refused(room: Room, come: Come) -> None:
    pia = come("pia")
    for path in ("meeting", "wall", "decisions", "steps"):
        open_page(pia, f"{room.address}/{path}")
        expect(pia.get_by_role("button", name="Start the meeting")).to_have_count(0)
        expect(pia.get_by_text("Page not found")).to_be_visible()
    open_page(pia, f"{room.address}/in-their-way")
    expect(pia.get_by_text("Two of us teach during our meeting")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_running_meeting_has_no_grave_violation(room: Room, come: Come, width: int) -> None:
    ana = come("ana")
    ana.set_viewport_size({"width": width, "height": 900})
    open_page(ana, f"{room.address}/meeting")
    found = {"lobby": violations(ana)}
    start(ana, "Test a practice, 45 minutes")
    for _ in range(12):
        settle(ana)
        title = ana.locator(".plc-clock .title").inner_text()
        found[title] = violations(ana)
        wide = "document.documentElement.scrollWidth <= window.innerWidth"
        assert ana.evaluate(wide), f"{title} is wider than {width} px"
        if ana.get_by_role("button", name="Next step").count():
            ana.get_by_role("button", name="Next step").click()
            expect(ana.locator(".plc-clock .title")).not_to_have_text(title)
    ana.get_by_role("button", name="End the meeting", exact=True).click()
    ana.get_by_role("heading", name="Meeting of 21 May 2026").wait_for()
    found["record"] = violations(ana)
    assert all(not grave for grave in found.values()), found


def start(page: Page, protocol: str) -> None:
    """Start this kind of meeting, or go on with one that runs, and lead it."""
    page.locator(".plc-clock").or_(page.get_by_role("button", name="Start the meeting")).first.wait_for()
    if not page.locator(".plc-clock").count():
        page.get_by_text(protocol).click()
        settle(page)
        page.get_by_role("button", name="Start the meeting").click()
        page.locator(".plc-clock").wait_for()
    settle(page)
    if page.get_by_role("button", name="Take over").count():
        page.get_by_role("button", name="Take over").click()
    page.get_by_role("button", name="Skip").wait_for()


def end(page: Page) -> None:
    page.locator(".st-key-meeting-more button").first.click()
    page.get_by_role("button", name="End the meeting now").click()
    page.get_by_role("heading", name="Meeting of 21 May 2026").wait_for()
