"""What does a whole page cost the server, from the click to the end of its script? One line per page.

    python -m benchmarks.pages              # the sample district, as each role
    python -m benchmarks.pages --runs 30

The server runs as it is deployed and one person at a time clicks, over the websocket as a browser does.
`benchmarks.schools` and `benchmarks.inquiries` ask the same of large districts.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import websockets

from benchmarks.load import Clicks, connected, installation, open_page
from benchmarks.load_people import Person, prepare
from benchmarks.load_tables import Usage

# The first look fills what is remembered; it is told apart.
RUNS = 10


@dataclass(frozen=True, slots=True)
class PageCost:
    """A page as one role: milliseconds of the wall for the first and the median look after it, and of the
    processors, all together, for the first look and for the mean one after it.
    """

    role: str
    page: str
    first: float
    median: float
    first_processor: float
    processor: float


def page_costs(
    folder: Path, people: Sequence[Person], *, runs: int = RUNS, also: Sequence[str] = ()
) -> list[PageCost]:
    """The cost of every page in the menu of each person, and of others by their addresses, on the database
    `plc.duckdb` in a folder; printed as they come."""
    with installation(folder) as address:
        return asyncio.run(_all_pages(address, people, runs, also))


async def _all_pages(
    address: str, people: Sequence[Person], runs: int, also: Sequence[str]
) -> list[PageCost]:
    usage, clicks, costs = Usage(), Clicks(), []
    for person in people:
        async with connected(address, person) as socket:
            await open_page(socket, address, person, "", clicks)
            for page in (*person.pages, *also):
                costs.append(await _one_page(socket, address, person, page, runs, usage, clicks))
                _say(costs[-1])
    if broken := clicks.errors + clicks.reading.broken():
        sys.exit("\n".join(broken))
    return costs


async def _one_page(
    socket: websockets.ClientConnection,
    address: str,
    person: Person,
    page: str,
    runs: int,
    usage: Usage,
    clicks: Clicks,
) -> PageCost:
    waits = []
    usage.note()
    for run in range(runs + 1):
        if run == 1:
            usage.note()
        begin = time.perf_counter()
        await open_page(socket, address, person, page, clicks)
        waits.append(1000 * (time.perf_counter() - begin))
    usage.note()
    before, after_first, after = (noted[1] for noted in usage.noted[-3:])
    return PageCost(
        str(person.role),
        page or "start",
        first=waits[0],
        median=sorted(waits[1:])[runs // 2],
        first_processor=1000 * (after_first - before),
        processor=1000 * (after - after_first) / runs,
    )


def slow_pages(costs: Sequence[PageCost], *, limit: float) -> list[str]:
    """Pages that take more than so many milliseconds of processor, at the first look or later."""
    return [
        f"{cost.page} ({cost.role})" for cost in costs if max(cost.processor, cost.first_processor) > limit
    ]


def _say(cost: PageCost) -> None:
    sys.stdout.write(
        f"{cost.role:16s} {cost.page:18s} processor: first {cost.first_processor:5.0f} ms, then"
        f" {cost.processor:4.0f} ms; wall: first {cost.first:5.0f} ms, then {cost.median:4.0f} ms\n"
    )
    sys.stdout.flush()


@click.command()
@click.option("--runs", default=RUNS, show_default=True)
def main(runs: int) -> None:
    """The sample district as a teacher of a team, a principal, the district leader and the steward."""
    with tempfile.TemporaryDirectory(prefix="plc-pages-") as named:
        folder = Path(named)
        people, _ = prepare(folder / "plc.duckdb", 16)
        chosen = [people[4], people[0], people[2], people[3]]
        costs = page_costs(folder, chosen, runs=runs)
    mean = sum(cost.processor for cost in costs) / len(costs)
    sys.stdout.write(f"a page takes {mean:.0f} ms of processor on average\n")


if __name__ == "__main__":
    main()
