"""Looking for a practice: by words, course, standard and evidence, with people like me in front.

Rows are in the order of what their tests say together, then of how near they were tested to the viewer's own
course. They are never in the order of people or schools.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from plc.core.school_year import grade_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry.visible_practices import keep_visible_practices
from plc.people.looks import note_look_at
from plc.practices.authors import Byline, bylines
from plc.practices.brought_classes import keep_brought_classes
from plc.practices.closed_pools import withheld_from
from plc.practices.evidence import NOT_TESTED, POOL_OF_FEW, STEPS, TOO_FEW_TEACHERS, figures_open
from plc.practices.visibility import records

ON_A_PAGE: Final = 12
# Practices named beside an upcoming unit: more would be a list to work through, not a hint.
BESIDE_A_UNIT: Final = 5
MOST_WORDS: Final = 8
# How near a card is to the viewer's own course, the nearest last.
NOTHING_ALIKE, SAME_SUBJECT, WRITTEN_FOR, TESTED_IN = range(4)


@dataclass(frozen=True, slots=True)
class PracticeQuery:
    """What a viewer looks for; None and empty mean everything. `page` counts from 0.

    `like_me` puts practices tested in the viewer's own course in front of those with stronger evidence;
    `fits_me` keeps those alone that were tested in such a course or written for it. `grades` keeps cards for
    any of them, `low_starters` those tested with students who started lowest.
    """

    words: str = ""
    subject: str | None = None
    grade: int | None = None
    standard: str | None = None
    step: str | None = None
    like_me: bool = False
    fits_me: bool = False
    grades: tuple[int, ...] = ()
    low_starters: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A card in a list. Figures are in student SD with a 90 % interval, None where they may not be shown.

    `classes` and `schools` are those that tried it in a pooled test; `low_starters` is whether some test
    followed the students who started lowest.
    """

    practice_id: str
    title: str
    when_to_use: str
    subject: str | None
    grades: tuple[int, ...]
    standards: tuple[str, ...]
    minutes: float | None
    byline: Byline
    is_author: bool
    in_work: bool
    reach: int
    step: str
    evidence: str
    fit: str
    tests: int
    classes: int | None
    schools: int | None
    low_starters: bool
    estimate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class PracticePage:
    """A page of rows; `total` counts all that were found, `pages` is at least 1."""

    rows: tuple[PracticeRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be looked for among the cards the viewer may open."""

    subjects: tuple[str, ...]
    grades: tuple[int, ...]
    standards: tuple[str, ...]


def search_practices(database: Database, viewer: Viewer, query: PracticeQuery) -> PracticePage:
    """The cards the viewer may open that fit, a page at a time."""
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        found = _found(cursor, viewer, query)
        courses = _own_courses(cursor, viewer)
        if query.fits_me:
            found = [row for row in found if _fit(row, courses) >= WRITTEN_FOR]
        ordered = sorted(found, key=lambda row: _place(row, courses, like_me=query.like_me))
        pages = max(1, -(-len(ordered) // ON_A_PAGE))
        page = min(max(query.page, 0), pages - 1)
        shown = ordered[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
        by = bylines(cursor, viewer, [row["practice_id"] for row in shown])
    _note_shown(database, viewer, shown)
    return PracticePage(
        rows=tuple(_row(row, by, courses) for row in shown), total=len(ordered), page=page, pages=pages
    )


def practices_for(
    database: Database, viewer: Viewer, *, subject: str, grade: int | None, standards: Sequence[str] = ()
) -> list[PracticeRow]:
    """Practices for an upcoming unit, before it is taught: those for its standards, then for its course.

    Retired practices and mere ideas are left out; at most `BESIDE_A_UNIT`.
    """
    wanted = set(standards)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        found = [
            row
            for row in _found(cursor, viewer, PracticeQuery(subject=subject))
            if row["step"] not in ("idea", "retired") and _suits(row, grade, wanted)
        ]
        courses = {(subject, grade)} if grade is not None else set()
        found.sort(
            key=lambda row: (not wanted & set(_codes(row["standards"])), _place(row, courses, like_me=False))
        )
        shown = found[:BESIDE_A_UNIT]
        by = bylines(cursor, viewer, [row["practice_id"] for row in shown])
    _note_shown(database, viewer, shown)
    return [_row(row, by, courses) for row in shown]


def offered(database: Database, viewer: Viewer) -> Offered:
    """The subjects, grades and standards that some card the viewer may open is about."""
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = records(cursor, "offered")
    return Offered(
        subjects=tuple(sorted({row["subject"] for row in rows if row["subject"]})),
        grades=tuple(sorted({grade for row in rows for grade in _grades(row["grades"])})),
        standards=tuple(sorted({code for row in rows for code in _codes(row["standards"])})),
    )


def _note_shown(database: Database, viewer: Viewer, shown: Sequence[Mapping[str, Any]]) -> None:
    ids = [str(row["practice_id"]) for row in shown]
    note_look_at(database, viewer, "practice cards in the library", "practice", ids)


def _found(cursor: Cursor, viewer: Viewer, query: PracticeQuery) -> list[dict[str, Any]]:
    words = re.findall(r"\w+", query.words.lower())[:MOST_WORDS]
    withheld = withheld_from(cursor, viewer)
    keep_brought_classes(cursor)
    found = records(
        cursor,
        "search",
        {
            "words": words,
            "subject": query.subject,
            "grade": query.grade,
            "standard": query.standard,
            "step": query.step,
            "grades": list(query.grades),
            "low_starters": query.low_starters,
            "team_ids": list(viewer.team_ids),
            "withheld_ids": list(withheld.own_test_ids),
        },
    )
    return [row | {"told_apart": row["practice_id"] in withheld.practice_ids} for row in found]


def _own_courses(cursor: Cursor, viewer: Viewer) -> set[tuple[str, int]]:
    own_id = viewer.teacher_id if viewer.may(Permission.PRACTICE_EDIT) else None
    rows = records(cursor, "own_course", {"teacher_id": own_id, "school_ids": list(viewer.school_ids)})
    return {(row["subject"], row["grade"]) for row in rows}


def _place(row: Mapping[str, Any], courses: set[tuple[str, int]], *, like_me: bool) -> tuple[Any, ...]:
    """Evidence first, then fit, then the title; with `like_me` fit comes first."""
    step = STEPS.index(row["step"]) if row["step"] in STEPS else len(STEPS)
    # A small interval is stronger evidence than a high estimate, so the sure part of the effect decides.
    sure = -(row["lower_bound"] if _shows(row) and row["lower_bound"] is not None else -9.0)
    fit = -_fit(row, courses)
    evidence = (step, sure)
    ordered = (fit, *evidence) if like_me else (*evidence, fit)
    return (*ordered, row["title"].casefold(), row["practice_id"])


def _fit(row: Mapping[str, Any], courses: set[tuple[str, int]]) -> int:
    grades = _grades(row["grades"])
    if any((subject, grade) in courses for subject, grade in _tested_in(row)):
        return TESTED_IN
    if any(row["subject"] in (subject, None) and grade in grades for subject, grade in courses):
        return WRITTEN_FOR
    return SAME_SUBJECT if row["subject"] in {subject for subject, _ in courses} else NOTHING_ALIKE


def _tested_in(row: Mapping[str, Any]) -> list[tuple[str | None, int | None]]:
    """The courses a practice was tested in, as far as they may be told."""
    if not _shows(row):
        return []
    contexts = json.loads(row["contexts"])
    return [
        (context.get("subject", row["subject"]), grade)
        for context in contexts
        if (grade := context.get("grade")) is not None
    ]


def _suits(row: Mapping[str, Any], grade: int | None, standards: set[str]) -> bool:
    return bool(standards & set(_codes(row["standards"]))) or grade is None or grade in _grades(row["grades"])


def _shows(row: Mapping[str, Any]) -> bool:
    return not row["told_apart"] and figures_open(
        teachers=row["teachers"], tests=row["tests"], open_tests=row["open_tests"]
    )


def _withheld(row: Mapping[str, Any]) -> str:
    return POOL_OF_FEW if row["told_apart"] else TOO_FEW_TEACHERS


def _row(row: Mapping[str, Any], by: Mapping[str, Byline], courses: set[tuple[str, int]]) -> PracticeRow:
    shows = _shows(row)
    evidence = str(row["evidence_words"] or NOT_TESTED)
    return PracticeRow(
        practice_id=row["practice_id"],
        title=row["title"],
        when_to_use=row["when_to_use"],
        subject=row["subject"],
        grades=_grades(row["grades"]),
        standards=_codes(row["standards"]),
        minutes=row["minutes"],
        byline=by.get(row["practice_id"], Byline()),
        is_author=row["is_author"],
        in_work=row["in_work"],
        reach=row["reach"],
        step=row["step"],
        evidence=evidence if shows or not row["tests"] else _withheld(row),
        fit=_fit_words(row, courses),
        tests=row["tests"],
        classes=row["practice_sections"] if shows else None,
        schools=row["schools"] if shows else None,
        low_starters=row["low_starters"],
        estimate=row["estimate"] if shows else None,
        lower=row["lower_bound"] if shows else None,
        upper=row["upper_bound"] if shows else None,
    )


def _fit_words(row: Mapping[str, Any], courses: set[tuple[str, int]]) -> str:
    fit = _fit(row, courses)
    if fit == TESTED_IN:
        subject, grade = next(course for course in sorted(_tested_in(row), key=str) if course in courses)
        return f"Tested in {grade_words(grade or 0)} {subject}, like yours"
    return "Written for a course like yours" if fit == WRITTEN_FOR else ""


def _grades(text: str) -> tuple[int, ...]:
    return tuple(int(grade) for grade in re.findall(r"-?\d+", text))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split(", ") if code)
