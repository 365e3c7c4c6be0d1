"""Reading a team's tests, and what a plan is made from: its course's assessments, practices and classes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from plc.core import clock
from plc.core.disclosure import FLOOR_FOR_TEACHERS, LOWEST_MINIMUM
from plc.core.errors import NotFound
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.inquiries import read_inquiry
from plc.inquiry.test_records import Balancing, MeasureSpread, PracticeTest, TestClass, TriablePractice
from plc.inquiry.visible_practices import keep_visible_practices
from plc.inquiry.yardsticks import set_course
from plc.people.looks import note_look
from plc.statistics.effect_designs import Design

# Students from whom a spread is taken: its standard error is then below a tenth of it (1 / sqrt(2 n)).
LEAST_FOR_SPREAD: Final = 50
# Significant digits of a spread: of 50 students its standard error is a tenth, of 1,000 still a fiftieth.
SPREAD_DIGITS: Final = 2


def list_tests(database: Database, viewer: Viewer, *, inquiry_id: str | None = None) -> list[PracticeTest]:
    """The tests of an inquiry, or of all the viewer's teams, in the order they were planned."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        return _tests(cursor, viewer, inquiry_id=inquiry_id, test_id=None)


def practice_test(database: Database, viewer: Viewer, test_id: str) -> PracticeTest:
    """One test with its classes and balancing measures. Raises `NotFound` outside the viewer's teams."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        test = read_test(cursor, viewer, test_id)
    note_look(database, viewer, "classes of a test", [each.teacher_id for each in test.classes])
    return test


def read_test(cursor: Cursor, viewer: Viewer, test_id: str) -> PracticeTest:
    """`practice_test` inside a unit of work."""
    found = _tests(cursor, viewer, inquiry_id=None, test_id=test_id)
    if not found:
        raise NotFound(
            "There is no such test in your teams. Choose one from the list.", about=("test", test_id)
        )
    scope = {"test_id": test_id, "team_ids": list(viewer.team_ids)}
    classes = cursor.execute(
        load_sql("inquiry", "team_test_sections"), scope | {"today": clock.now().date()}
    ).fetchall()
    balancing = cursor.execute(load_sql("inquiry", "team_balancing_measures"), scope).fetchall()
    return replace(
        found[0],
        classes=tuple(TestClass(*row) for row in classes),
        balancing=tuple(Balancing(kind, target) for kind, target in balancing),
    )


def triable_practices(database: Database, viewer: Viewer, inquiry_id: str) -> list[TriablePractice]:
    """The candidates of an inquiry, those that typical classes do too among them."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = _rows(cursor, "triable_practices", viewer, inquiry_id=inquiry_id)
    return [TriablePractice(*row) for row in rows]


def team_classes(database: Database, viewer: Viewer, inquiry_id: str) -> list[TestClass]:
    """The classes of the team's members in the inquiry's course and year, from which a plan chooses."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        rows = member_sections(cursor, viewer, inquiry_id)
    note_look(database, viewer, "the classes of the team's members", [row[1] for row in rows])
    return [
        TestClass(section_id, teacher_id, name, grade, "practice", None, None, True, students)
        for section_id, teacher_id, name, _, grade, students in rows
    ]


def member_sections(cursor: Cursor, viewer: Viewer, inquiry_id: str) -> list[tuple[Any, ...]]:
    """Rows (section_id, teacher_id, name, school_id, grade, students) of the team's members of today."""
    return _rows(cursor, "members_sections", viewer, inquiry_id=inquiry_id, today=clock.now().date())


def course_measures(
    database: Database, viewer: Viewer, inquiry_id: str, *, standard_id: str | None = None
) -> list[MeasureSpread]:
    """The assessments of the inquiry's course and year by date, with what one SD is in points."""
    viewer.require(Permission.INQUIRY_READ)
    hold_spreads(database, viewer, inquiry_id)
    with database.read() as cursor:
        return read_measures(cursor, viewer, inquiry_id, standard_id=standard_id)


def inquiry_id_of(database: Database, viewer: Viewer, test_id: str) -> str:
    """The inquiry of a test. Raises `NotFound` outside the viewer's teams."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        return read_test(cursor, viewer, test_id).inquiry_id


def hold_spreads(database: Database, viewer: Viewer, inquiry_id: str) -> None:
    """Take the yardsticks of the inquiry's course that are due, which spreads are read from.

    Nothing happens for an inquiry outside the viewer's teams: what is read next says so.
    """
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        try:
            found = read_inquiry(cursor, viewer, inquiry_id)
        except NotFound:
            return
        set_course(database, cursor, found)


def read_measures(
    cursor: Cursor, viewer: Viewer, inquiry_id: str, *, standard_id: str | None
) -> list[MeasureSpread]:
    """`course_measures` inside a unit of work, by the yardsticks there are."""
    rows = _rows(
        cursor, "course_assessments", viewer,
        inquiry_id=inquiry_id, standard_id=standard_id, least_each=LOWEST_MINIMUM,
    )  # fmt: skip
    return [
        MeasureSpread(
            name,
            kind,
            taken_on,
            max_score,
            _told_spread(
                held if is_held or viewer.account_id is not None else spread,
                students=students,
                teachers=teachers,
                most_of_one=most_of_one,
            ),
        )
        for name, kind, taken_on, max_score, held, is_held, spread, students, teachers, most_of_one in rows
    ]


def _told_spread(spread: float | None, *, students: int, teachers: int, most_of_one: int) -> float | None:
    """A spread that may be told: of too few teachers, or to the last digit, it would tell of one class.

    Live it would too, whatever its digits: a reader who moves her own class until the last digit flips has as
    many as she likes. So it is a yardstick's (`plc/inquiry/yardsticks.py`), and today's only where there is
    none and nobody signs in.
    """
    enough = FLOOR_FOR_TEACHERS.holds_counts(students=students, teachers=teachers, most_of_one=most_of_one)
    if not spread or not enough or students < LEAST_FOR_SPREAD:
        return None
    return float(f"{spread:.{SPREAD_DIGITS}g}")


def spread_of(measures: list[MeasureSpread], *, name: str | None, kind: str | None) -> float | None:
    """One SD of a measure in points: of the assessment itself, else of the latest like it that was given.

    An assessment nobody has given yet takes the spread of the latest of its kind and number of points.
    """
    known = [measure for measure in measures if measure.points_per_sd is not None]
    same = [measure for measure in known if measure.name == name]
    like = [measure for measure in known if kind is None or measure.kind == kind] or known
    chosen = same or like
    if not chosen:
        return None
    # The usual number of points: a check scored by standard only is on another scale.
    if not same:
        maxima = [measure.max_score for measure in chosen]
        usual = max(maxima, key=maxima.count)
        chosen = [measure for measure in chosen if measure.max_score == usual]
    return chosen[-1].points_per_sd


def _tests(
    cursor: Cursor, viewer: Viewer, *, inquiry_id: str | None, test_id: str | None
) -> list[PracticeTest]:
    found = cursor.execute(
        load_sql("inquiry", "team_tests"),
        {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "test_id": test_id},
    )
    columns = [column[0] for column in found.description or ()]
    return [_test(columns, row) for row in found.fetchall()]


def _test(columns: list[str], row: tuple[Any, ...]) -> PracticeTest:
    found = dict(zip(columns, row, strict=True))
    for words in ("title", "core_parts", "adaptable_parts"):
        found[words] = found[words] or ""
    return PracticeTest(**found | {"design": Design(found["design"])})


def _rows(cursor: Cursor, statement: str, viewer: Viewer, **parameters: object) -> list[tuple[Any, ...]]:
    scope = {"team_ids": list(viewer.team_ids)}
    rows: list[tuple[Any, ...]] = cursor.execute(
        load_sql("inquiry", statement), scope | parameters
    ).fetchall()
    return rows
