"""Teams and their members for the tests of inquiries, written straight into the tables."""

from __future__ import annotations

from datetime import datetime

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry import InquiryWording

ANA = Viewer(Role.FACILITATOR, teacher_id="ana", team_ids=("team",))
BEN = Viewer(Role.TEACHER, teacher_id="ben", team_ids=("team",))
STRANGER = Viewer(Role.TEACHER, teacher_id="eve", team_ids=("other",))
COACH = Viewer(Role.COACH, account_id="coach", team_ids=("team",))
PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("S1",), team_ids=("team",))

WORDING = InquiryWording(
    title="Fractions that stick",
    challenge="Our students lose fractions by spring.",
    subject="maths",
    grade=6,
    school_year=2026,
)


def make_team(database: Database, team_id: str = "team") -> None:
    """A team without members, as far as inquiries ask."""
    with database.write() as cursor:
        cursor.execute(
            "insert into team (team_id, team_name, norms, version, created_by, created_at)"
            " values ($id, 'Grade 6 maths', '', 1, 'ana', $at)",
            {"id": team_id, "at": datetime(2026, 9, 1)},
        ).fetchall()
