"""Testing again: the same plan for the next cycle, or in another team, with its own prediction and dates.

The clone keeps a link to the test it came from and nothing of what that test's classes showed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.candidates import read_practice
from plc.inquiry.plan_checks import check_plan
from plc.inquiry.test_reading import hold_spreads, read_measures, read_test
from plc.inquiry.test_records import DAYS_OF_WEEK, Balancing, TestPlan
from plc.inquiry.test_writing import add_test, inquiry_of_test, new_test_id
from plc.people.school_calendar import school_today
from plc.statistics.effect_designs import Design


def clone_test(database: Database, viewer: Viewer, test_id: str, *, inquiry_id: str) -> str:
    """Begin a draft from a test of one's own teams, in an inquiry of one's own; returns its id.

    Raises `NotFound` for an unknown test and `NotAllowed` for one of another team.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    with database.read() as cursor:
        team_id = _origin(cursor, test_id)[0]
    if team_id not in viewer.team_ids:
        raise NotAllowed(
            "This test belongs to another team. Open its practice card to test it too.",
            about=("team", team_id),
        )
    return clone_shared_test(database, viewer, test_id, inquiry_id=inquiry_id)


def clone_shared_test(database: Database, viewer: Viewer, test_id: str, *, inquiry_id: str) -> str:
    """Begin a draft from a test of a practice that was shared with the viewer; returns its id.

    The practice library calls it once it has checked that the card reaches her.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    hold_spreads(database, viewer, inquiry_id)
    today, now = school_today(database), clock.now()
    with database.write() as cursor:
        inquiry = inquiry_of_test(cursor, viewer, inquiry_id)
        team_id, practice_id, also_typical, *_ = _origin(cursor, test_id)
        known = {"inquiry_id": inquiry_id, "practice_id": practice_id}
        cursor.execute(
            load_sql("inquiry", "bring_candidate"),
            known | {"also_typical": also_typical, "added_by": viewer.signature, "added_at": now},
        ).fetchall()
        plan = _plan(cursor, viewer, test_id, inquiry_id=inquiry_id, today=today)
        version = read_practice(cursor, viewer, practice_id).version
        plan = replace(plan, practice_id=practice_id, practice_version=version)
        if team_id == inquiry.team_id:
            plan = replace(plan, section_ids=read_test(cursor, viewer, test_id).plan.section_ids)
        clone_id = new_test_id()
        add_test(
            cursor,
            viewer,
            inquiry,
            check_plan(cursor, viewer, inquiry_id, plan),
            test_id=clone_id,
            state="draft",
            signed_by=viewer.signature,
            at=now,
            origin_test_id=test_id,
        )
    return clone_id


def next_monday(today: date) -> date:
    """The first Monday after a day: a new cycle begins with a week."""
    return today + timedelta(days=DAYS_OF_WEEK - today.weekday())


def _origin(cursor: Cursor, test_id: str) -> tuple[str, str, str, str, str, str, str, date, date, str]:
    rows = cursor.execute(load_sql("inquiry", "cloned_test"), {"test_id": test_id}).fetchall()
    if not rows:
        raise NotFound("There is no such test any more.")
    found: tuple[str, str, str, str, str, str, str, date, date, str] = rows[0]
    return found


def _plan(cursor: Cursor, viewer: Viewer, test_id: str, *, inquiry_id: str, today: date) -> TestPlan:
    """The origin's plan on new dates; its assessment stays the measure only where it is still to come."""
    origin = _origin(cursor, test_id)
    design, standard_id, kind, name, began, ended = origin[3:9]
    starts_on = next_monday(today)
    length = max(ended - began, timedelta(days=DAYS_OF_WEEK))
    measures = read_measures(cursor, viewer, inquiry_id, standard_id=standard_id)
    ahead = [one for one in measures if one.taken_on > starts_on]
    still = any(one.name == name for one in ahead)
    watched = cursor.execute(load_sql("inquiry", "watched_in_origin"), {"test_id": test_id}).fetchall()
    return TestPlan(
        practice_id="",
        practice_version=0,
        design=Design(design),
        starts_on=starts_on,
        ends_on=starts_on + length,
        measure_name=name if still else None,
        measure_kind=kind or "common",
        standard_id=standard_id,
        balancing=tuple(Balancing(what, target) for what, target in watched),
    )
