"""One question per thing a file does not say: in which column it stands, or what it is for every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.school_year import grade_words, school_year_words
from plc.core.viewer import Viewer
from plc.people import RosterTeacher

WORDS: Final[dict[str, str]] = {
    "student_id": "Student",
    "teacher_id": "Teacher",
    "teacher_name": "Teacher's name",
    "school_id": "School",
    "school_name": "School's name",
    "section_id": "Class",
    "grade": "Grade",
    "subject": "Subject",
    "school_year": "School year",
    "assessment": "Assessment",
    "kind": "Kind of assessment",
    "date": "Date",
    "score": "Score",
    "verdict": "What becomes of it",
}
QUESTIONS: Final[dict[str, str]] = {
    "teacher_id": "Who taught these students?",
    "grade": "Which grade?",
    "subject": "Which subject?",
    "school_year": "Which school year?",
    "assessment": "What is the assessment called?",
    "date": "When was it taken?",
}
# Suggestions only: any other name can be typed.
SUBJECTS: Final = ("english language arts", "mathematics", "reading", "science", "social studies", "writing")
GRADES: Final = tuple(range(-1, 13))
# School years begin between July and September.
FIRST_MONTH: Final = 7
YEARS_BACK: Final = 4
# Answers the results room understands besides a value: see plc.results.columns.
COLUMN_ANSWER: Final = "column:"
SCORE_COLUMNS, SCORE_COLUMNS_ARE = "score_columns", "score_columns_are"
# A line break, which no column name holds; a comma may be part of one.
SCORES_APART: Final = "\n"
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
APART: Final = {"assessment": "Assessments", "subject": "Subjects", "standard": "Standards"}


def words(column: str) -> str:
    """What a column is called on screen."""
    if column.startswith("group_"):
        return f"Student group: {column.removeprefix('group_').replace('_', ' ')}"
    return WORDS.get(column, column.replace("_", " ").capitalize())


def settled(column: str, answers: Mapping[str, str]) -> bool:
    """Whether these answers give the column."""
    scores_give_it = SCORE_COLUMNS in answers and column in ("score", answers.get(SCORE_COLUMNS_ARE))
    return bool(answers.get(column)) or scores_give_it


def ask_all(
    columns: Sequence[str],
    viewer: Viewer,
    teachers: Sequence[RosterTeacher],
    unused: Sequence[str],
    suggested: Mapping[str, str] = NOTHING,
) -> dict[str, str]:
    """Draw one question per column and return the answers given so far, as text.

    `unused` are the file's headers that were not recognised: one of them may be a column renamed, and
    `suggested` (header to column) says which; what is suggested stands there to be changed.
    """
    answers: dict[str, str] = {}
    if "student_id" in columns:
        answers |= _ask_student(unused, suggested)
    if "score" in columns:
        answers |= _ask_scores(_still_unused(unused, answers), suggested)
    for column in columns:
        if column not in ("student_id", "score") and not settled(column, answers):
            answers |= _ask_value(column, viewer, teachers, _still_unused(unused, answers), suggested)
    return answers


def _still_unused(unused: Sequence[str], answers: Mapping[str, str]) -> list[str]:
    taken = {value.removeprefix(COLUMN_ANSWER) for value in answers.values()}
    taken |= set(answers.get(SCORE_COLUMNS, "").split(SCORES_APART))
    return [header for header in unused if header not in taken]


def _ask_value(
    column: str,
    viewer: Viewer,
    teachers: Sequence[RosterTeacher],
    unused: Sequence[str],
    suggested: Mapping[str, str],
) -> dict[str, str]:
    """The value for every row or, beside it, the column it stands in under another name."""
    question = QUESTIONS.get(column, f"{words(column)}?")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if column == "teacher_id":
            value = _ask_teacher(question, viewer, teachers)
        else:
            value = _ASK.get(column, _ask_text)(question, column)
        header = (
            st.selectbox(
                "or it stands in the column",
                unused,
                index=_suggested_place(column, unused, suggested),
                placeholder="Not in the file",
                key=_key(f"{column}.place"),
                width=210,
            )
            if unused
            else None
        )
    if header:
        return {column: f"{COLUMN_ANSWER}{header}"}
    return {column: value} if value else {}


def _suggested_place(column: str, unused: Sequence[str], suggested: Mapping[str, str]) -> int | None:
    places = (place for place, header in enumerate(unused) if suggested.get(header.strip()) == column)
    return next(places, None)


def _ask_student(unused: Sequence[str], suggested: Mapping[str, str]) -> dict[str, str]:
    header = st.selectbox(
        "Which column holds the student id?",
        unused,
        index=_suggested_place("student_id", unused, suggested),
        placeholder="Choose a column",
        key=_key("student_id"),
    )
    return {"student_id": f"{COLUMN_ANSWER}{header}"} if header else {}


def _ask_scores(unused: Sequence[str], suggested: Mapping[str, str]) -> dict[str, str]:
    headers = st.multiselect(
        "Which columns hold scores?",
        unused,
        default=[header for header in unused if suggested.get(header.strip()) == "score"],
        placeholder="Choose one or more columns",
        key=_key("score"),
    )
    if len(headers) == 1:
        return {"score": f"{COLUMN_ANSWER}{headers[0]}"}
    if not headers:
        return {}
    apart = st.segmented_control(
        "These columns are different",
        list(APART),
        default="assessment",
        format_func=APART.__getitem__,
        required=True,
        key=_key("score.apart"),
    )
    return {SCORE_COLUMNS: _joined(headers), SCORE_COLUMNS_ARE: apart or "assessment"}


def _joined(headers: Sequence[str]) -> str:
    """The names of score columns as one answer."""
    return SCORES_APART.join(headers) + SCORES_APART


def _ask_teacher(question: str, viewer: Viewer, teachers: Sequence[RosterTeacher]) -> str | None:
    if not teachers:
        # The first file of all: the teacher is whoever she says.
        return (
            st.text_input(question, placeholder="A name or a staff id", key=_key("teacher_id")).strip()
            or None
        )
    labels = {teacher.teacher_id: teacher.label for teacher in teachers}
    ids = list(labels)
    return st.selectbox(
        question,
        ids,
        index=ids.index(viewer.teacher_id) if viewer.teacher_id in labels else None,
        format_func=lambda teacher_id: labels.get(teacher_id, teacher_id),
        placeholder="Choose a name, or type one",
        accept_new_options=True,
        key=_key("teacher_id"),
    )


def _ask_grade(question: str, column: str) -> str | None:
    grade = st.selectbox(
        question,
        GRADES,
        index=None,
        format_func=lambda grade: grade_words(grade).capitalize(),
        placeholder="Choose a grade",
        key=_key(column),
    )
    return None if grade is None else str(grade)


def _ask_subject(question: str, column: str) -> str | None:
    return st.selectbox(
        question,
        SUBJECTS,
        index=None,
        placeholder="Choose a subject, or type one",
        accept_new_options=True,
        key=_key(column),
    )


def _ask_school_year(question: str, column: str) -> str | None:
    today = clock.now().date()
    ending = today.year + (today.month >= FIRST_MONTH)
    year = st.selectbox(
        question, range(ending, ending - YEARS_BACK, -1), format_func=school_year_words, key=_key(column)
    )
    return None if year is None else str(year)


def _ask_date(question: str, column: str) -> str | None:
    date = st.date_input(question, value=None, key=_key(column))
    return None if date is None else date.isoformat()


def _ask_text(question: str, column: str) -> str | None:
    return st.text_input(question, key=_key(column)).strip() or None


def _key(column: str) -> str:
    return f"upload.answer.{column}"


_ASK: Final[dict[str, Callable[[str, str], str | None]]] = {
    "grade": _ask_grade,
    "subject": _ask_subject,
    "school_year": _ask_school_year,
    "date": _ask_date,
}
