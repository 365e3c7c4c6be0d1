"""Differences between looks at one's own class in Seek: what the district beside it gives away.

Every figure of a class is relative to all who took the assessment. A reader keeps her own figures from before
and after a colleague's class came in, and solves for that class.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pytest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry import open_inquiry, yardsticks
from plc.inquiry.seek import seek_view
from plc.inquiry.seek_records import SeekView
from plc.inquiry.yardsticks import Behind, tells_of_enough
from tests.security.attempts import Attempts
from tests.unit.inquiry.small_district import CLASS_SIZE, UNIT_DAYS, make_district, viewer
from tests.unit.inquiry.teams import WORDING

MEASURED: Final = replace(WORDING, measure_kind="common", measure_purpose="What was learned")
# Unit 2 of gus's class, who is in no team with ana.
GUS: Final = 7
UNIT: Final = 3
MEMBER: Final = Viewer(Role.TEACHER, teacher_id="ana", team_ids=("team",))


@pytest.fixture
def course(database: Database) -> tuple[Database, str]:
    """Eight teachers of one course, four of them a team, and the team's inquiry."""
    make_district(database)
    return database, open_inquiry(database, viewer("ana"), team_id="team", wording=MEASURED)


def write(database: Database, *statements: str) -> None:
    with database.write() as cursor:
        for statement in statements:
            cursor.execute(statement).fetchall()


def held_back(database: Database, condition: str) -> None:
    """Results that are not in yet."""
    write(
        database,
        f"create table if not exists late as select * from result_version where {condition}",
        f"delete from result_version where {condition}",
    )


def arrived(database: Database) -> None:
    write(database, "insert into result_version select * from late", "drop table late")


def class_of(*sections: int, unit: int = UNIT) -> str:
    return f"assessment_key = {unit} and section_key in ({', '.join(map(str, sections))})"


def as_told(numbers: object) -> str:
    """Numbers to nine digits: the last of sixteen goes with the order in which a sum was added up."""
    return re.sub(
        r"-?\d+\.\d+(e-?\d+)?", lambda found: f"{round(float(found.group()), 9) + 0.0:.9f}", repr(numbers)
    )


def figures(view: SeekView) -> object:
    """Every number of a view."""
    return as_told(
        (view.basis, view.points, view.classes, view.standards, view.thirds, view.changes, view.reading)
    )


def own(view: SeekView) -> object:
    """Every number of the reader's own class."""
    return as_told(
        ([line.points for line in view.classes if line.is_own], [one for one in view.changes if one.is_own])
    )


def look(database: Database, inquiry_id: str) -> SeekView:
    view = seek_view(database, MEMBER, inquiry_id)
    assert [line for line in view.classes if line.is_own]
    return view


LATE: Final = {
    "a whole class": class_of(GUS),
    "one child": class_of(GUS) + f" and student_key = {CLASS_SIZE * GUS - 3}",
    "the starting points of a class": class_of(GUS, unit=1),
    "one child's starting point": class_of(GUS, unit=1) + f" and student_key = {CLASS_SIZE * GUS - 3}",
    "three classes": class_of(GUS, GUS + 1, 5),
}


@pytest.mark.parametrize("late", list(LATE))
def test_two_looks_around_results_of_few_that_come_late_are_the_same(
    course: tuple[Database, str], attempts: Attempts, late: str
) -> None:
    database, inquiry_id = course
    held_back(database, LATE[late])
    before = look(database, inquiry_id)
    arrived(database)
    after = look(database, inquiry_id)
    attempts.judge(figures(before) != figures(after), f"a figure moved: {late}")
    assert any("Measured against the district as of" in note for note in after.notes)


def solved(before: SeekView, after: SeekView) -> float:
    """The mean percent of the class that came in between, by what the district had before and after."""
    (old,), (new,) = (
        [
            point
            for line in view.classes
            if line.is_own
            for point in line.points
            if point.assessment_name == "Unit 2"
        ]
        for view in (before, after)
    )
    assert old.district_percent is not None
    assert new.district_percent is not None
    return 8 * new.district_percent - 7 * old.district_percent


def test_without_the_yardstick_the_same_two_looks_give_the_class_away(
    course: tuple[Database, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check of the attack."""
    database, inquiry_id = course
    with database.read() as cursor:
        (true,) = cursor.execute(f"select avg(score) from result where {class_of(GUS)}").fetchall()[0]
    held_back(database, class_of(GUS))
    before = look(database, inquiry_id)
    monkeypatch.setattr(yardsticks, "tells_of_enough", lambda *_: True)
    arrived(database)
    assert solved(before, look(database, inquiry_id)) == pytest.approx(true)


def test_results_of_four_teachers_renew_the_district_and_others_keep_theirs(
    course: tuple[Database, str],
) -> None:
    database, inquiry_id = course
    held_back(database, class_of(GUS, GUS + 1, 2, 3))
    before = look(database, inquiry_id)
    arrived(database)
    after = look(database, inquiry_id)
    assert not any("Measured against" in note for note in after.notes)
    old, new = (next(line.points for line in view.classes if line.is_own) for view in (before, after))
    assert old[1] != new[1]
    # The other assessments stand where they stood.
    assert as_told((old[0], old[2])) == as_told((new[0], new[2]))


@pytest.mark.parametrize("first", [True, False], ids=["before the first look", "between two looks"])
def test_made_up_results_that_are_taken_back_leave_nobody_to_solve_for(
    course: tuple[Database, str], attempts: Attempts, *, first: bool
) -> None:
    database, inquiry_id = course
    everyone = class_of(2, 3, 4)
    write(
        database,
        "insert into upload (upload_key, upload_id, file_name, sha256, format, state, uploaded_by, staged_at)"
        " values (90, 'mine', 'mine.csv', '', 'csv', 'confirmed', 'ana', now())",
    )
    if not first:
        look(database, inquiry_id)
    # Scores she made up for the classes of three others: she alone knows what they change.
    write(
        database,
        "create table real as select * from result_version where " + everyone,
        "update result_version set score = score + 7, upload_key = 90 where " + everyone,
    )
    before = look(database, inquiry_id)
    held_back(database, class_of(GUS))
    after = look(database, inquiry_id)
    attempts.judge(own(before) != own(after), "a class was taken out between made-up ones")
    write(
        database,
        "delete from result_version where " + everyone,
        "insert into result_version select * from real",
        "update upload set state = 'undone' where upload_key = 90",
    )
    # Everybody else's results are as they were; only hers and gus's are not what the yardstick had.
    attempts.judge(own(look(database, inquiry_id)) != own(before), "hers were taken back")


def test_another_inquiry_over_every_grade_uses_the_same_district(
    course: tuple[Database, str], attempts: Attempts
) -> None:
    database, inquiry_id = course
    held_back(database, class_of(GUS))
    before = look(database, inquiry_id)
    arrived(database)
    second = open_inquiry(database, viewer("ana"), team_id="team", wording=replace(MEASURED, grade=None))
    old, new = ([line for line in view.classes if line.is_own] for view in (before, look(database, second)))
    attempts.judge(as_told(old) != as_told(new), "the district was taken anew by opening an inquiry")


def test_an_assessment_of_three_teachers_is_not_set_against_them(course: tuple[Database, str]) -> None:
    database, inquiry_id = course
    held_back(database, class_of(4, 5, 6, GUS, GUS + 1))
    view = look(database, inquiry_id)
    (hers,) = [line for line in view.classes if line.is_own]
    assert "Unit 2" not in {point.assessment_name for point in hers.points}
    assert any(note.startswith("Unit 2: not drawn yet") for note in view.notes)


def drawn(database: Database, inquiry_id: str, unit: str = "Unit 2") -> bool:
    """Whether the reader's own class is set against the district on a unit."""
    view = seek_view(database, MEMBER, inquiry_id)
    return unit in {point.assessment_name for line in view.classes if line.is_own for point in line.points}


def children_of(*sections: int, each: int) -> str:
    """So many children each of these classes."""
    keys = [CLASS_SIZE * (section - 1) + place for section in sections for place in range(1, each + 1)]
    return f"student_key in ({', '.join(map(str, keys))})"


def loads(database: Database, teacher_id: str, condition: str) -> None:
    """These results were loaded by a teacher, whatever is in them."""
    write(
        database,
        "insert into upload (upload_key, upload_id, file_name, sha256, format, state, uploaded_by, staged_at)"
        f" values (90, 'loaded', 'loaded.csv', '', 'csv', 'confirmed', '{teacher_id}', now())",
        f"update result_version set upload_key = 90 where {condition}",
    )


@pytest.mark.parametrize("each", [1, 4])
def test_a_class_and_a_few_children_of_two_others_are_no_district(
    course: tuple[Database, str], attempts: Attempts, each: int
) -> None:
    database, inquiry_id = course
    others = f"assessment_key = {UNIT} and section_key not in (1, {GUS})"
    held_back(database, f"{others} and not {children_of(5, 6, each=each)}")
    attempts.judge(
        drawn(database, inquiry_id), f"the district is a class and {each} children each of two more"
    )
    arrived(database)
    assert drawn(database, inquiry_id)


def test_a_few_children_of_two_others_in_one_standard_are_no_district(
    course: tuple[Database, str], attempts: Attempts
) -> None:
    """Whole classes of the other standard do not stand in for them."""
    database, inquiry_id = course
    held_back(
        database,
        f"assessment_key = {UNIT + 1} and standard_key = 2 and section_key not in (1, {GUS})"
        f" and not {children_of(5, 6, each=1)}",
    )
    attempts.judge(drawn(database, inquiry_id, "Unit 3"), "one standard of a class and of two children")


@pytest.mark.parametrize("each", [5, CLASS_SIZE])
def test_a_class_beside_others_that_the_reader_made_up_is_no_district(
    course: tuple[Database, str], attempts: Attempts, each: int
) -> None:
    database, inquiry_id = course
    others = f"assessment_key = {UNIT} and section_key not in (1, {GUS})"
    held_back(database, f"{others} and not {children_of(4, 5, 6, each=each)}")
    loads(database, "ana", class_of(4, 5, 6))
    attempts.judge(drawn(database, inquiry_id), "a class and three she made up")


@pytest.mark.parametrize("left", [1, 4])
def test_a_few_children_beside_all_the_reader_loaded_are_no_district(
    course: tuple[Database, str], attempts: Attempts, left: int
) -> None:
    database, inquiry_id = course
    loads(database, "ana", f"assessment_key = {UNIT} and not {children_of(2, GUS, each=left)}")
    attempts.judge(drawn(database, inquiry_id), f"{left} children each of two classes that others loaded")


def test_one_standard_of_a_class_beside_all_the_reader_loaded_is_no_district(
    course: tuple[Database, str], attempts: Attempts
) -> None:
    """What she loaded of the other standard is no knowledge of this one."""
    database, inquiry_id = course
    of_gus = f"section_key = {GUS} and standard_key = 2"
    loads(database, "ana", f"assessment_key = {UNIT + 1} and not ({of_gus})")
    attempts.judge(drawn(database, inquiry_id, "Unit 3"), "one standard of a class that others loaded")


def test_results_a_reader_made_up_of_a_class_before_it_came_are_no_knowledge_of_it(
    course: tuple[Database, str], attempts: Attempts
) -> None:
    database, inquiry_id = course
    loads(database, "ana", f"assessment_key = {UNIT} and section_key <> {GUS}")
    write(
        database,
        "insert into result_version"
        " select * replace (score + 7 as score, 90 as upload_key, 1 as superseded_by) from result_version"
        f" where {class_of(GUS)}",
    )
    attempts.judge(drawn(database, inquiry_id), "the class she had made up, as others loaded it")


@pytest.mark.parametrize(
    "loaded", [(), (1, 2), (1, 2, 3, 4)], ids=["each her own", "one for another", "one for all"]
)
def test_four_teachers_with_small_classes_have_their_district(
    database: Database, loaded: tuple[int, ...]
) -> None:
    make_district(database, outside=(), sizes=dict.fromkeys(("ana", "ben", "cy", "dee"), 8))
    inquiry_id = open_inquiry(database, viewer("ana"), team_id="team", wording=MEASURED)
    if loaded:
        loads(database, "ana", class_of(*loaded))
    seek_view(database, MEMBER, inquiry_id)
    with database.read() as cursor:
        ((taken,),) = cursor.execute("select count(distinct assessment_id) from seek_yardstick").fetchall()
    assert taken == len(UNIT_DAYS)


def test_a_look_beside_which_nothing_changed_writes_nothing(
    course: tuple[Database, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, inquiry_id = course
    look(database, inquiry_id)

    def refuse() -> None:
        raise AssertionError("a look wrote")

    monkeypatch.setattr(database, "write", refuse)
    look(database, inquiry_id)


def test_four_corrections_of_one_student_each_and_one_class_are_that_class() -> None:
    alone = {section: frozenset({f"of {section}"}) for section in "abcde"}
    behind = Behind(alone, {}, {})
    before = {("", section): 0x0101010101010101 for section in "abcde"}
    one_each = {("", section): 0x0101010101010102 for section in "abcd"} | {("", "e"): 0x0909090909090909}
    assert not tells_of_enough(before, one_each, behind)
    assert tells_of_enough(before, {one: state * 2 for one, state in before.items()}, behind)


def test_classes_of_one_teacher_count_once() -> None:
    behind = Behind(
        {"a": frozenset({"ana", "kim"}), "b": frozenset({"ben", "kim"}), "c": frozenset({"cy", "kim"}),
         "d": frozenset({"dee"}), "e": frozenset({"eva"})},
        {("", section): 25 for section in "abcde"}, {},
    )  # fmt: skip
    assert not tells_of_enough({}, {("", section): 1 for section in "abcde"}, behind)


def test_a_member_who_loads_for_all_but_two_does_not_keep_a_course_from_its_first_yardstick() -> None:
    sections = "abcdefgh"
    behind = Behind(
        {section: frozenset({f"of {section}"}) for section in sections},
        {("", section): 25 for section in sections},
        {section: frozenset({"of a"}) for section in sections[:-2]},
        {"": {("of a", section): 25 for section in sections[:-2]}},
    )
    first = {("", section): 1 for section in sections}
    assert tells_of_enough({}, first, behind)
    assert not tells_of_enough(first, dict.fromkeys(first, 2), behind)
