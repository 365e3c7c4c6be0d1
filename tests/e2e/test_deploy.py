"""The app behind nginx as `deploy/nginx.conf` sets it up: TLS, sign-in, websocket, sizes, origins."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.serving import ROOT, free_port, open_page, served, settle, window
from tests.e2e.test_sign_in import (
    COOKIE_SECRET,
    STEWARD,
    claim,
    oidc_settings,
    provider,
    sign_in,
    steward_invited,
)

pytestmark = pytest.mark.browser

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
# Every name below localhost leads to this computer, in a browser.
NAME = "plc.localhost"


@dataclass(frozen=True, slots=True)
class Proxied:
    """An installation that people reach over TLS only."""

    port: int
    steward_code: str

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.port}"

    def ask(self, method: str, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """One request without a browser; its answer, of which only the head is read."""
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=20)
        connection.putrequest(method, path, skip_host=True)
        for name, value in ({"Host": f"{NAME}:{self.port}"} | headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse()


def configured(folder: Path, *, port: int, app_port: int) -> Path:
    """The file of `deploy`, with the ports, names and folders of this test."""
    words = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for written, meant in (
        ("plc.example.org", NAME),
        ("/etc/ssl/plc", str(folder)),
        ("/var/log/nginx/plc.log", str(folder / "access.log")),
        ("127.0.0.1:8501", f"127.0.0.1:{app_port}"),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
    ):
        assert written in words, written
        words = words.replace(written, meant)
    words = re.sub(r"^ *listen \[::\].*\n", "", words, flags=re.MULTILINE)
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # A worker of another account could not reach this test's folder.
    account = "user root;\n" if os.geteuid() == 0 else ""
    main = folder / "main.conf"
    main.write_text(
        f"{account}pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\ndaemon off;\nworker_processes 1;\n"
        f"events {{}}\nhttp {{\n{places}{words}\n}}\n"
    )
    return main


@contextmanager
def nginx(folder: Path, *, port: int, app_port: int) -> Iterator[None]:
    """nginx in front of the app, with a certificate of its own making."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True,
        capture_output=True,
    )  # fmt: skip
    command = [str(NGINX), "-p", str(folder), "-c", str(configured(folder, port=port, app_port=app_port))]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=10)


@pytest.fixture(scope="module")
def proxied(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    """The sample district behind nginx, with a provider to sign in at."""
    if NGINX is None:
        pytest.skip("needs nginx")
    folder, port, app_port = tmp_path_factory.mktemp("deploy"), free_port(), free_port()
    code = steward_invited(folder / "plc.duckdb")
    with provider() as provider_port:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "secrets.toml").write_text(
            f'[auth]\nredirect_uri = "https://{NAME}:{port}/oauth2callback"\n'
            f'cookie_secret = "{COOKIE_SECRET}"\n'
            '[auth.school]\nclient_id = "plc"\nclient_secret = "secret"\n'
            f'server_metadata_url = "http://localhost:{provider_port}/.well-known/openid-configuration"\n'
        )
        settings = oidc_settings(f"https://{NAME}:{port}", provider_port=provider_port)
        with (
            served(folder, sample=False, port=app_port, settings=settings, started_in=folder),
            nginx(folder, port=port, app_port=app_port),
        ):
            yield Proxied(port, code)


def test_a_steward_signs_in_and_uploads_a_file_of_several_megabytes_through_the_proxy(
    browser: Browser, proxied: Proxied, tmp_path: Path
) -> None:
    results = tmp_path / "results.csv"
    head = "student_id,teacher_id,section_id,grade,subject,school_year,assessment,date,score,max_score,note\n"
    results.write_text(
        head
        + "".join(
            f"S{row:06},T1,M1,6,Math,2026,Unit 1,2025-10-01,{row % 100},100,{'x' * 300}\n"
            for row in range(10_000)
        )
    )
    assert results.stat().st_size > 3 * 2**20
    context = window(browser, ignore_https_errors=True)
    context.set_default_timeout(60_000)
    page = context.new_page()
    sign_in(page, proxied.address, STEWARD)
    claim(page, proxied.steward_code)
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()

    cookies = {str(cookie["name"]): cookie for cookie in context.cookies(proxied.address)}
    assert "_streamlit_user" in cookies
    assert [name for name, cookie in cookies.items() if not cookie["secure"]] == []
    assert cookies["_streamlit_user"]["httpOnly"] is True

    open_page(page, f"{proxied.address}/upload")
    page.locator("input[type=file]").first.set_input_files(results)
    expect(page.get_by_text("results.csv").first).to_be_visible()
    settle(page)
    expect(page.get_by_text("10,000").first).to_be_visible(timeout=120_000)
    context.close()


def test_every_answer_carries_the_headers_and_keeps_the_browser_on_https(proxied: Proxied) -> None:
    answer = proxied.ask("GET", "/", {})
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "/" not in str(answer.headers["Server"])


def test_a_file_above_the_limit_is_refused_by_the_proxy_before_it_is_sent(proxied: Proxied) -> None:
    answer = proxied.ask("PUT", "/_stcore/upload_file/a/b", {"Content-Length": str(202 * 2**20)})
    assert answer.status == 413


WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}


def test_the_websocket_opens_for_the_pages_of_this_address_only(proxied: Proxied) -> None:
    own = proxied.ask("GET", "/_stcore/stream", WEBSOCKET | {"Origin": proxied.address})
    other = proxied.ask("GET", "/_stcore/stream", WEBSOCKET | {"Origin": "https://elsewhere.example"})
    renamed = proxied.ask(
        "GET", "/_stcore/stream", WEBSOCKET | {"Origin": proxied.address, "Host": "elsewhere.example"}
    )
    assert own.status == 101
    assert other.status == 403
    assert renamed.status >= 400


def test_another_name_for_this_server_gets_no_page(proxied: Proxied) -> None:
    assert proxied.ask("GET", "/", {"Host": "elsewhere.example"}).status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics", "/_stcore/metrics?families=x", "/_stcore/Metrics", "//_stcore/metrics",
        "/_stcore/./metrics", "/x/../_stcore/metrics", "/_stcore/%6detrics", "/_stcore/metrics/",
        "/_stcore/agent/mcp", "/_stcore/agent/interact", "/_stcore/script-health-check", "/api/ready", "/api",
    ],
)  # fmt: skip
def test_what_is_for_this_computer_alone_is_closed_to_the_network(proxied: Proxied, path: str) -> None:
    answer = proxied.ask("GET", path, {})
    assert answer.status == 404, path
    assert answer.headers["Server"] == "nginx"
    assert "text/html" in answer.headers["Content-Type"]


def test_what_a_browser_needs_stays_open(proxied: Proxied) -> None:
    for path in ("/_stcore/health", "/_stcore/host-config", "/my-classes"):
        assert proxied.ask("GET", path, {}).status == 200, path
