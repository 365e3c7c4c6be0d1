"""A team across schools for a teacher who is the only one of her course at home.

Those asked are the teachers of the classes that start nearest to hers. Until someone says yes both sides
read counts only; a no is silent. Results are never compared here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.errors import NotFound
from plc.core.school_year import grade_words
from plc.core.viewer import UNNAMED_SCHOOL, Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people.audit import record_access
from plc.people.own_result import may_be_asked
from plc.people.team_changes import TeamPlan, ask_to_join, start_team

# A team across schools is offered from so many classes on, hers not counted.
FEWEST_CLASSES: Final = 5
# With the one who asks, no more than can speak in a meeting.
MOST_ASKED: Final = 7


@dataclass(frozen=True, slots=True)
class LoneCourse:
    """A course she teaches alone at her school, and how many classes like hers there are elsewhere.

    Counts are None where they would point at somebody; `team_id` is her team across schools, once asked.
    """

    subject: str
    grade: int
    classes: int | None
    schools: int | None
    team_id: str | None = None

    @property
    def offered(self) -> bool:
        """Whether there are classes enough for a team across schools."""
        return self.classes is not None and self.team_id is None


def lone_courses(database: Database, viewer: Viewer) -> list[LoneCourse]:
    """The courses the viewer teaches alone at her school, with what there is elsewhere."""
    teacher_id = viewer.own_teacher_id(Permission.TEAM_READ)
    with database.read() as cursor:
        found = _like_hers(cursor, teacher_id)
        teams = {course: _team_of(cursor, viewer, *course) for course in found}
    courses = []
    for (subject, grade), rows in found.items():
        classes = len({section for section, _, _ in rows})
        enough = classes >= FEWEST_CLASSES and len({t for _, t, _ in rows}) >= MINIMUM_TEACHERS
        schools = len({school for _, _, school in rows})
        courses.append(
            LoneCourse(
                subject,
                grade,
                classes if enough else None,
                schools if enough else None,
                teams[subject, grade],
            )
        )
    return courses


def ask_across_schools(database: Database, viewer: Viewer, *, subject: str, grade: int) -> str:
    """Make a team across schools and ask the teachers of the classes most like hers; returns the team's id.

    Asking again returns the same team. Raises `NotFound` where there are too few classes like hers.
    """
    teacher_id = viewer.own_teacher_id(Permission.TEAM_EDIT)
    with database.write_through() as cursor:
        if (team_id := _team_of(cursor, viewer, subject, grade)) is not None:
            return team_id
        rows = _like_hers(cursor, teacher_id).get((subject, grade), [])
        asked = _nearest(rows, may_be_asked(cursor, {other for _, other, _ in rows}))
        if len(rows) < FEWEST_CLASSES or len(asked) < MINIMUM_TEACHERS:
            raise NotFound(
                "There are too few classes like yours at other schools to ask without naming anyone."
            )
        plan = TeamPlan(f"{grade_words(grade).capitalize()} {subject} across schools", subject, grade)
        team_id = start_team(cursor, teacher_id, plan, across_schools=True)
        for other in asked:
            ask_to_join(cursor, team_id, other, invited_by=viewer.signature)
        record_access(cursor, viewer, action="ask across schools", thing=f"{len(asked)} teachers")
        raise_data_version(cursor)
    return team_id


def _nearest(rows: Sequence[tuple[int, str, int]], willing: set[str]) -> list[str]:
    """Whom to ask: nearest starting points first, until at least five classes and teachers are asked."""
    asked: dict[str, None] = {}
    classes: set[int] = set()
    for section, other, _ in rows:
        if other in willing and len(asked) < MOST_ASKED:
            asked[other] = None
        if other in asked:
            classes.add(section)
        if len(classes) >= FEWEST_CLASSES and len(asked) >= FEWEST_CLASSES:
            break
    return list(asked)


def _like_hers(cursor: Cursor, teacher_id: str) -> dict[tuple[str, int], list[tuple[int, str, int]]]:
    rows = cursor.execute(
        load_sql("people", "lone_courses"), {"teacher_id": teacher_id, "unnamed_school": UNNAMED_SCHOOL}
    ).fetchall()
    found: dict[tuple[str, int], list[tuple[int, str, int]]] = {}
    for subject, grade, section, other, school, _ in rows:
        found.setdefault((subject, grade), []).append((section, other, school))
    return found


def _team_of(cursor: Cursor, viewer: Viewer, subject: str, grade: int) -> str | None:
    rows = cursor.execute(
        load_sql("people", "own_lone_team"),
        {"team_ids": list(viewer.team_ids), "subject": subject, "grade": grade},
    ).fetchall()
    return rows[0][0] if rows else None
