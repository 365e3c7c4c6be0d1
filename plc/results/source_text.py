"""A source becomes the all-text table `staged_<shape>`: the shape's columns, one row per score read.

Row `rowid` of that table came from spreadsheet row `rowid // scores_per_row + first_row`.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plc.core.errors import BadFile, Issue
from plc.database.database import Cursor, DuckDBError
from plc.results.columns import ColumnPlan
from plc.results.fixes import apply_fixes
from plc.results.issues import file_note
from plc.results.numbers import has_decimal_commas
from plc.results.reading import Recognise, Source, is_parquet, open_source, reading_path, rewrite
from plc.results.steps import make_table
from plc.results.tables import Column, TableShape

# The column of a Parquet file that holds what stood beyond the last column of the file it was made from.
OVERFLOW = "overflow"

_COMMA_WORDS = (
    "Numbers were read with a decimal comma: 12,5 as twelve and a half. If that is wrong, write them with a "
    "decimal point and load the file again."
)

_BLANKS = (" ", "\t", "\u00a0")


@dataclass(frozen=True, slots=True)
class StagedText:
    """Where rows of `staged_<shape>` stood in their file, and whether its numbers have a decimal comma."""

    file: str
    first_row: int
    scores_per_row: int
    columns_read: tuple[str, ...]
    notes: tuple[Issue, ...]
    decimal_comma: bool = False


def find_source(cursor: Cursor, path: Path, recognise: Recognise, *, file: str) -> Source:
    """How a file is to be read, its headers included. Raises `BadFile` when it is no table."""
    if path.stat().st_size and is_parquet(path):
        headers = _parquet_headers(cursor, path, file=file)
        if not recognise(headers):
            raise BadFile(
                f"{file} has no column this program knows. Its columns: {', '.join(headers[:40])}. "
                "Say which is which, as in student_id=column:Pupil No."
            )
        return Source(file, path, "parquet", headers, 1)
    return open_source(path, recognise, file=file)


def stage_text(cursor: Cursor, source: Source, shape: TableShape, plan: ColumnPlan) -> StagedText:
    """Make `staged_<shape>` from a source. Raises `BadFile` when it cannot be read to its end."""
    # No cause is chained below: DuckDB's words quote the line, which may name a student.
    is_csv = source.form == "csv"
    read = (
        rewrite(source, reading_path(source.path, ".regular.csv"))
        if is_csv and not source.regular
        else source
    )
    staged = _try_stage(cursor, read, shape, plan)
    if not staged and is_csv and read is source:
        # Irregular quotes, ragged rows or long cells: read them one by one.
        read = rewrite(source, reading_path(source.path, ".regular.csv"))
        staged = _try_stage(cursor, read, shape, plan)
    if not staged and is_csv:
        raise BadFile(f"{source.file} cannot be read as a table. Save it again as CSV (UTF-8).")
    if not staged:
        raise BadFile(f"{source.file} is a damaged Parquet file. Write it again.")
    cursor.execute(
        "insert into staged_place values ($table_name, $first_row, $scores_per_row)",
        {
            "table_name": shape.name,
            "first_row": source.header_row + 1,
            "scores_per_row": max(len(plan.scores), 1),
        },
    ).fetchall()
    columns_read = (*plan.positions, *(("score",) if plan.scores else ()))
    # As the file is written: what a person retypes in it may have a point or a comma.
    commas = has_decimal_commas(cursor, shape, columns_read)
    apply_fixes(cursor, shape)
    said = (file_note(source.file, "decimal_comma", _COMMA_WORDS),) if commas else ()
    return StagedText(
        source.file,
        source.header_row + 1,
        max(len(plan.scores), 1),
        columns_read,
        (*source.notes, *said),
        commas,
    )


def _try_stage(cursor: Cursor, source: Source, shape: TableShape, plan: ColumnPlan) -> bool:
    try:
        _stage(cursor, source, shape, plan)
    except DuckDBError:
        return False
    return True


def _stage(cursor: Cursor, source: Source, shape: TableShape, plan: ColumnPlan) -> None:
    parameters: dict[str, object] = {"path": str(source.path)}
    if source.form == "csv":
        parameters["delimiter"] = source.delimiter
        parameters["skip"] = source.skip
    for name, value in plan.constants.items():
        parameters[f"answer_{name}"] = value
    if plan.scores:
        parameters["score_headers"] = [header for header, _ in plan.scores]
    make_table(cursor, f"staged_{shape.name}", _staged_sql(source, shape, plan), parameters)


def _staged_sql(source: Source, shape: TableShape, plan: ColumnPlan) -> str:
    columns = [f"{_column_sql(source, column, plan)} as {column.name}" for column in shape.columns]
    groups = [
        f"{_clean_sql(_cell(source, place))} as group_{i}" for i, place in enumerate(plan.groups.values())
    ]
    overflow = "null::varchar"
    if source.form == "csv":
        overflow = _clean_sql(f"c{len(source.headers)}")
    elif OVERFLOW in source.headers:
        overflow = _cell(source, source.headers.index(OVERFLOW))
    return f"select {', '.join([*columns, *groups, f'{overflow} as overflow'])} from {_from_sql(source)}"


def _column_sql(source: Source, column: Column, plan: ColumnPlan) -> str:
    if column.name in plan.constants:
        return _clean_sql(f"$answer_{column.name}::varchar")
    if plan.scores and column.name == "score":
        cells = ", ".join(_clean_sql(_cell(source, place)) for _, place in plan.scores)
        return f"unnest([{cells}])"
    if plan.scores and column.name == plan.scores_are:
        return "unnest($score_headers::varchar[])"
    if column.name not in plan.positions:
        return "null::varchar"
    cell = _cell(source, plan.positions[column.name])
    text = _clean_sql(cell)
    # A whole number that passed through a float column: 123.0 is the id 123.
    if column.reads == "id":
        is_float = f"{cell} like '%.0%' and regexp_full_match({text}, '[0-9]+\\.0')"
        return f"case when {is_float} then left({text}, -2) else {text} end"
    return text


def _cell(source: Source, position: int) -> str:
    # A missing number in a float column of Parquet is often NaN.
    return f"c{position}" if source.form == "csv" else f"nullif((#{position + 1})::varchar, 'nan')"


def _clean_sql(text: str) -> str:
    # Spreadsheets pad with blanks, tabs and the no-break space; most cells have none, and looking is cheaper
    # than trimming.
    padded = " or ".join(f"{text} like '{blank}%' or {text} like '%{blank}'" for blank in _BLANKS)
    return f"nullif(case when {padded} then trim({text}, '{''.join(_BLANKS)}') else {text} end, '')"


def _from_sql(source: Source) -> str:
    if source.form == "parquet":
        return "read_parquet($path)"
    names = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(len(source.headers) + 1))
    return (
        "read_csv($path, auto_detect=false, header=false, skip=$skip, delim=$delimiter, quote='\"', "
        "escape='\"', "
        f"null_padding=true, strict_mode=true, columns={{{names}}})"
    )


def _parquet_headers(cursor: Cursor, path: Path, *, file: str) -> tuple[str, ...]:
    try:
        rows = cursor.execute("describe select * from read_parquet($path)", {"path": str(path)}).fetchall()
    except DuckDBError:
        raise BadFile(f"{file} is a damaged Parquet file. Write it again.") from None
    return tuple(str(row[0]) for row in rows)
