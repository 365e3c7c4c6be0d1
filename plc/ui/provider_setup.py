"""Whether an installation may be served as its settings say; what is missing is said before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlparse

import streamlit as st

from plc.core.errors import PlcError
from plc.settings import Settings
from plc.ui.shell import LOOPBACK

# Half of what a signature of 256 bits takes in, in hexadecimal or Base64 characters.
SHORTEST_SECRET: Final = 32
OF_A_PROVIDER: Final = ("client_id", "client_secret", "server_metadata_url")


def require_safe_setup(settings: Settings) -> None:
    """Raise `PlcError` where this copy would be served without protection, or sign-in could not work."""
    if settings.sign_in == "local":
        if settings.listen not in LOOPBACK:
            raise PlcError(
                f"Nobody signs in here, so it may not listen on {settings.listen}. Take `listen` out of the"
                ' settings, or set `sign_in = "oidc"` and name a provider.'
            )
        return
    if not settings.allowed_issuers:
        raise PlcError("Sign-in needs `allowed_issuers`: the issuer of each provider people may come from.")
    if (address := urlparse(settings.address)).scheme != "https" and address.hostname not in LOOPBACK:
        raise PlcError("People sign in over https only. Set `address` to the https address of this app.")
    try:
        auth = st.secrets.get("auth", {})
    except FileNotFoundError:
        auth = {}
    _require_providers(auth, settings)


def served_names(settings: Settings) -> list[str]:
    """Host names a browser may call this server by."""
    names = list(LOOPBACK[:2])
    host = urlparse(settings.address).hostname
    return names if settings.sign_in == "local" or host in (None, *names) else [*names, str(host)]


def _require_providers(auth: Mapping[str, Any], settings: Settings) -> None:
    where = "the section [auth] of .streamlit/secrets.toml"
    if not auth:
        raise PlcError(f"Sign-in needs {where}. The README's section Deploy shows one.")
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET:
        raise PlcError(f"Give {where} a random `cookie_secret` of at least {SHORTEST_SECRET} characters.")
    expected = settings.address.rstrip("/") + "/oauth2callback"
    if auth.get("redirect_uri") != expected:
        raise PlcError(f"Set `redirect_uri` in {where} to {expected}, and give the provider the same.")
    providers = {name: value for name, value in auth.items() if isinstance(value, Mapping)}
    providers.pop("client_kwargs", None)
    if "client_id" in auth:
        providers["auth"] = auth
    if not providers:
        raise PlcError(f"Name a provider in {where}: {', '.join(OF_A_PROVIDER)}.")
    for name, provider in providers.items():
        if missing := [key for key in OF_A_PROVIDER if not provider.get(key)]:
            raise PlcError(f"The provider {name} in {where} has no {missing[0]}.")
