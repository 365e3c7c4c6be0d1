"""A served installation and a browser in front of it, as the browser tests and the screenshots use them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
# What headless Chromium needs to run as root in a container and to stay off the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_SECONDS = 60
# When a tab last asked the server for something, and when it last heard of it.
_TRAFFIC: Final = """
    window.plcTraffic = {asked: 0, heard: 0};
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (...sent) {
        if (!this.plcHeard) {
            this.plcHeard = true;
            this.addEventListener("message", () => { window.plcTraffic.heard = performance.now(); });
            this.addEventListener("close", () => { window.plcTraffic.heard = performance.now(); });
        }
        window.plcTraffic.asked = performance.now();
        return send.apply(this, sent);
    };
"""
_QUIET: Final = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const {asked, heard} = window.plcTraffic;
    const waiting = document.querySelector('[data-testid="stSkeleton"]');
    const quiet = heard >= asked && performance.now() - heard > 150;
    return app?.dataset.testScriptState === "notRunning" && quiet && !waiting;
}"""


def free_port() -> int:
    """A port of this computer that nobody listens on."""
    with closing(socket.socket()) as free:
        free.bind(("localhost", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def served(
    folder: Path,
    *,
    sample: bool,
    port: int | None = None,
    settings: Mapping[str, str] | None = None,
    started_in: Path = ROOT,
) -> Iterator[str]:
    """The address of the app over a database in `folder`, with the sample district or empty.

    `settings` are further environment variables; the server is started in the folder `started_in`.
    """
    database = folder / "plc.duckdb"
    plc = [sys.executable, "-m", "plc"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"} | dict(settings or {})
    if sample:
        subprocess.run([*plc, "demo", "--db", str(database)], cwd=ROOT, check=True, capture_output=True)
    port = port or free_port()
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*plc, "serve", "--db", str(database), "--port", str(port)],
            cwd=started_in,
            env=environment,
            stdout=output,
            stderr=output,
        )
        try:
            _wait_until_ready(f"http://localhost:{port}/api/ready", server, log)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE_SECONDS * 5):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def window(browser: Browser, **options: Any) -> BrowserContext:
    """A browser window with cookies of its own, of usual size unless said otherwise."""
    usual: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
    context = browser.new_context(**usual | options)
    # A computer busy with other things answers late.
    context.set_default_timeout(30_000)
    context.add_init_script(_TRAFFIC)
    return context


def settle(page: Page) -> None:
    """Wait until the server has answered what the page asked, and the page has been drawn to its end."""
    page.wait_for_timeout(100)
    page.wait_for_function(_QUIET)
    # Tables and charts are drawn a moment after what they show is there.
    page.wait_for_timeout(150)


def open_page(page: Page, address: str) -> None:
    """Go to an address and wait for its page."""
    page.goto(address)
    settle(page)


def sit_as(page: Page, address: str, role: str) -> None:
    """Answer the question who is looking, in the sample district."""
    open_page(page, f"{address}/who")
    page.get_by_test_id("stMain").get_by_text(role, exact=True).click()
    settle(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="What to do next").wait_for()
    settle(page)
