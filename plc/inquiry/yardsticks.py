"""The district's results that a course is set against in Seek, held still so that nobody's class moves hers.

A *yardstick* is where an assessment of a course stood: its moments, how results went with starting points,
and the classes behind it. Every figure beside the district is relative to all who took the assessment, so
one late class would move everybody's. A yardstick is taken when somebody looks, and again only when so much
changed beside every one there ever was that no reader learns of fewer than three others.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from plc.core.disclosure import LOWEST_MINIMUM, MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import Role
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.apart import LEAST_UNKNOWN, count_apart, students_of_most, teachers_of
from plc.inquiry.effect_steps import keep
from plc.inquiry.records import Inquiry
from plc.inquiry.result_signature import students_changed
from plc.people.school_calendar import school_today

# The reliability of a starting test whose publisher states none: the specification's default.
RELIABILITY: Final = 0.88
# Error is taken off a class's spread of starting points as far as this share of it is left.
LEAST_SHARE: Final = 0.3
# Students of a class who must be in it, or have changed, for its teacher to count: with fewer, nearly the
# whole difference of two yardsticks could be another's class.
_LEAST_CHANGED: Final = LOWEST_MINIMUM
# Who loads for others and reads no inquiry (`plc/core/permissions.toml`), and the sample district.
NO_READERS: Final = frozenset({str(Role.STEWARD), str(Role.DISTRICT_LEADER), str(Role.PRINCIPAL), "sample"})

# By standard ('': as a whole) and class: what stands in its results, a byte for each eighth of its students.
States = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind the classes of an assessment: teachers, students, and who loaded what.

    `students`: by standard and class; `hands`: whoever ever loaded results or starting points of a class;
    `loaded`: by standard, and by reader and class, of how many students she loaded what counts today.
    """

    teachers: Mapping[str, frozenset[str]]
    students: Mapping[tuple[str, str], int]
    hands: Mapping[str, frozenset[str]]
    loaded: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict)

    def of(self, section_id: str) -> frozenset[str]:
        """The teachers of a class."""
        return teachers_of(self.teachers, section_id)

    def readers(self, sections: Iterable[str]) -> frozenset[str]:
        """Everybody who knows something of these classes, and '' for who knows nothing."""
        return frozenset({""}).union(
            *(self.of(section) | self.hands.get(section, frozenset()) for section in sections)
        )


def set_course(database: Database, cursor: Cursor, found: Inquiry) -> dict[str, date]:
    """Take the yardsticks that are due; leave the course's results and yardsticks in temporary tables.

    Returns by assessment id the day of each yardstick beside which results changed since.
    """
    course = _course(found)
    moved = _reduce(cursor, course)
    if moved and _due(cursor, course, moved):
        with database.write() as writing:
            # Somebody else may have looked in between.
            moved = _reduce(writing, course)
            if due := _due(writing, course, moved):
                _take(writing, course, due, taken_on=school_today(database))
        moved = _reduce(cursor, course)
    days = cursor.execute(load_sql("inquiry", "yardstick_days")).fetchall()
    return {assessment_id: taken_on for assessment_id, taken_on in days if assessment_id in moved}


def score_team(cursor: Cursor) -> None:
    """Leave the results of the classes in `seek_team_section`, set against the yardsticks in use."""
    _see(cursor, "seek_scored")
    _score(cursor)


def _due_yardsticks(
    ever: Iterable[Sequence[States]], now: Mapping[str, States], behind: Mapping[str, Behind]
) -> list[str]:
    """The assessments whose yardstick may be taken; `ever` has those each had so far, in the same order."""
    return [
        assessment_id
        for (assessment_id, today), before in zip(now.items(), ever, strict=True)
        if all(tells_of_enough(one, today, behind[assessment_id]) for one in ({}, *before))
    ]


def tells_of_enough(before: States, now: States, behind: Behind) -> bool:
    """Whether the difference of two yardsticks tells no reader of few classes, standard by standard."""
    judged = dict[tuple[frozenset[object], ...], bool]()
    standards = {standard for standard, _ in (*before, *now)}
    for standard in standards:
        changed = dict[str, int]()
        for one, section in before.keys() | now.keys():
            old, new = before.get((one, section), 0), now.get((one, section), 0)
            if one == standard and old != new:
                changed[section] = students_changed(old, new) if before else behind.students[one, section]
        loaded = {} if before else behind.loaded.get(standard, {})
        key = (frozenset(changed.items()), frozenset(loaded.items()))
        if key not in judged:
            judged[key] = (
                _may_be_renewed(changed, behind) if before else _may_be_first(changed, behind, loaded=loaded)
            )
        if not judged[key]:
            return False
    return True


def _may_be_renewed(changed: Mapping[str, int], behind: Behind) -> bool:
    """Whether every reader is left with nothing, or with enough, that she does not know of these classes.

    What she loaded herself counts as known: she may have made it up to have a yardstick taken anew.
    """
    for reader in behind.readers(changed):
        unknown = {
            section: students
            for section, students in changed.items()
            if reader not in behind.of(section) and reader not in behind.hands.get(section, ())
        }
        if not _nothing_or_enough(unknown, behind, students=MINIMUM_STUDENTS, teachers=MINIMUM_TEACHERS):
            return False
    return True


def _may_be_first(
    students: Mapping[str, int], behind: Behind, *, loaded: Mapping[tuple[str, str], int]
) -> bool:
    """The same of a first yardstick, which is of whole classes.

    One member often loads all but one or two classes of a course. What two others bring beside all she loaded
    is told her as their sum; the one class, or one child of it, that is left of all she loaded is not. What
    she `loaded` of other standards, or once, is no knowledge of what counts of this one today.
    """
    for reader in behind.readers(students):
        others = {section: many for section, many in students.items() if reader not in behind.of(section)}
        least = MINIMUM_STUDENTS + students_of_most(others, behind.of)
        if not _nothing_or_enough(others, behind, students=least, teachers=MINIMUM_TEACHERS):
            return False
        left = {section: many - loaded.get((reader, section), 0) for section, many in others.items()}
        left = {section: many for section, many in left.items() if many > 0}
        if not _nothing_or_enough(left, behind, students=MINIMUM_STUDENTS, teachers=LEAST_UNKNOWN):
            return False
    return True


def _nothing_or_enough(unknown: Mapping[str, int], behind: Behind, *, students: int, teachers: int) -> bool:
    """Whether classes a reader does not know are none, or of so many students and so many teachers."""
    large = [section for section, many in unknown.items() if many >= _LEAST_CHANGED]
    return not unknown or (
        sum(unknown.values()) >= students and count_apart(behind.of(section) for section in large) >= teachers
    )


def _reduce(cursor: Cursor, course: dict[str, object]) -> frozenset[str]:
    """Leave the course's results and starting points; the assessments that stand beside no such yardstick."""
    keep(cursor, "seek_counted", **course)
    keep(
        cursor, "seek_start", subject=course["subject"], school_year=course["school_year"],
        reliability=RELIABILITY,
    )  # fmt: skip
    keep(cursor, "seek_class")
    keep(cursor, "seek_standing", **course)
    return frozenset(row[0] for row in cursor.execute(load_sql("inquiry", "seek_moved")).fetchall())


def _score(cursor: Cursor) -> None:
    for step in ("seek_moment", "seek_slope", "seek_place"):
        _see(cursor, step)
    keep(cursor, "seek_score")


def _see(cursor: Cursor, statement: str, *, name: str | None = None) -> None:
    """Make a statement a temporary view: worked out only as far as a later step asks."""
    cursor.execute(
        f"create or replace temp view {name or statement} as {load_sql('inquiry', statement)}"
    ).fetchall()


def _due(cursor: Cursor, course: dict[str, object], moved: Collection[str]) -> list[str]:
    asked = course | {"assessment_ids": sorted(moved)}
    now, ever, students = _classes(cursor, asked)
    teachers, hands, loaded = (
        _teachers(cursor, course, now, ever),
        _hands(cursor, asked),
        _loaded(cursor, asked),
    )
    behind = {one: Behind(teachers, students[one], hands.get(one, {}), loaded.get(one, {})) for one in now}
    return _due_yardsticks([ever[one] for one in now], now, behind)


def _classes(
    cursor: Cursor, asked: dict[str, object]
) -> tuple[dict[str, States], dict[str, list[States]], dict[str, dict[tuple[str, str], int]]]:
    """By assessment: states today, states of every yardstick, and students by standard and class."""
    now: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    students: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for assessment_id, standard_id, section_id, state, count in cursor.execute(
        load_sql("inquiry", "seek_classes_now"), {"assessment_ids": asked["assessment_ids"]}
    ).fetchall():
        now[assessment_id][standard_id, section_id] = int(state)
        students[assessment_id][standard_id, section_id] = int(count)
    ever: dict[str, dict[str, dict[tuple[str, str], int]]] = defaultdict(lambda: defaultdict(dict))
    for yardstick_id, assessment_id, standard_id, section_id, state in cursor.execute(
        load_sql("inquiry", "seek_classes_told"), asked
    ).fetchall():
        ever[assessment_id][yardstick_id][standard_id, section_id] = int(state)
    return dict(now), {one: list(ever[one].values()) for one in now}, students


def _teachers(
    cursor: Cursor, course: dict[str, object], now: Mapping[str, States],
    ever: Mapping[str, Sequence[States]],
) -> dict[str, frozenset[str]]:  # fmt: skip
    sections = {section for states in now.values() for _, section in states}
    sections |= {section for of in ever.values() for states in of for _, section in states}
    found: dict[str, set[str]] = defaultdict(set)
    for section_id, teacher_id in cursor.execute(
        load_sql("inquiry", "seek_line_teachers"),
        {
            "subject": course["subject"], "school_year": course["school_year"],
            "section_ids": sorted(sections),
        },
    ).fetchall():  # fmt: skip
        found[section_id].add(teacher_id)
    return {section: frozenset(teachers) for section, teachers in found.items()}


def _hands(cursor: Cursor, asked: dict[str, object]) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """By assessment and class: which readers ever loaded results or starting points."""
    keep(cursor, "seek_hand", **asked)
    hands: dict[str, dict[str, frozenset[str]]] = defaultdict(lambda: defaultdict(frozenset))
    for assessment_id, section_id, uploaded_by in cursor.execute(
        load_sql("inquiry", "seek_hands")
    ).fetchall():
        if uploaded_by not in NO_READERS:
            hands[assessment_id][section_id] |= {uploaded_by}
    return hands


def _loaded(
    cursor: Cursor, asked: dict[str, object]
) -> Mapping[str, Mapping[str, Mapping[tuple[str, str], int]]]:
    """By assessment, by standard, and by reader and class: of how many students she loaded what counts."""
    loaded: dict[str, dict[str, dict[tuple[str, str], int]]] = defaultdict(lambda: defaultdict(dict))
    for assessment_id, standard_id, section_id, uploaded_by, many in cursor.execute(
        load_sql("inquiry", "seek_loaded"), {"assessment_ids": asked["assessment_ids"]}
    ).fetchall():
        loaded[assessment_id][standard_id][uploaded_by, section_id] = int(many)
    return loaded


def _take(cursor: Cursor, course: dict[str, object], due: Sequence[str], *, taken_on: date) -> None:
    """Write down where these assessments stand today."""
    new: dict[str, object] = {"yardstick_ids": [str(uuid.uuid4()) for _ in due]}
    keep(cursor, "seek_start_scale")
    cursor.execute(
        load_sql("inquiry", "add_yardsticks"),
        course | new | {"assessment_ids": list(due), "taken_on": taken_on},
    ).fetchall()
    for part in ("starts", "moments", "classes", "hands"):
        cursor.execute(load_sql("inquiry", f"add_yardstick_{part}"), new).fetchall()
    keep(cursor, "seek_standing", **course)
    _see(cursor, "seek_scored_district", name="seek_scored")
    _score(cursor)
    cursor.execute(load_sql("inquiry", "add_yardstick_slopes"), new | {"least_share": LEAST_SHARE}).fetchall()


def _course(found: Inquiry) -> dict[str, object]:
    said = found.wording
    return {"subject": said.subject, "grade": said.grade, "school_year": said.school_year}
