"""A bundle: a folder or zip of tables, brought to the tables of the database.

Makes every `incoming_<table>` and its outcome (see `merge`) inside the caller's cursor; writes nothing.
Every row of every table counts.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from plc.core.errors import BadFile, Issue
from plc.core.progress import Progress
from plc.database.database import Cursor
from plc.results import merge
from plc.results.bundle_counts import bundle_counts
from plc.results.checks import parse_table, prepare_issues
from plc.results.columns import COLUMN_ANSWER, DATE_ORDER, ColumnPlan, header_words, match_columns
from plc.results.issues import listed_issues
from plc.results.pseudonyms import Pseudonyms
from plc.results.records import ColumnMatch
from plc.results.results_file import Reading, date_notes
from plc.results.source_text import StagedText, find_source, stage_text
from plc.results.steps import make_table, take_step
from plc.results.students import read_students
from plc.results.tables import BUNDLE, TableShape
from plc.results.vocabulary import plain
from plc.results.words import read_words

_SUFFIXES = {".csv", ".tsv", ".txt", ".parquet", ".xlsx"}
_OTHER_SPELLINGS = {"enrolments": "enrollments"}


def bundle_tables(paths: Sequence[Path]) -> dict[str, Path]:
    """The bundle tables among some files, by table name. Raises `BadFile` for two files of one table."""
    names = {plain(name): name for name in BUNDLE} | {plain(name).removesuffix("s"): name for name in BUNDLE}
    tables: dict[str, Path] = {}
    for path in paths:
        word = plain(path.stem)
        name = names.get(_OTHER_SPELLINGS.get(word, word))
        if name is None or path.suffix.lower() not in _SUFFIXES:
            continue
        if name in tables:
            raise BadFile(f"{tables[name].name} and {path.name} are both the table {name}. Keep one of them.")
        tables[name] = path
    return tables


def read_bundle(
    cursor: Cursor,
    tables: Mapping[str, Path],
    answers: Mapping[str, str],
    pseudonyms: Pseudonyms,
    *,
    progress: Progress,
) -> Reading:
    """Read, check and merge a bundle. Raises `BadFile` when a table cannot be read or lacks a column."""
    prepare_issues(cursor)
    staged: dict[str, StagedText] = {}
    groups: dict[str, int] = {}
    matches: list[ColumnMatch] = []
    for place, shape in enumerate(BUNDLE.values()):
        progress(0.05 + 0.25 * place / len(BUNDLE), f"Reading {shape.name}")
        if shape.name in tables:
            plan, staged[shape.name] = _stage_table(cursor, tables[shape.name], shape, answers)
            matches += plan.matches
            groups = dict(plan.groups) if shape.name == "students" else groups
        else:
            _stage_nothing(cursor, shape)
    progress(0.3, "Checking every row")
    notes = _parse(cursor, tables, staged, answers, pseudonyms)
    progress(0.5, "Comparing with what is loaded")
    _link(cursor, tables, staged, list(groups))
    return Reading(bundle_counts(cursor, tables), (*notes, *listed_issues(cursor)), tuple(matches), ())


def _stage_table(
    cursor: Cursor, path: Path, shape: TableShape, answers: Mapping[str, str]
) -> tuple[ColumnPlan, StagedText]:
    words = header_words(shape)
    file = path.name
    source = find_source(
        cursor, path, lambda headers: len({words.get(plain(h)) for h in headers} - {None}), file=file
    )
    own = {
        key: value
        for key, value in answers.items()
        if any(plain(key) == plain(column.name) for column in shape.columns)
        and not value.startswith(COLUMN_ANSWER)
    }
    # An answer fills a column the table lacks; it does not overrule a table of a whole district.
    given = match_columns(shape, source.headers, {}, file=file)
    plan = match_columns(
        shape, source.headers, {key: value for key, value in own.items() if not given.gives(key)}, file=file
    )
    if lacking := [name for name in shape.required if not plan.gives(name)]:
        raise BadFile(f"{file} lacks the column {', '.join(lacking)}. Add it and load the bundle again.")
    return plan, stage_text(cursor, source, shape, plan)


def _stage_nothing(cursor: Cursor, shape: TableShape) -> None:
    columns = ", ".join(f"null::varchar as {column.name}" for column in shape.columns)
    make_table(cursor, f"staged_{shape.name}", f"select {columns}, null::varchar as overflow where false")


def _parse(
    cursor: Cursor,
    tables: Mapping[str, Path],
    staged: Mapping[str, StagedText],
    answers: Mapping[str, str],
    pseudonyms: Pseudonyms,
) -> list[Issue]:
    """Read every table's values, and settle rows that repeat another of their table."""
    notes: list[Issue] = []
    read_students(
        cursor,
        ("results", "enrollments"),
        pseudonyms,
        rosters=("students",) if "students" in tables else ("enrollments",),
    )
    for shape in BUNDLE.values():
        text = staged.get(shape.name) or StagedText(f"{shape.name}", 2, 1, ("student_id",)[:0], ())
        dates = read_words(
            cursor, shape, date_order=answers.get(DATE_ORDER), decimal_comma=text.decimal_comma
        )
        parse_table(cursor, shape, text)
        notes += [*text.notes, *date_notes(text.file, dates)]
        if shape.name in tables:
            _settle_repeats(cursor, shape, text)
    return notes


def _settle_repeats(cursor: Cursor, shape: TableShape, text: StagedText) -> None:
    key = ", ".join("student" if name == "student_id" else name for name in shape.key)
    make_table(
        cursor,
        "repeated_row",
        f"with kept as (select * exclude (bad, blank) from parsed_{shape.name} where not bad and not blank), "
        f"repeated as (select {key} from kept group by {key} having count(*) > 1), "
        f"same as (select k.line, row_number() over own as place, "
        f"first_value(struct_pack({_values(cursor, shape)})) over own as first_row, "
        f"struct_pack({_values(cursor, shape)}) as this_row from kept k where ({key}) in (select ({key}) "
        f"from repeated) "
        f"window own as (partition by {key} order by k.line)) "
        "select line, case when place = 1 then 'kept' when this_row = first_row then 'duplicate' "
        "else 'rejected' end as verdict from same",
    )
    cursor.execute(
        "insert into set_aside select $table_name, line, verdict from repeated_row where verdict <> 'kept'",
        {"table_name": shape.name},
    ).fetchall()
    cursor.execute(
        "insert into found_issue select $file, line // $scores_per_row + $first_row, $column, $code, "
        "$table_name, line from repeated_row "
        "where verdict = 'rejected'",
        {
            "file": text.file,
            "first_row": text.first_row,
            "scores_per_row": text.scores_per_row,
            "column": "score" if shape.name == "results" else shape.key[0],
            "code": "conflicting_score" if shape.name == "results" else "repeated_with_other_values",
            "table_name": shape.name,
        },
    ).fetchall()


def _values(cursor: Cursor, shape: TableShape) -> str:
    cursor.execute(f"select * exclude (line, bad, blank) from parsed_{shape.name} limit 0").fetchall()
    return ", ".join(
        f"k_{i} := coalesce(k.\"{column[0]}\"::varchar, '')"
        for i, column in enumerate(cursor.description or ())
    )


def _link(
    cursor: Cursor, tables: Mapping[str, Path], staged: Mapping[str, StagedText], groups: Sequence[str]
) -> None:
    """Resolve what rows name, set aside rows that name nothing known, and merge table by table."""
    listed = {"bundle_teacher": "teachers" in tables, "bundle_student": "students" in tables}
    for target in merge.NAMES:
        name = f"bundle_{target.table}"
        take_step(cursor, name, **({"listed": listed[name]} if name in listed else {}))
        make_table(cursor, f"incoming_{target.table}", f"select * from {name}")
        merge.merge(cursor, target)
    take_step(cursor, "known_section")
    take_step(cursor, "known_assessment")
    make_table(
        cursor,
        "incoming_student_group",
        _groups_sql(groups),
        {f"group_{i}": name for i, name in enumerate(groups)},
    )
    for table, target in (("section_teachers", merge.SECTION_TEACHER), ("enrollments", merge.ENROLLMENT)):
        take_step(cursor, f"linked_{table}")
        _note_problems(cursor, table, staged)
        take_step(cursor, f"bundle_{target.table}")
        make_table(cursor, f"incoming_{target.table}", f"select * from bundle_{target.table}")
        _note(cursor, table, staged, f"bundle_{target.table}", "is_scaled", "share", "shares_scaled")
        take_step(cursor, target.dropped)
        merge.merge(cursor, target)
    take_step(cursor, "linked_results")
    _note_problems(cursor, "results", staged)
    for code in ("section_by_share", "no_section"):
        condition = f"note = '{code}' and problem is null"
        _note(cursor, "results", staged, "linked_results", condition, "section_id", code)
    take_step(cursor, "bundle_result")
    make_table(cursor, "incoming_result", "select * from bundle_result")
    for target in (merge.STUDENT_GROUP, merge.RESULT):
        merge.merge(cursor, target)


def _note_problems(cursor: Cursor, table: str, staged: Mapping[str, StagedText]) -> None:
    cursor.execute(
        f"insert into set_aside select $table_name, line, 'rejected' from linked_{table} where problem is "
        f"not null",
        {"table_name": table},
    ).fetchall()
    if text := staged.get(table):
        cursor.execute(
            f"insert into found_issue select $file, line + $first_row, problem_column, problem, $table_name, "
            f"line from linked_{table} "
            "where problem is not null",
            {"file": text.file, "first_row": text.first_row, "table_name": table},
        ).fetchall()


def _note(
    cursor: Cursor,
    table: str,
    staged: Mapping[str, StagedText],
    rows: str,
    condition: str,
    column: str,
    code: str,
) -> None:
    if text := staged.get(table):
        cursor.execute(
            f"insert into found_issue select $file, line + $first_row, $column, $code, $table_name, line "
            f"from {rows} where {condition}",
            {
                "file": text.file,
                "first_row": text.first_row,
                "column": column,
                "code": code,
                "table_name": table,
            },
        ).fetchall()


def _groups_sql(groups: Sequence[str]) -> str:
    parts = [
        f"select w.student_key, $group_{i}::varchar as group_name, p.group_{i} as group_value from "
        f"parsed_students p "
        f"join keyed_student w on w.number = p.student where not p.blank and p.group_{i} is not null "
        "and p.line not in (select line from set_aside where table_name = 'students')"
        for i in range(len(groups))
    ]
    return (
        " union all ".join(parts)
        or "select 0 as student_key, '' as group_name, '' as group_value where false"
    )
