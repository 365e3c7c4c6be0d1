"""The production entry: what it sends, what it logs, what it reads."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest

from plc import server
from plc.core.errors import Conflict
from plc.server import ROOT, SECURITY_HEADERS, SecurityHeaders, on_script_error, screen_config
from plc.ui import nightly


def test_the_look_and_safety_options_are_read_whatever_the_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    options = screen_config()
    assert options["client.showErrorDetails"] == "none"
    assert options["runner.enforceSerializableSessionState"] is True
    assert options["theme.dark.sidebar.backgroundColor"].startswith("#")
    assert (ROOT / "app.py").exists()


def in_a_thread_of_its_own(work: Callable[[], Awaitable[None]]) -> None:
    """A browser test of the same process keeps a loop running in this thread."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(anyio.run, work).result()


def test_garbage_is_collected_by_the_clock_and_not_after_every_click(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[bool] = []
    monkeypatch.setattr(server, "GARBAGE_SECONDS", 0.01)
    monkeypatch.setattr("plc.server.gc.collect", lambda: collected.append(True))

    async def some_time() -> None:
        with anyio.move_on_after(0.5):
            await server.watch_garbage()

    in_a_thread_of_its_own(some_time)
    assert len(collected) > 1
    assert screen_config()["runner.postScriptGC"] is False
    assert server.watch_garbage in server.WATCHES


def test_what_a_night_cannot_do_is_logged_without_its_words_and_keeps_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def refused() -> None:
        raise Conflict("An upload is under way.")

    def broken() -> None:
        raise OSError("/data/uploads/Maxi Muster.csv")

    monkeypatch.setattr(server, "NIGHTLY_SECONDS", 0.01)
    monkeypatch.setattr(nightly, "AT_START", (broken, lambda: done.append("start")))
    monkeypatch.setattr(nightly, "EACH_NIGHT", (refused, broken, lambda: done.append("night")))

    async def some_time() -> None:
        with anyio.move_on_after(0.5):
            await server.watch_nights()

    with caplog.at_level(logging.ERROR):
        in_a_thread_of_its_own(some_time)
    assert done[:3] == ["start", "night", "night"]
    logged = [record.getMessage() for record in caplog.records if record.name == "plc.server"]
    assert logged[:3] == ["night: OSError", "night: conflict: An upload is under way.", "night: OSError"]
    assert server.watch_nights in server.WATCHES


def headers_sent(scope: dict[str, str]) -> list[tuple[str, str]]:
    """Name and value of each header of an answer."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def collect(message: Any) -> None:
        sent.append(message)

    async def ask() -> None:
        await SecurityHeaders(app)(scope, None, collect)  # type: ignore[arg-type]

    in_a_thread_of_its_own(ask)
    return [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]


def test_every_answer_carries_the_security_headers() -> None:
    names = {name for name, _ in headers_sent({"type": "http"})}
    assert {name.lower() for name in SECURITY_HEADERS} <= names


@pytest.mark.parametrize(("path", "kept"), [("/media/0123.zip", {"no-store"}), ("/", set())])
def test_no_browser_or_proxy_keeps_a_file_made_for_one_person(path: str, kept: set[str]) -> None:
    """Its address is the only key to it."""
    sent = headers_sent({"type": "http", "path": path})
    assert {value for name, value in sent if name.lower() == "cache-control"} == kept


def test_an_error_reaches_the_log_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    row = "Maxi " + "Muster"
    with pytest.raises(ValueError, match="Muster") as raised:
        int(row)
    with caplog.at_level(logging.ERROR):
        assert on_script_error(raised.value) is True
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name == "plc.server")
    assert "ValueError in a page" in logged
    assert "test_server.py" in logged
    assert "Muster" not in logged


def test_streamlits_own_log_of_an_error_is_kept_out() -> None:
    record = logging.LogRecord(
        "streamlit.error_util", logging.ERROR, "", 0, "Uncaught app execution", None, None
    )
    assert not logging.getLogger("streamlit.error_util").filter(record)
