"""Every page of every seat: as wide as its window, with a title of its own, and without a violation axe finds
but Streamlit's own, which are listed by name."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from plc.core.viewer import Role, Viewer
from plc.ui import menu
from tests.e2e.serving import ROOT, open_page, settle, sit_as, window

pytestmark = pytest.mark.browser

# A seat of the sample district, as its choice is called, and the role that says which pages it has.
SEATS = (
    ("Teacher", Viewer(Role.TEACHER, teacher_id="T049")),
    ("Principal", Viewer(Role.PRINCIPAL)),
    ("Data steward", Viewer(Role.STEWARD)),
)
GRAVE = {"moderate", "serious", "critical"}
# Streamlit's own markup, which the app cannot write otherwise: rule -> the part it lies in. Neither has an
# issue of its own; streamlit/streamlit#8399, open, is the one on such markup. With each the way round:
# 1.67's menu puts its section headings between the list and its items. Start names what to do next, and every
# page links to the next one, so that nobody needs the menu's list.
# Its tables scroll sideways where a phone is narrower, in a box that no Tab reaches. Our rows wrap, so
# that at 320 pixels nothing is cut off and nothing has to be scrolled.
STREAMLITS_OWN = {
    "list": "stSidebarNav",
    "listitem": "stSidebarNav",
    "scrollable-region-focusable": "stTable",
}
CLOSED = (
    "The same as a table",
    "How this number was made",
    "How was this number made?",
    "By standard",
    "About this look",
)


def violations(page: Page) -> dict[str, list[str]]:
    """Grave violations in the app's own part of the page, by rule."""
    found: dict[str, list[str]] = {}
    for rule in Axe().run(page).response["violations"]:
        nodes = [node["html"] for node in rule["nodes"] if not streamlits_own(page, rule["id"], node)]
        if rule["impact"] in GRAVE and nodes:
            found[rule["id"]] = nodes
    return found


def streamlits_own(page: Page, rule: str, node: dict[str, Any]) -> bool:
    part = STREAMLITS_OWN.get(rule)
    return part is not None and bool(
        page.evaluate(
            "([target, part]) => document.querySelector(target)?.closest(`[data-testid=${part}]`) !== null",
            [node["target"][0], part],
        )
    )


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
@pytest.mark.parametrize(("seat", "viewer"), SEATS, ids=[seat for seat, _ in SEATS])
def test_every_page_of_a_seat_fits_its_window_has_its_own_title_and_no_grave_violation(
    browser: Browser, sample_address: str, seat: str, viewer: Viewer, scheme: str, width: int
) -> None:
    shade = "dark" if scheme == "dark" else "light"
    page = window(browser, color_scheme=shade, viewport={"width": width, "height": 800}).new_page()
    sit_as(page, sample_address, seat)
    found, titles, too_wide = {}, [], []
    for path in ("", "who", *(entry.address for entry in menu.entries_of(viewer))):
        open_page(page, f"{sample_address}/{path}")
        titles.append(page.title())
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(path)
        for closed in CLOSED:
            for expander in page.get_by_text(closed, exact=True).all():
                expander.click()
                settle(page)
        found[path] = violations(page)
    page.context.close()
    assert all(not grave for grave in found.values()), found
    assert too_wide == []
    assert len(set(titles)) == len(titles), titles
    assert all(title.endswith("- PLC bright spots") for title in titles)


def test_the_steps_of_an_upload_have_no_grave_violation(browser: Browser, sample_address: str) -> None:
    page = window(browser).new_page()
    sit_as(page, sample_address, "Teacher")
    open_page(page, f"{sample_address}/upload")
    found = {}
    for name, shown in (
        ("unit-7-with-problems.csv", "What the file does not say"),
        ("team-unit-7.csv", "How the first rows were read"),
    ):
        page.set_input_files("input[type=file]", ROOT / "data" / "sample" / "uploads" / name)
        page.get_by_role("heading", name=shown).wait_for()
        settle(page)
        found[shown] = violations(page)
        page.get_by_role("button", name="Cancel, add nothing").click()
        page.locator("input[type=file]").wait_for(state="attached")
        settle(page)
    page.context.close()
    assert all(not grave for grave in found.values()), found
