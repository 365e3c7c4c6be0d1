"""Checks of the attacks: each succeeds against a copy that is weakened on purpose.

Markdown that is not escaped, figures that are not suppressed and files that are not locked are weakened
beside their attacks; here are the others.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from starlette.responses import PlainTextResponse

from plc.core.errors import NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import Identity, RoleGrant, claim_invitation, invite
from plc.people.releases import read_release
from tests.security.test_from_outside import missing_headers, unsafe_cookie
from tests.security.test_hostile_words import FORMULAS, SQL
from tests.security.test_injection import formulas

NOW = datetime.now(UTC).replace(tzinfo=None)


def test_without_our_headers_and_flags_an_answer_is_found_unsafe() -> None:
    answer = PlainTextResponse("")
    answer.set_cookie("_streamlit_user", "x", samesite=None)
    headers = {name.decode().lower(): value.decode() for name, value in answer.raw_headers}
    assert "Content-Security-Policy" in missing_headers(headers)
    assert unsafe_cookie(headers["set-cookie"])


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_table_written_as_it_is_starts_formulas(formula: str) -> None:
    assert formulas(pd.DataFrame({"words": [formula]}).to_csv(index=False).encode())


def test_words_put_into_a_statement_break_it_open(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "weak.duckdb") as weak:  # noqa: TID251
        weak.execute("create table team (name varchar); create table teacher (name varchar)")
        weak.execute("insert into teacher values ('Ms Adeyemi')")
        dropping, joining = SQL
        found = weak.execute(f"select name from team where name = '{joining}").fetchall()
        assert found == [("Ms Adeyemi",)]
        weak.execute(f"select name from team where name = '{dropping}")
        assert weak.execute("select count(*) from duckdb_tables() where table_name = 'team'").fetchall() == [
            (0,)
        ]


def test_a_scope_that_is_not_asked_for_lets_another_team_in(sample_database: Database) -> None:
    from plc.meetings import meeting

    outsider = Viewer(Role.FACILITATOR, teacher_id="T155", team_ids=("sample-team-3",))
    with pytest.raises(Exception, match="meeting"):
        meeting(sample_database, outsider, "sample-meeting-3")
    unscoped = Viewer(Role.FACILITATOR, teacher_id="T155", team_ids=("sample-team-3", "sample-team-1"))
    assert meeting(sample_database, unscoped, "sample-meeting-3").goal


def test_figures_that_are_not_frozen_tell_of_one_student_who_left(sample_database: Database) -> None:
    """Two exports around one departure: live counts differ by her, released ones do not."""
    live = "select count(*) from student_version"
    with sample_database.read() as cursor:
        frozen = read_release(cursor, "catch_up")
        before = cursor.execute(live).fetchall()[0][0]
    with sample_database.write() as cursor:
        gone = cursor.execute("select min(student_key) from student_version").fetchall()[0][0]
        cursor.execute("delete from student_version where student_key = $gone", {"gone": gone}).fetchall()
    with sample_database.read() as cursor:
        after = cursor.execute(live).fetchall()[0][0]
        assert read_release(cursor, "catch_up") == frozen
    assert before - after == 1


def test_a_code_that_is_not_used_up_is_claimed_again(database: Database) -> None:
    def claim(subject: str) -> str:
        return claim_invitation(
            database, Identity("https://login.example", subject, "ada@x.example", NOW), code
        )

    code = invite(database, LOCAL_STEWARD, "ada@x.example", RoleGrant(Role.DISTRICT_LEADER))
    claim("ada")
    with pytest.raises(NotAllowed):
        claim("mallory")
    with database.write() as cursor:
        cursor.execute("update account_invitation set claimed_at = null, claimed_by = null").fetchall()
    assert claim("mallory")
