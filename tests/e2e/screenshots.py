"""Writes the pictures of the README to docs/images: run it with `make screenshots`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.serving import CHROMIUM, ROOT, chromium, open_page, served, settle, sit_as, window

IMAGES = ROOT / "docs" / "images"
# Tall pages are cut off here, in pixels; a picture of the README stays below so many bytes.
TALLEST = 1150
LARGEST_BYTES = 200_000
# The step of the meeting that its picture shows: prediction beside result.
STEPS_BEFORE = 6


def main() -> None:
    """Take every picture from a freshly loaded sample district."""
    if not CHROMIUM.exists():
        sys.exit(f"No {CHROMIUM}: run tests/e2e/install_browser first.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        chromium() as browser,
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), sample=True) as address,
    ):
        _of_a_teacher(browser, address)
        _of_a_principal(browser, address)
    large = [file.name for file in IMAGES.glob("*.png") if file.stat().st_size > LARGEST_BYTES]
    if large:
        sys.exit(f"Larger than {LARGEST_BYTES:,} bytes: {', '.join(large)}")


def _of_a_teacher(browser: Browser, address: str) -> None:
    page = _window(browser)
    sit_as(page, address, "Teacher")
    open_page(page, f"{address}/bright-spots")
    _take(page, "bright-spots")
    open_page(page, f"{address}/measured-effect")
    _take(page, "inquiry-result")
    _take_practice(page, address)
    _take_wall(page, address)
    page.context.close()


def _take_practice(page: Page, address: str) -> None:
    """A practice at what its tests showed, the forest plot in the middle."""
    open_page(page, f"{address}/practices")
    page.get_by_label("What do your students need?").fill("exit tickets")
    page.get_by_label("What do your students need?").press("Enter")
    settle(page)
    page.get_by_role("button", name="Read this card").first.click()
    page.get_by_text("What tests say", exact=True).click()
    page.get_by_role("heading", name="Every test").wait_for()
    _take(page, "practice")


def _take_wall(page: Page, address: str) -> None:
    """The wall of a meeting, prediction beside result."""
    open_page(page, f"{address}/meeting")
    page.get_by_role("button", name="Start the meeting").click()
    title = page.locator(".plc-clock .title")
    title.wait_for()
    for _ in range(STEPS_BEFORE):
        before = title.inner_text()
        page.get_by_role("button", name="Next step").click()
        expect(title).not_to_have_text(before)
    open_page(page, f"{address}/wall")
    page.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    _take(page, "meeting-wall")


def _of_a_principal(browser: Browser, address: str) -> None:
    page = _window(browser)
    sit_as(page, address, "Principal")
    open_page(page, f"{address}/month")
    _take(page, "month")
    page.context.close()


def _window(browser: Browser) -> Page:
    return window(browser, viewport={"width": 1280, "height": 800}, color_scheme="light").new_page()


def _take(page: Page, name: str) -> None:
    """The page from top to bottom, up to the tallest."""
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": 1280, "height": min(height + 16, TALLEST)})
    settle(page)
    page.wait_for_timeout(200)
    page.screenshot(path=str(IMAGES / f"{name}.png"))
    page.set_viewport_size({"width": 1280, "height": 800})


if __name__ == "__main__":
    main()
