"""Writes the pictures of the README to docs/images: run it with `make screenshots`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.e2e.serving import CHROMIUM, ROOT, chromium, open_page, served, settle, sit_as

IMAGES = ROOT / "docs" / "images"
UPLOADS = ROOT / "data" / "sample" / "uploads"
# Tall pages are cut off here, in pixels.
TALLEST = 1700


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
        _on_light(browser, address)
        _on_dark_and_small(browser, address)


def _on_light(browser: Browser, address: str) -> None:
    page = _window(browser, width=1280, scheme="light")
    open_page(page, f"{address}/who")
    _take(page, "who-is-looking")
    sit_as(page, address, "Teacher")
    for path in (
        "",
        "for-you",
        "my-record",
        "our-inquiry",
        "practices",
        "my-classes",
        "bright-spots",
        "methods",
    ):
        open_page(page, f"{address}/{path}")
        _take(page, path or "start")
    open_page(page, f"{address}/upload")
    page.set_input_files("input[type=file]", UPLOADS / "unit-7-with-problems.csv")
    page.get_by_role("heading", name="What the file does not say").wait_for()
    settle(page)
    _take(page, "upload-questions")
    page.get_by_role("button", name="Cancel, add nothing").click()
    settle(page)
    page.set_input_files("input[type=file]", UPLOADS / "team-unit-7.csv")
    page.get_by_role("heading", name="How the first rows were read").wait_for()
    settle(page)
    _take(page, "upload-check")
    page.get_by_role("button", name="Cancel, add nothing").click()
    settle(page)
    sit_as(page, address, "Principal")
    open_page(page, f"{address}/bright-spots")
    _take(page, "bright-spots-principal")
    page.close()


def _on_dark_and_small(browser: Browser, address: str) -> None:
    page = _window(browser, width=1280, scheme="dark")
    sit_as(page, address, "Teacher")
    open_page(page, f"{address}/bright-spots")
    _take(page, "bright-spots-dark")
    page.close()
    page = _window(browser, width=320, scheme="light")
    open_page(page, f"{address}/my-classes")
    _take(page, "my-classes-320")
    page.close()


def _window(browser: Browser, *, width: int, scheme: str) -> Page:
    return browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )


def _take(page: Page, name: str) -> None:
    """The page from top to bottom, up to the tallest."""
    width = (page.viewport_size or {"width": 1280})["width"]
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 16, TALLEST)})
    settle(page)
    page.wait_for_timeout(400)
    page.screenshot(path=str(IMAGES / f"{name}.png"))
    page.set_viewport_size({"width": width, "height": 800})


if __name__ == "__main__":
    main()
