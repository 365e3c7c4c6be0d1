"""The production entry: the app with security headers, a warm database and errors that stay in the log.

`serve_app` is what `plc serve` calls; `streamlit run plc/server.py` serves the same thing.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import os
import pkgutil
import tomllib
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from plc.core.errors import PlcError
from plc.settings import load_settings
from plc.ui.provider_setup import require_safe_setup, served_names

ROOT: Final = Path(__file__).resolve().parents[1]
# Between two looks at the inbox: a file is taken when it has not changed from one to the next.
INBOX_SECONDS: Final = 2.0
# Between two looks at the digests that are due before a meeting.
DIGEST_SECONDS: Final = 60.0
# Between two looks whether today's copy of the database is made; late enough not to meet the first visitors.
NIGHTLY_SECONDS: Final = 600.0
# Between two collections of garbage, which Streamlit would do after every click.
GARBAGE_SECONDS: Final = 5.0

# Everything comes from this server. Streamlit styles inline and imports a component's own script from a blob;
# Vega compiles chart expressions.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

# Files made at a press: their address is the only key to them, so that no browser or proxy keeps one.
MADE_FOR_ONE: Final = "/media/"
STAY_ON_HTTPS: Final = "max-age=31536000"

log = logging.getLogger("plc.server")
# Streamlit logs an exception with its words, which can quote a row; `on_script_error` logs it without.
logging.getLogger("streamlit.error_util").addFilter(lambda _: False)


class SecurityHeaders:
    """Adds the headers to every response; over https also says that nothing of it goes over http."""

    def __init__(self, app: ASGIApp, *, https: bool = False) -> None:
        self.app = app
        self.https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY_HEADERS)
                if scope.get("path", "").startswith(MADE_FOR_ONE):
                    headers["Cache-Control"] = "no-store"
                if self.https:
                    headers["Strict-Transport-Security"] = STAY_ON_HTTPS
                    message["headers"] = [_secured(header) for header in message["headers"]]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _secured(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """A cookie with the mark `Secure`, which Streamlit leaves out."""
    name, value = header
    if name.lower() != b"set-cookie" or b"; secure" in value.lower():
        return header
    return name, value + b"; Secure"


async def ready(_: Request) -> JSONResponse:
    """Whether the database answers and is migrated."""
    from plc.ui import runtime

    try:
        await asyncio.to_thread(lambda: runtime.database().data_version())
    except PlcError as error:
        return JSONResponse({"ready": False, "code": error.code}, status_code=503)
    return JSONResponse({"ready": True})


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open and migrate the database before the first visit; keep the collector off what never dies."""
    from plc.ui import runtime

    try:
        await asyncio.to_thread(runtime.database)
    except PlcError as error:
        # The page says the same to whoever opens it; the server stays up to say so.
        log.error("%s: %s", error.code, error.message)
    # Until the first visit Streamlit takes the folder pages/ for its own menu, and says of a deep link
    # that there is no such page.
    PagesManager.uses_pages_directory = False
    await asyncio.to_thread(import_screens)
    # A full collection after each rerun holds every thread; objects made by now are never garbage.
    gc.collect()
    gc.freeze()
    watches = [asyncio.create_task(watch()) for watch in WATCHES]
    try:
        yield {}
    finally:
        for watch in watches:
            watch.cancel()
        for watch in watches:
            with suppress(asyncio.CancelledError):
                await watch
        await asyncio.to_thread(runtime.write_audit)


async def watch_garbage() -> None:
    """Collect what pages left behind, for as long as the server runs."""
    while True:
        await asyncio.sleep(GARBAGE_SECONDS)
        await asyncio.to_thread(gc.collect)


def import_screens() -> None:
    """Import what pages draw with: no first visitor waits for it, and the collector is kept off all of it."""
    import plc.ui

    for module in pkgutil.iter_modules(plc.ui.__path__):
        importlib.import_module(f"plc.ui.{module.name}")


async def watch_inbox() -> None:
    """Take in what is dropped into the inbox folder for as long as the server runs."""
    from plc.ui import inbox_watch, runtime

    while True:
        await asyncio.sleep(INBOX_SECONDS)
        # What a page could not write while a long upload was under way.
        await asyncio.to_thread(runtime.write_audit)
        try:
            await asyncio.to_thread(inbox_watch.take_once)
        except PlcError as error:
            log.error("inbox: %s: %s", error.code, error.message)
        except Exception as error:
            # Its words could quote a row; the watch goes on with the next file.
            log.error("inbox: %s", type(error).__name__)


async def watch_digests() -> None:
    """Send the mail before each meeting for as long as the server runs."""
    from plc.ui import digest_watch

    while True:
        await asyncio.sleep(DIGEST_SECONDS)
        try:
            await asyncio.to_thread(digest_watch.send_once)
        except PlcError as error:
            log.error("digest: %s: %s", error.code, error.message)
        except Exception as error:
            # Its words could quote an address; what is due is tried again.
            log.error("digest: %s", type(error).__name__)


async def watch_nights() -> None:
    """Tidy up what an earlier run left, then keep house once a day for as long as the server runs."""
    from plc.ui import nightly

    due = nightly.AT_START
    while True:
        for step in due:
            try:
                await asyncio.to_thread(step)
            except PlcError as error:
                log.error("night: %s: %s", error.code, error.message)
            except Exception as error:
                # What is due is tried again.
                log.error("night: %s", type(error).__name__)
        due = nightly.EACH_NIGHT
        await asyncio.sleep(NIGHTLY_SECONDS)


WATCHES: Final = (watch_inbox, watch_digests, watch_nights, watch_garbage)


def on_script_error(error: Exception) -> bool:
    """One sentence for the browser; the place of the error, never its words, for the log.

    An exception's own words can quote a row of the file that caused it.
    """
    place = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s in a page\n%s", type(error).__name__, place)
    st.error(
        "This page could not be drawn. What was confirmed is safe. Reload the page; if it happens again,"
        " `plc doctor` checks the data.",
        title="Something went wrong",
        icon=":material/error:",
    )
    return True


_settings = load_settings()
app = st.App(
    ROOT / "app.py",
    lifespan=lifespan,
    routes=[Route("/api/ready", ready)],
    middleware=[
        Middleware(SecurityHeaders, https=_settings.address.startswith("https:")),
        # `server.allowedHosts` guards the websocket only; downloads come over plain HTTP.
        Middleware(TrustedHostMiddleware, allowed_hosts=served_names(_settings)),
    ],
    on_script_error=on_script_error,
)


def serve_app(db_path: Path, *, port: int) -> None:
    """Serve this database until stopped: on this computer only, unless people sign in.

    Raises `PlcError` where it would stand open, or where sign-in is not set up.
    """
    os.environ["PLC_DB"] = str(db_path.resolve())
    load_settings.cache_clear()
    settings = load_settings()
    require_safe_setup(settings)
    names = [*served_names(settings), "::1"]
    app.run(
        config=screen_config()
        | {"server.port": port, "server.address": settings.listen, "server.allowedHosts": names}
    )


def screen_config() -> dict[str, Any]:
    """The look and safety options of `.streamlit/config.toml`, from whatever folder the server is started."""
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return dict(_dotted("", options))


def _dotted(prefix: str, options: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in options.items():
        if isinstance(value, dict):
            yield from _dotted(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", value
