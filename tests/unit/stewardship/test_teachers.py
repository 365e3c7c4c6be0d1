"""Removing a teacher, and that no table holds who somebody is without saying what becomes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import verify_audit
from plc.stewardship import teachers
from plc.stewardship.erased_rows import OF_STUDENTS
from plc.stewardship.teachers import people_columns, remove_teacher
from tests.conftest import copy_installation

WHO = re.compile(
    r"teacher_id$|teacher_key$|_by$|facilitator_id$|recorder_id$|timekeeper_id$|account_id$|address$|person_id$|author|^signature$|^name$"
)
STUDENT = re.compile(r"student_key$|pseudonym")
# Places that look like a person and are none.
NOBODY = {
    "assessment_version.name", "school_version.name", "standard_version.name", "import_layout.name",
    "measure_purpose.name", "schema_migration.name",
}  # fmt: skip
GONE, NAME = "T049", "Adeyemi"
# What people wrote in their own words, which nobody searches for names; docs/privacy.md says so.
WORDS = {"candidate_practice.contrast_note", "inquiry.state_reason", "inquiry_ending.reason"}


def columns(database: Database, kind: str = "VARCHAR") -> list[tuple[str, str]]:
    """Every column of every table, without views."""
    with database.read() as cursor:
        return cursor.execute(
            "select columns.table_name, columns.column_name from duckdb_columns() as columns"
            " inner join duckdb_tables() as tables on columns.table_name = tables.table_name"
            " where not tables.internal and not tables.temporary"
            " and ($kind = '' or columns.data_type = $kind) order by all",
            {"kind": kind},
        ).fetchall()


def test_of_every_column_that_holds_a_person_it_is_said_what_becomes_of_it(database: Database) -> None:
    said = people_columns()
    listed = {f"{table}.{column}" for part in ("replaced", "deleted", "account")
              for table, some in said[part].items() for column in some}  # fmt: skip
    whole = {f"{table}.{column}" for table, column in columns(database, "")}
    text = {f"{table}.{column}" for table, column in columns(database)}
    found = {one for one in text if WHO.search(one.split(".")[1])}
    found |= {one for one in whole if one.endswith("teacher_key")}
    assert found - listed - set(said["kept"]) - NOBODY == set(), "say it in plc/stewardship/people.toml"
    assert (listed | set(said["kept"])) - whole == set(), "these are gone: take them out of people.toml"


def test_every_table_that_holds_a_student_is_reached_by_erasing_one(database: Database) -> None:
    holding = {table for table, column in columns(database, "") if STUDENT.search(column)}
    assert holding - set(OF_STUDENTS) - {"figure_unit"} == set(), "erase it in plc/stewardship/erased_rows.py"


@pytest.fixture
def district(sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The sample district; figures of classes, which come from the roster, are not made anew."""
    monkeypatch.setattr(teachers, "finish_erasures", lambda *_, **__: 0)
    database = Database(copy_installation(sample_file, tmp_path))
    with database.write() as cursor:
        cursor.execute(
            "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at)"
            f" values ('hers', 'https://example.org', 'x', 'hers@example.org', '{GONE}', now())"
        ).fetchall()
        cursor.execute("update upload set uploaded_by = 'hers'").fetchall()
        cursor.execute(
            f"update test_section set block = 'teacher {GONE}' where teacher_id = '{GONE}'"
        ).fetchall()
    return database


def test_a_teacher_who_is_removed_is_in_no_column_but_the_rosters(district: Database) -> None:
    kept = set(people_columns()["kept"])
    removal = remove_teacher(district, LOCAL_STEWARD, GONE, reason="request 7")
    assert removal.deleted > 3
    assert removal.replaced > 30
    left = []
    with district.read() as cursor:
        for table, column in columns(district):
            # Letters drawn at random, in which any four may stand.
            if column.startswith("pseudonym"):
                continue
            for word in (GONE, NAME, "hers@", "|hers|"):
                rows = cursor.execute(
                    f"select count(*) from {table} where contains(concat('|', {column}, '|'), '{word}')"
                ).fetchall()
                if rows[0][0] and f"{table}.{column}" not in kept | WORDS:
                    left.append((table, column, word))
        roster = cursor.execute(f"select name from teacher_version where teacher_id = '{GONE}'").fetchall()
        written = cursor.execute("select count(*) from commitment where owner_teacher_id like 'left-%'")
        assert written.fetchall()[0][0] > 0
    assert left == []
    assert {name for (name,) in roster} == {None}
    assert verify_audit(district, LOCAL_STEWARD).whole
    district.close()


def test_removing_asks_for_a_steward_a_known_teacher_and_a_reason_without_her_id(district: Database) -> None:
    with pytest.raises(NotAllowed):
        remove_teacher(district, Viewer(Role.PRINCIPAL), GONE, reason="request 7")
    with pytest.raises(NotFound):
        remove_teacher(district, LOCAL_STEWARD, "T999", reason="request 7")
    for reason in (" ", f"{GONE} left"):
        with pytest.raises(PlcError):
            remove_teacher(district, LOCAL_STEWARD, GONE, reason=reason)
    district.close()
