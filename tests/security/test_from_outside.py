"""The served app from outside: what somebody on the same computer or network reaches."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection

from plc.core.viewer import LOCAL_STEWARD, Role
from plc.database import Database
from plc.people import (
    Identity,
    RoleGrant,
    claim_invitation,
    invite,
    link_account,
)
from plc.server import SECURITY_HEADERS
from plc.ui import menu
from tests.e2e.serving import ROOT, _wait_until_ready, free_port
from tests.security.attempts import Attempts
from tests.security.wire import identity_cookie, open_page, visitor

SECRET: Final = "for-tests-only-0123456789-0123456789"  # noqa: S105
ISSUER: Final = "https://login.school.example"
# What every page of a person who may be here shows, and no other page does.
A_SEAT: Final = "My classes"
NO_SEAT: Final = ("Who is looking?", "You have no seat here yet")
IDLE_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Served:
    """A running installation: where it listens, its process, its folder."""

    address: str
    port: int
    process: int
    folder: Path

    def cookie(self, secret: str = SECRET, **changed: Any) -> str:
        """A cookie of the teacher, signed now."""
        return identity_cookie(secret, self.address, claims() | changed)

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of one request, sent as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = (answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return found


def claims() -> dict[str, Any]:
    return {
        "iss": ISSUER,
        "sub": "ada",
        "email": "ada@school.example",
        "email_verified": True,
        "iat": int(datetime.now(UTC).timestamp()),
    }


@pytest.fixture(scope="module")
def served(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample district served to people who sign in; nobody has yet."""
    folder, port = tmp_path_factory.mktemp("outside"), free_port()
    database, address = folder / "plc.duckdb", f"http://localhost:{port}"
    shutil.copy2(sample_file, database)
    for key in sample_file.parent.glob("*.key"):
        shutil.copy2(key, folder / key.name)
    with Database(database) as opened:
        account = claim_invitation(
            opened,
            Identity(ISSUER, "ada", "ada@school.example", datetime.now(UTC).replace(tzinfo=None)),
            invite(opened, LOCAL_STEWARD, "ada@school.example", RoleGrant(Role.TEACHER)),
        )
        link_account(opened, LOCAL_STEWARD, account, teacher_id="T049")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "{address}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
        '[auth.school]\nclient_id = "plc"\nclient_secret = "secret"\n'
        f'server_metadata_url = "http://127.0.0.1:{free_port()}/openid"\n'
    )
    settings = {
        "PLC_SIGN_IN": "oidc",
        "PLC_ADDRESS": address,
        "PLC_ALLOWED_ISSUERS": json.dumps([ISSUER]),
        "PLC_IDLE_MINUTES": str(IDLE_SECONDS / 60),
        "PYTHONPATH": str(ROOT),
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.security.serving_people", str(database), str(port), account],
            cwd=folder, env=os.environ | settings, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            _wait_until_ready(f"{address}/api/ready", server, log)
            yield Served(address, port, server.pid, folder)
        finally:
            server.terminate()
            server.wait(timeout=20)


def got_in(page: str) -> list[str]:
    """What a page shows that only somebody with a seat sees."""
    return [words for words in (A_SEAT, "Adeyemi") if words in page]


PAGES: Final = ("", *(entry.address for entry in menu.ENTRIES), "start", "who")


def test_deep_links_before_anyone_signed_in_show_the_question_who_is_looking(
    served: Served, attempts: Attempts
) -> None:
    for page in PAGES:
        with visitor(served.address) as connection:
            shown = open_page(connection, page, query="teacher=T049&role=steward&team=sample-team-1")
            attempts.judge(got_in(shown) or not any(words in shown for words in NO_SEAT), f"/{page}")


def test_a_true_cookie_opens_the_app_so_the_forged_ones_could(served: Served) -> None:
    with visitor(served.address, cookie=served.cookie()) as connection:
        assert A_SEAT in open_page(connection, "my-classes")


def forged(served: Served) -> dict[str, str]:
    true, now = served.cookie(), int(datetime.now(UTC).timestamp())
    return {
        "signed with another secret": served.cookie("x" * 36),
        "not signed": json.dumps({"origin": served.address} | claims()).replace('"', "%22"),
        "signature cut": true[:-4],
        "payload changed": "A" + true[1:],
        "without secret": served.cookie(""),
        "another issuer": served.cookie(iss="https://evil.example"),
        "another person": served.cookie(sub="ben"),
        "no issuer": served.cookie(iss=None),
        "no subject": served.cookie(sub=None),
        "unverified address": served.cookie(email_verified=False),
        "verified in words only": served.cookie(email_verified="true"),
        "a day old": served.cookie(iat=now - 24 * 3600),
        "from tomorrow": served.cookie(iat=now + 24 * 3600),
        "never issued": served.cookie(iat=None),
        "issued in words": served.cookie(iat=str(now)),
        "of another origin": identity_cookie(SECRET, "https://evil.example", claims()),
    }  # fmt: skip


def test_forged_and_expired_cookies_open_nothing(served: Served, attempts: Attempts) -> None:
    for kind, cookie in forged(served).items():
        with visitor(served.address, cookie=cookie) as connection:
            attempts.judge(got_in(open_page(connection, "my-classes")), f"a cookie {kind}")


def test_a_websocket_of_another_origin_is_not_opened(served: Served, attempts: Attempts) -> None:
    for origin in (
        "https://evil.example", "http://localhost.evil.example", "null", "http://evil.example:8501",
        f"http://127.0.0.1.evil.example:{served.port}", "file://",
    ):  # fmt: skip
        try:
            with visitor(served.address, cookie=served.cookie(), origin=origin) as connection:
                attempts.judge(got_in(open_page(connection, "my-classes")), f"origin {origin}")
        except (InvalidHandshake, OSError, TimeoutError):
            attempts.refused()


def test_a_request_without_an_origin_is_nobody(served: Served, attempts: Attempts) -> None:
    with visitor(served.address, cookie=served.cookie(), origin=None) as connection:
        attempts.judge(got_in(open_page(connection, "my-classes")), "no origin")


def test_another_host_name_is_refused_whatever_is_asked(served: Served, attempts: Attempts) -> None:
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/api/ready", "/media/x", "/my-classes"):
        for host in ("evil.example", f"evil.example:{served.port}", "localhost.evil.example"):
            status, _, _ = served.ask(path, Host=host)
            attempts.judge(status < 400, f"{path} as {host}: {status}")


def missing_headers(headers: Mapping[str, str]) -> list[str]:
    """The security headers that an answer lacks, by names in lower case."""
    return [name for name, value in SECURITY_HEADERS.items() if headers.get(name.lower()) != value]


def unsafe_cookie(cookie: str) -> bool:
    """Whether a cookie goes along with other sites' requests, or can be read by a script without need."""
    flags = cookie.lower()
    return bool(cookie) and ("samesite" not in flags or ("httponly" not in flags and "xsrf" not in flags))


def test_every_answer_carries_the_security_headers_and_safe_cookies(
    served: Served, attempts: Attempts
) -> None:
    for path in ("/", "/my-classes", "/_stcore/health", "/api/ready", "/nothing/here", "/media/none.png"):
        _, headers, _ = served.ask(path)
        attempts.judge(missing_headers(headers), f"headers of {path}")
        attempts.judge(unsafe_cookie(headers.get("set-cookie", "")), f"cookie of {path}")


CLOSED: Final = (
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/script-health-check",
    "/app/static/../plc.duckdb", "/docs", "/openapi.json", "/.streamlit/secrets.toml", "/plc.duckdb",
    "/server.log", "/../plc.duckdb", "/%2e%2e/plc.duckdb", "/static/../../plc.duckdb",
    "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/component/../../etc/passwd",
    "/component/x/..%2f..%2fetc/passwd",
    "/_stcore/bidi-components/x/../../../../etc/passwd", "/media/..%2f..%2f..%2fetc%2fpasswd",
    "//etc/passwd", "/static//etc/passwd", "/media/%00", "/..%5c..%5cplc.duckdb", "/app/static//etc/passwd",
)  # fmt: skip
SECRETS: Final = (b"root:", b"DUCK", b"cookie_secret", b"Traceback", SECRET.encode())


def test_no_path_leads_to_a_file_a_log_or_another_interface(served: Served, attempts: Attempts) -> None:
    for path in CLOSED:
        for method in ("GET", "POST"):
            _, _, body = served.ask(path, method=method, body=b"{}" if method == "POST" else None)
            attempts.judge([s for s in SECRETS if s in body], f"{method} {path}")


def test_the_agent_interface_is_off(served: Served, attempts: Attempts) -> None:
    # Its description is served either way, and says that it is off.
    for path in ("/_stcore/agent/interact", "/_stcore/agent/mcp"):
        for method in ("GET", "POST"):
            status, _, _ = served.ask(
                path, method=method, body=b"{}" if method == "POST" else None, Content_Type="application/json"
            )
            attempts.judge(status < 400, f"{method} {path}: {status}")


def test_metrics_tell_of_nobody(served: Served, attempts: Attempts) -> None:
    with visitor(served.address, cookie=served.cookie()) as connection:
        open_page(connection, "my-classes")
        _, _, body = served.ask("/_stcore/metrics")
        attempts.judge([w for w in (b"T049", b"Adeyemi", b"ada@", b"sample-") if w in body], "metrics")


def test_an_upload_without_a_session_or_token_is_refused(served: Served, attempts: Attempts) -> None:
    before = disk(served)
    for path in (
        "/_stcore/upload_file/made-up/file", "/_stcore/upload_file/../x",
        "/_stcore/upload_file/a/..%2f..%2fx",
    ):  # fmt: skip
        for headers in ({}, {"X_Xsrftoken": "made-up", "Cookie": "_streamlit_xsrf=made-up"}):
            status, _, _ = served.ask(path, method="PUT", body=b"x" * 1000, **headers)
            attempts.judge(status < 400, f"PUT {path}: {status}")
            status, _, _ = served.ask(path, method="DELETE", **headers)
            attempts.judge(status < 400, f"DELETE {path}: {status}")
    attempts.judge(disk(served) - before, "files written")


def disk(served: Served) -> set[str]:
    """The files of the installation, but those the server itself keeps."""
    return {
        str(path)
        for path in served.folder.rglob("*")
        if path.is_file() and not path.name.startswith(("plc.duckdb", "server.log"))
    }


def test_an_oversized_upload_is_refused_before_it_is_read(served: Served, attempts: Attempts) -> None:
    connection = socket.create_connection(("127.0.0.1", served.port), timeout=20)
    connection.sendall(
        b"PUT /_stcore/upload_file/made-up/file HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 65536
    )
    attempts.judge(not connection.recv(64).startswith(b"HTTP/1.1 4"), "100 GB announced")
    connection.close()


def test_slow_requests_keep_nobody_waiting(served: Served, attempts: Attempts) -> None:
    slow = [socket.create_connection(("127.0.0.1", served.port), timeout=20) for _ in range(60)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(
                b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
                if number % 2 else b"GET / HTTP/1.1\r\nHost: local"
            )  # fmt: skip
        began = time.monotonic()
        status, _, _ = served.ask("/api/ready")
        attempts.judge(status != 200 or time.monotonic() - began > 10, "60 slow requests")
    finally:
        for connection in slow:
            connection.close()


def session_of(connection: ClientConnection) -> tuple[str, str]:
    """The id of an open session and its token, as the page that an attacker opened knows them."""
    asked = BackMsg()
    asked.rerun_script.page_name = "my-classes"
    connection.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(connection.recv(timeout=30))
        if message.WhichOneof("type") == "new_session":
            break
    assert connection.request is not None
    cookie = connection.request.headers["Cookie"]
    return message.new_session.initialize.session_id, cookie.partition("_streamlit_xsrf=")[2].partition(";")[
        0
    ]


def upload_head(session: tuple[str, str], name: str, *lines: str) -> bytes:
    """The head of an upload that the server has no reason to refuse."""
    head = (
        f"PUT /_stcore/upload_file/{session[0]}/{name} HTTP/1.1", "Host: localhost",
        "Content-Type: multipart/form-data; boundary=b", f"X-Xsrftoken: {session[1]}",
        f"Cookie: _streamlit_xsrf={session[1]}", *lines,
    )  # fmt: skip
    return "\r\n".join([*head, "", ""]).encode()


PART: Final = b'--b\r\nContent-Disposition: form-data; name="f"; filename="x.csv"\r\n\r\n'


def test_with_a_session_of_her_own_an_attacker_uploads_no_more_than_the_limit(
    served: Served, attempts: Attempts
) -> None:
    before = disk(served)
    with visitor(served.address, cookie=served.cookie()) as connection:
        session = session_of(connection)
        small = PART + b"a,b\r\n--b--\r\n"
        whole = upload(served, upload_head(session, "small", f"Content-Length: {len(small)}"), small)
        assert whole.startswith(b"HTTP/1.1 20"), "a check of the attack: a small file is taken"
        announced = upload(served, upload_head(session, "huge", "Content-Length: 99999999999"), PART)
        attempts.judge(not announced.startswith(b"HTTP/1.1 413"), "100 GB announced by a session")
        forged = (session[0], "2|made|up|0")
        stolen = upload(served, upload_head(forged, "forged", f"Content-Length: {len(small)}"), small)
        attempts.judge(not stolen.startswith(b"HTTP/1.1 4"), "another's token")
        for name in ("..%2f..%2fplc.duckdb", "%00", "a" * 4000):
            head = upload_head(session, name, f"Content-Length: {len(small)}")
            attempts.judge(b" 500 " in upload(served, head, small)[:20], f"named {name[:20]}")
        attempts.judge(disk(served) - before, "files written")


def upload(served: Served, head: bytes, body: bytes) -> bytes:
    """The first line of the answer to one upload."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
        connection.sendall(head + body)
        return connection.recv(64)


def test_slow_uploads_of_a_session_keep_nobody_waiting(served: Served, attempts: Attempts) -> None:
    with visitor(served.address, cookie=served.cookie()) as connection:
        session = session_of(connection)
        slow = [socket.create_connection(("127.0.0.1", served.port), timeout=20) for _ in range(40)]
        try:
            for number, each in enumerate(slow):
                each.sendall(upload_head(session, f"slow-{number}", "Content-Length: 1000000") + PART)
            until = time.monotonic() + 3
            while time.monotonic() < until:
                for each in slow:
                    each.sendall(b"x")
                time.sleep(1)
            began = time.monotonic()
            with visitor(served.address, cookie=served.cookie()) as other:
                drawn = A_SEAT in open_page(other, "my-classes")
            attempts.judge(not drawn or time.monotonic() - began > 15, "40 uploads of a byte a second")
        finally:
            for each in slow:
                each.close()


def test_broken_frames_leave_the_server_standing(served: Served, attempts: Attempts) -> None:
    for frame in (b"\xff" * 100, b"", "text", b"\x0a" + b"\x80" * 20):
        try:
            with visitor(served.address) as connection:
                connection.send(frame)
                time.sleep(0.1)
        except Exception:  # noqa: S110 -- the server may close as it likes
            pass
        status, _, body = served.ask("/api/ready")
        attempts.judge(status != 200 or b"Traceback" in body, f"frame {frame!r:.20}")


def listening(process: int) -> set[str]:
    """The addresses a process listens on, as /proc writes them."""
    inodes = set()
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        try:
            inodes.add(str(descriptor.readlink()))
        except OSError:
            continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == "0A" and f"socket:[{rest[5]}]" in inodes:
                found.add(local.rpartition(":")[0])
    return found


def test_it_listens_on_this_computer_only(served: Served, attempts: Attempts) -> None:
    found = listening(served.process)
    assert found
    loopback = {"0100007F", "00000000000000000000000001000000"}
    attempts.judge(found - loopback, "listens on")


def test_its_files_are_its_owners(served: Served, attempts: Attempts) -> None:
    for path in served.folder.rglob("*"):
        if path.suffix == ".key":
            attempts.judge(path.stat().st_mode & 0o077, f"mode of {path.name}")


def test_an_idle_tab_is_signed_out(served: Served, attempts: Attempts) -> None:
    with visitor(served.address, cookie=served.cookie()) as connection:
        assert A_SEAT in open_page(connection, "my-classes")
        time.sleep(IDLE_SECONDS + 1)
        attempts.judge(got_in(open_page(connection, "my-classes")), "a tab left open")


def test_a_removed_person_with_an_open_tab_sees_nothing_more(served: Served, attempts: Attempts) -> None:
    with visitor(served.address, cookie=served.cookie()) as connection:
        assert A_SEAT in open_page(connection, "my-classes")
        os.kill(served.process, signal.SIGUSR1)
        time.sleep(2)
        for number, page in enumerate(PAGES):
            shown = open_page(connection, page)
            # The first is soon enough to be refused for the removal, not for want of use.
            wrong = number == 0 and "You have no seat here yet" not in shown
            attempts.judge(got_in(shown) or wrong, f"/{page} after removal")
    with visitor(served.address, cookie=served.cookie()) as connection:
        attempts.judge(got_in(open_page(connection, "my-classes")), "signed in anew")
    log = (served.folder / "server.log").read_text()
    attempts.judge([words for words in ("T049", "Adeyemi", "ada@", SECRET) if words in log], "the log")
