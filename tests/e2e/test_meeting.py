"""Every step of a running meeting on a phone and at a desk: nothing too wide, nothing grave for axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.seated import Person, Room, browsers
from tests.e2e.serving import open_page, settle
from tests.e2e.test_accessibility import violations
from tests.security.sent import TEACHER_ID

pytestmark = pytest.mark.browser

PEOPLE = [Person("ana", teacher_id="T049")]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_running_meeting_has_no_grave_violation(browser: Browser, room: Room, width: int) -> None:
    with browsers(browser, room, ["ana"], {"ana": (width, 900)}) as pages:
        ana = pages["ana"]
        _play(ana, room, width)


def _play(ana: Page, room: Room, width: int) -> None:
    open_page(ana, f"{room.address}/meeting")
    found = {"lobby": violations(ana)}
    start(ana, "Test a practice, 45 minutes")
    for _ in range(12):
        settle(ana)
        # No id of a colleague stands in the page, keys of its elements among it.
        assert set(TEACHER_ID.findall(ana.content())) <= {"T049"}
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
