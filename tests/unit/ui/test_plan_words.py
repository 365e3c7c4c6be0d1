"""A plan of a test in the words of its screens."""

from __future__ import annotations

from datetime import date

from plc.inquiry.test_records import Prediction, TestClass, TestPlan
from plc.statistics.effect_designs import Design
from plc.ui.plan_words import answers

PLAN = TestPlan(
    "practice", 1, Design.MATCHED, date(2026, 3, 2), date(2026, 4, 10), measure_kind="common",
    prediction=Prediction(0.2, "sd", "Slips cost a third."), section_ids=("s1", "s2"),
)  # fmt: skip
OURS = TestClass("s1", "t1", "Ms A", 6, "practice", None, None, True, 24)


def test_a_plan_is_told_as_its_boxes_ask_with_no_word_of_the_database() -> None:
    said = answers(PLAN, [OURS])
    assert said["We predict"] == "+0.2 SD"
    assert said["How will we know?"] == "Compare with classes like ours"
    assert said["Which assessment?"] == "every common assessment of the course"
    assert said["Measured by"] == "the whole assessment"
    assert said["First day, last day"] == "2 March 2026 to 10 April 2026"


def test_a_class_is_called_as_its_team_chooses_it_and_one_that_left_by_what_is_left_of_it() -> None:
    assert answers(PLAN, [OURS])["Which classes take part?"] == "Ms A, s1; s2"
