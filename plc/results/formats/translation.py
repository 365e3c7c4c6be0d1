"""A recognised file becomes the tables every import goes through: a results file, or a bundle.

The tables are written beside the upload; where each of their rows stood in the user's file is kept, so
that every problem names that row and that column.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from plc.core.errors import BadFile, Issue
from plc.core.progress import Progress
from plc.database.database import Cursor
from plc.results.bundle import read_bundle
from plc.results.columns import COLUMN_ANSWER, DATE_ORDER, is_student_name
from plc.results.formats.description import Condition, Output, Value
from plc.results.formats.outputs import CompiledOutput, compile_output, run_output
from plc.results.formats.people import choose_id
from plc.results.formats.private import is_private
from plc.results.formats.raw import Table, read_raw
from plc.results.formats.recognition import FormatMatch
from plc.results.formats.roster_words import use_roster_words
from plc.results.issues import file_note
from plc.results.pseudonyms import Pseudonyms
from plc.results.reading import Source
from plc.results.records import ColumnMatch
from plc.results.results_file import Reading, read_results_file
from plc.results.steps import count, make_table
from plc.results.tables import BUNDLE, RESULTS_FILE
from plc.results.vocabulary import plain


@dataclass(frozen=True, slots=True)
class Translation:
    """A file in the shape of every import: `source` for a results file, `tables` for a bundle.

    `headers` maps a table and column to the header of the user's file.
    """

    match: FormatMatch
    file: str
    answers: dict[str, str]
    source: Source | None
    tables: Mapping[str, Path]
    headers: Mapping[tuple[str, str], str]
    columns: tuple[ColumnMatch, ...]
    notes: tuple[Issue, ...]

    def read(self, cursor: Cursor, pseudonyms: Pseudonyms, *, progress: Progress) -> Reading:
        """Read, check and merge it; issues name the rows and columns of the user's file."""
        if self.source is None:
            reading = read_bundle(cursor, self.tables, self.answers, pseudonyms, progress=progress)
        else:
            reading = read_results_file(cursor, self.source, self.answers, pseudonyms, progress=progress)
        return self._restore(cursor, reading)

    def _restore(self, cursor: Cursor, reading: Reading) -> Reading:
        """The reading with the rows and columns of the user's file in its issues."""
        issues = tuple(self._restored(cursor, issue) for issue in reading.issues)
        return replace(reading, issues=(*self.notes, *issues), columns=self.columns)

    def _restored(self, cursor: Cursor, issue: Issue) -> Issue:
        table = "results_file" if self.source else Path(issue.file).stem
        header = self.headers.get((table, issue.column or ""), issue.column)
        if table != "results_file" and table not in self.tables:
            return replace(issue, file=self.file)
        if issue.row is None:
            files = cursor.execute(f"select any_value(file) from translated_{table}").fetchall()
            return replace(issue, file=files[0][0] or self.file, column=header)
        rows = cursor.execute(
            f"select file, row, header from translated_{table} where line = $line", {"line": issue.row - 2}
        ).fetchall()
        file, row, score_header = rows[0]
        own = score_header if issue.column == "score" and score_header else header
        return replace(issue, file=file, row=row, column=own)


def translate(
    cursor: Cursor,
    match: FormatMatch,
    answers: Mapping[str, str],
    pseudonyms: Pseudonyms,
    folder: Path,
    *,
    file: str,
    progress: Progress,
) -> Translation:
    """Translate a recognised upload into `folder`. Raises `BadFile` when it cannot be read."""
    progress(0.02, f"Reading {match.format.name}")
    compiled, rest = _compile(match, answers)
    notes = _read_files(cursor, match, compiled)
    for output in compiled:
        notes += _left_out(output, run_output(cursor, output))
        notes += _without_score(cursor, output)
    headers: dict[tuple[str, str], str] = {}
    tables: dict[str, Path] = {}
    source: Source | None = None
    folder.mkdir(exist_ok=True)
    for name in dict.fromkeys(one.output.table for one in compiled if not one.output.view):
        parts = [one for one in compiled if one.output.table == name and not one.output.view]
        columns = _gather(cursor, name, parts)
        own = {column: header for part in reversed(parts) for column, header in part.headers.items()}
        if parts[0].ids:
            chosen = choose_id(cursor, f"translated_{name}", parts[0].ids, pseudonyms, file=file)
            notes += chosen.notes
            own["student_id"] = chosen.header
            columns = _use_id(cursor, name, chosen.column, columns)
        use_roster_words(cursor, name, columns, rest)
        headers |= {(name, column): header for column, header in own.items()}
        path = folder / f"{name}.parquet"
        kept = _write(cursor, name, columns, path)
        if kept and name == RESULTS_FILE.name:
            source = Source(file, path, "parquet", tuple(kept), 1)
        elif kept:
            _require(match, name, {*kept, *rest}, file=file)
            tables[name] = path
    if source is None and not tables:
        raise BadFile(f"{file} looks like {match.format.name} but holds no row of a student.")
    return Translation(match, file, rest, source, tables, headers, _matches(match, compiled), tuple(notes))


def _require(match: FormatMatch, table: str, given: set[str], *, file: str) -> None:
    if lacking := [column for column in BUNDLE[table].required if column not in given]:
        raise BadFile(
            f"{match.format.name} in {file} does not give {', '.join(lacking)} for its {table}. "
            f"Answer {lacking[0]} for the whole file, or export it with that column."
        )


def _compile(match: FormatMatch, answers: Mapping[str, str]) -> tuple[list[CompiledOutput], dict[str, str]]:
    """Every output whose file is there, and the answers that remain for the reading."""
    picked = {
        plain(key): value.removeprefix(COLUMN_ANSWER)
        for key, value in answers.items()
        if value.startswith(COLUMN_ANSWER)
    }
    rest = {key: value for key, value in answers.items() if not value.startswith(COLUMN_ANSWER)}
    for header in picked.values():
        if not any(plain(header) in map(plain, found.head.headers) for found in match.files.values()):
            raise BadFile(f"{next(iter(match.files.values())).file} has no column {header.strip()}.")
    views: dict[str, Table] = {}
    compiled: list[CompiledOutput] = []
    for place, output in enumerate(match.format.outputs):
        if output.source not in match.files and output.source not in views:
            continue
        own = _with_picked(output, picked)
        into = f"view_{output.table}" if output.view else f"output_{place}"
        order = answers.get(DATE_ORDER, match.format.date_order)
        one = compile_output(match, own, views, into=into, date_order=order)
        compiled.append(one)
        if output.view:
            views[output.table] = Table(
                f"view_{output.table}",
                {plain(name): (name,) for name in one.columns},
                {name: one.headers.get(name, name) for name in one.columns},
            )
    return compiled, rest


def _with_picked(output: Output, picked: Mapping[str, str]) -> Output:
    """An output with the columns that answers pick in place of its own."""
    if output.table != RESULTS_FILE.name:
        return output
    columns = dict(output.columns)
    for column in RESULTS_FILE.columns:
        if (header := picked.get(plain(column.name))) and column.name != "student_id":
            columns[column.name] = Value((header,))
    ids = (Value((picked["studentid"],)),) if "studentid" in picked else output.ids
    measures = tuple(
        replace(
            measure,
            columns={name: value for name, value in measure.columns.items() if plain(name) not in picked},
        )
        for measure in output.measures
    )
    return replace(output, columns=columns, ids=ids, measures=measures)


def _read_files(cursor: Cursor, match: FormatMatch, compiled: list[CompiledOutput]) -> list[Issue]:
    used = {place for one in compiled for place in one.meanings}
    notes: list[Issue] = []
    for name, found in match.files.items():
        needed = {column for table, column in used if table == f"raw_{name}"}
        if needed:
            notes += read_raw(cursor, found, needed)
    return notes


def _left_out(compiled: CompiledOutput, counts: list[tuple[Condition, int]]) -> list[Issue]:
    return [
        file_note(compiled.file, "rows_left_out", f"{_rows(rows)} left out: {condition.says}.")
        for condition, rows in counts
        if condition.says
    ]


def _without_score(cursor: Cursor, compiled: CompiledOutput) -> list[Issue]:
    if compiled.output.table not in (RESULTS_FILE.name, "results") or not compiled.output.measures:
        return []
    rows = count(
        cursor,
        "select count(*) from output_rows where left_out is null "
        f"and row not in (select row from {compiled.table})",
    )
    words = f"{_rows(rows)} left out: no score of any kind."
    return [file_note(compiled.file, "rows_without_score", words)] if rows else []


def _rows(rows: int) -> str:
    return "1 row was" if rows == 1 else f"{rows:,} rows were"


def _gather(cursor: Cursor, name: str, parts: list[CompiledOutput]) -> list[str]:
    """Make `translated_<table>` from every output of a table; return its columns."""
    columns = list(dict.fromkeys(column for part in parts for column in part.columns))
    ids = list(dict.fromkeys(column for part in parts for column, _ in part.ids))
    aliases = list(dict.fromkeys(column for part in parts for column in part.aliases))
    wanted = [*columns, *ids, *aliases]
    for place, part in enumerate(parts):
        own = {*part.columns, *(column for column, _ in part.ids), *part.aliases}
        cells = "".join(f", {column if column in own else 'null::varchar'} as {column}" for column in wanted)
        into = (
            f"insert into translated_{name}"
            if place
            else f"create or replace temp table translated_{name} as"
        )
        start = count(cursor, f"select count(*) from translated_{name}") if place else 0
        cursor.execute(
            f"{into} select row_number() over (order by row, place) - 1 + $start as line, "
            f"$file::varchar as file, row, header, overflow{cells} from {part.table} order by row, place",
            {"start": start, "file": part.file},
        ).fetchall()
    return columns


def _use_id(cursor: Cursor, name: str, column: str, columns: list[str]) -> list[str]:
    """Put the chosen id into `student_id`, as the roster writes it where it is known by another id; the
    columns with it."""
    make_table(
        cursor,
        "translated_ids",
        f"select t.*, coalesce(f.student_id, t.{column}) as student_id, f.student_key "
        f"from translated_{name} t left join id_found f on f.text = t.{column} order by t.line",
    )
    make_table(cursor, f"translated_{name}", "select * from translated_ids order by line")
    return ["student_id", *columns]


def _write(cursor: Cursor, table: str, columns: list[str], path: Path) -> list[str]:
    """Write a translated table and return its columns; one that is empty throughout is as if the file had
    none, and nothing is written if all are."""
    shape = RESULTS_FILE if table == RESULTS_FILE.name else BUNDLE[table]
    names = [column.name for column in shape.columns if column.name in columns]
    names += [name for name in columns if name.startswith("group_") and shape.groups]
    filled = cursor.execute(
        f"select {', '.join(f'count({name})' for name in [*names, 'overflow'])} from translated_{shape.name}"
    ).fetchall()[0]
    kept = [name for name, some in zip([*names, "overflow"], filled, strict=True) if some]
    if not kept:
        return []
    cursor.execute(
        f"copy (select {', '.join(kept)} from translated_{shape.name} order by line) "
        "to $path (format parquet)",
        {"path": str(path)},
    ).fetchall()
    return kept


def _matches(match: FormatMatch, compiled: list[CompiledOutput]) -> tuple[ColumnMatch, ...]:
    meanings: dict[tuple[str, str], str] = {}
    for one in compiled:
        for place, meaning in one.meanings.items():
            meanings.setdefault(place, meaning)
    matches: list[ColumnMatch] = []
    for name, found in match.files.items():
        for column, header in enumerate(found.head.headers):
            known = meanings.get((f"raw_{name}", f"c{column}"))
            hidden = is_private(header) or is_student_name(header, RESULTS_FILE)
            note = "left out unread: personal" if hidden else "not used"
            if header.strip():
                matches.append(ColumnMatch(found.file, header.strip(), known, "" if known else note))
    return tuple(matches)
