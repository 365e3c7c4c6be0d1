"""What came through the inbox is listed with its counts and what to do next."""

from __future__ import annotations

import json

from plc.core.viewer import Role
from plc.results.inbox import inbox_folder
from plc.ui import inbox_watch
from tests.pages.conftest import App, text_of
from tests.pages.test_seats import INBOX
from tests.pages.test_uploads_pages import results_file, results_in_use


def test_a_file_of_the_inbox_is_taken_in_scanned_and_listed(empty: App) -> None:
    empty.sit(Role.TEACHER)
    assert "No file has come through" in text_of(empty.page(INBOX))
    inbox_watch.take_once()
    folder = inbox_folder(empty.path)
    (folder / "night.csv").write_bytes(results_file())
    (folder / "night.csv.json").write_text(json.dumps({"confirm": True}))
    (folder / "later.csv").write_bytes(results_file(students=5))
    (folder / "page.html").write_text("<html>")
    assert inbox_watch.take_once() == []
    assert sorted(inbox_watch.take_once()) == ["confirmed", "refused", "waits"]
    shown = text_of(empty.page(INBOX))
    assert results_in_use(empty) == 20
    assert "night" in shown
    assert "20 rows read: 20 to add" in shown
    assert "page" in shown
    assert "Muster" not in shown
