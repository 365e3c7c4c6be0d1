"""Translated rows take the roster's subjects; where the roster teaches a subject, it also names the teachers.

A vendor's file says who gave the test, in its own ids, or writes names; the roster says who teaches.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from plc.core.school_year import parse_school_year
from plc.database.database import Cursor
from plc.results.formats.subjects import grade_label, subject_words
from plc.results.steps import Parameters, make_table, put_table
from plc.results.tables import RESULTS_FILE

_FROM_ROSTER = ("teacher_id", "teacher_name", "school_id", "school_name")


def use_roster_words(cursor: Cursor, table: str, columns: list[str], answers: dict[str, str]) -> None:
    """Rewrite subjects and grades of `translated_<table>` (and an answered subject), and leave to the roster
    what it knows."""
    taught = set(cursor.execute("select distinct subject, school_year from section").fetchall())
    subjects = sorted({subject for subject, _ in taught})
    if answers.get("subject"):
        answers["subject"] = subject_words(answers["subject"], subjects)
    if "subject" in columns:
        _rewrite(cursor, table, "subject", lambda text: subject_words(text, subjects))
    if "grade" in columns:
        _rewrite(cursor, table, "grade", grade_label)
    if table == RESULTS_FILE.name and taught:
        _leave_to_roster(cursor, columns, answers, taught)


def _leave_to_roster(
    cursor: Cursor, columns: list[str], answers: dict[str, str], taught: set[tuple[str, int]]
) -> None:
    """Empty the columns of teachers and schools in rows whose subject and year the roster teaches, and the
    grade of those whose student it enrols there: another grade than her section's would part her from it."""
    pairs = _keep_taught(cursor, columns, answers, taught)
    cells = [f"if(y.subject is null, t.{name}, null) as {name}" for name in _FROM_ROSTER if name in columns]
    if "grade" in columns:
        cells.append("if(e.student_key is null, t.grade, null) as grade")
    if "section_id" in columns:
        known = "t.section_id in (select section_id from section)"
        cells.append(f"if(y.subject is null or {known}, t.section_id, null) as section_id")
    if not pairs or not cells:
        return
    match = " and ".join(
        f"y.{own} = ${name}::varchar" if answers.get(name) else f"y.{own} = t.{name}"
        for name, own in (("subject", "subject"), ("school_year", "year"))
    )
    _remake(
        cursor,
        RESULTS_FILE.name,
        f"select t.* replace ({', '.join(cells)}) from translated_results_file t left join taught_subject y "
        f"on {match} left join taught_student e on e.student_key = t.student_key and e.subject = y.subject "
        "and e.year = y.year order by t.line",
        {name: answers[name] for name in ("subject", "school_year") if answers.get(name)},
    )


def _keep_taught(
    cursor: Cursor, columns: list[str], answers: dict[str, str], taught: set[tuple[str, int]]
) -> list[tuple[str, str, int]]:
    """Make `taught_subject`, the file's subjects and years that the roster teaches, as written, with the year
    each ends in, and `taught_student`, whom it enrols there; returns the former."""
    texts: dict[str, list[str]] = {}
    for name in ("subject", "school_year"):
        own = _distinct(cursor, RESULTS_FILE.name, name) if name in columns else []
        texts[name] = [answers[name]] if answers.get(name) else own
    pairs = [
        (subject, year, ending)
        for subject in texts["subject"]
        for year in texts["school_year"]
        if (ending := parse_school_year(year)) and (subject, ending) in taught
    ]
    put_table(
        cursor,
        "taught_subject",
        {
            "subject": (pa.string(), [pair[0] for pair in pairs]),
            "year": (pa.string(), [pair[1] for pair in pairs]),
            "ending": (pa.int16(), [pair[2] for pair in pairs]),
        },
    )
    make_table(
        cursor,
        "taught_student",
        "select distinct e.student_key, y.subject, y.year from taught_subject y "
        "join section s on s.subject = y.subject and s.school_year = y.ending "
        "join enrollment e on e.section_key = s.section_key",
    )
    return pairs


def _distinct(cursor: Cursor, table: str, column: str) -> list[str]:
    rows = cursor.execute(
        f"select distinct {column} from translated_{table} where {column} is not null"
    ).fetchall()
    return [row[0] for row in rows]


def _rewrite(cursor: Cursor, table: str, column: str, word: Callable[[str], str]) -> None:
    texts = _distinct(cursor, table, column)
    words = [word(text) for text in texts]
    if words == texts:
        return
    put_table(cursor, "word_change", {"text": (pa.string(), texts), "word": (pa.string(), words)})
    _remake(
        cursor,
        table,
        f"select t.* replace (coalesce(w.word, t.{column}) as {column}) from translated_{table} t "
        f"left join word_change w on w.text = t.{column} order by t.line",
    )


def _remake(cursor: Cursor, table: str, sql: str, parameters: Parameters | None = None) -> None:
    make_table(cursor, "translated_again", sql, parameters)
    make_table(cursor, f"translated_{table}", "select * from translated_again order by line")
