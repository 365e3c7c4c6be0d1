"""A small district with results, a team in it and an inquiry, from which tests are planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry import InquiryWording, open_inquiry
from plc.inquiry.test_records import Prediction, TestPlan
from plc.statistics.effect_designs import Design

# Ms Adeyemi's team of the sample district, and a teacher and a principal who are not in it.
TEAM = "sample-team-1"
ANA = Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=(TEAM,))
BEN = Viewer(Role.TEACHER, teacher_id="T048", team_ids=(TEAM,))
STRANGER = Viewer(Role.TEACHER, teacher_id="T139", team_ids=("sample-team-9",))
PRINCIPAL = Viewer(Role.PRINCIPAL, school_ids=("M1",), team_ids=(TEAM,))
COACH = Viewer(Role.COACH, account_id="coach", team_ids=(TEAM,))

RUNNING = "sample-test-running"
OWN_CLASSES = ("M1-MA6-26-1", "M1-MA6-26-2", "M1-MA6-26-3", "M1-MA6-26-4", "M1-MA6-26-5", "M1-MA6-26-6")
# After the sample district's today, 21 May 2026.
STARTS, ENDS = date(2026, 5, 25), date(2026, 6, 19)


def new_inquiry(database: Database, viewer: Viewer = ANA) -> str:
    """An inquiry of Ms Adeyemi's team whose candidate is P3."""
    inquiry_id = open_inquiry(
        database,
        viewer,
        team_id=TEAM,
        wording=InquiryWording(
            title="Slips",
            challenge="Slips when they work alone.",
            subject="maths",
            grade=6,
            school_year=2026,
            measure_kind="common",
        ),
    )
    with database.write() as cursor:
        cursor.execute(
            "insert into candidate_practice values ($inquiry_id, 'P3', 1, 'no', '', 'T049', $at, null)",
            {"inquiry_id": inquiry_id, "at": datetime(2026, 5, 20)},
        ).fetchall()
    return inquiry_id


def plan(design: Design = Design.MATCHED, **changes: object) -> TestPlan:
    """A plan that lacks nothing but its comparison."""
    whole = TestPlan(
        practice_id="P3",
        practice_version=1,
        design=design,
        starts_on=STARTS,
        ends_on=ENDS,
        measure_name="Grade 6 maths unit 7 check",
        measure_kind="common",
        prediction=Prediction(1.5, "points", "Slips cost a third of the points."),
        section_ids=OWN_CLASSES,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]
