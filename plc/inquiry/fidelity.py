"""Did we do it? A 20-second answer per class and week, from its own teacher, for the team alone.

No answer is "no reply": nobody is chased, and nobody outside the team sees who answered. A coach of the
team reads how many classes said what in a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.free_text import LINE
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.inquiry.test_reading import practice_test
from plc.inquiry.test_records import DAYS_OF_WEEK, week_number
from plc.inquiry.tested import Fidelity, planned_test
from plc.people.looks import note_look
from plc.people.school_calendar import school_today
from plc.results.student_words import shareable_words

Done = Literal["fully", "partly", "no"]
DONE: Final[tuple[Done, ...]] = ("fully", "partly", "no")
NO_REPLY: Final = "no reply"
# Lessons of one class in one week; more is a slip of the keyboard.
MOST_TIMES: Final = 20
LONGEST_LINE: Final = LINE


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one class and week; `done` is None where there was no reply."""

    done: Done | None = None
    times: int | None = None
    changed: str = ""

    @property
    def words(self) -> str:
        """`fully`, `partly`, `no` or `no reply`."""
        return self.done or NO_REPLY


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """A class of the viewer that tries a practice now, and her answer of this week of the test."""

    test_id: str
    section_id: str
    title: str
    core_parts: str
    week: int
    starts_on: date
    ends_on: date
    answer: Answer


@dataclass(frozen=True, slots=True)
class WeekAnswer:
    """One class's answer of one week of the test, counted from 1."""

    section_id: str
    teacher_id: str
    teacher: str
    week: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class WeekCount:
    """How many classes gave an answer in one week of the test; who gave none is not counted."""

    week: int
    done: Done
    classes: int


def own_checks(database: Database, viewer: Viewer) -> list[OwnCheck]:
    """The viewer's classes that try a practice today, with this week's answers."""
    teacher_id = viewer.own_teacher_id(Permission.INQUIRY_READ)
    today = school_today(database)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "own_tried_sections"),
            {"teacher_id": teacher_id, "team_ids": list(viewer.team_ids), "today": today},
        ).fetchall()
        answers = cursor.execute(load_sql("inquiry", "own_answers"), {"teacher_id": teacher_id}).fetchall()
    said = {(row[0], row[1], row[2]): row for row in answers}
    return [
        OwnCheck(
            test_id=test_id,
            section_id=section_id,
            title=title or "",
            core_parts=core_parts or "",
            week=week_number(test_starts_on, today),
            starts_on=starts_on,
            ends_on=ends_on,
            answer=_answer(said.get((test_id, section_id, _week_start(test_starts_on, today)))),
        )
        for test_id, section_id, title, core_parts, starts_on, test_starts_on, ends_on in rows
    ]


def record_fidelity(
    database: Database,
    viewer: Viewer,
    test_id: str,
    section_id: str,
    *,
    done: Done,
    times: int | None = None,
    changed: str = "",
) -> None:
    """Keep the viewer's answer of this week for her own class; a later answer takes its place.

    Raises `NotFound` for a class that is not hers or not in the test.
    """
    teacher_id = viewer.own_teacher_id(Permission.INQUIRY_EDIT)
    if done not in DONE:
        raise PlcError("Answer fully, partly or no.")
    if times is not None and not 0 <= times <= MOST_TIMES:
        raise PlcError(f"How many times this week? From 0 to {MOST_TIMES}.")
    changed = shareable_words(database, changed, "what changed", most=LONGEST_LINE)
    test, today = practice_test(database, viewer, test_id), school_today(database)
    if not test.started(today) or today > test.ends_on:
        raise PlcError("This test is not running today, so there is nothing to say yet.")
    with database.write() as cursor:
        kept = cursor.execute(
            load_sql("inquiry", "add_fidelity_check"),
            {
                "test_id": test_id,
                "section_id": section_id,
                "teacher_id": teacher_id,
                "week_of": _week_start(test.starts_on, today),
                "done": done,
                "times": times,
                "changed": changed,
                "answered_at": clock.now(),
            },
        ).fetchall()
        if not kept:
            raise NotFound("This class is not one of yours in the test.")


def fidelity_of(database: Database, viewer: Viewer, test_id: str) -> list[WeekAnswer]:
    """Every practice class and week of a test up to today, silent ones included, by class and week.

    Empty before the first day. Raises `NotFound` outside the viewer's teams, `NotAllowed` for a coach: she
    reads `fidelity_counts`.
    """
    if viewer.role is Role.COACH:
        raise NotAllowed("Who answered is for the team alone. A coach reads how many classes said what.")
    test = practice_test(database, viewer, test_id)
    today = school_today(database)
    if not test.started(today):
        return []
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "team_fidelity"), {"test_id": test_id, "team_ids": list(viewer.team_ids)}
        ).fetchall()
    said = {(row[0], row[3]): row[1:] for row in rows}
    classes = {row[0]: (row[1], row[2]) for row in rows}
    starts = {each.section_id: each.starts_on or test.starts_on for each in test.tried}
    answers = []
    for section_id, (teacher_id, name) in classes.items():
        first = week_number(test.starts_on, starts.get(section_id, test.starts_on))
        for week in range(first, test.week(today) + 1):
            monday = test.starts_on + timedelta(days=DAYS_OF_WEEK * (week - 1))
            row = said.get((section_id, monday))
            answers.append(WeekAnswer(section_id, teacher_id, name, week, _answer(row)))
    note_look(
        database, viewer, "how a class tries a practice, week by week", [each.teacher_id for each in answers]
    )
    return answers


def fidelity_counts(database: Database, viewer: Viewer, test_id: str) -> list[WeekCount]:
    """How many practice classes answered what in each week so far, for whoever may read the test.

    Empty before the first day and before the first answer. Raises `NotFound` outside the viewer's teams.
    """
    test = practice_test(database, viewer, test_id)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "fidelity_counts"), {"test_id": test_id, "team_ids": list(viewer.team_ids)}
        ).fetchall()
    return [
        WeekCount((week_of - test.starts_on).days // DAYS_OF_WEEK + 1, done, classes)
        for week_of, done, classes in rows
    ]


def fidelity_now(database: Database, viewer: Viewer, test_id: str) -> Fidelity:
    """Practice classes by what they mostly answered so far; a stored effect may be older than the answers."""
    practice_test(database, viewer, test_id)
    with database.read() as cursor:
        return planned_test(cursor, test_id).fidelity


def _week_start(starts_on: date, today: date) -> date:
    """The first day of the test's week that a day is in."""
    return starts_on + timedelta(days=DAYS_OF_WEEK * (week_number(starts_on, today) - 1))


def _answer(row: tuple[Any, ...] | None) -> Answer:
    """From a row that ends in done, times, changed."""
    return Answer() if row is None else Answer(row[-3], row[-2], row[-1] or "")
