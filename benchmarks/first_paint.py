"""How soon does a page show something useful in a cold browser? See README.md, section "First useful paint".

    python -m benchmarks.first_paint               # 7 cold visits of each page

A server serves the sample district. Every visit is a browser context of its own with nothing kept, and ends
when the page's title and the first line below it can be read. The server has answered one visitor before.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

import click
from playwright.sync_api import Browser

from tests.e2e.serving import chromium, open_page, served, sit_as, window

PAGES = ("", "for-you", "my-classes", "our-inquiry", "practices")
VISITS = 7
# Budget of a cold browser on the sample district, in seconds.
BUDGET = 2.0


@click.command()
@click.option("--visits", type=int, default=VISITS, show_default=True)
@click.option("--address", help="A server that runs already, with a seat taken.")
def main(visits: int, address: str | None) -> None:
    """Measure, and print one row per page."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        if address is not None:
            measure(browser, address, visits)
            return
        with served(Path(folder), sample=True) as served_at:
            page = window(browser).new_page()
            sit_as(page, served_at, "Teacher")
            for path in PAGES:
                open_page(page, f"{served_at}/{path}")
            page.context.close()
            measure(browser, served_at, visits)


def measure(browser: Browser, address: str, visits: int) -> None:
    """Visit each page `visits` times and print the median and the longest time."""
    print(f"load {os.getloadavg()[0]:.1f}")
    print("| page | median (s) | longest (s) | within 2 s |")
    print("|---|---|---|---|")
    for path in PAGES:
        times = sorted(visit(browser, f"{address}/{path}") for _ in range(visits))
        middle = statistics.median(times)
        print(
            f"| {path or 'start'} | {middle:.2f} | {times[-1]:.2f} | {'yes' if middle < BUDGET else 'no'} |",
            flush=True,
        )


def visit(browser: Browser, address: str) -> float:
    """Seconds from asking for the address to a title and a line below it that can be read."""
    context = browser.new_context()
    page = context.new_page()
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector('[data-testid="stMain"] h1')
    page.wait_for_selector('[data-testid="stMain"] h1 >> xpath=following::p[1]')
    took = time.perf_counter() - began
    context.close()
    return took


if __name__ == "__main__":
    main()
