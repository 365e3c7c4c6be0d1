"""Chance decides who starts: blocked, repeatable from its seed, done once; comparisons name nobody."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.errors import Conflict, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.assignment import assign_at_random, blocks_of, draw, draws
from plc.inquiry.comparisons import choose_comparisons, propose_comparisons
from plc.inquiry.test_plans import edit_test, plan_test, start_test
from plc.inquiry.test_reading import practice_test
from plc.inquiry.tested import TestedClass
from plc.statistics.effect_designs import Design
from tests.unit.inquiry.planned import ANA, OWN_CLASSES, RUNNING, new_inquiry, plan


def section(name: str, teacher: str, school: str = "S") -> TestedClass:
    return TestedClass(None, name, teacher, school, True, "", None)


def test_classes_are_drawn_within_a_teacher_then_a_school_then_together() -> None:
    classes = [
        section("1", "a"),
        section("2", "a"),
        section("3", "b"),
        section("4", "c"),
        section("5", "d", "T"),
    ]
    assert blocks_of(classes) == ["teacher a", "teacher a", "school S", "school S", "school S"]
    lone = [section("1", "a"), section("2", "b", "T"), section("3", "c", "U")]
    assert set(blocks_of(lone)) == {"everyone"}


@pytest.mark.parametrize("seed", range(20))
def test_each_block_is_halved_and_both_sides_stay_equal(seed: int) -> None:
    blocks = ["a", "a", "a", "b", "b", "b", "c", "c"]
    first = draw(blocks, seed=seed)
    assert sum(first) == 4
    counted = Counter(block for block, starts in zip(blocks, first, strict=True) if starts)
    assert {counted["a"], counted["b"]} == {1, 2}
    assert counted["c"] == 1


def test_every_class_is_as_likely_to_start() -> None:
    blocks = ["a"] * 3 + ["b"] * 3
    times = [0] * 6
    for seed in range(2_000):
        for place, starts in enumerate(draw(blocks, seed=seed)):
            times[place] += starts
    # Four standard errors of a share of one half in 2,000 draws.
    assert all(abs(count / 2_000 - 0.5) < 4 * 0.5 / 2_000**0.5 for count in times)


def test_the_same_seed_draws_the_same_classes(sample: Database) -> None:
    inquiry_id = new_inquiry(sample)
    tests = [plan_test(sample, ANA, inquiry_id, plan(Design.RANDOMISED)) for _ in range(2)]
    drawn = [assign_at_random(sample, ANA, test_id, seed=41) for test_id in tests]
    tried = [{each.section_id for each in test.tried} for test in drawn]
    assert tried[0] == tried[1]
    assert len(tried[0]) == len(OWN_CLASSES) // 2
    assert drawn[0].assignment_seed == 41
    assert {each.section_id for each in drawn[0].classes} == set(OWN_CLASSES)
    again = assign_at_random(sample, ANA, tests[1], seed=42)
    assert {each.section_id for each in again.tried} != tried[0]


def test_a_draw_is_blocked_by_teacher(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan(Design.RANDOMISED))
    drawn = assign_at_random(sample, ANA, test_id, seed=7)
    by_teacher = {
        teacher: Counter(each.arm for each in drawn.classes if each.teacher_id == teacher)
        for teacher in ("T049", "T048")
    }
    assert set(by_teacher["T049"].values()) == {1, 2}
    assert max(by_teacher["T048"].values()) <= 2


def test_every_draw_before_the_start_is_kept(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan(Design.RANDOMISED))
    assign_at_random(sample, ANA, test_id, seed=1)
    drawn = assign_at_random(sample, ANA, test_id, seed=2)
    kept = draws(sample, ANA, test_id)
    assert sorted(one.seed for one in kept) == [1, 2]
    assert [one.seed for one in kept if one.undone_at is None] == [2]
    with sample.read() as cursor:
        words = cursor.execute("select drawn from test_assignment where seed = 2").fetchall()[0][0]
    assert {name for name, starts in json.loads(words).items() if starts} == {
        each.section_id for each in drawn.tried
    }


def test_other_classes_undo_a_draw(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan(Design.RANDOMISED))
    drawn = assign_at_random(sample, ANA, test_id, seed=1)
    fewer = edit_test(
        sample,
        ANA,
        test_id,
        replace(drawn.plan, section_ids=OWN_CLASSES[:4]),
        seen_version=drawn.version,
    )
    assert fewer.assigned_at is None
    assert [one.undone_at is None for one in draws(sample, ANA, test_id)] == [False]
    with pytest.raises(PlcError, match="Draw which classes start"):
        start_test(sample, ANA, test_id, seen_version=fewer.version)


def test_nothing_is_drawn_anew_once_the_test_has_begun(sample: Database) -> None:
    test_id = plan_test(
        sample, ANA, new_inquiry(sample), plan(Design.RANDOMISED, starts_on=date(2026, 5, 18))
    )
    assign_at_random(sample, ANA, test_id, seed=1)
    with pytest.raises(Conflict, match="begun"):
        assign_at_random(sample, ANA, test_id, seed=2)


def test_one_class_cannot_be_drawn_from(sample: Database) -> None:
    test_id = plan_test(
        sample, ANA, new_inquiry(sample), plan(Design.RANDOMISED, section_ids=OWN_CLASSES[:1])
    )
    with pytest.raises(PlcError, match="nothing to draw"):
        assign_at_random(sample, ANA, test_id)


def test_a_staggered_draw_gives_two_first_days(sample: Database) -> None:
    later = date(2026, 6, 8)
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan(Design.STAGGERED, second_start_on=later))
    drawn = assign_at_random(sample, ANA, test_id, seed=3)
    assert Counter(each.starts_on for each in drawn.tried) == {drawn.starts_on: 3, later: 3}
    assert start_test(sample, ANA, test_id, seen_version=drawn.version).state == "planned"


def test_a_proposal_names_no_class_of_another_team(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan(section_ids=OWN_CLASSES[3:]))
    proposal = propose_comparisons(sample, ANA, test_id)
    assert proposal.classes == 6
    assert proposal.students is not None
    assert proposal.schools is not None
    assert proposal.teachers is not None
    assert proposal.teachers >= MINIMUM_TEACHERS
    assert proposal.baseline is not None
    # Nearest classes together begin about where the team's begin.
    assert abs(proposal.baseline.g) < 0.25
    taken = choose_comparisons(sample, ANA, test_id)
    assert len(taken.compared) == 6
    assert {each.section_id for each in taken.compared} == {None}
    assert {each.teacher_id for each in taken.compared} == {None}
    assert {each.block for each in taken.compared} == {None}
    # Its school or its size would tell a colleague which class it is.
    assert {each.students for each in taken.compared} == {None}
    assert not any("M2-" in repr(each) or "T1" in repr(each) for each in taken.compared)


def test_comparison_classes_are_taught_by_nobody_of_the_team(sample: Database) -> None:
    with sample.read() as cursor:
        rows = cursor.execute(
            "select section_id, teacher_id, arm, block from test_section where test_id = $id", {"id": RUNNING}
        ).fetchall()
    compared = [row for row in rows if row[2] == "comparison"]
    assert len(compared) == 8
    assert len({row[0] for row in rows}) == len(rows)
    assert not {row[1] for row in compared} & {"T049", "T048", "T132", "T146"}
    assert Counter(row[3] for row in compared) == {
        f"like {row[0]}": 2 for row in rows if row[2] == "practice"
    }


def test_too_few_teachers_behind_a_proposal_show_no_difference(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan(section_ids=OWN_CLASSES[:1]))
    proposal = propose_comparisons(sample, ANA, test_id)
    assert (proposal.students, proposal.schools, proposal.teachers, proposal.baseline) == (None,) * 4
    assert proposal.refusal is not None


def compared_with(database: Database, viewer: Viewer, test_id: str) -> set[str]:
    choose_comparisons(database, viewer, test_id)
    with database.read() as cursor:
        rows = cursor.execute(
            "select section_id from test_section where test_id = $id and arm = 'comparison'", {"id": test_id}
        ).fetchall()
    return {section_id for (section_id,) in rows}


@pytest.mark.parametrize("moved", ["checks", "baseline"])
def test_a_class_cannot_be_moved_among_others_by_loading_its_results(sample: Database, moved: str) -> None:
    """Which classes are the nearest would tell whose stands at the foot of the district."""
    ana = replace(ANA, account_id="ana")
    test_id = plan_test(sample, ana, new_inquiry(sample), plan(section_ids=OWN_CLASSES[:1]))
    before = compared_with(sample, ana, test_id)
    for low in (0.0, 0.5, 2.0):
        with sample.write() as cursor:
            cursor.execute(
                "update result_version set score = $low * score where student_key in (select student_key"
                " from enrollment inner join section on enrollment.section_key = section.section_key"
                " where section.section_id = $section) and assessment_key in (select assessment_key"
                " from assessment where (kind = 'baseline') = $baseline)",
                {"low": low, "section": OWN_CLASSES[0], "baseline": moved == "baseline"},
            ).fetchall()
        assert compared_with(sample, ana, test_id) == before


def test_a_proposal_is_the_same_however_often_it_is_asked(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan())
    once, again = (propose_comparisons(sample, ANA, test_id) for _ in range(2))
    assert once.students == again.students
    assert once.baseline is not None
    assert again.baseline is not None
    assert once.baseline.g == pytest.approx(again.baseline.g, abs=1e-9)


def test_classes_compared_with_stay_once_results_are_there(sample: Database) -> None:
    with pytest.raises(Conflict, match="stay as chosen"):
        choose_comparisons(sample, ANA, RUNNING)
    assert practice_test(sample, ANA, RUNNING).comparison_sections == 8


def test_no_comparison_is_proposed_for_a_draw(sample: Database) -> None:
    test_id = plan_test(sample, ANA, new_inquiry(sample), plan(Design.RANDOMISED))
    with pytest.raises(PlcError, match="another way"):
        propose_comparisons(sample, ANA, test_id)
