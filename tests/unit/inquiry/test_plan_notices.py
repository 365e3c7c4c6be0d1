"""A plan says before it starts who will read its result in words alone, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plc.core.errors import NotFound
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry.assignment import assign_at_random
from plc.inquiry.plan_notices import ALONE, FEW, SHARES, plan_notices
from plc.inquiry.test_plans import plan_test
from plc.statistics.effect_designs import Design
from tests.unit.inquiry.measured_tests import TEAM, Taking, add_test
from tests.unit.inquiry.planned import ANA, OWN_CLASSES, new_inquiry, plan

MEMBER = Viewer(Role.TEACHER, teacher_id="T999", team_ids=(TEAM,))
START, END = date(2026, 2, 2), date(2026, 3, 2)


def test_a_plan_that_shares_classes_at_the_same_time_is_warned(sample: Database) -> None:
    four = [
        Taking("M2-MA7-26-2", True), Taking("M5-MA7-26-2", True),
        Taking("M1-MA7-26-3", False), Taking("M2-MA7-26-3", False),
    ]  # fmt: skip
    add_test(sample, "first", four, starts_on=START, ends_on=END)
    add_test(sample, "second", four, starts_on=END - timedelta(days=1), ends_on=END + timedelta(days=30))
    add_test(sample, "after", four, starts_on=date(2026, 4, 20), ends_on=date(2026, 5, 11))
    assert SHARES in plan_notices(sample, MEMBER, "second")
    assert SHARES not in plan_notices(sample, MEMBER, "after")


def test_a_plan_of_two_or_with_one_alone_on_a_side_is_warned(sample: Database) -> None:
    with sample.write() as cursor:
        cursor.execute("delete from practice_test").fetchall()
    add_test(sample, "pair", [Taking("M2-MA7-26-2", True), Taking("M1-MA7-26-3", False)],
             starts_on=START, ends_on=END)  # fmt: skip
    others = [Taking(one, False) for one in ("M5-MA7-26-2", "M1-MA7-26-3", "M5-MA7-26-4", "M4-MA7-26-1")]
    add_test(sample, "alone", [Taking("M2-MA7-26-2", True), *others], starts_on=date(2026, 4, 1),
             ends_on=date(2026, 5, 1))  # fmt: skip
    assert plan_notices(sample, MEMBER, "pair") == (ALONE,)
    assert plan_notices(sample, MEMBER, "alone") == (ALONE,)
    with sample.read() as cursor:
        hers = cursor.execute(
            "select teacher_id from test_section where test_id = 'alone' and arm = 'practice'"
        ).fetchall()[0][0]
    assert plan_notices(sample, Viewer(Role.TEACHER, teacher_id=hers, team_ids=(TEAM,)), "alone") == ()


def test_nothing_is_said_of_a_plan_before_it_has_what_it_compares_with(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan(section_ids=OWN_CLASSES[:1]))
    assert not {ALONE, FEW} & set(plan_notices(sample, ANA, test_id))


def test_classes_drawn_within_a_team_are_warned_while_its_other_test_runs(sample: Database) -> None:
    drawn = plan(Design.RANDOMISED, section_ids=(*OWN_CLASSES, "M1-MA6-26-7"))
    test_id = plan_test(sample, ANA, new_inquiry(sample), drawn)
    assign_at_random(sample, ANA, test_id, seed=11)
    assert SHARES in plan_notices(sample, ANA, test_id)
    with pytest.raises(NotFound):
        plan_notices(sample, MEMBER, test_id)
