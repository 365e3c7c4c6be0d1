"""The spread of a measure and where "at level" begins: of whom they are made, and what two looks tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from plc.core.errors import NotAllowed, TooSmall
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.growth import catch_up, list_scales, release_catch_up, state_cut
from plc.inquiry import open_inquiry
from plc.inquiry.records import InquiryWording
from plc.inquiry.test_reading import course_measures
from plc.people import TeamPlan, make_team
from plc.results import confirm_upload, stage_upload
from tests.security.attempts import Attempts

HEAD: Final = (
    "student_id,teacher_id,school_id,section_id,grade,subject,school_year,assessment,date,score,max_score"
)
ME: Final = "T1"
SIZE: Final = 28
QUICK: Final = "Quick check 4"


def load(database: Database, folder: Path, lines: Sequence[str], *, by: Viewer = LOCAL_STEWARD) -> None:
    path = folder / "results.csv"
    path.write_text("\n".join((HEAD, *lines, "")))
    staged = stage_upload(database, by, path)
    assert staged.rows_accepted + staged.rows_duplicate == len(lines), staged.issues
    confirm_upload(database, by, staged.upload_id)


def class_of(
    rng: np.random.Generator, teacher: int, name: str, day: str, *, year: int = 2026, students: int = SIZE
) -> list[str]:
    """One teacher's class of a grade that goes up by a year, on one assessment of 20 points."""
    scores = np.clip(rng.normal(9 + teacher, 3, students).round(), 0, 20).astype(int)
    grade = year - 2020
    return [
        f"{teacher}{n:03d},T{teacher},S{teacher % 2},C{teacher}-{year},{grade},maths,{year - 1}-{year % 100},"
        f"{name},{day},{score},20"
        for n, score in enumerate(scores)
    ]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(1)


class Planner:
    """A teacher who made a team of herself, and an inquiry whose plan screen tells of every measure."""

    def __init__(self, database: Database) -> None:
        self.database = database
        alone = Viewer(Role.TEACHER, teacher_id=ME, account_id="a")
        team_id = make_team(database, alone, TeamPlan("alone", subject="maths", grade=6))
        self.viewer = Viewer(Role.TEACHER, teacher_id=ME, account_id="a", team_ids=(team_id,))
        wording = InquiryWording(
            title="x", challenge="y", subject="maths", grade=6, school_year=2026,
            measure_kind="common", measure_purpose="z",
        )  # fmt: skip
        self.inquiry_id = open_inquiry(database, self.viewer, team_id=team_id, wording=wording)

    def spread(self, name: str = QUICK) -> float | None:
        measures = course_measures(self.database, self.viewer, self.inquiry_id)
        return {one.name: one.points_per_sd for one in measures}[name]


def test_the_spread_of_a_check_of_few_teachers_is_not_told(
    database: Database, tmp_path: Path, attempts: Attempts, rng: np.random.Generator
) -> None:
    rows = [line for t in range(1, 7) for line in class_of(rng, t, QUICK, "2025-11-10")]
    for few in (1, 2, 3):
        name = f"Check of {few}"
        rows += [
            line for t in range(3, 3 + few) for line in class_of(rng, t, name, "2025-11-17", students=60)
        ]
    # One student each of four others: without the third's class too few are left to speak of.
    rows += class_of(rng, 3, "Lone check", "2025-11-24", students=60)
    rows += [class_of(rng, teacher, "Lone check", "2025-11-24")[0] for teacher in (1, 2, 4, 5)]
    load(database, tmp_path, rows)
    planner = Planner(database)
    for few in (1, 2, 3):
        attempts.judge(planner.spread(f"Check of {few}"), f"the spread of a check of {few} teachers")
    attempts.judge(planner.spread("Lone check"), "the spread of a check that one class nearly alone took")
    # To the last digit, two looks around a score that the reader knows are two equations for how many the
    # others are and for their mean.
    told = planner.spread()
    assert told is not None
    attempts.judge(told != float(f"{told:.2g}"), "a spread to the last digit")


def test_the_spread_of_two_teachers_is_not_told_for_one_child_each_of_two_others(
    database: Database, tmp_path: Path, attempts: Attempts, rng: np.random.Generator
) -> None:
    """Nor where nobody signs in, and today's results stand in for a yardstick that is not taken yet."""
    rows = [line for t in (1, 2) for line in class_of(rng, t, QUICK, "2025-11-10")]
    load(database, tmp_path, [*rows, *(class_of(rng, t, QUICK, "2025-11-10")[0] for t in (3, 4))])
    planner = Planner(database)
    planner.viewer = replace(planner.viewer, account_id=None)
    attempts.judge(planner.spread(), "the spread of two classes and of two children")
    load(database, tmp_path, [line for t in (3, 4) for line in class_of(rng, t, QUICK, "2025-11-10")])
    assert planner.spread() is not None


def test_a_spread_moves_neither_with_the_readers_own_class_nor_with_one_that_comes_late(
    database: Database, tmp_path: Path, attempts: Attempts, rng: np.random.Generator
) -> None:
    """Her own class moved until the last digit flips would give all digits, before and after a late class."""
    name = QUICK
    load(database, tmp_path, [line for t in range(1, 7) for line in class_of(rng, t, name, "2025-11-10")])
    planner = Planner(database)
    told = planner.spread()
    assert told is not None

    def mine_at(level: int) -> None:
        rows = class_of(np.random.default_rng(2), 1, name, "2025-11-10")
        load(
            database,
            tmp_path,
            [re.sub(r",\d+,20$", f",{level + n % 2},20", row) for n, row in enumerate(rows)],
        )

    for late in ((), (9,), (10,)):
        if late:
            load(database, tmp_path, [line for t in late for line in class_of(rng, t, name, "2025-11-10")])
        for level in (0, 19):
            mine_at(level)
            attempts.judge(planner.spread() != told, f"her own class at {level}, classes {late} late")
    load(database, tmp_path, [line for t in (11, 12) for line in class_of(rng, t, name, "2025-11-10")])
    assert planner.spread() != told


class Yardsticks:
    """What every seat reads of where "at level" begins, on one scale; None where it is not told."""

    def __init__(self, database: Database, folder: Path, rng: np.random.Generator) -> None:
        self.database, self.folder, self.rng = database, folder, rng
        rows = [
            line
            for year, spring in ((2025, "Spring 5"), (2026, "Spring 6"))
            for t in range(1, 9)
            for line in class_of(rng, t, spring, f"{year}-05-10", year=year)
        ]
        load(database, folder, rows)

    def give(self, name: str, teachers: Sequence[int]) -> None:
        rows = [line for t in teachers for line in class_of(self.rng, t, name, "2025-12-10")]
        load(self.database, self.folder, rows)

    def cut(self, name: str) -> float | None:
        release_catch_up(self.database, LOCAL_STEWARD)
        found = catch_up(self.database, Viewer(Role.TEACHER, teacher_id=ME, account_id="a"))
        assert "Spring 6" in {one.assessment_name for one in found.yardsticks}, found.empty_words
        return {one.assessment_name: one.cut_score for one in found.yardsticks}.get(name)


def test_where_at_level_begins_is_not_told_of_one_teachers_check(
    database: Database, tmp_path: Path, attempts: Attempts, rng: np.random.Generator
) -> None:
    yardsticks = Yardsticks(database, tmp_path, rng)
    few = ((3,), (1, 3), (1, 3, 4))
    for teachers in few:
        yardsticks.give(f"Check of {len(teachers)}", teachers)
    for teachers in few:
        attempts.judge(yardsticks.cut(f"Check of {len(teachers)}"), f"a cut of {len(teachers)} teachers")


def test_two_releases_around_one_class_tell_the_same_cut(
    database: Database, tmp_path: Path, attempts: Attempts, rng: np.random.Generator
) -> None:
    yardsticks = Yardsticks(database, tmp_path, rng)
    yardsticks.give(QUICK, (1, 2, 3, 4))
    told = yardsticks.cut(QUICK)
    assert told is not None
    # The classes that come in later are above these, so that each would move it.
    for late in ((5,), (6, 7)):
        yardsticks.give(QUICK, late)
        attempts.judge(yardsticks.cut(QUICK) != told, f"a cut that moved with the classes of {late}")
    yardsticks.give(QUICK, (8,))
    assert yardsticks.cut(QUICK) != told


@pytest.mark.parametrize("by_reader", [False, True], ids=["put back as it was", "made up by the reader"])
def test_results_that_are_no_news_renew_no_cut_around_a_late_class(
    database: Database, tmp_path: Path, attempts: Attempts, rng: np.random.Generator, *, by_reader: bool
) -> None:
    yardsticks = Yardsticks(database, tmp_path, rng)
    yardsticks.give(QUICK, (1,))
    right = [line for t in (5, 6, 7) for line in class_of(rng, t, QUICK, "2025-12-10")]
    load(database, tmp_path, right)
    told = yardsticks.cut(QUICK)
    assert told is not None
    load(database, tmp_path, class_of(rng, 8, QUICK, "2025-12-10", students=90))
    if by_reader:
        me = Viewer(Role.TEACHER, teacher_id=ME, account_id="a")
        hers = [line for t in (2, 3, 4) for line in class_of(rng, t, QUICK, "2025-12-10")]
        load(database, tmp_path, [re.sub(r",\d+,20$", ",20,20", one) for one in hers], by=me)
    else:
        wrong = [re.sub(r",(\d+),20$", lambda found: f",{(int(found[1]) + 1) % 21},20", one) for one in right]
        load(database, tmp_path, wrong)
        load(database, tmp_path, right)
    attempts.judge(yardsticks.cut(QUICK) != told, "a cut that moved with one late class")


def state(database: Database, viewer: Viewer, name: str) -> None:
    (scale,) = (one for one in list_scales(database, LOCAL_STEWARD) if one.assessment_name == name)
    state_cut(
        database, viewer, subject=scale.subject, grade=scale.grade, assessment_name=name, cut_score=9,
        source="By agreement",
    )  # fmt: skip


def test_where_at_level_begins_is_stated_by_a_steward_and_not_on_one_teachers_check(
    database: Database, tmp_path: Path, attempts: Attempts, rng: np.random.Generator
) -> None:
    """Cut after cut on a colleague's check would tell how many of her class stand above each score."""
    yardsticks = Yardsticks(database, tmp_path, rng)
    few = ((3,), (1, 3, 4))
    for teachers in few:
        yardsticks.give(f"Check of {len(teachers)}", teachers)
    yardsticks.give(QUICK, (1, 2, 3, 4))
    for role in (Role.FACILITATOR, Role.TEACHER, Role.COACH, Role.PRINCIPAL, Role.DISTRICT_LEADER):
        with pytest.raises(NotAllowed):
            state(database, Viewer(role, teacher_id=ME, account_id="a"), QUICK)
        attempts.refused()
    steward = Viewer(Role.STEWARD, account_id="s")
    for teachers in few:
        with pytest.raises(TooSmall):
            state(database, steward, f"Check of {len(teachers)}")
        attempts.refused()
    state(database, steward, QUICK)
    assert {one.cut_score for one in list_scales(database, steward)} == {None, 9}
    with database.read() as cursor:
        kept = cursor.execute("select role, thing from audit_entry where action = 'state'").fetchall()
    assert kept == [("steward", 'where "at level" begins')]
