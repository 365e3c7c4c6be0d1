"""The made-up team's meetings: the next one is ready today, with what the last one left."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from plc.cli import main
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.meetings import (
    Roles,
    State,
    current_meetings,
    last_commitments,
    meeting,
    past_meetings,
    pulse_trend,
    search_decisions,
    start_meeting,
)
from plc.people.school_calendar import SAMPLE_TODAY
from plc.schools import month_at_a_glance

TEAM = "sample-team-1"
ANA = Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=(TEAM,))
PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("M1",))


def test_a_meeting_of_today_waits_with_four_commitments(sample_database: Database) -> None:
    ((_, team_id, state, meets_on, meets_at),) = current_meetings(sample_database, ANA)
    assert (team_id, state, meets_on, meets_at) == (TEAM, State.PLANNED, SAMPLE_TODAY, "14:30")
    open_ones = last_commitments(sample_database, ANA, TEAM)
    assert sorted(one.owner_teacher_id for one in open_ones) == ["T048", "T049", "T132", "T146"]


def test_earlier_meetings_have_records_decisions_and_a_trend(sample_database: Database) -> None:
    assert len(past_meetings(sample_database, ANA)) == 4
    assert search_decisions(sample_database, ANA, "pairs").rows[0].decided_on == date(2026, 5, 5)
    assert [block.answers for block in pulse_trend(sample_database, ANA, TEAM)] == [8, 8]


def test_its_principal_reads_that_it_met_and_nothing_it_said(sample_database: Database) -> None:
    (status,) = [
        one
        for one in month_at_a_glance(sample_database, PRINCIPAL, month=date(2026, 5, 1)).rows
        if one.team_id == TEAM
    ]
    assert (status.met_on, status.phase) == (date(2026, 5, 14), "confirm")
    assert status.decisions == (("keep testing", 2),)
    assert status.open_barriers == 1


def test_the_digest_of_today_is_kept_as_a_file_without_a_mail_server(sample_database: Database) -> None:
    sample_database.checkpoint()
    copy = Path(sample_database.path).with_name("digest.duckdb")
    copy.write_bytes(Path(sample_database.path).read_bytes())
    done = CliRunner().invoke(main, ["digest", "--db", str(copy), "--hours", "168", "--json"])
    assert done.exit_code == 0, done.output
    (sent,) = json.loads(done.stdout)["digests"]
    assert sent["team"] == "Granite Falls, grade 6 maths"
    mail = Path(sent["file"]).read_text()
    assert "wrong answer on three days" in mail.replace("=\n", "")
    again = CliRunner().invoke(main, ["digest", "--db", str(copy), "--hours", "168", "--json"])
    assert json.loads(again.stdout)["digests"] == []


def test_roles_come_round_to_the_walkthroughs(sample_database: Database) -> None:
    started = start_meeting(sample_database, ANA, TEAM)
    found = meeting(sample_database, ANA, started)
    assert found.roles == Roles("T049", "T132", "T146")
    assert (found.week_number, found.week_count) == (3, 6)
    assert found.goal.startswith("Our students follow an example")
