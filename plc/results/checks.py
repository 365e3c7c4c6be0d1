"""Reads a staged table's text into values and sets aside, with the reason, every row that cannot be read.

`parsed_<shape>` has one row per staged row: `line` (its rowid), the shape's columns as values, `student`
(a number of `student_word`), `blank` and `bad`. A bad row has a row in `set_aside` and, per problem, one
in `found_issue`.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from plc.database.database import Cursor
from plc.results.numbers import number_sql
from plc.results.source_text import StagedText
from plc.results.steps import count, make_table
from plc.results.tables import Column, TableShape
from plc.results.vocabulary import DEFAULT_KIND, NO_SCORE, SCORED

# The longest id met in any export is a 36-character UUID with a prefix.
MAXIMUM_ID = 100
# smallint, as attempts are stored.
MAXIMUM_ATTEMPT = 32_767


@dataclass(frozen=True, slots=True)
class Check:
    """A condition, in SQL over the staged text `s` and its word tables, under which a row is set aside."""

    column: str
    code: str
    condition: str


def prepare_issues(cursor: Cursor) -> None:
    """Empty tables of issues and of rows set aside."""
    make_table(
        cursor,
        "found_issue",
        "select ''::varchar as file_name, 0::bigint as row_number, ''::varchar as column_name, "
        "''::varchar as code, ''::varchar as table_name, 0::bigint as line"
        " where false",
    )
    make_table(
        cursor,
        "set_aside",
        "select ''::varchar as table_name, 0::bigint as line, ''::varchar as verdict where false",
    )


def parse_table(
    cursor: Cursor, shape: TableShape, text: StagedText, *, unanswered: Container[str] = ()
) -> None:
    """Make `parsed_<shape>` and record its issues.

    A missing value in an `unanswered` column makes the row bad without an issue of its own: the question
    is asked once for the file.
    """
    checks = [check for column in shape.columns for check in _column_checks(column, text)]
    checks.append(Check("", "too_many_cells", "s.overflow is not null"))
    make_table(cursor, f"parsed_{shape.name}", _parsed_sql(shape, checks, text))
    if not count(cursor, f"select count(*) from parsed_{shape.name} where bad"):
        return
    cursor.execute(
        f"insert into set_aside select $table_name, line, 'rejected' from parsed_{shape.name} where bad",
        {"table_name": shape.name},
    ).fetchall()
    loud = [check for check in checks if not (check.code == "missing" and check.column in unanswered)]
    cursor.execute(
        _issues_sql(shape, loud),
        {
            "file": text.file,
            "first_row": text.first_row,
            "scores_per_row": text.scores_per_row,
            "table_name": shape.name,
        },
    ).fetchall()


def _parsed_sql(shape: TableShape, checks: list[Check], text: StagedText) -> str:
    values = ", ".join(_value_sql(column, text) for column in shape.columns)
    groups = (
        f", s.* exclude (overflow, {', '.join(column.name for column in shape.columns)})"
        if shape.groups
        else ""
    )
    blank = " and ".join(f"s.{name} is null" for name in [*text.columns_read, "overflow"])
    return (
        f"select s.rowid as line, {values}{groups}, {blank} as blank, "
        f"not ({blank}) and ({_any(checks)}) as bad from {_from_sql(shape)}"
    )


def _issues_sql(shape: TableShape, checks: list[Check]) -> str:
    problems = ", ".join(
        f"case when {check.condition} then {{'column_name': '{check.column}', 'code': '{check.code}'}} end"
        for check in checks
    )
    return (
        "insert into found_issue select $file, line // $scores_per_row + $first_row, "
        "problem.column_name, problem.code, $table_name, line "
        f"from (select s.rowid as line, unnest([{problems}]) as problem from {_from_sql(shape)} "
        f"where s.rowid in (select line from parsed_{shape.name} where bad)) where problem is not null"
    )


def _any(checks: list[Check]) -> str:
    return " or ".join(f"coalesce({check.condition}, false)" for check in checks)


def _from_sql(shape: TableShape) -> str:
    joins = [f"staged_{shape.name} s"]
    for column in shape.columns:
        if column.reads in ("grade", "school_year", "kind", "date", "status", "score"):
            joins.append(
                f"left join word_{shape.name}_{column.name} w_{column.name} on w_{column.name}.text = "
                f"s.{column.name}"
            )
        if column.name == "student_id":
            joins.append("left join student_word w_student on w_student.text = s.student_id")
    return " ".join(joins)


def _value_sql(column: Column, text: StagedText) -> str:
    name = column.name
    number = number_sql(f"s.{name}", decimal_comma=text.decimal_comma)
    match column.reads:
        case "id" if name == "student_id":
            return "w_student.number as student"
        case "subject":
            return f"lower(s.{name}) as {name}"
        case "kind":
            return f"coalesce(w_{name}.value, '{DEFAULT_KIND}') as {name}"
        case "grade" | "school_year" | "date":
            return f"w_{name}.value as {name}"
        case "number" | "share":
            return f"{number} as {name}"
        case "whole":
            value = f"try_cast({number} as smallint)"
            return f"coalesce({value}, {column.default or 'null'}) as {name}"
        case "score":
            return (
                f"case when coalesce(w_status.value, '{SCORED}') = '{SCORED}' and w_score.text is null "
                f"then {number} end as score"
            )
        case "status":
            # A status that means no score beats the number beside it.
            return (
                f"case when w_status.value <> '{SCORED}' then w_status.value "
                f"when w_score.text is not null then w_score.value when s.score is null then '{NO_SCORE}' "
                f"else '{SCORED}' end as status"
            )
        case _:
            return f"s.{name} as {name}"


def _column_checks(column: Column, staged: StagedText) -> list[Check]:
    name = column.name
    text = f"s.{name}"
    number = number_sql(text, decimal_comma=staged.decimal_comma)
    # A blank score is a status; a missing teacher or grade may still come from the roster.
    missing = (
        [Check(name, "missing", f"{text} is null")] if column.required and column.reads != "score" else []
    )
    match column.reads:
        case "id" if name == "student_id":
            return [
                *missing,
                Check(name, "unreadable_id", "w_student.unreadable"),
                Check(name, "ambiguous_student", "w_student.ambiguous"),
            ]
        case "id":
            return [
                *missing,
                Check(name, "unreadable_id", f"starts_with({text}, '=') or length({text}) > {MAXIMUM_ID}"),
            ]
        case "grade" | "school_year" | "kind" | "date" | "status":
            return [
                *missing,
                Check(name, f"unknown_{column.reads}", f"{text} is not null and w_{name}.value is null"),
            ]
        case "number":
            return [
                *missing,
                Check(
                    name, "not_a_number", f"{text} is not null and not coalesce(isfinite({number}), false)"
                ),
                Check(name, "negative", f"{number} < 0"),
            ]
        case "share":
            return [
                *missing,
                Check(
                    name,
                    "not_a_share",
                    f"{text} is not null and not coalesce({number} between 0 and 1, false)",
                ),
            ]
        case "whole":
            # 1.0 is what a column with gaps makes of 1.
            whole = (
                f"coalesce({number} between 1 and {MAXIMUM_ATTEMPT} and {number} = floor({number}), false)"
            )
            return [*missing, Check(name, "not_a_whole_number", f"{text} is not null and not {whole}")]
        case "score":
            counts = "(w_status.value is null or w_status.value = 'scored')"
            underscored = f"(w_score.text is null and contains({text}, '_'))"
            unreadable = f"(w_score.text is not null and w_score.value is null) or {underscored}"
            return [
                Check(name, "not_a_number", f"{counts} and ({unreadable})"),
                Check(name, "negative", f"{counts} and {number} < 0 and isfinite({number})"),
                Check(name, "score_missing", f"{text} is null and w_status.value = 'scored'"),
            ]
        case _:
            return missing
