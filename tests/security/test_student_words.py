"""A student's id in every text that anybody writes: refused by name of the field, and kept in none.

Every use case that takes words is called with an id of the roster in them, by everyone who may call it. No
column of text may hold the id afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from plc.core.errors import PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import student_words
from plc.results.pseudonyms import open_pseudonyms
from plc.results.student_words import NamesStudent
from tests.conftest import copy_installation
from tests.security.arguments import arguments_for
from tests.security.attempts import Attempts
from tests.security.test_other_scopes import ENDING, FOUND, HEAVY, IDS, MEMBER

VIEWERS: Final = (
    MEMBER,
    Viewer(Role.PRINCIPAL, school_ids=("M1",), account_id="lead"),
    Viewer(Role.DISTRICT_LEADER, account_id="leader"),
    LOCAL_STEWARD,
)
# Texts that need not be given.
OPTIONAL: Final = (
    "words", "note", "reason", "changed", "adaptation", "challenge", "measure_purpose", "notes",
    "visited_words", "contrast_note", "line", "meets", "norms", "aim_for",
)  # fmt: skip
# Asked for where the page is, since teams lie below the room that knows students (`plc/ui/teams.py`).
ON_THE_PAGE: Final = {
    "plc.people.team_agreements.record_team_agreement",
    "plc.people.team_changes.edit_team",
    "plc.people.team_changes.make_team",
}
# What a steward or the program alone writes; it names accounts, teachers and files.
NOT_WORDS: Final = {
    "plc.people.audit.note_access",
    "plc.people.accounts.link_account",
    "plc.people.invitations.invite",
    "plc.people.sign_in.look_as",
    "plc.results.staging.stage_upload",
    "plc.stewardship.students.erase_student",
    "plc.stewardship.teachers.remove_teacher",
}


@pytest.fixture
def district(sample_file: Path, tmp_path: Path) -> Iterator[Database]:
    with Database(copy_installation(sample_file, tmp_path)) as database:
        yield database


def an_id(database: Database) -> str:
    with database.read() as cursor:
        rows = cursor.execute("select pseudonym from student order by student_key limit 1").fetchall()
    return open_pseudonyms(database).reveal([rows[0][0]])[0]


def write_everywhere(database: Database, words: str) -> dict[str, int]:
    """Call everything that takes words, and say how often each use case named a student in them."""
    refused: dict[str, int] = {}
    ids = dict.fromkeys(OPTIONAL, words) | IDS
    names = sorted(
        set(FOUND) - HEAVY - NOT_WORDS - ON_THE_PAGE, key=lambda name: (name.endswith(ENDING), name)
    )
    for name in names:
        arguments = arguments_for(FOUND[name], ids, words=words)
        if words not in repr(arguments):
            continue
        for viewer in VIEWERS:
            try:
                FOUND[name](database, viewer, **arguments)
            except NamesStudent:
                refused[name] = refused.get(name, 0) + 1
            except (PlcError, Exception):  # noqa: S110 -- what counts is what is kept
                pass
    return refused


def holding(database: Database, secret: str) -> set[str]:
    """The columns of text that hold a secret."""
    found = set()
    with database.read() as cursor:
        columns = cursor.execute(
            "select table_name, list(column_name) from information_schema.columns"
            " join information_schema.tables using (table_schema, table_name)"
            " where data_type = 'VARCHAR' and table_type = 'BASE TABLE' group by all"
        ).fetchall()
        for table, names in columns:
            held = ", ".join(f"bool_or(contains({name}, $secret))" for name in names)
            rows = cursor.execute(f"select {held} from {table}", {"secret": secret}).fetchall()
            found |= {f"{table}.{name}" for name, here in zip(names, rows[0], strict=True) if here}
    return found


def test_no_text_keeps_a_students_id(district: Database, attempts: Attempts) -> None:
    student_id = an_id(district)
    before = holding(district, student_id)
    refused = write_everywhere(district, f"Like {student_id} said")
    attempts.refused(sum(refused.values()))
    for column in holding(district, student_id) - before:
        attempts.got_through(column)
    assert len(refused) >= 20, sorted(refused)


def test_unsearched_the_same_words_are_kept(district: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check of the attack."""
    monkeypatch.setattr(student_words, "fields_with_students", lambda *_: [])
    student_id = an_id(district)
    write_everywhere(district, f"Like {student_id} said")
    kept = holding(district, student_id)
    assert len(kept) >= 15
