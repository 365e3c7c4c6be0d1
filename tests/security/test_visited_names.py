"""Whose name stands beside a bright-spot class that a team visits: hers who shows it, while she does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from plc.core import clock
from plc.core.errors import PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry import InquiryWording, open_inquiry
from plc.inquiry.visits import Answer, VisitPlan, list_visits, plan_visit, record_visit
from plc.people import TeamPlan, make_team
from plc.people.consent import give_consent, withdraw_consent
from plc.people.own_result import open_own_result
from plc.people.sign_in import teams_of
from plc.people.team_agreements import (
    close_to_team,
    leave_agreement,
    open_to_team,
    record_team_agreement,
)
from plc.people.team_changes import add_member, leave_team
from tests.security.attempts import Attempts

ME, OPENER, MATE, STRANGER, NAMED = "T006", "T045", "T051", "T100", "T049"
BRIGHT: Final = VisitPlan("observation", "bright spot")
UNTIL: Final = clock.now().date() + timedelta(days=90)


class Visits:
    """A team of three, two of whom agreed to look together, and an inquiry whose visits they plan."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.write() as cursor:
            cursor.execute("delete from consent").fetchall()
        self.team_id = make_team(database, self.seat(ME), TeamPlan("Visits", subject="maths", grade=6))
        for colleague in (OPENER, MATE):
            add_member(database, self.seat(ME), self.team_id, colleague)
        wording = InquiryWording(title="x", challenge="y", subject="maths", grade=6, school_year=2026)
        self.inquiry_id = open_inquiry(database, self.seat(ME), team_id=self.team_id, wording=wording)
        self.agreement_id = record_team_agreement(
            database, self.seat(ME), team_name="Visits", member_ids=[ME, OPENER], until_on=UNTIL,
            team_id=self.team_id,
        )  # fmt: skip

    def seat(self, teacher_id: str) -> Viewer:
        with self.database.read() as cursor:
            teams = teams_of(cursor, teacher_id)
        return Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=teams)

    def plan(self, plan: VisitPlan, teacher_id: str) -> str:
        named = replace(plan, visited_teacher_id=teacher_id)
        return plan_visit(self.database, self.seat(ME), self.inquiry_id, named)

    def read_by(self, viewer: Viewer) -> dict[str, str]:
        return {one.visit_id: one.visited for one in list_visits(self.database, viewer, self.inquiry_id)}


@pytest.fixture
def visits(sample_database: Database) -> Visits:
    return Visits(sample_database)


def test_a_name_beside_a_bright_spot_shows_while_she_shows_it_and_to_whom(
    visits: Visits, attempts: Attempts
) -> None:
    database, opener = visits.database, visits.seat(OPENER)
    coach = Viewer(Role.COACH, team_ids=(visits.team_id,), account_id="coach")
    open_own_result(database, opener)
    visit_id = visits.plan(BRIGHT, OPENER)
    attempts.judge(visits.read_by(visits.seat(ME))[visit_id] != "a colleague", "before she opened")
    open_to_team(database, opener, visits.agreement_id)
    shown = visits.read_by(visits.seat(ME))[visit_id]
    assert shown == visits.read_by(opener)[visit_id] != "a colleague"
    for viewer in (visits.seat(MATE), coach):
        attempts.judge(visits.read_by(viewer)[visit_id] == shown, "to whom it was not opened")
    close_to_team(database, opener, visits.agreement_id)
    attempts.judge(visits.read_by(visits.seat(ME))[visit_id] == shown, "after she closed it")
    leave_agreement(database, opener, visits.agreement_id)
    leave_team(database, visits.seat(OPENER), visits.team_id)
    for viewer in (visits.seat(ME), visits.seat(MATE), coach):
        attempts.judge(visits.read_by(viewer)[visit_id] == shown, "after she left")
    # What was seen is written down all the same.
    record_visit(
        database, visits.seat(ME), visit_id, answers=[Answer("What?", "Sorting")], notes="", seen_version=1
    )


def test_only_who_is_of_the_team_or_agreed_to_be_named_is_planned_by_name(
    visits: Visits, attempts: Attempts
) -> None:
    typical = VisitPlan("observation", "typical")
    for plan, teacher_id in ((BRIGHT, STRANGER), (typical, STRANGER), (BRIGHT, NAMED), (BRIGHT, "T9999")):
        attempts.judge(_planned(visits, plan, teacher_id), f"{plan.class_kind}: a name of the district")
    assert visits.read_by(visits.seat(ME)) == {}
    assert visits.plan(typical, MATE)
    named = visits.seat(NAMED)
    open_own_result(visits.database, named)
    give_consent(visits.database, named, scope="district", until_on=UNTIL)
    visit_id = visits.plan(BRIGHT, NAMED)
    assert visits.read_by(visits.seat(MATE))[visit_id] != "a colleague"
    attempts.judge(_planned(visits, typical, NAMED), "typical, of who agreed to be named a bright spot")
    withdraw_consent(visits.database, named, scope="district")
    attempts.judge(
        visits.read_by(visits.seat(MATE))[visit_id] != "a colleague", "after consent was withdrawn"
    )


def _planned(visits: Visits, plan: VisitPlan, teacher_id: str) -> str:
    with suppress(PlcError):
        return visits.plan(plan, teacher_id)
    return ""
