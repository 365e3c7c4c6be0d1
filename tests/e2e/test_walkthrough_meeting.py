"""What members do before the weekly meeting, as its script has it: upload, own result first, quick check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.seated import Person, Room, browsers, seated
from tests.e2e.serving import ROOT, open_page, settle
from tests.e2e.test_file_put_right import choose
from tests.e2e.walk import Walk

pytestmark = pytest.mark.browser

# Ana leads, Ben writes, Cy keeps time on a phone, Dee is a member.
MEMBERS = {"ana": "T049", "ben": "T132", "cy": "T146", "dee": "T048"}
PEOPLE = [
    *(Person(name, teacher_id=teacher_id) for name, teacher_id in MEMBERS.items()),
]
PHONE = {"cy": (360, 720)}
UPLOADS = ROOT / "data" / "sample" / "uploads"


@pytest.fixture(scope="module")
def room(browser: Browser, sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The sample district, served to its team."""
    with seated(sample_file, tmp_path_factory.mktemp("meeting"), PEOPLE) as found:
        yield found


@pytest.fixture(scope="module")
def played(browser: Browser, room: Room, walk_folder: Path | None) -> Iterator[Walk]:
    """Everybody signed in, and what they played so far."""
    with browsers(browser, room, [one.subject for one in PEOPLE], PHONE) as pages:
        yield Walk(pages, walk_folder, shown=("ana", "cy"))


@pytest.fixture
def walk(played: Walk, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """The walk, whose new steps go to the table at the end."""
    since = len(played.steps)
    yield played
    request.node.user_properties.append(("walk", played.table(request.node.name, since=since)))


def said(page: Page) -> str:
    return page.locator('[data-testid="stMain"]').inner_text()


def test_before_the_meeting(walk: Walk, room: Room) -> None:
    ana, ben, cy, dee = (walk.people[name] for name in MEMBERS)

    with walk.step("T-3 d", "Upload results", clicks=16, seconds=180):
        open_page(ben, f"{room.address}/upload")
        ben.set_input_files("input[type=file]", UPLOADS / "unit-7-with-problems.csv")
        ben.get_by_role("heading", name="What the file does not say").wait_for()
        settle(ben)
        ben.get_by_role("button", name="Continue").click()
        expect(ben.get_by_text("40 rows, column score")).to_be_visible()
        expect(ben.get_by_text(re.compile(r"^row 18: an earlier row"))).to_be_visible()
        settle(ben)
        choose(ben, ben.get_by_role("combobox", name="Score “Not Eligibile” means"), "Not tested")
        unknown = ben.get_by_role("combobox", name=re.compile("Student “.*” means"))
        expect(unknown).to_have_count(3)
        for place in range(3):
            choose(ben, unknown.nth(place), "Leave out")
        ben.get_by_role("button", name="Check again").click()
        ben.get_by_role("button", name="Add 142 results").click()
        expect(ben.get_by_text("142 results are in.")).to_be_visible(timeout=60_000)
    open_page(ben, f"{room.address}/uploads")
    expect(ben.get_by_role("button", name="Undo this upload").first).to_be_visible()

    with walk.step("T-1 d", "My class", clicks=0, seconds=60):
        for page in (ana, dee):
            open_page(page, f"{room.address}/my-classes")
            expect(page.get_by_role("heading", name="My classes", exact=True)).to_be_visible()
            expect(page.get_by_text("90 % range").first).to_be_visible()
    for page, others in ((ana, ("Mr Dunne", "Ms Mendes")), (dee, ("Ms Adeyemi",))):
        # Below stands with whom she shares her name, which is no result.
        results = said(page).split("Who may see my name", maxsplit=1)[0]
        assert not [name for name in others if name in results]

    with walk.step("T-1 d", "20-second check", clicks=3, seconds=20):
        open_page(cy, f"{room.address}/check-in")
        expect(cy.get_by_text("Did you do it this week?").first).to_be_visible()
        cy.get_by_role("button", name="Change my answer").first.click()
        expect(cy.get_by_text("Kept. Thank you")).to_be_visible()
