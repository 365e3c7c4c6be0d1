"""What has to hold before an installation is served to others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
import streamlit as st

from plc.core.errors import PlcError
from plc.server import SecurityHeaders
from plc.settings import Settings
from plc.ui.provider_setup import require_safe_setup, served_names

PROVIDER = {"client_id": "a", "client_secret": "b", "server_metadata_url": "https://idp/.well-known/x"}
AUTH = {"redirect_uri": "https://plc.school.example/oauth2callback", "cookie_secret": "x" * 40} | PROVIDER
SIGN_IN: dict[str, Any] = {
    "sign_in": "oidc",
    "address": "https://plc.school.example",
    "allowed_issuers": ("https://idp",),
    "listen": "0.0.0.0",  # noqa: S104
}


def settings(**changed: Any) -> Settings:
    return Settings(**changed)


def use(monkeypatch: pytest.MonkeyPatch, auth: dict[str, Any]) -> None:
    monkeypatch.setattr(st, "secrets", {"auth": auth})


def test_without_sign_in_only_this_computer_is_served() -> None:
    require_safe_setup(settings())
    require_safe_setup(settings(listen="127.0.0.1"))
    for listen in ("0.0.0.0", "", "192.168.1.5", "plc.school.example"):  # noqa: S104
        with pytest.raises(PlcError, match="Nobody signs in"):
            require_safe_setup(settings(listen=listen))


@pytest.mark.parametrize(
    "auth", [AUTH, {k: v for k, v in AUTH.items() if k not in PROVIDER} | {"google": PROVIDER}]
)
def test_a_complete_setup_is_served(monkeypatch: pytest.MonkeyPatch, auth: dict[str, Any]) -> None:
    use(monkeypatch, auth)
    require_safe_setup(settings(**SIGN_IN))


@pytest.mark.parametrize(
    ("auth", "changed", "words"),
    [
        (AUTH, {"allowed_issuers": ()}, "allowed_issuers"),
        (AUTH, {"address": "http://plc.school.example"}, "https only"),
        ({}, {}, r"\[auth\]"),
        (AUTH | {"cookie_secret": "short"}, {}, "cookie_secret"),
        (AUTH | {"redirect_uri": "https://elsewhere.example/oauth2callback"}, {}, "redirect_uri"),
        (AUTH | {"client_secret": ""}, {}, "client_secret"),
        ({k: v for k, v in AUTH.items() if k not in PROVIDER}, {}, "Name a provider"),
    ],
)
def test_what_is_missing_is_said_before_it_starts(
    monkeypatch: pytest.MonkeyPatch, auth: dict[str, Any], changed: dict[str, Any], words: str
) -> None:
    use(monkeypatch, auth)
    with pytest.raises(PlcError, match=words):
        require_safe_setup(settings(**SIGN_IN | changed))


def test_only_its_own_name_is_served() -> None:
    assert served_names(settings()) == ["localhost", "127.0.0.1"]
    assert served_names(settings(address="https://plc.school.example")) == ["localhost", "127.0.0.1"]
    assert served_names(settings(**SIGN_IN)) == ["localhost", "127.0.0.1", "plc.school.example"]


@pytest.mark.parametrize("https", [True, False])
def test_over_https_every_cookie_is_secure(https: bool) -> None:
    sent: list[dict[str, Any]] = []
    cookies = [(b"set-cookie", b"a=1; HttpOnly"), (b"Set-Cookie", b"b=2; Secure"), (b"x", b"y")]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(cookies)})

    async def collect(message: Any) -> None:
        sent.append(message)

    async def ask() -> None:
        await SecurityHeaders(app, https=https)({"type": "http"}, None, collect)  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as thread:
        thread.submit(anyio.run, ask).result()
    headers = sent[0]["headers"]
    values = [value for name, value in headers if name.lower() == b"set-cookie"]
    assert values == [b"a=1; HttpOnly; Secure" if https else b"a=1; HttpOnly", b"b=2; Secure"]
    assert any(name.lower() == b"strict-transport-security" for name, _ in headers) is https
