"""Does it hold with a district's people at work? See README.md, section "How many people at once?".

    python -m benchmarks.load                                # 50 people for 5 minutes
    python -m benchmarks.load --sessions 10 --seconds 60
    python -m benchmarks.load --sessions 8 --seconds 20 --rows 0 --mixed-up      # is a leak noticed?

A server serves the sample district to people who sign in. Each session is one person with an account, a role
and a websocket that speaks as a browser does, opening the pages of her menu every few seconds. Meanwhile a
file of 100,000 results comes in by `plc import`, is confirmed, and the server scans anew.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

import click
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from benchmarks.load_people import ISSUER, Person, Private, prepare
from benchmarks.load_reading import Reading, look
from benchmarks.load_tables import Click, Moments, Usage, late_of, page_table, stretch_table, summary_table
from plc.core import clock
from plc.database import Database
from tests.e2e.serving import free_port, served
from tests.security.wire import XSRF_COOKIE, identity_cookie

SECRET = "for-the-load-only-0123456789-0123456789"  # noqa: S105
BETWEEN_CLICKS = (2.0, 6.0)
LIMIT_SECONDS = 1.0
PATIENCE_SECONDS = 60.0
# Between two looks at the processor seconds used so far.
USAGE_SECONDS = 0.5
# A server that answers everybody what it told the first who asked.
MIXED_UP = Path(__file__).parent / "mixed_up"
MIXED_UP_PAGES = ("my-classes",)


@dataclass(slots=True)
class Clicks:
    """Every click, every message, errors in words, and the processor seconds used, over time."""

    clicks: list[Click] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)
    errors: list[str] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)


def write_results(path: Path, rows: int) -> None:
    """New results of students and classes of their own."""
    head = (
        "student_id,teacher_id,section_id,school_id,grade,subject,school_year,assessment,date,score,max_score"
    )
    tests = 10
    lines = (
        f"L{row // tests},TL{row // tests // 25},SL{row // tests // 25},M1,6,Mathematics,2026,"
        f"Load {row % tests},2026-0{1 + row % 5}-15,{random.randint(20, 100)},100"
        for row in range(rows)
    )
    path.write_text("\n".join((head, *lines)), encoding="utf-8")


@contextmanager
def installation(folder: Path, *, mixed_up: bool = False) -> Iterator[str]:
    """The app as people sign in to it; its provider is never asked, since everybody has signed in."""
    port = free_port()
    address = f"http://localhost:{port}"
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "{address}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
        '[auth.load]\nclient_id = "plc"\nclient_secret = "secret"\n'
        f'server_metadata_url = "{ISSUER}/.well-known/openid-configuration"\n'
    )
    settings = {"PLC_SIGN_IN": "oidc", "PLC_ADDRESS": address, "PLC_ALLOWED_ISSUERS": json.dumps([ISSUER])}
    if mixed_up:
        settings["PYTHONPATH"] = str(MIXED_UP)
    with served(folder, sample=False, port=port, settings=settings, started_in=folder) as opened:
        yield opened


def connected(address: str, person: Person) -> websockets.connect:
    """The websocket of a browser in which this person has signed in."""
    token = generate_xsrf_token_string()
    claims = {"iss": ISSUER, "sub": person.address, "email": person.address}
    cookie = identity_cookie(SECRET, address, claims | {"email_verified": True, "iat": int(time.time())})
    return websockets.connect(
        f"ws://{urlparse(address).netloc}/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        subprotocols=["streamlit", token],  # type: ignore[list-item]
        additional_headers={"Cookie": f"{XSRF_COOKIE}={token}; _streamlit_user={cookie}"},
        max_size=None,
        open_timeout=PATIENCE_SECONDS,
        ping_interval=None,
    )


async def one_person(
    address: str, person: Person, pages: Sequence[str], clicks: Clicks, until: float
) -> None:
    """Open start, then some of these pages, one by one, until the end; anything unforeseen is an error."""
    chance = random.Random(person.number)
    await asyncio.sleep(chance.uniform(0, BETWEEN_CLICKS[1]))
    try:
        async with connected(address, person) as socket:
            page = ""
            while time.perf_counter() < until:
                at, begin = clock.now(), time.perf_counter()
                await asyncio.wait_for(open_page(socket, address, person, page, clicks), PATIENCE_SECONDS)
                clicks.clicks.append(Click(page, at, time.perf_counter() - begin))
                await asyncio.sleep(chance.uniform(*BETWEEN_CLICKS))
                page = chance.choice(pages)
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        clicks.errors.append(f"{type(error).__name__} for a {person.role}")


async def open_page(
    socket: websockets.ClientConnection, address: str, person: Person, page: str, clicks: Clicks
) -> None:
    """Open a page and keep everything that comes until its script has finished."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.context_info.url = f"{address}/{page}"
    await socket.send(asked.SerializeToString())
    while True:
        received = await socket.recv(decode=False)
        clicks.reading.keep(received, person, page)
        # Nearly every message is a picture or a table; only short ones can be the last.
        if len(received) < 1000:
            message = ForwardMsg()
            message.ParseFromString(received)
            if message.WhichOneof("type") == "page_not_found":
                clicks.errors.append(f"There is no page {page} for a {person.role}")
            finished = message.WhichOneof("type") == "script_finished"
            if finished and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


async def drive(
    address: str, people: list[Person], seconds: float, results: Path, path: Path, *, only: Sequence[str] = ()
) -> tuple[Clicks, Moments]:
    """Everybody clicks, on `only` some pages of hers if any; the file comes in when a fifth of the time is
    over."""
    clicks, moments = Clicks(), Moments(began=clock.now())
    until = time.perf_counter() + seconds
    watch = asyncio.create_task(watch_usage(clicks.usage))
    tasks = []
    for person in people:
        pages = [page for page in person.pages if page in only] or person.pages
        tasks.append(asyncio.create_task(one_person(address, person, pages, clicks, until)))
    if results.exists():
        await asyncio.sleep(seconds / 5)
        moments.sent = clock.now()
        left = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "plc", "import", str(results), "--yes", "--db", str(path),
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if await left.wait():
            clicks.errors.append("plc import was refused")
        moments.left = clock.now()
    await asyncio.gather(*tasks)
    moments.ended = clock.now()
    watch.cancel()
    return clicks, moments


async def watch_usage(usage: Usage) -> None:
    """Note what the server and this program used of the processors, until cancelled."""
    while True:
        usage.note()
        await asyncio.sleep(USAGE_SECONDS)


def read_background(path: Path, moments: Moments) -> None:
    """When the upload was confirmed and the results were scanned, from the database that is closed now."""
    with Database(path) as database, database.read() as cursor:
        rows = cursor.execute(
            "select confirmed_at, (select max(finished_at) from scan where finished_at > confirmed_at)"
            " from upload where file_name like '%load.csv' and confirmed_at is not null"
        ).fetchall()
    if rows:
        moments.confirmed, moments.scanned = rows[0]


@click.command()
@click.option("--sessions", default=50, show_default=True)
@click.option("--seconds", default=300.0, show_default=True)
@click.option(
    "--rows", default=100_000, show_default=True, help="Results that come in meanwhile; 0 for none."
)
@click.option("--mixed-up", is_flag=True, help="Serve people each other's answers; it has to be noticed.")
def main(sessions: int, seconds: float, rows: int, *, mixed_up: bool) -> None:
    """Print tables; leave with 1 where the promise was not kept, or where mixed-up answers went unnoticed."""
    with tempfile.TemporaryDirectory(prefix="plc-load-") as named:
        folder = Path(named)
        path, results = folder / "plc.duckdb", folder / "load.csv"
        people, private = prepare(path, sessions)
        if rows:
            write_results(results, rows)
        load = os.getloadavg()[0]
        with installation(folder, mixed_up=mixed_up) as address:
            only = MIXED_UP_PAGES if mixed_up else ()
            clicks, moments = asyncio.run(drive(address, people, seconds, results, path, only=only))
        read_background(path, moments)
    sys.exit(report(clicks, moments, people, private, load=load, mixed_up=mixed_up))


def report(
    clicks: Clicks, moments: Moments, people: list[Person], private: Private, *, load: float, mixed_up: bool
) -> int:
    """Print what happened; 1 where it is not what it has to be."""
    if not clicks.clicks:
        sys.exit(f"Nobody could click: {clicks.errors[:5]}")
    findings = look(clicks.reading, people, private)
    errors = clicks.errors + clicks.reading.broken()
    print(
        summary_table(
            clicks.clicks,
            moments,
            {
                "sessions": f"{len(people)}",
                "errors": f"{len(errors)}",
                "of others": f"{len(findings.others)}",
            },
            load=load,
        )
    )
    print(stretch_table(clicks.clicks, moments, clicks.usage))
    print(page_table(clicks.clicks))
    for kind, times in sorted(findings.allowed.items()):
        print(f"read and allowed: {kind}, {times} times")
    for words in sorted({*errors, *findings.others})[:40]:
        print(words)
    if mixed_up:
        return int(not findings.others)
    return int(bool(errors or findings.others or late_of(clicks.clicks) > LIMIT_SECONDS))


if __name__ == "__main__":
    main()
