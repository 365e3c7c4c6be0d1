"""The only teacher of a course at her school (F12), and three students in a group of 24 (F13).

Every seat reads everything it is offered of them, by every filter, list, drill-down and report, on two days
around a correction of the lone teacher's results, and subtracts each number from each. Of the three students
the sums of the released figures are solved, over both days, with each class known that they sit in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Any, Final

import pytest

from plc.bright_spots import bright_spots, own_results
from plc.bright_spots.areas import practice_areas
from plc.bright_spots.own_evidence import funnel_bands, overlaps, own_evidence, predictions
from plc.core.disclosure import MINIMUM_STUDENTS
from plc.core.errors import PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.growth import catch_up, release_catch_up
from plc.people.across_schools import lone_courses
from plc.practices import PracticeQuery, evidence_panel, search_practices
from plc.practices.renewing import renew
from plc.reports import board_page, ilt_brief
from plc.schools import TeamQuery, barrier_days, month_at_a_glance, stalled_teams, teams_to_invite
from tests.property import test_released_catch_up as solving
from tests.property.test_released_catch_up import Attacker
from tests.security.attempts import Attempts
from tests.security.subtracting import learnt, numbers, telling

LONE: Final = Viewer(Role.TEACHER, teacher_id="T045")
SCHOOL: Final = "K1"
MAY: Final = (date(2026, 5, 1), date(2026, 4, 1))
SEATS: Final = {
    "a colleague of her school": Viewer(Role.TEACHER, teacher_id="T044"),
    "a teacher of her course elsewhere": Viewer(Role.TEACHER, teacher_id="T049", team_ids=("sample-team-1",)),
    "her principal": Viewer(Role.PRINCIPAL, school_ids=(SCHOOL,), account_id="lead"),
    "a district leader": Viewer(Role.DISTRICT_LEADER, account_id="leader"),
    "a steward": LOCAL_STEWARD,
    "a reviewer": Viewer(Role.REVIEWER, account_id="reviewer"),
}
KEPT_UP: Final = "maths|kept up 1"
solving_whole: Final = solving._WHOLE


def offered(database: Database, viewer: Viewer) -> Iterator[Callable[[], Any]]:
    """Everything that shows a figure of more than oneself, by every filter that could single her out."""
    for subject, grade in ((None, None), ("maths", 6)):
        yield lambda s=subject, g=grade: bright_spots(database, viewer, subject=s, grade=g)
    for subject in (None, "maths", "reading"):
        yield lambda s=subject: catch_up(database, viewer, subject=s)
    for grade, low in ((None, False), (6, True)):
        yield lambda g=grade, n=low: search_practices(
            database, viewer, PracticeQuery(subject="maths", grade=g, low_starters=n)
        )
    for use_case in (practice_areas, overlaps, predictions, funnel_bands, lone_courses):
        yield lambda of=use_case: of(database, viewer)
    yield lambda: evidence_panel(database, viewer, "P1")
    yield lambda: teams_to_invite(database, viewer, "P1", words="K")
    for school_id, words in product((None, SCHOOL), ("", "6", "Larkspur")):
        query = TeamQuery(school_id=school_id, words=words)
        yield lambda q=query: stalled_teams(database, viewer, q)
        for month in MAY:
            yield lambda q=query, m=month: month_at_a_glance(database, viewer, month=m, query=q)
    yield lambda: barrier_days(database, viewer, school_id=SCHOOL)
    for report, month in product((ilt_brief, board_page), MAY):
        yield lambda r=report, m=month: r(database, viewer, month=m).frame()


def read(database: Database, viewer: Viewer) -> tuple[set[float], int]:
    """Every number that a seat is told, and how often it asked; what is refused tells nothing."""
    known: set[float] = set()
    asked = 0
    for ask in offered(database, viewer):
        asked += 1
        with suppress(PlcError):
            known |= numbers(ask())
    return known, asked


def hers(database: Database) -> set[float]:
    """Every figure of the lone teacher, as she alone reads it."""
    found = numbers(own_results(database, LONE)) | numbers(own_evidence(database, LONE))
    found |= numbers(catch_up(database, LONE).own)
    with database.read() as cursor:
        for table in ("scan_own_cell", "scan_own_section"):
            found |= numbers(cursor.execute(f"select * from {table} where teacher_id = 'T045'").df())
    return found


def another_day(database: Database) -> None:
    """Her classes' scores are put right, one of the three has another language, all is worked out anew."""
    with database.write() as cursor:
        cursor.execute(
            "update result_version set score = score + 3 where section_key in (select section_key from"
            " section_teacher join teacher using (teacher_key) join section using (section_key)"
            " where teacher_id = 'T045' and school_year = 2026)"
        ).fetchall()
        cursor.execute(
            "update student_group_version set group_value = 'Spanish' where student_key = (select"
            " min(student_key) from student_group where group_value = 'Somali') and group_value = 'Somali'"
        ).fetchall()
        raise_data_version(cursor)
    renew(database, LOCAL_STEWARD)
    release_catch_up(database, LOCAL_STEWARD)


class Follower(Attacker):
    """Sees of the released cells what some seat is shown in an answer, or `everything` to check itself."""

    def __init__(self, *, everything: bool = False) -> None:
        super().__init__()
        self.everything = everything
        self.answers: set[tuple[str, str]] = set()

    def read(self, database: Database) -> None:
        self.answers = {("", "")}
        for viewer in (LOCAL_STEWARD, *SEATS.values()):
            with suppress(PlcError):
                found = catch_up(database, viewer, subject="maths")
                self.answers |= {
                    ("school" if row.group == "school" else f"group {row.group.replace(' ', '_')}", row.name)
                    for row in (*found.schools, *found.groups)
                    if row.kept_up.share is not None
                }
        self.watch(database)
        # Cells of too few together are still of too few.
        few = [target for target in self.targets if target[0].startswith("group home_language")]
        self.targets += [
            (f"{one} and {other}", sorted({*here, *there}))
            for (one, here), (other, there) in combinations(few, 2)
            if len({*here, *there}) < MINIMUM_STUDENTS
        ]

    def _see(self, release: Any, table: str, cell: str, here: list[int]) -> None:
        shown = release.cells.get((table, cell))
        dimension = ([*table.split("|"), ""])[2]
        if self.everything:
            self.shown[table, cell, release.generation] = here
        elif shown is None or (dimension, shown.label if dimension else "") in self.answers:
            super()._see(release, table, cell, here)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of both days: numbers by seat, hers, who solves for the three, how much was asked."""

    told: dict[str, set[float]]
    hers: set[float]
    follower: Follower
    unhidden: Follower
    knowing: list[int]
    asked: int


@pytest.fixture(scope="module")
def kept(sample_database: Database) -> Iterator[Kept]:
    told: dict[str, set[float]] = {who: set() for who in SEATS}
    secrets: set[float] = set()
    asked = 0
    followers = Follower(), Follower(everything=True)
    with pytest.MonkeyPatch.context() as patch:
        # Of the three all kept up in maths, and one began behind.
        patch.setattr(solving, "_WHOLE", KEPT_UP)
        patch.setattr(solving, "_MEMBERS", solving._MEMBERS.replace(solving_whole, KEPT_UP))
        for day in range(2):
            if day:
                another_day(sample_database)
            for follower in followers:
                follower.read(sample_database)
            secrets |= hers(sample_database)
            for who, viewer in SEATS.items():
                numbers_told, times = read(sample_database, viewer)
                told[who] |= numbers_told
                asked += times
        with sample_database.read() as cursor:
            rows = cursor.execute(
                "select distinct teacher_key from section_teacher join enrollment using (section_key)"
                " join student_group using (student_key) where group_value = 'Somali'"
            ).fetchall()
        yield Kept(told, secrets, *followers, [key for (key,) in rows], asked)


def test_nobody_subtracts_her_way_to_the_only_teacher_of_a_course(kept: Kept, attempts: Attempts) -> None:
    figures = telling(kept.hers)
    assert len(figures) > 50
    attempts.refused(kept.asked)
    for who, told in kept.told.items():
        found = learnt(told, figures)
        attempts.refused(len(figures) - len(found))
        for figure in found:
            attempts.got_through(f"{figure} by {who}")


def test_one_total_with_her_and_one_without_would_be_noticed(kept: Kept) -> None:
    """A check of the attack: a mean over her school's classes, told with how many students they are."""
    secret = telling(kept.hers)[0]
    told = kept.told["her principal"] | {0.7310585786300049, 0.7310585786300049 + secret}
    assert secret in learnt(told, telling(kept.hers))


def test_the_three_of_a_group_are_no_sum_of_what_is_told(kept: Kept, attempts: Attempts) -> None:
    assert [name for name, _ in kept.follower.targets if "Somali" in name]
    for teacher in (None, *kept.knowing):
        found = kept.follower.learns(teacher=teacher)
        attempts.refused(len(kept.follower.targets) + len(kept.follower.unknown) - len(found))
        for name in found:
            attempts.got_through(f"{name} by {teacher or 'a leader'}")


def test_the_three_are_learnt_where_no_second_cell_is_hidden(kept: Kept) -> None:
    """A check of the attack."""
    assert "group home_language Somali" in kept.unhidden.learns(teacher=None)
