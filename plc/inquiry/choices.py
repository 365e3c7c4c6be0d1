"""What an inquiry can be about, from the results that are there: courses, assessments, standards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql


@dataclass(frozen=True, slots=True)
class Course:
    """A subject in a grade and school year (the year it ends in)."""

    subject: str
    grade: int
    school_year: int


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """An assessment of a course, when it was first taken, and what someone said it is for."""

    name: str
    kind: str
    taken_on: date | None
    purpose: str | None


def course_choices(database: Database, viewer: Viewer) -> list[Course]:
    """Every course with classes, the latest school year first."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        return [Course(*row) for row in cursor.execute(load_sql("inquiry", "course_choices")).fetchall()]


def measure_choices(database: Database, viewer: Viewer, course: Course) -> list[MeasureChoice]:
    """The assessments a course has, in the order they were taken; starting points are no measure."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("inquiry", "measure_choices"), _course(course)).fetchall()
    return [MeasureChoice(*row) for row in rows]


def standard_choices(database: Database, viewer: Viewer, course: Course) -> list[str]:
    """The standards that the course's assessments report, by their names."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("inquiry", "standard_choices"), _course(course)).fetchall()
    return [standard_id for (standard_id,) in rows]


def _course(course: Course) -> dict[str, object]:
    return {"subject": course.subject, "grade": course.grade, "school_year": course.school_year}
