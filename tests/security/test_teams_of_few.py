"""What leaders read of a team of two, and of one teacher's consent or leaving: by before and after.

A team of fewer than three is one or two people: that it met, decided, moved on or had results is their doing.
Every list, count and report of its principal and of the district is the same before and after.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.people import leave_team
from plc.reports import board_page, ilt_brief
from plc.schools import TeamQuery, month_at_a_glance, scope, stalled_teams
from tests.security.attempts import Attempts

MAY: Final = date(2026, 5, 1)
FEW: Final = "sample-team-1"
STAYING: Final = ("T049", "T048")
# What the team of two does from one look to the next.
DONE: Final = (
    "update meeting set meets_on = meets_on + interval 1 day where team_id = $team",
    "update meeting set state = 'ended' where team_id = $team",
    "update inquiry set phase = 'discover' where team_id = $team and state = 'open'",
    "insert into meeting_decision by name select * replace ('another' as decision_id, 'abandon' as decision,"
    " date '2026-05-20' as decided_on) from meeting_decision where team_id = $team limit 1",
    "update inquiry set opened_at = timestamp '2025-09-01' where team_id = $team",
    "delete from test_decision where test_id in (select test_id from practice_test where team_id = $team)",
)


@pytest.fixture(scope="module")
def leaders(sample_database: Database) -> dict[str, Viewer]:
    with sample_database.write() as cursor:
        cursor.execute(
            "update team_member set left_on = date '2026-01-10' where team_id = $team"
            " and teacher_id not in ($one, $other)",
            {"team": FEW, "one": STAYING[0], "other": STAYING[1]},
        ).fetchall()
        (school_id,) = cursor.execute(
            "select school_id from team where team_id = $team", {"team": FEW}
        ).fetchall()[0]
        raise_data_version(cursor)
    return {
        "her principal": Viewer(Role.PRINCIPAL, school_ids=(school_id,), account_id="lead"),
        "a district leader": Viewer(Role.DISTRICT_LEADER, account_id="leader"),
    }


def told(database: Database, viewer: Viewer) -> dict[str, Any]:
    """What leaders read of teams, by list and report."""
    return {
        "month": repr(month_at_a_glance(database, viewer, month=MAY)),
        "two weeks": repr(month_at_a_glance(database, viewer, month=MAY, since=MAY + timedelta(days=10))),
        "one team": repr(month_at_a_glance(database, viewer, month=MAY, query=TeamQuery(words="maths"))),
        "stalled": repr(stalled_teams(database, viewer)),
        "brief": ilt_brief(database, viewer, month=MAY).frame().to_csv(),
        "board": board_page(database, viewer, month=MAY).frame().to_csv(),
    }


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [name for name, words in before.items() if after[name] != words]


def do(database: Database) -> None:
    """What the team of two does."""
    with database.write() as cursor:
        for statement in DONE:
            cursor.execute(statement, {"team": FEW}).fetchall()
        raise_data_version(cursor)


def test_a_team_of_two_tells_its_leaders_nothing_by_what_it_does(
    sample_database: Database, leaders: dict[str, Viewer], attempts: Attempts
) -> None:
    before = {who: told(sample_database, viewer) for who, viewer in leaders.items()}
    # Who is in a team of six and leaves it: five are left.
    leave_team(
        sample_database, Viewer(Role.TEACHER, teacher_id="T118", team_ids=("sample-team-4",)), "sample-team-4"
    )
    do(sample_database)
    for who, viewer in leaders.items():
        after = told(sample_database, viewer)
        for name in before[who]:
            attempts.judge(name in changed(before[who], after), f"{name} of {who}")
        assert "fewer than three members" in before[who]["brief"]
        assert "not counted" in before[who]["board"]


def test_counted_with_the_others_it_would_tell(
    sample_database: Database, leaders: dict[str, Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of the attack; it comes last, for what it does to the copy."""
    monkeypatch.setattr(scope, "MINIMUM_TEACHERS", 1)
    viewer = leaders["her principal"]
    before = told(sample_database, viewer)
    with sample_database.write() as cursor:
        cursor.execute("delete from meeting_decision where team_id = $team", {"team": FEW}).fetchall()
        cursor.execute("delete from meeting where team_id = $team", {"team": FEW}).fetchall()
        raise_data_version(cursor)
    assert {"month", "brief", "board"} <= set(changed(before, told(sample_database, viewer)))
