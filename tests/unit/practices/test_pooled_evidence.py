"""What the tests of a practice say together, from stored effects to the row a library page reads."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from plc.core.errors import NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.practices.pooled_evidence import refresh_evidence
from plc.practices.status import NO_CLEAR_EFFECT
from tests.unit.practices.tested_practices import Measured, add_practice, series

F6 = (0.24, 0.10, 0.19, -0.06, 0.21, 0.22)
F7 = (0.25, -0.06, 0.04, -0.09, -0.02)


def evidence(database: Database, practice_id: str = "P") -> dict[str, Any]:
    refresh_evidence(database, LOCAL_STEWARD)
    return _rows(database, "practice_evidence", practice_id)[0]


def beside(database: Database, practice_id: str = "P") -> list[dict[str, Any]]:
    return sorted(_rows(database, "practice_evidence_test", practice_id), key=lambda row: row["test_order"])


def contexts(row: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {each["value"]: each for each in json.loads(row["contexts"]) if each["kind"] == kind}


def _rows(database: Database, table: str, practice_id: str) -> list[dict[str, Any]]:
    with database.read() as cursor:
        run = cursor.execute(f"select * from {table} where practice_id = $p", {"p": practice_id})
        columns = [column[0] for column in run.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in run.fetchall()]


def test_a_practice_that_helped_in_most_tests_has_a_positive_pool_and_shows_the_negative_one(
    database: Database,
) -> None:
    add_practice(database, "P", series(*F6))
    row = evidence(database)
    assert (row["tests"], row["teams"], row["practice_sections"], row["schools"]) == (6, 6, 12, 2)
    assert 0 < row["lower_bound"] < row["estimate"] < row["upper_bound"]
    assert row["prediction_lower"] < 0 < row["prediction_upper"]
    assert row["words"].endswith("students gained more with it, on average over its tests")
    tests = beside(database)
    assert [test["place"] for test in tests] == ["pooled"] * 6
    assert tests[3]["without_estimate"] > row["estimate"] > tests[0]["without_estimate"]
    assert 0.5 < sum(test["weight"] for test in tests) < 1


def test_a_lucky_first_test_shrinks_as_replications_arrive_and_never_says_works(database: Database) -> None:
    add_practice(database, "P", series(*F7))
    row = evidence(database)
    so_far = [test["so_far_estimate"] for test in beside(database)]
    assert so_far == sorted(so_far, reverse=True)
    assert so_far[0] > 0.10
    assert so_far[-1] == pytest.approx(row["estimate"])
    assert abs(row["estimate"]) < 0.05
    assert (row["step"], row["words"]) == ("replicated", f"Replicated: {NO_CLEAR_EFFECT}")


def test_enough_like_tests_confirm_a_practice_and_two_more_that_find_nothing_take_it_back(
    database: Database,
) -> None:
    add_practice(database, "P", series(0.22, 0.25, 0.18, 0.24, error=0.08))
    add_practice(database, "Q", series(0.22, 0.25, 0.18, 0.24, -0.05, -0.10, error=0.08))
    row = evidence(database)
    assert (row["step"], row["next_step"]) == ("confirmed here", "adopted")
    assert row["hksj_lower"] > 0
    assert row["tier_words"] == "Built to the Tier 3 standard; not reviewed by WWC"
    assert evidence(database, "Q")["step"] == "replicated"


def test_harm_elsewhere_keeps_a_practice_from_being_confirmed(database: Database) -> None:
    tests = series(0.22, 0.25, 0.18, 0.24, error=0.08)
    tests[1].harm = True
    add_practice(database, "P", tests)
    row = evidence(database)
    assert (row["step"], row["balancing_harm"]) == ("replicated", True)
    assert row["missing"] == "no test warned of harm elsewhere (1 of 1 that looked did)"


def test_the_same_teachers_testing_again_and_again_count_once(database: Database) -> None:
    again = [Measured(effect, error=0.08, comparison=(f"c{n}", f"d{n}")) for n, effect in enumerate(F6[:4])]
    add_practice(database, "P", again)
    add_practice(database, "Q", series(*F6[:4], error=0.08))
    row, apart = evidence(database), evidence(database, "Q")
    assert (row["tests"], row["teams"], row["practice_sections"], row["teachers"]) == (4, 1, 8, 2)
    assert row["hksj_lower"] is None
    assert row["standard_error"] > apart["standard_error"]
    assert {test["team_number"] for test in beside(database)} == {1}


def test_shared_comparison_classes_make_the_pool_less_sure(database: Database) -> None:
    own = [Measured(e, practice=(f"p{n}",), comparison=(f"c{n}",)) for n, e in enumerate(F6)]
    add_practice(database, "own", own)
    shared = [
        Measured(e, practice=(f"p{n}",), comparison=("c",), extra={"iteration": 1}) for n, e in enumerate(F6)
    ]
    add_practice(database, "shared", shared)
    assert evidence(database, "shared")["standard_error"] > evidence(database, "own")["standard_error"]


def test_abandoned_and_withdrawn_tests_are_pooled_and_unmeasured_ones_counted(database: Database) -> None:
    tests = series(0.2, -0.1, 0.05)
    tests[1].decision, tests[2].state = "abandon", "withdrawn"
    running = Measured(None, state="planned", practice=("x",), comparison=("y",))
    tests += [running, Measured(None, verdict="no outcome yet", practice=("v",), comparison=("w",))]
    running.extra = {"starts_on": date(2090, 1, 1), "ends_on": date(2090, 2, 1)}
    add_practice(database, "P", tests)
    row = evidence(database)
    assert (row["tests"], row["unmeasured_tests"]) == (3, 1)


def test_every_test_waits_for_its_planned_end_also_one_whose_team_stopped_early(database: Database) -> None:
    """Pooled at once, teams that stop at a lucky moment would make a practice of no effect look good."""
    tests = series(0.1, 0.6, 0.5)
    for test, state in zip(tests[1:], ("planned", "decided"), strict=True):
        test.state, test.extra = state, {"ends_on": date(2090, 1, 1)}
    tests[2].decision = "adopt"
    add_practice(database, "P", tests)
    row = evidence(database)
    assert (row["tests"], row["left_out_tests"]) == (1, 0)
    assert [test["place"] for test in beside(database)].count("still running") == 2


def test_evidence_is_due_when_a_planned_end_has_come_or_a_team_has_decided(database: Database) -> None:
    tests = series(0.1, 0.3)
    tests[1].extra = {"ends_on": date(2090, 1, 1)}
    add_practice(database, "P", tests)
    add_practice(database, "other", series(0.1))
    assert evidence(database)["tests"] == 1
    assert refresh_evidence(database, LOCAL_STEWARD, due_only=True) == 0
    with database.write() as cursor:
        cursor.execute(
            "update practice_test set ends_on = date '2026-01-01' where test_id = 'P-2'"
        ).fetchall()
    assert refresh_evidence(database, LOCAL_STEWARD, due_only=True) == 1
    assert _rows(database, "practice_evidence", "P")[0]["tests"] == 2
    with database.write() as cursor:
        cursor.execute(
            "insert into test_decision (test_id, decision, reason, decided_by, decided_on, decided_at)"
            " values ('P-1', 'abandon', '', 'a', $on, $at)",
            {"on": date(2090, 1, 1), "at": datetime(2090, 1, 1)},
        ).fetchall()
    assert refresh_evidence(database, LOCAL_STEWARD, due_only=True) == 1


def test_tests_without_a_comparison_or_with_unlike_classes_stand_beside_the_pool(database: Database) -> None:
    tests = series(0.2, 0.5, 0.6, 0.7)
    tests[1].design, tests[2].verdict = "series", "not evidence"
    tests[3].design, tests[3].verdict = "before and after", "not evidence"
    add_practice(database, "P", tests)
    row = evidence(database)
    assert (row["tests"], row["left_out_tests"], row["step"]) == (1, 3, "tested once")
    assert [test["place"] for test in beside(database)] == [
        "pooled", "no comparison", "too different at the start", "no comparison",
    ]  # fmt: skip
    assert beside(database)[1]["weight"] is None


def test_the_classes_where_a_practice_was_found_never_enter_the_pool(database: Database) -> None:
    add_practice(database, "P", series(0.6, 0.1))
    with database.write() as cursor:
        cursor.execute(
            "insert into inquiry (inquiry_id, team_id, version, title, challenge, subject, school_year,"
            " phase, state, opened_by, opened_at, changed_by, changed_at)"
            " values ('origin', 't', 1, '', '', 'maths', 2026, 'discover', 'open', 'a', $at, 'a', $at)",
            {"at": datetime(2025, 9, 1)},
        ).fetchall()
        cursor.execute(
            "insert into discovery_visit (visit_id, inquiry_id, version, visit_kind, class_kind,"
            " visited_teacher_id, look_fors, notes, made_by, made_at)"
            " values ('v', 'origin', 1, 'observation', 'bright spot', 'p0', '[]', '', 'a', $at)",
            {"at": datetime(2025, 9, 1)},
        ).fetchall()
        cursor.execute("update practice set origin_inquiry_id = 'origin'").fetchall()
    row = evidence(database)
    assert (row["tests"], row["left_out_tests"]) == (1, 1)
    assert beside(database)[0]["place"] == "where it was found"
    assert row["estimate"] < 0.2


def test_contexts_tell_places_apart_and_hide_those_with_too_few_teachers(database: Database) -> None:
    low = series(0.3, 0.25, 0.28, low=0.1, level=-0.5)
    high = series(0.0, 0.02, -0.03, level=0.4)
    for number, test in enumerate(high):
        test.grade, test.practice, test.comparison = 4, (f"h{number}",), (f"i{number}",)
    lone = Measured(0.1, practice=("z",), comparison=("y",), grade=10, level=0.0)
    add_practice(database, "P", [*low, *high, lone])
    row = evidence(database)
    courses = contexts(row, "course")
    assert (courses["grade 7 maths"]["subject"], courses["grade 7 maths"]["grade"]) == ("maths", 7)
    assert courses["grade 7 maths"]["estimate"] > courses["grade 4 maths"].get("estimate", -1)
    assert "estimate" not in courses["grade 10 maths"]
    levels = contexts(row, "starting level")
    assert levels["classes that started low"]["helped"] > 0.9
    assert "estimate" not in levels["classes that started in the middle"]
    assert contexts(row, "students")["students who started lowest"]["tests"] == 3


def test_schools_are_told_apart_by_their_size_where_those_that_tried_it_are_alike(database: Database) -> None:
    sized = [
        Measured(e, practice=(f"p{n}", f"q{n}"), comparison=(f"c{n}",), schools=schools)
        for n, (e, schools) in enumerate(
            [
                (0.3, ("small",)),
                (0.2, ("small",)),
                (0.0, ("large",)),
                (0.05, ("large",)),
                (0.1, ("small", "large")),
            ]
        )
    ]
    add_practice(database, "P", sized)
    with database.write() as cursor:
        for key, (school, students) in enumerate((("small", 299), ("large", 700)), start=1):
            cursor.execute(
                f"insert into school_version values ({key}, '{school}', null, 'D', 1, null)"
            ).fetchall()
            cursor.execute(
                f"insert into section_version values ({key}, 's', {key}, 7, 'maths', 2026, null, 1, null)"
            ).fetchall()
            cursor.execute(
                f"insert into enrollment_version select number, {key}, 1, null, null, 1, null"
                f" from range({1000 * key}, {1000 * key + students}) as all_of(number)"
            ).fetchall()
    sizes = contexts(evidence(database), "school size")
    assert {value: one["tests"] for value, one in sizes.items()} == {
        "schools of fewer than 300 students": 2,
        "schools of 600 students or more": 2,
    }
    small, large = sizes["schools of fewer than 300 students"], sizes["schools of 600 students or more"]
    assert small["estimate"] > large["estimate"]


def test_a_class_that_took_part_twice_counts_its_students_once(database: Database) -> None:
    tests = [Measured(0.1), Measured(0.2)]
    add_practice(database, "P", tests)
    with database.write() as cursor:
        cursor.execute("update test_section set section_id = teacher_id").fetchall()
    row = evidence(database)
    assert (row["practice_sections"], row["students"]) == (4 - 2, 100)


def test_two_teams_that_adopt_a_confirmed_practice_make_it_adopted_by_their_latest_decision(
    database: Database,
) -> None:
    tests = series(0.22, 0.25, 0.18, 0.24, error=0.08)
    tests[0].decision = tests[1].decision = "adopt"
    add_practice(database, "P", tests)
    changed = series(0.22, 0.25, 0.18, 0.24, error=0.08)
    for test, decision in zip(changed, ("adopt", "adopt", "abandon", None), strict=True):
        test.decision = decision
    changed[2].team = changed[1].team
    add_practice(database, "Q", changed)
    assert evidence(database)["step"] == "adopted"
    assert evidence(database, "Q")["step"] == "confirmed here"


def test_an_idea_and_a_withdrawn_card_have_a_row_without_figures(database: Database) -> None:
    add_practice(database, "P", [])
    add_practice(database, "W", [], withdrawn=True)
    row = evidence(database)
    assert (row["step"], row["tests"], row["estimate"], row["tier"]) == ("idea", 0, None, None)
    assert evidence(database, "W")["step"] == "retired"


def test_computing_one_practice_leaves_the_others_and_replaces_its_own_row(database: Database) -> None:
    add_practice(database, "P", series(0.2))
    add_practice(database, "Q", series(0.1))
    seen: list[float] = []
    assert refresh_evidence(database, LOCAL_STEWARD, progress=lambda share, _: seen.append(share)) == 2
    assert seen[-1] == 1.0
    before = _rows(database, "practice_evidence", "Q")[0]["computed_at"]
    assert refresh_evidence(database, LOCAL_STEWARD, practice_ids=["P"]) == 1
    assert _rows(database, "practice_evidence", "Q")[0]["computed_at"] == before
    assert len(_rows(database, "practice_evidence", "P")) == 1
    assert refresh_evidence(database, LOCAL_STEWARD, practice_ids=[]) == 0


def test_whoever_may_not_measure_effects_may_not_compute_evidence(database: Database) -> None:
    for role in (Role.NOBODY, Role.PRINCIPAL, Role.REVIEWER):
        with pytest.raises(NotAllowed):
            refresh_evidence(database, Viewer(role))
