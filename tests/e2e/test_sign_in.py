"""Signing in against a real OpenID provider on this computer, from invitation to removal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.serving import free_port, open_page, served, settle, window

pytestmark = pytest.mark.browser

STEWARD, TEACHER, OTHER = "steward", "ada", "ben"
UNVERIFIED = "eve"
USERS = (
    {"sub": STEWARD, "email": "steward@school.example", "email_verified": True},
    {"sub": TEACHER, "email": "ada@school.example", "email_verified": True},
    {"sub": OTHER, "email": "ben@school.example", "email_verified": True},
    {"sub": UNVERIFIED, "email": "eve@school.example", "email_verified": False},
)
COOKIE_SECRET = "for-tests-only-0123456789-0123456789"  # noqa: S105
IDENTITY_COOKIE = "_streamlit_user"
# A teacher of the sample district whose students exceed expectation.
ROSTER_NAME = "Ms Adeyemi"
# The heading of her card among the people: a sign of no width keeps her address from being a link.
ADA = re.compile("ada@\u2060school.example")


@dataclass(frozen=True, slots=True)
class Installation:
    """An app that people sign in to, and the code of its first data steward."""

    address: str
    folder: Path
    steward_code: str


@contextmanager
def provider(users: Sequence[Mapping[str, object]] = USERS) -> Iterator[int]:
    """An OpenID provider on this computer that knows these people; its port."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", "localhost"]
    for user in users:
        command += ["--user-claims", json.dumps(user)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(
                    f"http://localhost:{port}/.well-known/openid-configuration", timeout=1
                ).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        running.terminate()
        running.wait(timeout=10)


def write_secrets(folder: Path, *, port: int, provider_port: int) -> None:
    """Two providers: the school's, and one by another name whose issuer is not on the list."""
    (folder / ".streamlit").mkdir()
    lines = [
        "[auth]",
        f'redirect_uri = "http://localhost:{port}/oauth2callback"',
        f'cookie_secret = "{COOKIE_SECRET}"',
    ]
    for name, host in (("school", "localhost"), ("stranger", "127.0.0.1")):
        lines += [
            f"[auth.{name}]",
            'client_id = "plc"',
            'client_secret = "secret"',
            f'server_metadata_url = "http://{host}:{provider_port}/.well-known/openid-configuration"',
        ]
    (folder / ".streamlit" / "secrets.toml").write_text("\n".join(lines))


def steward_invited(database: Path) -> str:
    """The sample district in a new file, and the code of its first data steward."""
    plc = [sys.executable, "-m", "plc"]
    subprocess.run([*plc, "demo", "--db", str(database)], check=True, capture_output=True)
    return subprocess.run(
        [*plc, "steward", "invite", "steward@school.example", "--db", str(database)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def oidc_settings(address: str, *, provider_port: int) -> dict[str, str]:
    """What tells an app at this address to let people sign in at the provider of this computer."""
    return {
        "PLC_SIGN_IN": "oidc",
        "PLC_ADDRESS": address,
        "PLC_ALLOWED_ISSUERS": json.dumps([f"http://localhost:{provider_port}"]),
        "AUTHLIB_INSECURE_TRANSPORT": "1",
    }


@pytest.fixture(scope="module")
def installation(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The sample district, served to people who sign in."""
    folder, port = tmp_path_factory.mktemp("sign_in"), free_port()
    code = steward_invited(folder / "plc.duckdb")
    with provider() as provider_port:
        write_secrets(folder, port=port, provider_port=provider_port)
        settings = oidc_settings(f"http://localhost:{port}", provider_port=provider_port)
        with served(folder, sample=False, port=port, settings=settings, started_in=folder) as address:
            yield Installation(address, folder, code)


@pytest.fixture
def new_person(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Browser windows with cookies of their own, closed afterwards."""
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def tab(browser: Browser, opened: list[BrowserContext]) -> Page:
    context = window(browser)
    opened.append(context)
    return context.new_page()


def sign_in(page: Page, address: str, subject: str, *, through: str = "School") -> None:
    """Go through the provider's page."""
    open_page(page, f"{address}/who")
    page.get_by_role("button", name=f"Sign in with {through}").click()
    page.locator("input[name=sub]").fill(subject)
    page.locator("button[type=submit]").first.click()
    page.wait_for_url(f"{address}/**")
    open_page(page, f"{address}/who")


def claim(page: Page, code: str) -> None:
    page.get_by_label("Code of your invitation").fill(code)
    page.get_by_role("button", name="Use the code").click()
    settle(page)


def invite_teacher(page: Page, address: str, mail: str) -> str:
    open_page(page, f"{address}/people")
    page.get_by_label("Mail address").fill(mail)
    page.get_by_label("Mail address").press("Enter")
    settle(page)
    page.get_by_role("button", name="Invite", exact=True).click()
    settle(page)
    return page.locator("pre").inner_text().strip()


def test_from_invitation_to_removal(
    browser: Browser, installation: Installation, new_person: list[BrowserContext]
) -> None:
    address = installation.address
    steward, teacher = tab(browser, new_person), tab(browser, new_person)

    open_page(steward, f"{address}/bright-spots")
    expect(steward.get_by_role("heading", name="Who is looking?")).to_be_visible()
    expect(steward.get_by_text("Unprotected copy")).to_have_count(0)
    sign_in(steward, address, STEWARD)
    expect(steward.get_by_text("You have no seat here yet")).to_be_visible()
    claim(steward, installation.steward_code)
    expect(steward.get_by_role("heading", name="What to do next")).to_be_visible()

    code = invite_teacher(steward, address, "ada@school.example")
    sign_in(teacher, address, OTHER)
    claim(teacher, code)
    expect(teacher.get_by_text("This code cannot be used")).to_be_visible()
    teacher.context.clear_cookies()

    sign_in(teacher, address, TEACHER)
    claim(teacher, code)
    expect(teacher.get_by_text("A data steward has to say which teacher")).to_be_visible()
    expect(teacher.get_by_role("link", name="My classes")).to_have_count(0)

    open_page(steward, f"{address}/people")
    expect(steward.get_by_text(ADA)).to_be_visible()
    expect(steward.locator("a[href^='mailto:']")).to_have_count(0)
    steward.get_by_text(ADA).click()
    settle(steward)
    steward.get_by_label("Which teacher of the roster is this?").fill(ROSTER_NAME)
    steward.get_by_role("option", name=re.compile(ROSTER_NAME)).first.click()
    settle(steward)
    steward.get_by_role("button", name="Keep this").click()
    settle(steward)

    open_page(teacher, f"{address}/my-classes")
    expect(teacher.get_by_role("heading", name="Who may see my name")).to_be_visible()

    take_away = teacher.get_by_role("button", name="Download my classes")
    with teacher.expect_download() as taken:
        take_away.click()
    assert taken.value.suggested_filename.endswith(".zip")

    # The tab stays open while the steward removes her: it makes no file, and the next click shows nothing.
    steward.get_by_text(ADA).click()
    settle(steward)
    steward.get_by_role("button", name="Remove this person").click()
    settle(steward)
    steward.get_by_role("button", name="Remove", exact=True).click()
    settle(steward)
    expect(steward.get_by_text(ADA)).to_have_count(0)
    files: list[object] = []
    teacher.on("download", lambda made: files.append(made))
    take_away.click()
    expect(teacher.get_by_test_id("stDownloadButtonError")).to_be_visible()
    assert not files
    teacher.get_by_role("link", name="Bright spots", exact=True).click()
    settle(teacher)
    expect(teacher.get_by_text("You have no seat here yet")).to_be_visible()
    expect(teacher.get_by_text(ROSTER_NAME)).to_have_count(0)
    claim(teacher, code)
    expect(teacher.get_by_text("This code cannot be used")).to_be_visible()

    # Signing out ends it here and at the provider; a copy of the cookie made before opens nothing.
    copied = steward.context.cookies()
    open_page(steward, f"{address}/who")
    steward.get_by_role("button", name="Sign out").click()
    steward.get_by_role("button", name="End session").click()
    steward.wait_for_url(f"{address}/**")
    open_page(steward, f"{address}/people")
    expect(steward.get_by_role("button", name="Sign in with School")).to_be_visible()
    thief = tab(browser, new_person)
    thief.context.add_cookies(copied)  # type: ignore[arg-type]
    open_page(thief, f"{address}/people")
    expect(thief.get_by_text("You signed out, or were signed out")).to_be_visible()
    expect(thief.get_by_role("link", name="People and roles")).to_have_count(0)


def test_an_unverified_address_is_refused(
    browser: Browser, installation: Installation, new_person: list[BrowserContext]
) -> None:
    page = tab(browser, new_person)
    sign_in(page, installation.address, UNVERIFIED)
    expect(page.get_by_text("has not verified your mail address")).to_be_visible()
    expect(page.get_by_label("Code of your invitation")).to_have_count(0)


def test_a_provider_that_is_not_on_the_list_is_refused(
    browser: Browser, installation: Installation, new_person: list[BrowserContext]
) -> None:
    page = tab(browser, new_person)
    sign_in(page, installation.address, STEWARD, through="Stranger")
    expect(page.get_by_text("provider that is not accepted here")).to_be_visible()


def test_a_forged_cookie_is_nobody(
    browser: Browser, installation: Installation, new_person: list[BrowserContext]
) -> None:
    page = tab(browser, new_person)
    sign_in(page, installation.address, OTHER)
    cookie = next(c for c in page.context.cookies() if c["name"] == IDENTITY_COOKIE)
    assert cookie["httpOnly"] is True
    assert cookie["sameSite"] == "Lax"
    forged = tab(browser, new_person)
    value = str(cookie["value"])
    for made_up in (value[:-4] + "AAAA", value.replace(value[10:20], "A" * 10), "x"):
        forged.context.add_cookies(
            [{"name": IDENTITY_COOKIE, "value": made_up, "url": installation.address, "httpOnly": True}]
        )
        open_page(forged, f"{installation.address}/people")
        expect(forged.get_by_role("button", name="Sign in with School")).to_be_visible()


def test_an_app_whose_sign_in_is_half_set_up_does_not_start(tmp_path: Path) -> None:
    for settings, words in (
        ({"PLC_LISTEN": "0.0.0.0"}, "Nobody signs in here"),  # noqa: S104
        ({"PLC_SIGN_IN": "oidc"}, "allowed_issuers"),
        ({"PLC_SIGN_IN": "oidc", "PLC_ALLOWED_ISSUERS": '["https://x"]'}, r"\[auth\]"),
    ):
        ran = subprocess.run(
            [sys.executable, "-m", "plc", "serve", "--db", str(tmp_path / "plc.duckdb")],
            cwd=tmp_path,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ran.returncode == 10
        assert re.search(words, ran.stderr), ran.stderr
