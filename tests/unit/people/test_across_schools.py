"""A team across schools for a teacher who is alone with her course: counts first, names by consent."""

from __future__ import annotations

import pytest

from plc.core.errors import NotFound
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import (
    answer_invitation,
    ask_across_schools,
    choose_notice,
    lone_courses,
    own_invitations,
    own_teams,
)
from plc.people.sign_in import teams_of

LONE = "lone"


def teacher(database: Database, teacher_id: str) -> Viewer:
    with database.read() as cursor:
        return Viewer(Role.TEACHER, teacher_id=teacher_id, team_ids=teams_of(cursor, teacher_id))


def district(database: Database, *, others: int) -> Database:
    """A lone teacher of grade 6 maths at school 0, and `others` at schools of their own, each one class that
    starts a tenth of an SD higher than the one before; at school 1 a colleague shares the course."""
    with database.write() as cursor:
        teachers = [LONE, *(f"T{n}" for n in range(1, others + 1)), "beside"]
        schools = [*range(others + 1), 1]
        for key, (teacher_id, school) in enumerate(zip(teachers, schools, strict=True)):
            cursor.execute(
                "insert into teacher_version values ($key, $id, $id || ' name', 1, null)",
                {"key": key, "id": teacher_id},
            ).fetchall()
            cursor.execute(
                "insert into section_version values ($key, $id, $school, 6, 'maths', 2026, null, 1, null)",
                {"key": key, "id": f"class {teacher_id}", "school": school},
            ).fetchall()
            cursor.execute(
                "insert into section_teacher_version values ($key, $key, 1, null, 1, null)", {"key": key}
            ).fetchall()
            cursor.execute(
                "insert into scan_own_section (scan_key, teacher_id, subject, section_id, school_year, grade,"
                " students, students_without_start, section_mean)"
                " values (1, $id, 'maths', $section, 2026, 6, 20, 0, $mean)",
                {"id": teacher_id, "section": f"class {teacher_id}", "mean": 0.1 * key},
            ).fetchall()
        for school in range(others + 1):
            cursor.execute(
                "insert into school_version values ($key, $id, null, null, 1, null)",
                {"key": school, "id": f"S{school}"},
            ).fetchall()
        cursor.execute(
            "insert into scan (scan_key, finished_at, data_version, code_version, options,"
            " expected_false_discovery_rate, results, students, sections, teachers, withheld)"
            " select 1, now()::timestamp, 1, '', '{}', 0, 0, 0, 0, 0, ''"
        ).fetchall()
    return database


def asked_teachers(database: Database) -> list[str]:
    with database.read() as cursor:
        rows = cursor.execute("select teacher_id from team_invitation order by teacher_id").fetchall()
    return [teacher_id for (teacher_id,) in rows]


def test_a_lone_teacher_is_offered_counts_and_nobodys_name(database: Database) -> None:
    district(database, others=8)
    (course,) = lone_courses(database, teacher(database, LONE))
    assert (course.subject, course.grade, course.classes, course.schools) == ("maths", 6, 9, 8)
    assert course.offered
    assert "T1" not in repr(course)


def test_a_teacher_with_a_colleague_of_her_course_is_not_alone(database: Database) -> None:
    district(database, others=8)
    assert lone_courses(database, teacher(database, "T1")) == []


def test_fewer_than_five_classes_elsewhere_are_no_offer(database: Database) -> None:
    district(database, others=3)
    (course,) = lone_courses(database, teacher(database, LONE))
    assert (course.classes, course.schools, course.offered) == (None, None, False)
    with pytest.raises(NotFound):
        ask_across_schools(database, teacher(database, LONE), subject="maths", grade=6)


def test_the_classes_that_start_nearest_are_asked_once(database: Database) -> None:
    district(database, others=8)
    choose_notice(database, teacher(database, "T2"), "never ask")
    team_id = ask_across_schools(database, teacher(database, LONE), subject="maths", grade=6)
    assert asked_teachers(database) == ["T1", "T3", "T4", "T5", "T6"]
    assert ask_across_schools(database, teacher(database, LONE), subject="maths", grade=6) == team_id
    assert asked_teachers(database) == ["T1", "T3", "T4", "T5", "T6"]
    (course,) = lone_courses(database, teacher(database, LONE))
    assert (course.team_id, course.offered) == (team_id, False)


def test_nobody_is_named_before_both_agree(database: Database) -> None:
    district(database, others=8)
    ask_across_schools(database, teacher(database, LONE), subject="maths", grade=6)
    (team,) = own_teams(database, teacher(database, LONE))
    assert [m.teacher_id for m in team.members] == [LONE]
    (asked,) = own_invitations(database, teacher(database, "T1"))
    assert (asked.team_name, asked.invited_by_name, asked.members) == (None, None, 1)
    assert LONE not in repr(asked)
    answer_invitation(database, teacher(database, "T1"), asked.invitation_id, accept=True)
    (theirs,) = own_teams(database, teacher(database, "T1"))
    assert [m.name for m in theirs.members] == ["T1 name", "lone name"]


def test_a_no_is_silent(database: Database) -> None:
    district(database, others=8)
    ask_across_schools(database, teacher(database, LONE), subject="maths", grade=6)
    before = own_teams(database, teacher(database, LONE))
    (asked,) = own_invitations(database, teacher(database, "T1"))
    answer_invitation(database, teacher(database, "T1"), asked.invitation_id, accept=False)
    assert own_teams(database, teacher(database, LONE)) == before
    assert own_invitations(database, teacher(database, "T1")) == []
