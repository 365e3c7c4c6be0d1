"""What is wrong in a staged upload, cell by cell, kept beside it for as long as it is open.

Cells that say the same thing wrongly are one problem; it is put right once. Ids and values stay in the
upload's folder, which is deleted when the upload is confirmed or discarded.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from plc.core.errors import NotFound
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results.fixes import SHAPES, Fix
from plc.results.formats.translation import Translation
from plc.results.issues import WARNINGS, problem_words
from plc.results.records import Counts
from plc.results.steps import count
from plc.results.uploads import load_plan, own_folder

# A larger share of rows left out is more than slips of the keyboard: something about the file is wrong.
LEFT_OUT_ALARM = 0.05
# Problems handed to a screen; the correction sheet holds them all.
PROBLEMS_LISTED = 50
# Warnings that a value can put right.
_FIXABLE_WARNINGS = {"date_outside_school_year"}
# The same text in the same column is the same mistake; in other problems it may be right elsewhere.
_SAME_MISTAKE = frozenset(
    {
        "unreadable_id", "ambiguous_student", "unknown_grade", "unknown_school_year", "unknown_kind",
        "unknown_date", "unknown_status", "not_a_number", "not_a_share", "not_a_whole_number", "negative",
        "not_on_roster", "unknown_student", "unknown_section", "unknown_teacher", "unknown_school",
        "unknown_assessment", "ambiguous_section", "ambiguous_assessment", "date_outside_school_year",
        "school_not_loaded",
    }
)  # fmt: skip
_FILE, _REPEATS = "problems.parquet", "repeated_rows.parquet"


@dataclass(frozen=True, slots=True)
class Problem:
    """Cells that are wrong in the same way: `line` is given where it is one cell, `value` is its text.

    `rows` counts lines, `row_numbers` are the first of them as a spreadsheet shows them.
    """

    table: str
    column: str
    header: str
    code: str
    value: str | None
    line: int | None
    rows: int
    row_numbers: tuple[int, ...]
    words: str

    @property
    def can_retype(self) -> bool:
        """Whether another text in these cells can help; a row out of shape can only be left out."""
        shape = SHAPES[self.table]
        return self.code not in ("too_many_cells", "repeated_with_other_values") and any(
            column.name == self.column for column in shape.columns
        )

    def retype(self, value: str) -> Fix:
        """The correction that makes these cells say `value`."""
        return Fix(self.table, self.column, self.value, value.strip(), self.line)

    def leave_out(self) -> Fix:
        """The correction that leaves these lines out."""
        return Fix(self.table, self.column, self.value, None, self.line, leave_out=True)


def write_problems(cursor: Cursor, changes: Path, translation: Translation | None) -> None:
    """Keep every problem's line, place and text, and the text of every line that has one."""
    _write_repeats(cursor, changes, translated=translation is not None)
    pairs = cursor.execute(
        "select distinct table_name, coalesce(column_name, '') from found_issue order by all"
    ).fetchall()
    if not pairs:
        return
    headers = translation.headers if translation else {}
    parts, given = [], dict[str, object]()
    for place, (table, column) in enumerate(pairs):
        given |= {f"table_{place}": table, f"column_{place}": column}
        given[f"header_{place}"] = headers.get((table, column), column)
        parts.append(_part_sql(table, column, place, translated=translation is not None))
    path = str(changes / _FILE)
    cursor.execute(
        f"copy ({' union all '.join(parts)}) to $path (format parquet)", {**given, "path": path}
    ).fetchall()
    for table in dict.fromkeys(table for table, _ in pairs):
        names = ", ".join(column.name for column in SHAPES[table].columns)
        cursor.execute(
            f"copy (select rowid as line, {names} from staged_{table} where rowid in "
            "(select line from found_issue where table_name = $table)) to $path (format parquet)",
            {"table": table, "path": str(changes / f"problem_rows_{table}.parquet")},
        ).fetchall()


def _part_sql(table: str, column: str, place: int, *, translated: bool) -> str:
    known = any(own.name == column for own in SHAPES[table].columns)
    value = f"s.{column}" if known else "null::varchar"
    join, file, row, header = "", "f.file_name", "f.row_number", f"$header_{place}::varchar"
    if translated:
        join = f"left join translated_{table} t on t.line = f.line"
        file, row = "coalesce(t.file, f.file_name)", "coalesce(t.row, f.row_number)"
        header = f"coalesce({'t.header' if column == 'score' else 'null'}, $header_{place}::varchar)"
    return (
        f"select f.table_name, f.line, {file} as file_name, {row} as row_number, f.column_name, "
        f"{header} as header, f.code, {value} as value from found_issue f "
        f"left join staged_{table} s on s.rowid = f.line {join} "
        f"where f.table_name = $table_{place} and coalesce(f.column_name, '') = $column_{place}"
    )


def _write_repeats(cursor: Cursor, changes: Path, *, translated: bool) -> None:
    """Keep where the first rows stand that say again what an earlier row of the same file says."""
    tables = cursor.execute(
        "select distinct table_name from set_aside where verdict = 'duplicate' order by table_name"
    ).fetchall()
    if not tables:
        return
    parts = []
    for (table,) in tables:
        join = f"left join translated_{table} t on t.line = a.line" if translated else ""
        row = "t.row" if translated else "a.line // p.scores_per_row + p.first_row"
        parts.append(
            f"select a.table_name, {row} as row_number from set_aside a join staged_place p on "
            f"p.table_name = a.table_name {join} where a.verdict = 'duplicate' and a.table_name = '{table}'"
        )
    cursor.execute(
        f"copy (select * from ({' union all '.join(parts)}) order by all limit {PROBLEMS_LISTED}) to $path "
        "(format parquet)",
        {"path": str(changes / _REPEATS)},
    ).fetchall()


def repeated_rows(database: Database, viewer: Viewer, upload_id: str) -> tuple[int, ...]:
    """The first rows that repeat an earlier row of the same file word for word. Raises `NotFound`."""
    viewer.require(Permission.RESULTS_UPLOAD)
    path = _path(database, viewer, upload_id).with_name(_REPEATS)
    if not path.exists():
        return ()
    with database.read() as cursor:
        rows = cursor.execute(
            "select distinct row_number from read_parquet($path) order by row_number", {"path": str(path)}
        ).fetchall()
    return tuple(row for (row,) in rows)


def upload_warnings(cursor: Cursor, counts: Counts) -> tuple[str, ...]:
    """Sentences to read before confirming: many rows left out, dates outside the school year."""
    said = []
    if counts.read and counts.rejected / counts.read > LEFT_OUT_ALARM:
        said.append(
            f"{counts.rejected:,} of {counts.read:,} rows ({counts.rejected / counts.read:.0%}) are left "
            "out. That is more than a few slips: look at the problems before you add the rest."
        )
    outside = count(cursor, "select count(*) from found_issue where code = 'date_outside_school_year'")
    if outside:
        said.append(
            f"{outside:,} {'date lies' if outside == 1 else 'dates lie'} outside the school year "
            "(July to June). Check the date and the school year."
        )
    return tuple(said)


def upload_problems(database: Database, viewer: Viewer, upload_id: str) -> list[Problem]:
    """The problems of a staged upload that can be put right here, the largest first. Raises `NotFound`."""
    viewer.require(Permission.RESULTS_UPLOAD)
    path = _path(database, viewer, upload_id)
    if not path.exists():
        return []
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("results", "staged_problems"),
            {
                "path": str(path),
                "same_mistake": sorted(_SAME_MISTAKE),
                "warnings": sorted(WARNINGS - _FIXABLE_WARNINGS),
                "listed": PROBLEMS_LISTED,
            },
        ).fetchall()
    return [
        Problem(table, column, header, code, value, line, lines, tuple(numbers), problem_words(column, code))
        for table, column, header, code, value, line, lines, numbers in rows
    ]


def correction_sheet(database: Database, viewer: Viewer, upload_id: str) -> pd.DataFrame:
    """Every line with a problem, as it was understood, with the reasons: to correct in a spreadsheet and
    upload again. Empty columns are left away; student names were never read. Raises `NotFound`."""
    viewer.require(Permission.RESULTS_UPLOAD)
    path = _path(database, viewer, upload_id)
    if not path.exists():
        return pd.DataFrame()
    frames = []
    with database.read() as cursor:
        found = cursor.execute("select * from read_parquet($path)", {"path": str(path)}).df()
        for table, problems in found.groupby("table_name", sort=False):
            lines = cursor.execute(
                "select * from read_parquet($path) order by line",
                {"path": str(path.with_name(f"problem_rows_{table}.parquet"))},
            ).df()
            frames.append(_sheet(str(table), problems, lines.dropna(axis="columns", how="all")))
    sheet = pd.concat(frames, ignore_index=True)
    return sheet if len(frames) > 1 else sheet.drop(columns="Table")


def _sheet(table: str, problems: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    said = problems.assign(
        words=[
            f"{header or 'The row'}: {problem_words(column, code)}"
            for header, column, code in zip(
                problems["header"], problems["column_name"], problems["code"], strict=True
            )
        ]
    )
    reasons = said.groupby("line", as_index=False).agg(
        **{
            "Table": ("table_name", "first"),
            "Row in the file": ("row_number", "first"),
            "What to do": ("words", " ".join),
        }
    )
    return reasons.merge(lines, on="line", how="left").drop(columns="line")


def _path(database: Database, viewer: Viewer, upload_id: str) -> Path:
    folder = own_folder(database, upload_id, viewer=viewer)
    if not folder.exists():
        raise NotFound("This upload is no longer open, so its rows are gone from here. Load the file again.")
    return folder / load_plan(folder).changes / _FILE
