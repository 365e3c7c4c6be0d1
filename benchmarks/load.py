"""Does it hold with a district's people at work? See README.md, section "How many people at once?".

    python -m benchmarks.load                                # 50 people for 5 minutes
    python -m benchmarks.load --sessions 10 --seconds 60

A server serves the sample district to people who sign in. Each session is one person with an account, a role
and a websocket that speaks as a browser does, opening the pages of her menu every few seconds. Meanwhile a
file of 100,000 results comes in by `plc import`, is confirmed, and the server scans anew.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlparse

import click
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from plc.core import clock
from plc.core.permissions import PERMISSIONS, Role
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.people import Identity, RoleGrant, claim_invitation, invite, link_account
from plc.sample import load_sample
from plc.ui.menu import ENTRIES
from tests.e2e.serving import free_port, served
from tests.security.wire import XSRF_COOKIE, generate_xsrf_token_string, identity_cookie

ISSUER = "https://load.example"
SECRET = "for-the-load-only-0123456789-0123456789"  # noqa: S105
# Members of both sample teams, a leader of each kind and a steward; the rest are teachers.
LEADERS = ((Role.PRINCIPAL, "M1"), (Role.PRINCIPAL, "M2"), (Role.DISTRICT_LEADER, None), (Role.STEWARD, None))
BETWEEN_CLICKS = (2.0, 6.0)
LIMIT_SECONDS = 1.0
PATIENCE_SECONDS = 60.0
BROKEN = (b"This page could not be drawn", b"Traceback (most recent call last)")
ADDRESS = re.compile(rb"person\d{3}@load\.example")
SECTION = re.compile(rb"\bM\d+-[A-Z]+\d+-\d\d-\d+\b")
# Pages that show one's own classes and no colleague's.
OWN_PAGES = ("my-classes", "reteach")
STEWARD_PAGES = ("people",)


@dataclass(frozen=True, slots=True)
class Person:
    """Who clicks: what she may see of addresses and classes is her own."""

    number: int
    role: Role
    sections: frozenset[bytes]

    @property
    def address(self) -> str:
        return f"person{self.number:03}@load.example"

    @property
    def pages(self) -> list[str]:
        held = PERMISSIONS[self.role]
        listed = (entry for entry in ENTRIES if entry.listed)
        return ["", "who"] + [
            entry.address
            for entry in listed
            if not entry.permissions or any(permission in held for permission in entry.permissions)
        ]


@dataclass(slots=True)
class Clicks:
    """Seconds of every click by page, errors and findings in words, and how often one's own was seen."""

    seconds: list[tuple[str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    own: int = 0


def prepare(path: Path, sessions: int) -> list[Person]:
    """So many people with accounts in the sample district."""
    with Database(path) as database:
        load_sample(database)
        with database.read() as cursor:
            taught = cursor.execute(
                "select teacher_id, list(distinct section_id) from section_teacher join section using"
                " (section_key) join teacher using (teacher_key) left join team_member using (teacher_id)"
                " group by teacher_id order by bool_or(team_id is not null) desc, teacher_id"
            ).fetchall()
        leaders = LEADERS[: sessions // 4]
        people = []
        for number in range(sessions):
            if number < len(leaders):
                role, school = leaders[number]
                person = Person(number, role, frozenset())
                _seat(database, person, RoleGrant(role, school_id=school), teacher_id=None)
            else:
                teacher_id, sections = taught[number - len(leaders)]
                person = Person(number, Role.TEACHER, frozenset(section.encode() for section in sections))
                _seat(database, person, RoleGrant(Role.TEACHER), teacher_id=teacher_id)
            people.append(person)
    return people


def _seat(database: Database, person: Person, grant: RoleGrant, *, teacher_id: str | None) -> None:
    code = invite(database, LOCAL_STEWARD, person.address, grant)
    identity = Identity(ISSUER, person.address, person.address, clock.now())
    account_id = claim_invitation(database, identity, code)
    if teacher_id is not None:
        link_account(database, LOCAL_STEWARD, account_id, teacher_id=teacher_id)


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
def installation(folder: Path) -> Iterator[str]:
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
    with served(folder, sample=False, port=port, settings=settings, started_in=folder) as opened:
        yield opened


async def one_person(address: str, person: Person, clicks: Clicks, until: float) -> None:
    """Open pages of her menu, one after another, until the end; anything unforeseen is an error."""
    chance, token = random.Random(person.number), generate_xsrf_token_string()
    claims = {"iss": ISSUER, "sub": person.address, "email": person.address}
    cookie = identity_cookie(SECRET, address, claims | {"email_verified": True, "iat": int(time.time())})
    await asyncio.sleep(chance.uniform(0, BETWEEN_CLICKS[1]))
    try:
        async with websockets.connect(
            f"ws://{urlparse(address).netloc}/_stcore/stream",
            origin=address,  # type: ignore[arg-type]
            subprotocols=["streamlit", token],  # type: ignore[list-item]
            additional_headers={"Cookie": f"{XSRF_COOKIE}={token}; _streamlit_user={cookie}"},
            max_size=None,
            open_timeout=PATIENCE_SECONDS,
            ping_interval=None,
        ) as socket:
            page = ""
            while time.perf_counter() < until:
                begin = time.perf_counter()
                await asyncio.wait_for(_click(socket, address, person, page, clicks), PATIENCE_SECONDS)
                clicks.seconds.append((page, time.perf_counter() - begin))
                await asyncio.sleep(chance.uniform(*BETWEEN_CLICKS))
                page = chance.choice(person.pages)
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        clicks.errors.append(f"{type(error).__name__} for a {person.role}")


async def _click(
    socket: websockets.ClientConnection, address: str, person: Person, page: str, clicks: Clicks
) -> None:
    """Open a page and look at everything that comes until its script has finished."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.context_info.url = f"{address}/{page}"
    await socket.send(asked.SerializeToString())
    while True:
        received = await socket.recv(decode=False)
        _look(received, person, page, clicks)
        # Nearly every message is a picture or a table; only short ones can be the last.
        if len(received) < 1000:
            message = ForwardMsg()
            message.ParseFromString(received)
            if message.WhichOneof("type") == "page_not_found":
                clicks.errors.append(f"There is no page {page} for a {person.role}")
            finished = message.WhichOneof("type") == "script_finished"
            if finished and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


def _look(received: bytes, person: Person, page: str, clicks: Clicks) -> None:
    """Words travel as they are: another's address, or her class on a page of one's own, is a finding."""
    clicks.errors += [f"{page}: {words.decode()}" for words in BROKEN if words in received]
    seen = set() if page in STEWARD_PAGES else {*ADDRESS.findall(received)}
    own = {person.address.encode()}
    if page in OWN_PAGES:
        seen |= {*SECTION.findall(received)}
        own |= person.sections
    clicks.own += bool(seen & own)
    if seen - own:
        clicks.others.append(f"{page} of a {person.role} showed {len(seen - own)} things of somebody else")


async def drive(
    address: str, people: list[Person], seconds: float, results: Path, path: Path
) -> tuple[Clicks, datetime]:
    """Everybody clicks; the file comes in when a fifth of the time is over, at the moment returned."""
    clicks = Clicks()
    until = time.perf_counter() + seconds
    tasks = [asyncio.create_task(one_person(address, person, clicks, until)) for person in people]
    await asyncio.sleep(seconds / 5)
    left = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "plc", "import", str(results), "--yes", "--db", str(path),
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if await left.wait():
        clicks.errors.append("plc import was refused")
    left_at = clock.now()
    await asyncio.gather(*tasks)
    return clicks, left_at


def background_seconds(path: Path, left_at: datetime) -> tuple[str, str]:
    """Seconds from the end of `plc import` to confirmed, and from there to scanned anew; in words."""
    with Database(path) as database, database.read() as cursor:
        rows = cursor.execute(
            "select confirmed_at, (select max(finished_at) from scan where finished_at > confirmed_at)"
            " from upload where file_name like '%load.csv' and confirmed_at is not null"
        ).fetchall()
    if not rows:
        return "not finished", "not finished"
    confirmed, scanned = rows[0]
    upload = f"{(confirmed - left_at).total_seconds():.0f}"
    return upload, "not finished" if scanned is None else f"{(scanned - confirmed).total_seconds():.0f}"


@click.command()
@click.option("--sessions", default=50, show_default=True)
@click.option("--seconds", default=300.0, show_default=True)
@click.option("--rows", default=100_000, show_default=True, help="Results that come in meanwhile.")
def main(sessions: int, seconds: float, rows: int) -> None:
    """Print a table, then the slowest pages; leave with 1 where the promise was not kept."""
    with tempfile.TemporaryDirectory(prefix="plc-load-") as named:
        folder = Path(named)
        path, results = folder / "plc.duckdb", folder / "load.csv"
        people = prepare(path, sessions)
        write_results(results, rows)
        load = os.getloadavg()[0]
        with installation(folder) as address:
            clicks, left_at = asyncio.run(drive(address, people, seconds, results, path))
        upload, scan = background_seconds(path, left_at)
    waits = sorted(wait for _, wait in clicks.seconds)
    if not waits:
        sys.exit(f"Nobody could click: {clicks.errors[:5]}")
    late = waits[int(0.95 * (len(waits) - 1))]
    columns = {
        "sessions": f"{sessions}",
        "seconds": f"{seconds:.0f}",
        "clicks": f"{len(waits)}",
        "errors": f"{len(clicks.errors)}",
        "of others seen": f"{len(clicks.others)}",
        "of their own seen": f"{clicks.own}",
        "median (ms)": f"{1000 * waits[len(waits) // 2]:.0f}",
        "95th percentile (ms)": f"{1000 * late:.0f}",
        "longest (ms)": f"{1000 * waits[-1]:.0f}",
        "upload (s)": upload,
        "scan (s)": scan,
        "load of the machine before": f"{load:.1f}",
    }
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n| {' | '.join(columns.values())} |")
    for page, wait in sorted(clicks.seconds, key=lambda click: -click[1])[:5]:
        print(f"slow: {page or 'start'} {1000 * wait:.0f} ms")
    for words in sorted({*clicks.errors, *clicks.others})[:20]:
        print(words)
    sys.exit(bool(clicks.errors or clicks.others or late > LIMIT_SECONDS))


if __name__ == "__main__":
    main()
