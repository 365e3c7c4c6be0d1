"""Three schools with a team each, and who leads them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry import InquiryWording, open_inquiry

TODAY = clock.now().date()
PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("S1",), account_id="p1")
ELSEWHERE = Viewer(Role.PRINCIPAL, school_ids=("S2",), account_id="p2")
DISTRICT = Viewer(Role.DISTRICT_LEADER, account_id="d")
ANA = Viewer(Role.TEACHER, teacher_id="T1", team_ids=("team-1",))
BEA = Viewer(Role.TEACHER, teacher_id="T2", team_ids=("team-2",))


@pytest.fixture
def schools(database: Database) -> Database:
    """Teams 1 and 2 of schools S1 and S2, team 3 across schools; teacher n leads team n of three."""
    with database.write() as cursor:
        for number, school_id in ((1, "S1"), (2, "S2"), (3, None)):
            cursor.execute(
                "insert into team (team_id, team_name, subject, grade, school_id, norms, version, created_by,"
                " created_at) values ($team, $name, 'maths', 6, $school, '', 1, $teacher, $now)",
                {
                    "team": f"team-{number}", "name": f"Team {number}", "school": school_id,
                    "teacher": f"T{number}", "now": clock.now(),
                },
            ).fetchall()  # fmt: skip
            for teacher, part in (("", "facilitator"), ("-b", "member"), ("-c", "member")):
                cursor.execute(
                    "insert into team_member values ($team, $teacher, $part, $since, null)",
                    {
                        "team": f"team-{number}", "teacher": f"T{number}{teacher}", "part": part,
                        "since": TODAY - timedelta(days=300),
                    },
                ).fetchall()  # fmt: skip
            cursor.execute(
                "insert into teacher_version (teacher_key, teacher_id, name, upload_key)"
                " values ($key, $teacher, $name, 1)",
                {"key": number, "teacher": f"T{number}", "name": f"Ms Number{number}"},
            ).fetchall()
    return database


def open_long_ago(database: Database, viewer: Viewer, *, days: int) -> str:
    """An inquiry of the viewer's team, opened so many days ago."""
    wording = InquiryWording(title="Secret title", challenge="x", subject="maths", school_year=2026)
    inquiry_id = open_inquiry(database, viewer, team_id=viewer.team_ids[0], wording=wording)
    with database.write() as cursor:
        cursor.execute(
            "update inquiry set opened_at = $then where inquiry_id = $inquiry_id",
            {"then": clock.now() - timedelta(days=days), "inquiry_id": inquiry_id},
        ).fetchall()
    return inquiry_id
