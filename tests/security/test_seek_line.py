"""Differences between looks at a team's line in Seek: what a leaver, a late class or another team gives away.

A reader keeps every line she ever saw, of every team, and subtracts. In the random part each line is one
linear equation over the classes as they were then, the most a sum tells; each teacher knows her own classes,
a coach none. Nobody may learn of a set of classes that fewer than three others teach.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Final

import numpy as np
import pytest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry import open_inquiry, seek_lines, team_lines
from plc.inquiry.line_rules import STARTED, WHOLE, Figures, Knowledge, Line, safe_figures
from plc.inquiry.seek import seek_view
from plc.inquiry.seek_records import SeekView
from tests.security.attempts import Attempts
from tests.unit.inquiry.small_district import CLASS_SIZE, make_district, viewer
from tests.unit.inquiry.teams import WORDING

SIZE: Final = 22
MEASURED: Final = replace(WORDING, measure_kind="common", measure_purpose="What was learned")
SIX: Final = ("ana", "ben", "cy", "dee", "kim", "lou")


def unsafe(before: object, line: Line, known: object) -> frozenset[str]:
    """The rule switched off."""
    return frozenset(figure for told in line.classes.values() for figure in told)


@cache
def history(seed: int, *, rule: object = safe_figures) -> tuple[list[Line], Knowledge]:
    """Lines of three overlapping teams as members come and go and results come late or are put right."""
    chance = random.Random(seed)
    teacher_of = {f"class {n}": frozenset({f"t{n % 9}"}) for n in range(11)}
    known = Knowledge(teacher_of)
    people = [f"t{n}" for n in range(9)]
    teams = [set(chance.sample(people, chance.choice((4, 5, 6)))) for _ in range(3)]
    version = dict.fromkeys(teacher_of, 0)
    lines: list[Line] = []
    for _ in range(14):
        team = chance.choice(teams)
        for _ in range(chance.choice((0, 1, 1, 2))):
            team.symmetric_difference_update({chance.choice(people)})
        # A corrected upload of one class, or of a whole school's.
        for one in chance.sample(sorted(version), chance.choice((0, 1, 1, 6))):
            version[one] += 1
        classes: dict[str, Figures] = {
            one: {WHOLE: (version[one], SIZE), STARTED: (version[one], SIZE)}
            for one, teachers in teacher_of.items()
            if teachers <= team
        }
        line = Line(classes)
        if classes and rule(lines, line, known):  # type: ignore[operator]
            lines.append(line)
    return lines, known


def few_learnt(lines: list[Line], known: Knowledge, *, reader: str | None) -> list[tuple[str, ...]]:
    """Pairs of other teachers of whose classes alone the reader can work something out."""
    parts = sorted({(one, told[WHOLE][0]) for line in lines for one, told in line.classes.items()})
    secret = [part for part in parts if reader not in known.of(part[0])]
    told = np.array(
        [
            [float(one in line.classes and line.classes[one][WHOLE][0] == v) for one, v in secret]
            for line in lines
        ]
    ).reshape(len(lines), len(secret))
    rank = np.linalg.matrix_rank(told) if told.size else 0
    teachers = sorted({teacher for one, _ in secret for teacher in known.of(one)})
    learnt = []
    for few in combinations(teachers, 2):
        of_few = [n for n, (one, _) in enumerate(secret) if known.of(one) <= set(few)]
        picked = np.eye(len(secret))[of_few]
        if of_few and np.linalg.matrix_rank(np.vstack([told, picked])) < rank + len(of_few):
            learnt.append(few)
    return learnt


@pytest.mark.parametrize("seed", range(30))
def test_no_sequence_of_lines_tells_of_fewer_than_three_others(attempts: Attempts, seed: int) -> None:
    lines, known = history(seed)
    for reader in (None, *sorted(frozenset[str]().union(*known.teachers.values()))):
        attempts.judge(few_learnt(lines, known, reader=reader), f"seed {seed}, {reader}")


def test_lines_do_change_and_without_the_rule_the_same_attack_works() -> None:
    """A check of the attack, and that the rule does not simply show nothing."""
    assert sum(len(history(seed)[0]) > 1 for seed in range(30)) >= 15
    caught = 0
    for seed in range(10):
        lines, known = history(seed, rule=unsafe)
        caught += bool(few_learnt(lines, known, reader=None))
    assert caught >= 9


@pytest.fixture
def six(database: Database) -> tuple[Database, str]:
    """A team of six with nothing opened, and its inquiry."""
    make_district(database, team=SIX)
    return database, open_inquiry(database, viewer("ana"), team_id="team", wording=MEASURED)


COACH: Final = Viewer(Role.COACH, team_ids=("team", "second"), account_id="coach")


def looks(database: Database, inquiry_id: str) -> list[SeekView]:
    """What a member and a coach read."""
    return [seek_view(database, reader, inquiry_id) for reader in (viewer("ana"), COACH)]


def told(view: SeekView) -> object:
    """Everything of a view that is about the whole team."""
    return view.points, view.standards, view.thirds, [one for one in view.changes if one.name is None]


def write(database: Database, *statements: str) -> None:
    with database.write() as cursor:
        for statement in statements:
            cursor.execute(statement).fetchall()


def corrected(*teachers: str) -> str:
    """Six points more for every student of these classes on the last assessment."""
    of_classes = ", ".join(f"'class-{teacher}'" for teacher in teachers)
    return (
        "update result_version set score = score + 6 where assessment_key = 4 and section_key in"
        f" (select section_key from section_version where section_id in ({of_classes}))"
    )


LEAVES: Final = "update team_member set left_on = date '2026-01-01' where teacher_id = 'dee'"
# One after the other, so that never more than three classes differ from those of the line.
CHANGES: Final = {
    "a colleague joins": "insert into team_member values ('team', 'eva', 'member', date '2025-09-01', null)",
    "she leaves, and one class is put right": "delete from team_member where teacher_id = 'eva';"
    + corrected("dee"),
    "two more are put right": corrected("cy", "ben"),
    "one student is gone": "delete from result_version where student_key = 130",
    "another starting test": "update result_version set score = score + 9 where assessment_key = 1"
    " and section_key = 4",
    "a class's results are undone": "delete from result_version where assessment_key = 4 and section_key = 4",
    "a member leaves": LEAVES,
}


def test_two_looks_around_a_change_of_few_classes_are_the_same(
    six: tuple[Database, str], attempts: Attempts
) -> None:
    database, inquiry_id = six
    before = looks(database, inquiry_id)
    assert all(len(view.points) == 3 and view.thirds[0].point for view in before)
    for words, change in CHANGES.items():
        write(database, *change.split(";"))
        after = looks(database, inquiry_id)
        for old, new in zip(before, after, strict=True):
            attempts.judge(told(old) != told(new), f"the line moved: {words}")
    write(database, corrected("ana", "kim"))
    assert told(looks(database, inquiry_id)[0]) != told(before[0])


def test_a_second_team_of_nearly_the_same_members_reads_no_line(
    six: tuple[Database, str], attempts: Attempts
) -> None:
    database, inquiry_id = six
    assert looks(database, inquiry_id)[0].points
    second = second_team(database)
    for reader in (Viewer(Role.TEACHER, teacher_id="ana", team_ids=("team", "second")), COACH):
        view = seek_view(database, reader, second)
        attempts.judge(view.points, "a line of five of the six")
        attempts.judge([one for one in (*view.thirds, *view.standards) if one.point], "by third or standard")


def second_team(database: Database) -> str:
    """A team of all but dee, with an inquiry over every grade."""
    write(
        database,
        "insert into team by name select * replace ('second' as team_id) from team where team_id = 'team'",
        "insert into team_member by name select * replace ('second' as team_id) from team_member"
        " where teacher_id <> 'dee'",
    )
    member = Viewer(Role.TEACHER, teacher_id="ana", team_ids=("team", "second"))
    return open_inquiry(database, member, team_id="second", wording=replace(MEASURED, grade=None))


def first_page(database: Database) -> None:
    """Of the second unit ana's and ben's classes are in, and one child each of cy's and dee's."""
    write(
        database,
        "delete from result_version where assessment_key = 3 and section_key in (3, 4) and student_key not in"
        " (select min(student_key) from result_version where section_key in (3, 4) group by section_key)",
    )


def test_one_whole_class_and_one_child_each_of_two_others_make_no_line(
    database: Database, attempts: Attempts
) -> None:
    make_district(database)
    inquiry_id = open_inquiry(database, viewer("ana"), team_id="team", wording=MEASURED)
    first_page(database)
    for view in looks(database, inquiry_id):
        assert [point.assessment_name for point in view.points] == ["Unit 1", "Unit 3"]
        attempts.judge(
            [point for point in view.points if point.assessment_name == "Unit 2"],
            "ben's class and two children",
        )


def test_without_the_rule_the_line_of_one_class_and_two_children_is_that_class(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of the attack."""
    make_district(database)
    inquiry_id = open_inquiry(database, viewer("ana"), team_id="team", wording=MEASURED)
    first_page(database)
    monkeypatch.setattr(team_lines, "safe_figures", unsafe)
    monkeypatch.setattr(seek_lines, "is_enough", lambda *_, **__: True)
    (line,) = (
        point
        for point in seek_view(database, viewer("ana"), inquiry_id).points
        if point.assessment_name == "Unit 2"
    )
    mean = {1: 0.0, 2: 0.0}
    with database.read() as cursor:
        for section, percent in cursor.execute(
            "select section_key, avg(score) from result where assessment_key = 3 group by section_key"
        ).fetchall():
            mean[section] = percent
    assert line.percent is not None
    derived = (line.percent * line.students - CLASS_SIZE * mean[1] - 2 * 50) / CLASS_SIZE
    assert derived == pytest.approx(mean[2], abs=1)


def test_a_class_that_was_seen_and_closed_again_leaves_no_line_of_it_and_one_more(
    database: Database, attempts: Attempts
) -> None:
    make_district(database, opened=("ana", "ben", "cy", "dee"))
    inquiry_id = open_inquiry(database, viewer("ana"), team_id="team", wording=MEASURED)
    assert len(seek_view(database, viewer("ana"), inquiry_id).classes) == 4
    # Dee closes hers before the next assessment; ben's and cy's are still open to ana.
    write(
        database,
        "update team_agreement_member set opened_on = null where teacher_id = 'dee'",
        "insert into assessment_version values (9, 'U9', 'Unit 9', 'common', 'maths', 6, 2026,"
        " date '2026-02-02', 100.0, 0.8, null, 1, null)",
        "insert into result_version by name select * replace (9 as assessment_key) from result_version"
        " where assessment_key = 2",
    )
    view = seek_view(database, viewer("ana"), inquiry_id)
    attempts.judge(
        [point for point in view.points if point.assessment_name == "Unit 9"], "the line less three classes"
    )


def test_without_the_rule_a_second_look_gives_the_leaver_away(
    six: tuple[Database, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of the attack."""
    database, inquiry_id = six
    monkeypatch.setattr(team_lines, "safe_figures", unsafe)
    before = looks(database, inquiry_id)[1].points[-1]
    write(database, LEAVES)
    after = looks(database, inquiry_id)[1].points[-1]
    derived = (before.value * before.started - after.value * after.started) / (before.started - after.started)
    own = seek_view(database, viewer("dee"), inquiry_id)
    (line,) = [one for one in own.classes if one.is_own] or [None]
    assert line is None or line.points[-1].value == pytest.approx(derived)
    # Dee's students end half an SD of ability higher, and that is what comes out.
    assert derived == pytest.approx(0.45, abs=0.15)
