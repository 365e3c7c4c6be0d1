"""Browser tests are skipped, loudly, where there is no Chromium; in CI they fail instead."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.seated import Room, browsers, seated
from tests.e2e.serving import CHROMIUM, chromium, served, window
from tests.e2e.walk import Walk

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
    opened = window(browser)
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


@pytest.fixture(scope="module")
def room(
    browser: Browser,
    sample_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Room]:
    """The sample district, served to the module's `PEOPLE`, who sign in, with its `SETTINGS`."""
    folder, settings = tmp_path_factory.mktemp("room"), getattr(request.module, "SETTINGS", {})
    with seated(sample_file, folder, request.module.PEOPLE, settings) as found:
        yield found


@pytest.fixture(scope="module")
def played(
    browser: Browser, room: Room, walk_folder: Path | None, request: pytest.FixtureRequest
) -> Iterator[Walk]:
    """The module's `PEOPLE` signed in, on screens of its `SIZES`, and what they played so far."""
    subjects = [one.subject for one in request.module.PEOPLE]
    with browsers(browser, room, subjects, getattr(request.module, "SIZES", None)) as pages:
        yield Walk(pages, walk_folder, shown=getattr(request.module, "SHOWN", ()))


@pytest.fixture
def walk(played: Walk, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """The walk, whose new steps go to the table at the end."""
    since = len(played.steps)
    yield played
    if len(played.steps) > since:
        request.node.user_properties.append(("walk", played.table(request.node.name, since=since)))


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
