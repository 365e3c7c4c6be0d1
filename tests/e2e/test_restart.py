"""The server is started again while somebody writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import copy_installation
from tests.e2e.serving import free_port, open_page, served, settle, sit_as, window

pytestmark = pytest.mark.browser

TYPED = "Sort the tickets into three piles"
AFTER = "The piles stay three"


def leave(page: Page, label: str) -> None:
    """Leave a field and wait for what it does."""
    page.get_by_label(label, exact=True).press("Tab")
    settle(page)


def test_what_is_typed_into_a_card_while_the_server_starts_again_is_kept(
    browser: Browser, sample_file: Path, tmp_path: Path
) -> None:
    copy_installation(sample_file, tmp_path)
    port = free_port()
    page = window(browser).new_page()
    with served(tmp_path, sample=False, port=port) as address:
        sit_as(page, address, "Teacher")
        open_page(page, f"{address}/my-cards")
        page.get_by_role("textbox", name="What do you do, in one line?").fill("Sort exit tickets into piles")
        page.get_by_role("button", name="Begin the card").click()
        page.get_by_role("button", name="Next: how").click()
        settle(page)
        page.get_by_label("Steps", exact=True).fill(TYPED)
    with served(tmp_path, sample=False, port=port):
        # She does nothing: the page asks by itself.
        expect(page.get_by_text("Nothing you had typed is lost", exact=False)).to_be_visible()
        page.get_by_label("What must stay", exact=True).fill(AFTER)
        leave(page, "What must stay")
        # A window of her own afterwards: the same address, the words as they are stored.
        open_page(page, page.url)
        page.get_by_text("How", exact=True).first.click()
        expect(page.get_by_label("Steps", exact=True)).to_have_value(TYPED)
        expect(page.get_by_label("What must stay", exact=True)).to_have_value(AFTER)
        page.get_by_role("button", name="All my cards").click()
        expect(page.get_by_role("heading", name="Write a new card")).to_be_visible()
    page.context.close()
