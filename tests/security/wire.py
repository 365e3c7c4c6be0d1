"""A visitor without a browser: the websocket, spoken by hand, with any cookie, origin or host."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from google.protobuf.message import Message
from itsdangerous import URLSafeTimedSerializer
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.sync.client import ClientConnection, connect

IDENTITY_COOKIE: Final = "_streamlit_user"
XSRF_COOKIE: Final = "_streamlit_xsrf"
PATIENCE_SECONDS: Final = 30


def identity_cookie(secret: str, address: str, claims: Mapping[str, Any]) -> str:
    """The cookie that says who signed in, signed with a secret."""
    payload = json.dumps({"origin": address, "is_logged_in": True, **claims})
    signed = URLSafeTimedSerializer(secret, salt=IDENTITY_COOKIE).dumps(payload)
    return str(signed)


@contextmanager
def visitor(
    address: str, *, cookie: str | None = None, origin: str | None = "", session: str | None = None
) -> Iterator[ClientConnection]:
    """An open websocket. `origin` empty is the app's own; None sends none."""
    token = generate_xsrf_token_string()
    cookies = f"{XSRF_COOKIE}={token}" + (f"; {IDENTITY_COOKIE}={cookie}" if cookie else "")
    with connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=address if origin == "" else origin,  # type: ignore[arg-type]
        subprotocols=["streamlit", token, *([session] if session else [])],  # type: ignore[list-item]
        additional_headers={"Cookie": cookies},
        max_size=None,
        open_timeout=PATIENCE_SECONDS,
    ) as opened:
        yield opened


def open_page(connection: ClientConnection, page: str, *, query: str = "") -> str:
    """Everything the app sends for a page, in words."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    asked.rerun_script.context_info.url = f"http://localhost/{page}"
    connection.send(asked.SerializeToString())
    return "\n".join(_until_drawn(connection))


def _until_drawn(connection: ClientConnection) -> Iterator[str]:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        received = connection.recv(timeout=PATIENCE_SECONDS)
        message = ForwardMsg()
        message.ParseFromString(received if isinstance(received, bytes) else received.encode())
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return
        elif message.WhichOneof("type") in ("delta", "navigation", "auth_redirect"):
            yield from texts(message)
    raise TimeoutError("the page was not drawn")


def texts(message: Message) -> Iterator[str]:
    """Every text in a message, however deep."""
    for field, value in message.ListFields():
        parts = value if field.is_repeated else [value]
        for part in parts.values() if hasattr(parts, "values") else parts:
            if isinstance(part, Message):
                yield from texts(part)
            elif isinstance(part, str):
                yield part
            elif isinstance(part, bytes):
                yield part.decode("utf-8", "replace")
