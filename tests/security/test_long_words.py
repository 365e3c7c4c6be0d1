"""100,000 characters in every text: each use case names the field, and nothing so long is ever kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from plc.core.free_text import PAGE, TooLong
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from tests.security.arguments import arguments_for
from tests.security.attempts import Attempts
from tests.security.test_other_scopes import ENDING, FOUND, IDS, MEMBER

LONG: Final = "long words " * 9_100
VIEWERS: Final = (
    MEMBER,
    Viewer(Role.PRINCIPAL, school_ids=("M1",), account_id="lead"),
    Viewer(Role.DISTRICT_LEADER, account_id="leader"),
    LOCAL_STEWARD,
)
# A whole file stands in one value of these: figures, or what a layout holds.
MADE_HERE: Final = {
    ("test_effect", "details"), ("figure_release", "context"), ("test_effect_class", "signature"),
}  # fmt: skip
# Several texts, each within its limit, in one value.
TOGETHER: Final = {
    ("inquiry_wording", "wording"),
    ("team_protocol", "steps"),
    ("discovery_visit", "look_fors"),
}
# The program alone says what it notes.
NOBODYS_WORDS: Final = {"plc.people.audit.note_access"}


@pytest.fixture(scope="module")
def district(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("long") / "plc.duckdb"
    shutil.copy2(sample_file, path)
    for key in sample_file.parent.glob("*.key"):
        shutil.copy2(key, path.parent / key.name)
    with Database(path) as database:
        yield database


def columns_of_text(database: Database) -> list[tuple[str, str]]:
    with database.read() as cursor:
        return [
            (table, column)
            for table, column in cursor.execute(
                "select table_name, column_name from information_schema.columns"
                " join information_schema.tables using (table_schema, table_name)"
                " where data_type = 'VARCHAR' and table_type = 'BASE TABLE' order by all"
            ).fetchall()
            if (table, column) not in MADE_HERE
        ]


def overlong(database: Database, columns: list[tuple[str, str]]) -> list[str]:
    """The columns that hold a text beyond the longest that any field takes."""
    tables: dict[str, list[str]] = {}
    for table, column in columns:
        tables.setdefault(table, []).append(column)
    found = []
    with database.read() as cursor:
        for table, names in tables.items():
            lengths = ", ".join(f"max(length({name}))" for name in names)
            rows = cursor.execute(f"select {lengths} from {table}").fetchall()
            for name, length in zip(names, rows[0], strict=True):
                most = 20 * PAGE if (table, name) in TOGETHER else PAGE
                if (length or 0) > most:
                    found.append(f"{table}.{name}: {length}")
    return found


def test_no_use_case_keeps_a_text_that_nobody_would_read(district: Database, attempts: Attempts) -> None:
    columns = columns_of_text(district)
    refused = set()
    for name in sorted(set(FOUND) - NOBODYS_WORDS, key=lambda name: (name.endswith(ENDING), name)):
        arguments = arguments_for(FOUND[name], IDS, words=LONG)
        if LONG not in repr(arguments):
            continue
        for viewer in VIEWERS:
            try:
                FOUND[name](district, viewer, **arguments)
            except TooLong:
                refused.add(name)
            except Exception:  # noqa: S110 -- what counts is what is kept
                pass
            attempts.refused()
    attempts.judge(overlong(district, columns), "kept in the database")
    assert len(refused) >= 20, sorted(refused)


def test_a_text_that_got_in_would_be_noticed(district: Database) -> None:
    """A check of the attack; it comes last, for what it does to the copy."""
    with district.write() as cursor:
        cursor.execute("update inquiry set title = repeat('long ', 1000)").fetchall()
    assert overlong(district, columns_of_text(district)) == ["inquiry.title: 5000"]
