"""Browser tests are skipped, loudly, where there is no Chromium; in CI they fail instead."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.serving import CHROMIUM, chromium, served

# A computer busy with other things answers late; that is not what these tests are about.
expect.set_options(timeout=20_000)


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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the walkthroughs leave their pictures and tables."""
    parser.addoption("--walk-folder", help="a folder for the pictures and tables of the walkthroughs")


@pytest.fixture(scope="session")
def walk_folder(pytestconfig: pytest.Config) -> Path | None:
    """The folder for the pictures and tables of the walkthroughs, if one is wanted."""
    named = pytestconfig.getoption("--walk-folder", default=None)
    if named is None:
        return None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


_walked: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect what was played, from whichever process played it."""
    if report.when == "teardown":
        _walked.extend(str(value) for name, value in report.user_properties if name == "walk")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The clicks and seconds of the walkthroughs, beside their budgets."""
    if not _walked:
        return
    terminalreporter.section("walkthroughs")
    for table in _walked:
        terminalreporter.write_line(table)
    named = terminalreporter.config.getoption("--walk-folder", default=None)
    if named is not None:
        (Path(named) / "walkthroughs.md").write_text("\n".join(_walked))
