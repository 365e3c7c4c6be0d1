"""Browser tests are skipped, loudly, where there is no Chromium; in CI they fail instead."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.serving import CHROMIUM, chromium, served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests."""
    if not CHROMIUM.exists():
        words = f"No {CHROMIUM}: the browser tests did not run. Run tests/e2e/install_browser."
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    with chromium() as opened:
        yield opened


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window of usual size, forgotten afterwards."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab."""
    return context.new_page()


@pytest.fixture(scope="module")
def sample_address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample district, served."""
    with served(tmp_path_factory.mktemp("sample"), sample=True) as address:
        yield address


@pytest.fixture(scope="module")
def empty_address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An installation on its first day, served."""
    with served(tmp_path_factory.mktemp("empty"), sample=False) as address:
        yield address
