"""The people and schools one can say to be, from the roster. No result is read here."""

from __future__ import annotations

from dataclasses import dataclass

from plc.core.school_year import grade_words
from plc.core.viewer import Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql


@dataclass(frozen=True, slots=True)
class RosterTeacher:
    """A teacher of the roster and what she teaches, in words."""

    teacher_id: str
    name: str
    teaches: str
    school: str

    @property
    def label(self) -> str:
        """`Ms A, grade 6 mathematics, Lincoln School`."""
        return ", ".join(part for part in (self.name, self.teaches, self.school) if part)


def person_behind(cursor: Cursor, viewer: Viewer) -> str:
    """Who loads something, whichever seat she takes: the teacher she is linked to, else her role."""
    linked = cursor.execute(
        load_sql("people", "linked_teacher"), {"account_id": viewer.account_id}
    ).fetchall()
    return viewer.teacher_id or (linked[0][0] if linked else str(viewer.role))


def list_teachers(database: Database) -> list[RosterTeacher]:
    """Every teacher of the roster, by name."""
    with database.read() as cursor:
        rows = cursor.execute(load_sql("people", "roster_teachers")).fetchall()
    taught: dict[str, list[tuple[str, str | None, str | None, int | None]]] = {}
    names: dict[str, str] = {}
    for teacher_id, name, school, subject, grade in rows:
        names[teacher_id] = name
        taught.setdefault(teacher_id, []).append((name, school, subject, grade))
    teachers = [
        RosterTeacher(
            teacher_id=teacher_id,
            name=names[teacher_id],
            teaches=_teaches_words([(subject, grade) for _, _, subject, grade in courses]),
            school=" and ".join(sorted({school for _, school, _, _ in courses if school})),
        )
        for teacher_id, courses in taught.items()
    ]
    return sorted(teachers, key=lambda teacher: (teacher.name.casefold(), teacher.teacher_id))


def list_schools(database: Database) -> list[tuple[str, str]]:
    """`(school_id, name)` of every school of the roster, by name."""
    with database.read() as cursor:
        rows = cursor.execute(load_sql("people", "roster_schools")).fetchall()
    return [(school_id, name) for school_id, name in rows]


def list_courses(database: Database) -> list[tuple[str, int]]:
    """`(subject, grade)` of every course of the latest school year, by grade."""
    with database.read() as cursor:
        rows = cursor.execute(load_sql("people", "roster_courses")).fetchall()
    return [(subject, grade) for subject, grade in rows]


def _teaches_words(courses: list[tuple[str | None, int | None]]) -> str:
    by_grade: dict[int, set[str]] = {}
    for subject, grade in courses:
        if subject is not None and grade is not None:
            by_grade.setdefault(grade, set()).add(subject)
    return ", ".join(
        f"{grade_words(grade)} {' and '.join(sorted(by_grade[grade]))}" for grade in sorted(by_grade)
    )
