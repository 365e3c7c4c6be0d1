"""Differences between two looks at a practice's pool: what a new test, roster or withdrawal gives away.

A reader keeps every pool she ever saw and subtracts. Tests that teams released she knows; a member of a team
knows her own team's tests as well. In the random part each pool is one linear equation over its tests, the
most a mean tells; she must learn of no set of tests that fewer than three teachers stand behind.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import Any, Final

import numpy as np
import pytest

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.practices import (
    PracticeQuery,
    closed_pools,
    evidence_panel,
    pooled_evidence,
    search_practices,
    shared_tests,
)
from plc.practices.evidence import TOO_FEW_TEACHERS
from plc.practices.pooled_evidence import refresh_evidence
from plc.practices.releases import release_result, take_back_result
from plc.practices.shared_tests import Behind, SharedValue, next_values
from tests.security.attempts import Attempts
from tests.unit.practices import library_district
from tests.unit.practices.library_district import ADA, BEN, CLEO, FOX, PRINCIPAL_1
from tests.unit.practices.tested_practices import Measured, add_practice, series

CLOSED: Final = {"released": False}


def few_learnt(
    values: Iterable[SharedValue], behind: dict[str, Behind], *, own_team: str | None
) -> list[tuple[str, ...]]:
    """The teachers, fewer than three, of whom a reader can work something out from all pools there were."""
    secret = [one for one in values if not one.is_known and behind[one.test_id].team_id != own_team]
    generations = sorted({end for one in values for end in (one.begins, one.ends)})
    pools = np.array(
        [[float(one.begins <= g < one.ends) for one in secret] for g in generations], dtype=float
    ).reshape(len(generations), len(secret))
    rank = np.linalg.matrix_rank(pools) if pools.size else 0
    teachers = sorted({teacher for one in secret for teacher in behind[one.test_id].teachers})
    learnt = []
    for few in combinations(teachers, 2):
        of_few = [n for n, one in enumerate(secret) if behind[one.test_id].teachers <= set(few)]
        picked = np.eye(len(secret))[of_few]
        if of_few and np.linalg.matrix_rank(np.vstack([pools, picked])) < rank + len(of_few):
            learnt.append(few)
    return learnt


def history(seed: int) -> tuple[list[SharedValue], dict[str, Behind], int]:
    """Pools as tests come, change, leave and are released, in ten looks; how often the pool changed."""
    chance = random.Random(seed)
    behind: dict[str, Behind] = {}
    figures: dict[str, str] = {}
    released: set[str] = set()
    values: list[SharedValue] = []
    changes = 0
    for look in range(10):
        for _ in range(chance.choice((0, 1, 1, 2))):
            team = chance.randrange(6)
            teachers = {f"t{team}-{n}" for n in range(chance.choice((1, 1, 2, 3)))}
            test_id = f"test {len(behind)}"
            behind[test_id] = Behind(f"team {team}", frozenset(teachers), 20 * len(teachers))
            figures[test_id] = "first"
        for test_id in list(figures):
            if chance.random() < 0.05:
                figures[test_id] = f"changed at {look}"
            elif chance.random() < 0.03:
                del figures[test_id]
            elif look < 3 and chance.random() < 0.05:
                # Later releases can narrow what stands beside them down; docs/privacy.md says how far.
                released.add(test_id)
        after = next_values(values, figures, released=released, behind=behind)
        changes += after != values
        values = after
    return values, behind, changes


@pytest.mark.parametrize("seed", range(60))
def test_no_sequence_of_pools_tells_of_fewer_than_three_teachers(attempts: Attempts, seed: int) -> None:
    values, behind, _ = history(seed)
    for team in (None, *sorted({one.team_id for one in behind.values()})):
        attempts.judge(few_learnt(values, behind, own_team=team), f"seed {seed}, {team}")


def test_pools_do_change_and_without_the_rule_the_same_attack_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check of the attack, and that the rule does not simply show nothing."""
    assert sum(any(not one.is_known for one in history(seed)[0]) for seed in range(60)) >= 30
    monkeypatch.setattr(shared_tests, "is_safe", lambda *_, **__: True)
    caught = 0
    for seed in range(10):
        values, behind, _ = history(seed)
        caught += bool(few_learnt(values, behind, own_team=None))
    assert caught >= 8


def pool(database: Database) -> tuple[Any, ...]:
    """Everything that everyone reads of the practice's pool."""
    refresh_evidence(database, LOCAL_STEWARD)
    with database.read() as cursor:
        columns = (
            "step, words, met, missing, tests, practice_sections, schools, students, estimate, lower_bound,"
        )
        columns += " upper_bound, prediction_lower, tau, i_squared, tier, contexts, balancing_harm"
        return tuple(
            cursor.execute(f"select {columns} from practice_evidence where practice_id = 'P'").fetchall()[0]
        )


@pytest.fixture
def tested(database: Database) -> Database:
    """Three tests by three teams of two teachers each, none of them released, in a pool of their own."""
    add_practice(database, "P", series(0.24, 0.10, 0.19, **CLOSED))
    return database


def add_test(database: Database, number: int, *teachers: str, effect: float = 0.9) -> None:
    """One more test of the practice, by a team of its own."""
    with database.write() as cursor:
        columns = "practice_version, iteration, version, design, subject, grade, school_year, predicted_sd,"
        columns += " prediction_words, predicted_at, ends_on, adaptation, state, planned_by, planned_at"
        cursor.execute(
            f"insert into practice_test (test_id, inquiry_id, team_id, practice_id, starts_on, {columns})"
            f" select 'P-{number}', 'i', 'new-{number}', 'P', starts_on, {columns} from practice_test"
            " where test_id = 'P-1'"
        ).fetchall()
        for arm, some in (("practice", teachers), ("comparison", ("x", "y"))):
            for teacher in some:
                cursor.execute(
                    "insert into test_section (test_id, section_id, teacher_id, school_id, grade, arm, block)"
                    f" values ('P-{number}', '{teacher}-{number}', '{teacher}', 'S1', 7, '{arm}', '')"
                ).fetchall()
        cursor.execute(
            "insert into test_effect by name select * replace"
            f" ('P-{number}' as test_id, {effect} as effect, 40 as students) from test_effect"
            " where test_id = 'P-1'"
        ).fetchall()


def test_two_looks_around_one_teachers_test_are_the_same(tested: Database, attempts: Attempts) -> None:
    before = pool(tested)
    assert before[8] is not None
    add_test(tested, 4, "lone")
    attempts.judge(pool(tested) != before, "the pool moved by one teacher's test")
    add_test(tested, 5, "other")
    attempts.judge(pool(tested) != before, "the pool moved by the tests of two teachers")
    with tested.write() as cursor:
        cursor.execute("update practice_test set team_id = 'new-4' where test_id = 'P-5'").fetchall()
    add_test(tested, 6, "third", "fourth", "fifth")
    attempts.judge(pool(tested) != before, "a team of three less its own leaves two teachers")
    add_test(tested, 7, "sixth", effect=-0.4)
    moved = pool(tested)
    assert (moved[4], moved != before) == (7, True)


def test_two_looks_around_a_roster_change_or_a_withdrawal_are_the_same(
    tested: Database, attempts: Attempts
) -> None:
    before = pool(tested)
    for change in (
        "update test_effect set effect = 0.7, students = 99, starting_level = 0.5 where test_id = 'P-1'",
        "update test_effect set balancing_harm = true where test_id = 'P-1'",
        "update test_effect set effect = null, verdict = 'no outcome yet' where test_id = 'P-2'",
    ):
        with tested.write() as cursor:
            cursor.execute(change).fetchall()
        attempts.judge(pool(tested) != before, f"the pool moved: {change}")


def test_a_first_test_of_few_is_in_no_pool_until_its_team_releases_it(
    database: Database, attempts: Attempts
) -> None:
    add_practice(database, "P", [Measured(0.5, **CLOSED)])
    shown = pool(database)
    attempts.judge(shown[4] or shown[8] is not None or "0.5" in repr(shown), "one team's test was pooled")
    assert shown[0] == "tested once"
    member = Viewer(Role.TEACHER, teacher_id="a", team_ids=("team-1",))
    release_result(database, member, "P-1")
    released = pool(database)
    assert (released[4], released[8] is not None) == (1, True)
    take_back_result(database, member, "P-1")
    with database.write() as cursor:
        cursor.execute("update test_effect set effect = -0.5 where test_id = 'P-1'").fetchall()
    attempts.judge(pool(database) != released, "the pool moved by a test that was taken back")


def test_without_the_rule_a_second_look_gives_the_test_away(
    tested: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of the attack."""
    before = pool(tested)
    monkeypatch.setattr(shared_tests, "is_safe", lambda *_, **__: True)
    add_test(tested, 4, "lone")
    assert pool(tested) != before


def brought(database: Database, test_id: str, *silent: str, few: bool = False) -> None:
    """Keep what its classes brought, as a measurement does: of the `silent` nothing, or of a few students."""
    with database.write() as cursor:
        cursor.execute("delete from test_effect_class where test_id = $test", {"test": test_id}).fetchall()
        cursor.execute(
            "insert into test_effect_class select test_id, section_id, '', case when teacher_id in"
            " (select unnest($silent)) then $word else 'a word#1' end, 1 from test_section"
            " where test_id = $test",
            {"test": test_id, "silent": list(silent), "word": "few a word#1" if few else ""},
        ).fetchall()


@pytest.mark.parametrize("few", [False, True], ids=["no results", "one child"])
def test_a_test_three_planned_and_one_brought_is_in_no_pool(
    tested: Database, attempts: Attempts, few: bool
) -> None:
    before = pool(tested)
    add_test(tested, 4, "bela", "second", "third")
    brought(tested, "P-4", "second", "third", few=few)
    attempts.judge(pool(tested) != before, "the pool moved by the class of the one who brought results")
    brought(tested, "P-4")
    assert pool(tested) != before


def test_a_test_compared_with_one_teacher_waits_for_others_like_it(
    tested: Database, attempts: Attempts
) -> None:
    before = pool(tested)
    add_test(tested, 4, "first", "second", "third")
    brought(tested, "P-4", "y")
    attempts.judge(pool(tested) != before, "the pool moved by three teachers less the one compared with")
    add_test(tested, 5, "fourth", "fifth", "sixth")
    brought(tested, "P-5", "x")
    attempts.judge(pool(tested) != before, "the pool moved by tests compared with two")
    for number, alone in ((6, "z"), (7, "w")):
        attempts.judge(pool(tested) != before, "a team less its own reads tests compared with two")
        add_test(tested, number, f"{number} first", f"{number} second", f"{number} third")
        with tested.write() as cursor:
            cursor.execute(
                f"update test_section set teacher_id = '{alone}' where section_id = 'x-{number}'"
            ).fetchall()
        brought(tested, f"P-{number}", "y")
    moved = pool(tested)
    assert (moved[4], moved != before) == (7, True)


def test_where_planned_teachers_count_one_teachers_class_moves_the_pool(
    tested: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of the attack."""
    before = pool(tested)
    add_test(tested, 4, "bela", "second", "third")
    brought(tested, "P-4", "second", "third")
    planned = shared_tests.behind_of
    monkeypatch.setattr(
        pooled_evidence,
        "behind_of",
        lambda practice: planned(replace(practice, classes=practice.classes.assign(brought=True))),
    )
    assert pool(tested) != before


def test_what_one_of_three_planned_teachers_showed_is_not_told_beside_her_practice(
    database: Database, attempts: Attempts
) -> None:
    library_district.fill(database)
    practice_id = library_district.shared(database, name_shown="name")
    library_district.add_test(database, practice_id, "t1", teachers=("T1", "T4", "T6"), effect=0.24)
    library_district.add_evidence(database, practice_id, step="tested once", teachers=3)
    brought(database, "t1")
    assert read_pool(database, CLEO, practice_id) == (0.1, 0.1)
    for few, viewer in ((False, CLEO), (True, PRINCIPAL_1)):
        brought(database, "t1", "T4", "T6", few=few)
        attempts.judge(read_pool(database, viewer, practice_id) != (None, None), "the pool of one teacher")
        panel = evidence_panel(database, viewer, practice_id)
        attempts.judge(panel.withheld != TOO_FEW_TEACHERS or "0.24" in repr(panel), "the card's evidence")


def tried_by(database: Database, practice_id: str, test_id: str, *teachers: str, team: str) -> None:
    """A test of these teachers alone: the first tries the practice with the others' classes beside hers."""
    library_district.add_test(database, practice_id, test_id, team_id=team, teachers=teachers)
    with database.write() as cursor:
        cursor.execute("delete from test_section where arm = 'comparison'").fetchall()
        cursor.execute(
            "update test_effect set standard_error = 0.1, degrees_of_freedom = 20, baseline_verdict = 'alike'"
        ).fetchall()
    refresh_evidence(database, LOCAL_STEWARD)


def read_pool(database: Database, viewer: Viewer, practice_id: str) -> tuple[float | None, float | None]:
    """The pool's estimate on the card and in the library."""
    pooled = evidence_panel(database, viewer, practice_id).pooled
    (row,) = search_practices(database, viewer, PracticeQuery()).rows
    assert (row.lower is None, row.upper is None) == (row.estimate is None, row.estimate is None)
    return pooled and pooled.estimate, row.estimate


def test_a_pool_of_nothing_but_tests_withheld_from_their_team_is_withheld_as_well(
    database: Database, attempts: Attempts
) -> None:
    library_district.fill(database)
    practice_id = library_district.shared(database)
    tried_by(database, practice_id, "t1", "T1", "T2", team="team-1")
    tried_by(database, practice_id, "t2", "T1", "T3", team="team-1")
    for viewer in (ADA, BEN):
        attempts.judge(
            read_pool(database, viewer, practice_id) != (None, None), "the pool of withheld tests is read"
        )
        told = evidence_panel(database, viewer, practice_id)
        assert (told.tier, told.contexts, told.met) == (None, (), ())
        assert "a colleague's own class" in told.withheld
    assert None not in read_pool(database, FOX, practice_id)
    tried_by(database, practice_id, "t3", "T4", "T5", "T6", team="team-2")
    assert None not in read_pool(database, ADA, practice_id)


def test_without_the_rule_the_pool_of_withheld_tests_is_read(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of the attack."""
    library_district.fill(database)
    practice_id = library_district.shared(database)
    tried_by(database, practice_id, "t1", "T1", "T2", team="team-1")
    tried_by(database, practice_id, "t2", "T1", "T3", team="team-1")
    monkeypatch.setattr(closed_pools, "tests_of_few", lambda *_: {})
    assert read_pool(database, ADA, practice_id)[1] is not None
