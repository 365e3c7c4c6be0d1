"""A results file: one row per student and assessment, brought to the tables of the database.

Makes every `incoming_<table>` and its outcome (see `merge`) inside the caller's cursor; writes nothing.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plc.core.errors import BadFile, Issue
from plc.core.progress import Progress
from plc.core.viewer import UNNAMED_SCHOOL
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results import merge
from plc.results.checks import parse_table, prepare_issues
from plc.results.claims import KEPT, keep_classes, keep_groups, keep_results, others_note, reject_claims
from plc.results.columns import DATE_ORDER, ColumnPlan, header_words, match_columns, score_names
from plc.results.issues import file_note, listed_issues, question
from plc.results.pseudonyms import Pseudonyms
from plc.results.reading import Source
from plc.results.records import ColumnMatch, Counts
from plc.results.source_text import StagedText, stage_text
from plc.results.steps import count, make_table, take_step
from plc.results.students import read_students
from plc.results.tables import FROM_ROSTER, RESULTS_FILE
from plc.results.vocabulary import plain
from plc.results.words import DateReading, read_words

# A score beyond this is no score of its assessment but a slip, such as an id in the wrong column: on normal
# scores 8 SD come up once in 10^15, and three times the next largest keeps the long tails of real tests.
ENOUGH_SCORES, FAR_SD, FAR_TIMES = 20, 8.0, 3.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file or bundle found."""

    counts: Counts
    issues: tuple[Issue, ...]
    columns: tuple[ColumnMatch, ...]
    missing_answers: tuple[str, ...]


def recognise_results(headers: Sequence[str], answers: Mapping[str, str]) -> int:
    """How many headers of a row a results file knows; a single one counts only if it names the student."""
    words = header_words(RESULTS_FILE)
    named = [value.removeprefix("column:") for value in answers.values()]
    picked = {plain(part) for text in named for part in score_names(text)}
    known = {
        words.get(plain(header), f"group {plain(header)}" if plain(header) in picked else None)
        for header in headers
    }
    known.discard(None)
    return len(known) if len(known) > 1 or "student_id" in known else 0


def read_results_file(
    cursor: Cursor, source: Source, answers: Mapping[str, str], pseudonyms: Pseudonyms, *, progress: Progress
) -> Reading:
    """Read, check and merge a results file. Raises `BadFile` when it cannot be read at all."""
    plan = match_columns(RESULTS_FILE, source.headers, answers, file=source.file)
    prepare_issues(cursor)
    progress(0.05, "Reading the file")
    text = stage_text(cursor, source, RESULTS_FILE, plan)
    progress(0.3, "Checking every row")
    absent = [
        name
        for name in RESULTS_FILE.required
        if not plan.gives(name) and not (name == "score" and plan.scores)
    ]
    read_students(cursor, ("results_file",), pseudonyms)
    dates = read_words(
        cursor, RESULTS_FILE, date_order=answers.get(DATE_ORDER), decimal_comma=text.decimal_comma
    )
    parse_table(cursor, RESULTS_FILE, text, unanswered=absent)
    if text.columns_read and not _rows_read(cursor):
        raise BadFile(f"{source.file} holds column names but no rows. Export it again and check its filters.")
    missing = _place(cursor, text, plan, absent)
    progress(0.5, "Comparing with what is loaded")
    _merge_names(cursor)
    _settle_repeats(cursor, text)
    _merge_results(cursor, text, plan)
    issues = (
        *text.notes,
        *date_notes(source.file, dates),
        *(question(source.file, name) for name in missing),
        *_roster_note(cursor, source.file),
        *others_note(cursor, source.file),
        *listed_issues(cursor),
    )
    return Reading(_counts(cursor), issues, plan.matches, missing)


def _place(cursor: Cursor, text: StagedText, plan: ColumnPlan, absent: list[str]) -> tuple[str, ...]:
    """Give every row its section; return the columns to be asked for."""
    take_step(cursor, "placement_candidate")
    take_step(cursor, "placement")
    take_step(cursor, "dated_placement")
    take_step(cursor, "student_grade")
    latest = cursor.execute(load_sql("results", "latest_school_year")).fetchall()[0][0]
    left_out = [name for name in FROM_ROSTER if not plan.gives(name)]
    from_roster = bool(left_out) and count(cursor, "select count(*) from section") > 0
    take_step(
        cursor,
        "placed_row",
        latest_school_year=latest,
        only_school=UNNAMED_SCHOOL,
        from_roster=from_roster,
    )
    take_step(cursor, "score_out_of_reach", enough_scores=ENOUGH_SCORES, far_sd=FAR_SD, far_times=FAR_TIMES)
    cursor.execute(load_sql("results", "reject_out_of_reach")).fetchall()
    reject_claims(cursor)
    missing = [*absent, *_lacking(cursor, left_out, absent, from_roster=from_roster)]
    where = _where(text)
    cursor.execute(
        load_sql("results", "note_placement_problems"), {**where, "unanswered": missing}
    ).fetchall()
    cursor.execute(load_sql("results", "note_dates_outside_year"), where).fetchall()
    cursor.execute(load_sql("results", "note_far_scores"), where).fetchall()
    return tuple(column.name for column in RESULTS_FILE.columns if column.name in missing)


def _lacking(cursor: Cursor, left_out: list[str], absent: list[str], *, from_roster: bool) -> list[str]:
    """Columns left to the roster that it gives for no row either."""
    if absent:
        return [] if from_roster else left_out
    rows, no_grade, no_teacher, placed = cursor.execute(
        "select count(*), count(*) filter (grade is null), count(*) filter (lacks_teacher), "
        "count(*) filter (section_id is not null) from placed_row"
    ).fetchall()[0]
    lacks = {"grade": 0 < no_grade == rows, "teacher_id": no_teacher > 0 and not placed}
    return [name for name in left_out if lacks[name]]


def _where(text: StagedText) -> dict[str, object]:
    return {"file": text.file, "first_row": text.first_row, "scores_per_row": text.scores_per_row}


def _merge_names(cursor: Cursor) -> None:
    for target in merge.NAMES:
        take_step(cursor, f"incoming_{target.table}")
        merge.merge(cursor, target)


def _settle_repeats(cursor: Cursor, text: StagedText) -> None:
    take_step(cursor, "numbered_row")
    keep_results(cursor, _where(text))
    take_step(cursor, "repeated_row")
    cursor.execute(load_sql("results", "note_repeats"), _where(text)).fetchall()
    cursor.execute(load_sql("results", "note_other_teachers"), _where(text)).fetchall()
    cursor.execute(load_sql("results", "set_aside_problems")).fetchall()


def _merge_results(cursor: Cursor, text: StagedText, plan: ColumnPlan) -> None:
    names = {f"group_{i}": name for i, name in enumerate(plan.groups)}
    make_table(cursor, "stated_group", _groups_sql(plan), names)
    keep_groups(cursor, _where(text))
    take_step(cursor, "incoming_student_group")
    cursor.execute(load_sql("results", "note_groups"), _where(text)).fetchall()
    take_step(cursor, "incoming_section_teacher")
    take_step(cursor, "incoming_enrollment")
    take_step(cursor, "incoming_result")
    keep_classes(cursor)
    make_table(
        cursor,
        "dropped_section_teacher",
        "select section_key, teacher_key from incoming_section_teacher where false",
    )
    make_table(
        cursor, "dropped_enrollment", "select student_key, section_key from incoming_enrollment where false"
    )
    for target in (merge.STUDENT_GROUP, merge.SECTION_TEACHER, merge.ENROLLMENT, merge.RESULT):
        merge.merge(cursor, target)


def _groups_sql(plan: ColumnPlan) -> str:
    """Every student group that a row states."""
    parts = [
        f"select student, $group_{i}::varchar as group_name, group_{i} as group_value, line "
        f"from parsed_results_file where not bad and not blank and group_{i} is not null"
        for i in range(len(plan.groups))
    ] or ["select 0 as student, '' as group_name, '' as group_value, 0 as line where false"]
    return (
        "select w.student_key, g.group_name, g.group_value, g.line "
        f"from ({' union all '.join(parts)}) g join keyed_student w on w.number = g.student"
    )


def _rows_read(cursor: Cursor) -> int:
    """Rows that hold anything, those left out by hand included."""
    read = count(cursor, "select count(*) from parsed_results_file where not blank")
    return read + count(cursor, "select count(*) from left_out_line where table_name = 'results_file'")


def _counts(cursor: Cursor) -> Counts:
    read = _rows_read(cursor)
    rejected = count(cursor, "select count(*) from set_aside where verdict = 'rejected'")
    here_already = "select count(*) from set_aside where verdict in ('duplicate', $kept)"
    repeated = count(cursor, here_already, {"kept": KEPT})
    accepted = count(cursor, "select count(*) from merged_result where fresh or changed")
    superseded = count(cursor, "select count(*) from merged_result where changed")
    held = count(cursor, "select count(*) from merged_result where not fresh and not changed")
    return Counts(read, accepted, repeated + held, superseded, rejected)


def _roster_note(cursor: Cursor, file: str) -> list[Issue]:
    students = count(cursor, load_sql("results", "students_new_to_roster"))
    words = f"{students:,} students of this file are on no roster so far. They are added; check their ids."
    return [file_note(file, "students_not_on_roster", words, "student_id")] if students else []


def date_notes(file: str, dates: Sequence[DateReading]) -> list[Issue]:
    orders = {"month": "month/day/year", "day": "day/month/year"}
    return [
        file_note(
            file,
            "date_order_assumed" if reading.assumed else "date_order",
            f"Dates were read as {orders[reading.order]}. If that is wrong, answer date_order="
            f"{'day' if reading.order == 'month' else 'month'}.",
            reading.column,
        )
        for reading in dates
        if reading.assumed or reading.order == "day"
    ]
