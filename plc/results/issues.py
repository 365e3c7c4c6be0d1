"""What is said about a problem: what is wrong, in which column, what to do. Never a value, name or score."""

from __future__ import annotations

from plc.core.errors import Issue
from plc.database.database import Cursor
from plc.database.sql import load_sql

# Rows listed of one problem in one column; the rest is counted in one more line.
LISTED_PER_PROBLEM = 100

# Problems that set no row aside.
WARNINGS = frozenset(
    {
        "date_outside_school_year",
        "shares_scaled",
        "roster_keeps_teachers",
        "section_by_share",
        "no_section",
        "group_differs",
        "group_kept_by_roster",
        "result_kept",
        "score_far_out",
    }
)

# By code, or by column and code where one column needs words of its own.
_WORDS = {
    "missing": "{column} is empty. Fill it in, or answer it once for the whole file.",
    "unreadable_id": "{column} is no id: a formula, a number in scientific notation, or far too long. "
    "Format the column as text in the spreadsheet and export it again.",
    "ambiguous_student": "More than one student has this id with or without leading zeros. "
    "Write the id in full, with its zeros.",
    "unknown_grade": "The grade is not known. Write K, PK or a number from 1 to 12.",
    "unknown_school_year": "The school year is not known. Write the year it ends (2026) or 2025-26.",
    "unknown_kind": "The kind is not known. Write baseline, common, interim, benchmark or state.",
    "unknown_date": "{column} cannot be read as a date. Write it as 2026-03-31.",
    "unknown_status": "The status is not known. Write absent, exempt, not_tested, invalid or missing, or "
    "leave it empty.",
    "not_a_number": "{column} is not a number. Correct it or leave it empty.",
    "score:not_a_number": "The score is neither a number nor a known status. Correct it, or write absent, "
    "exempt, not_tested, invalid or missing.",
    "not_a_share": "{column} must be a number from 0 to 1.",
    "not_a_whole_number": "{column} must be a whole number from 1 on.",
    "negative": "{column} is below 0. Correct it.",
    "score_missing": "The status says scored but there is no score. Fill it in or correct the status.",
    "above_maximum": "The score is above the maximum score. Correct one of them.",
    "score_out_of_reach": "The score is far above every other score of this assessment. Correct it, or add a "
    "max_score column if it is right.",
    "score_far_out": "The score is far above most other scores of this assessment. Kept; check it.",
    "too_many_cells": "The row has more cells than there are columns, so values may stand in the wrong "
    "column. "
    "Look for a comma inside a value and put it in quotation marks.",
    "not_on_roster": "The student is on no roster loaded so far, so the row has no teacher and grade. "
    "Check the id, load the roster, or add the columns teacher_id and grade.",
    "several_sections": "The student has several sections of this subject in this year. Add a section_id "
    "column.",
    "conflicting_score": "An earlier row gives this student another score for the same assessment. "
    "Keep the right one, or number the tries in an attempt column.",
    "repeated_with_other_values": "An earlier row of this table has the same id with other values. Keep "
    "the right one.",
    "date_outside_school_year": "The date is outside the school year (July to June). The row is kept; "
    "check both.",
    "unknown_student": "{column} is not in the students of this bundle or of an earlier upload. Add the "
    "student.",
    "unknown_section": "{column} is not in the sections of this bundle or of an earlier upload. Add the "
    "section.",
    "unknown_teacher": "{column} is not in the teachers of this bundle or of an earlier upload. Add the "
    "teacher.",
    "unknown_school": "{column} is not in the schools of this bundle or of an earlier upload. Add the "
    "school.",
    "unknown_assessment": "{column} is not in the assessments of this bundle or of an earlier upload. "
    "Add the assessment.",
    "ambiguous_section": "Several sections have this id. Make section ids different between years and "
    "schools.",
    "ambiguous_assessment": "Several assessments have this id. Make assessment ids different between years.",
    "shares_scaled": "The shares do not sum to 1. They are kept in proportion, scaled to sum to 1.",
    "dates_reversed": "The enrolment ends before it begins. Correct one of the dates.",
    "section_by_share": "The result names no section and the student has several: it was given to the "
    "largest share.",
    "no_section": "The student is in no section of this subject and year. The result is kept, but only as a "
    "starting point for later years; add an enrolment or a section_id.",
    "roster_keeps_teachers": "The roster names other teachers for this section. The roster is kept.",
    "class_kept_by_roster": "Who teaches a class, and at which school, is said by the roster, and it does "
    "not name this teacher here. Ask the data steward to load the class.",
    "school_not_loaded": "The roster says which schools there are, and this one is not loaded yet. Take the "
    "class without a school for now, or ask the data steward to load it.",
    "start_of_others": "Where a student starts from is said by her present teacher or by the data steward, "
    "by an earlier year's result, a baseline, or a result without a class. Ask one of them to load it.",
    "student_kept_by_roster": "The student is not in this class by what is loaded. Ask the data steward to "
    "put the student into it.",
    "maximum_kept": "Other classes took this assessment with another maximum score. Correct it, or ask the "
    "data steward to load the assessment.",
    "group_kept_by_roster": "Student groups come with the roster, or from the student's own teacher. The row "
    "is kept without this group.",
    "result_kept": "The student has a result of this assessment outside your classes. It stays as it is, "
    "whether this row says the same or not. To correct it, ask the teacher of the class or the data "
    "steward. If you loaded it yourself, undo that upload under All uploads and load this file anew.",
    "group_differs": "The student stands in two groups of this kind. The first is kept.",
}

# What a missing column is called when the whole file lacks it.
_QUESTIONS = {
    "student_id": "Which column holds the student id? Answer student_id=column:NAME.",
    "teacher_id": "Whose results are these? Answer teacher_id, or load the roster first.",
    "grade": "Which grade is this? Answer grade.",
    "subject": "Which subject is this? Answer subject.",
    "school_year": "Which school year is this? Answer school_year with the year it ends, such as 2026.",
    "assessment": "What is the assessment called? Answer assessment.",
    "date": "When was it taken? Answer date, such as 2026-03-31.",
    "score": "Which columns hold scores? Answer score_columns with their names, and score_columns_are with "
    "assessment, subject or standard.",
}


def question(file: str, column: str) -> Issue:
    """The issue of a column that neither the file, the roster nor an answer gives."""
    return Issue(
        file, None, column, "answer_needed", _QUESTIONS.get(column, f"Answer {column} for the whole file.")
    )


def file_note(file: str, code: str, message: str, column: str | None = None) -> Issue:
    """An issue of the file as a whole."""
    return Issue(file, None, column, code, message)


def problem_words(column: str | None, code: str) -> str:
    """What is wrong and what to do."""
    return _WORDS.get(f"{column}:{code}", _WORDS[code]).format(column=column or "The row")


def listed_issues(cursor: Cursor) -> list[Issue]:
    """The first rows of every problem in `found_issue`, and one line that counts the rest."""
    rows = cursor.execute(load_sql("results", "listed_issues"), {"listed": LISTED_PER_PROBLEM}).fetchall()
    issues = []
    for file, row, column, code, total in rows:
        words = problem_words(column, code)
        if row is None:
            words = f"{total - LISTED_PER_PROBLEM:,} more rows: {words}"
        issues.append(Issue(file, row, column or None, code, words))
    return issues
