"""How fast do an inquiry's pages read with 1,000 inquiries and 5,000 tests? See README.md.

    python -m benchmarks.inquiries
    python -m benchmarks.inquiries --keep /tmp/many     # leave the database there for a look

Processor times of the use cases as pages call them, uncached, one after another, the median and the slowest
of twenty; then of whole pages as a server sends them. The limit is 300 ms.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from benchmarks.load_people import Person, give_seat
from benchmarks.many_inquiries import VIEWER, many_database
from benchmarks.pages import page_costs, slow_pages
from plc.core.viewer import Role
from plc.database import Database
from plc.inquiry import inquiry, list_inquiries, phase_conditions, phase_history, wordings
from plc.inquiry.candidates import list_candidates
from plc.inquiry.cycle_quality import cycle_quality
from plc.inquiry.decide import list_decisions
from plc.inquiry.reteach import own_checks
from plc.inquiry.seek import seek_view
from plc.inquiry.test_reading import list_tests, practice_test
from plc.inquiry.visits import list_visits

LIMIT_MILLISECONDS: Final = 300
REPEATS: Final = 20
# Pages of an inquiry that no menu lists.
UNLISTED: Final = ("seek", "discover", "confirm", "measured-effect", "decide", "share-card")


def use_cases(database: Database) -> dict[str, Callable[[], object]]:
    """What the pages of an inquiry call, by name."""
    inquiry_id = list_inquiries(database, VIEWER, state="open")[0].inquiry_id
    test_id = list_tests(database, VIEWER, inquiry_id=inquiry_id)[-1].test_id
    return {
        "list of inquiries": lambda: list_inquiries(database, VIEWER),
        "find words in inquiries": lambda: list_inquiries(database, VIEWER, words="topic 8"),
        "open one": lambda: inquiry(database, VIEWER, inquiry_id),
        "what its phase asks for": lambda: phase_conditions(database, VIEWER, inquiry_id),
        "its history": lambda: (
            phase_history(database, VIEWER, inquiry_id), wordings(database, VIEWER, inquiry_id),
        ),
        "Seek, whole": lambda: seek_view(database, VIEWER, inquiry_id),
        "candidates": lambda: list_candidates(database, VIEWER, inquiry_id),
        "visits": lambda: list_visits(database, VIEWER, inquiry_id),
        "tests of one": lambda: list_tests(database, VIEWER, inquiry_id=inquiry_id),
        "all tests of the team": lambda: list_tests(database, VIEWER),
        "one test": lambda: practice_test(database, VIEWER, test_id),
        "decisions": lambda: list_decisions(database, VIEWER),
        "read-out of a cycle": lambda: cycle_quality(database, VIEWER, test_id),
        "standards of own classes": lambda: own_checks(database, VIEWER),
    }  # fmt: skip


def milliseconds(call: Callable[[], object]) -> list[float]:
    """So many runs of one use case, in milliseconds of processor, the first left out: it fills no cache of
    ours. The wall's time would say how busy the machine is."""
    call()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        call()
        times.append(1000 * (time.process_time() - start))
    return times


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Make the database here and leave it.")
def main(keep: Path | None) -> None:
    """Print a table of milliseconds; ends with an error where a median is over the limit."""
    with tempfile.TemporaryDirectory(prefix="plc-inquiries-") as folder:
        place = keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        slow = []
        with many_database(place) as database:
            click.echo("| use case | median ms | slowest ms |\n|---|---|---|")
            for name, call in use_cases(database).items():
                times = milliseconds(call)
                click.echo(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} |")
                if statistics.median(times) > LIMIT_MILLISECONDS:
                    slow.append(name)
            person = Person(0, Role.FACILITATOR, VIEWER.teacher_id)
            give_seat(database, person)
            database.checkpoint()
        costs = page_costs(place, [person], also=UNLISTED)
        slow += slow_pages(costs, limit=LIMIT_MILLISECONDS)
    if slow:
        raise SystemExit(f"Over {LIMIT_MILLISECONDS} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main()
