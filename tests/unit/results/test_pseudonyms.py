"""Student ids are hidden under a key that lies outside the database and must stay the same."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from plc.core.errors import DatabaseUnavailable
from plc.database import Database
from plc.results.pseudonyms import KEY_BYTES, Pseudonyms, key_path, open_pseudonyms
from plc.settings import load_settings
from tests.unit.results.files import load, query, results, row, stage


def test_the_same_id_is_always_the_same_pseudonym_and_can_be_read_back(database: Database) -> None:
    pseudonyms = open_pseudonyms(database)
    hidden = pseudonyms.hide(["000123", "123", "000123"])
    assert hidden[0] == hidden[2] != hidden[1]
    assert pseudonyms.reveal(hidden) == ["000123", "123", "000123"]


def test_the_database_holds_pseudonyms_that_its_teacher_can_read(database: Database) -> None:
    load(database, results(row("000123")))
    ((hidden, unpadded),) = query(database, "select pseudonym, pseudonym_unpadded from student")
    assert "123" not in hidden
    assert open_pseudonyms(database).reveal([hidden, unpadded]) == ["000123", "123"]


def test_the_key_is_made_once_and_is_readable_by_its_owner_only(database: Database) -> None:
    assert not key_path(database).exists()
    open_pseudonyms(database)
    key = key_path(database).read_bytes()
    assert stat.S_IMODE(key_path(database).stat().st_mode) == 0o600
    assert len(base64.b64decode(key)) == KEY_BYTES
    open_pseudonyms(database)
    assert key_path(database).read_bytes() == key


def test_a_missing_key_is_an_error_that_says_what_to_do(database: Database) -> None:
    load(database, results(row()))
    key_path(database).unlink()
    with pytest.raises(DatabaseUnavailable, match="Put the file back"):
        stage(database, results(row()))


@pytest.mark.parametrize(
    ("text", "says"), [("not base64!", "base64 key"), (base64.b64encode(b"short").decode(), "64 bytes")]
)
def test_a_damaged_key_is_an_error(database: Database, text: str, says: str) -> None:
    key_path(database).write_text(text)
    with pytest.raises(DatabaseUnavailable, match=says):
        stage(database, results(row()))


def test_another_key_is_noticed_before_anything_is_matched(database: Database) -> None:
    load(database, results(row()))
    key_path(database).write_bytes(base64.b64encode(b"k" * KEY_BYTES))
    with pytest.raises(DatabaseUnavailable, match="is not the key this database was made with"):
        stage(database, results(row()))


def test_a_pseudonym_of_another_key_is_not_read(database: Database) -> None:
    (hidden,) = Pseudonyms(b"a" * KEY_BYTES).hide(["000123"])
    with pytest.raises(DatabaseUnavailable):
        Pseudonyms(b"b" * KEY_BYTES).reveal([hidden])


def test_a_configured_key_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLC_PSEUDONYM_KEY", base64.b64encode(b"c" * KEY_BYTES).decode())
    load_settings.cache_clear()
    try:
        with Database(tmp_path / "plc.duckdb") as database:
            load(database, results(row()))
            assert not key_path(database).exists()
    finally:
        load_settings.cache_clear()
