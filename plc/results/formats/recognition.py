"""Which format a file, or a set of files, is. An unknown or ambiguous one is none: it is mapped by hand."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from plc.core.errors import BadFile
from plc.results.archives import check_archive, is_workbook
from plc.results.formats.description import Format, Signature, formats
from plc.results.reading import (
    DELIMITERS,
    HEADER_WITHIN_ROWS,
    MAXIMUM_CELL,
    Source,
    open_source,
    reading_path,
    write_rows,
)
from plc.results.vocabulary import plain
from plc.results.workbooks import read_sheets

# Gradebooks put up to three rows under the header that are about the assignments.
ROWS_UNDER = 6
_HEAD_BYTES = 2 * MAXIMUM_CELL


@dataclass(frozen=True, slots=True)
class Head:
    """The start of a table: rows above its header, the header (and its plain names), rows under it."""

    above: tuple[tuple[str, ...], ...]
    headers: tuple[str, ...]
    under: tuple[tuple[str, ...], ...]
    names: frozenset[str]
    delimiter: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of a recognised format: its signature, its start, and where it lies."""

    signature: Signature
    head: Head
    path: Path
    file: str


@dataclass(frozen=True, slots=True)
class FormatMatch:
    """A recognised format and its files by name; `score` counts the headers that identify it."""

    format: Format
    files: dict[str, FoundFile]
    score: int

    @property
    def words(self) -> str:
        """What is asked on the screen."""
        return f"Looks like {self.format.name}"


def recognise(paths: Sequence[tuple[Path, str]], *, only: str | None = None) -> FormatMatch | None:
    """The format of one file or of the files of a zip, given with the names people know them by.

    `only` asks for one format; then `BadFile` says why it is not that one. It also refuses a set in which
    two files could be the same one.
    """
    considered = [form for key, form in formats().items() if only in (None, key)]
    if only and not considered:
        raise BadFile(f"There is no format {only}. Known formats: {', '.join(formats())}.")
    heads = [(path, file, tuple(_heads(path, file))) for path, file in paths]
    matches = [match for form in considered if (match := _match(form, heads))]
    if not matches:
        if only:
            raise BadFile(f"{paths[0][1]} is no {considered[0].name}: {_lacking(considered[0], heads)}.")
        return None
    matches.sort(key=lambda match: (match.score, _priority(match)), reverse=True)
    if len(matches) > 1 and _weight(matches[0]) == _weight(matches[1]):
        return None
    return matches[0]


def open_found(found: FoundFile) -> Source:
    """How the table of a recognised file is to be read. Raises `BadFile` when it cannot be."""
    if found.head.sheet is not None:
        return _open_sheet(found)

    def is_header(cells: Sequence[str]) -> int:
        return 1 + len(cells) if tuple(cells) == found.head.headers else 0

    return open_source(found.path, is_header, file=found.file)


def header_words(header: str) -> str:
    """A header with single blanks for underscores and line breaks: what patterns are matched against."""
    return re.sub(r"[_\s]+", " ", header).strip()


def has_cell(row: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """Whether a cell of a row matches, wherever its column was moved to."""
    return any(pattern.search(cell.strip()) for cell in row)


def _match(form: Format, heads: Sequence[tuple[Path, str, tuple[Head, ...]]]) -> FormatMatch | None:
    files: dict[str, FoundFile] = {}
    twins: list[str] = []
    total = 0
    for signature in form.files:
        candidates = [
            (score, FoundFile(signature, head, path, file))
            for path, file, starts in heads
            for head in starts
            if (score := _score(signature, head))
        ]
        best = max((score for score, _ in candidates), default=0)
        chosen = [found for score, found in candidates if score == best]
        if len({found.path for found in chosen}) > 1:
            twins = sorted({found.file for found in chosen})
        if chosen:
            files[signature.name] = chosen[0]
            total += best
        elif not signature.optional:
            return None
    if not any(output.source in files and not output.view for output in form.outputs):
        return None
    if twins:
        raise BadFile(
            f"{' and '.join(twins[:2])} both look like the same file of {form.name}. Keep one of them."
        )
    return FormatMatch(form, files, total)


def _score(signature: Signature, head: Head) -> int:
    """How many headers of a signature a table has; 0 if it is not the file."""
    names = head.names
    if not signature.every <= names or signature.none_of & names:
        return 0
    if signature.any_of and not signature.any_of & names:
        return 0
    families = 0
    for pattern in signature.patterns:
        hits = sum(pattern.search(header_words(header)) is not None for header in head.headers)
        if hits < signature.least:
            return 0
        families += 1
    for needed, rows in ((signature.under, head.under), (signature.above, head.above)):
        if needed is not None:
            if not any(has_cell(row, needed) for row in rows):
                return 0
            families += 1
    return len(signature.every) + len(signature.any_of & names) + families


def _weight(match: FormatMatch) -> tuple[int, int]:
    return match.score, _priority(match)


def _priority(match: FormatMatch) -> int:
    return max(found.signature.priority for found in match.files.values())


def _lacking(form: Format, heads: Sequence[tuple[Path, str, tuple[Head, ...]]]) -> str:
    signature = next(file for file in form.files if not file.optional or len(form.files) == 1)
    seen = {name for _, _, starts in heads for head in starts for name in head.names}
    lacking = sorted(signature.every - seen) or sorted(signature.any_of)
    return f"it lacks {', '.join(lacking)}" if lacking else "its rows are not as that format has them"


def _heads(path: Path, file: str) -> Iterator[Head]:
    """Every row among the first that could be a header, with what stands around it."""
    try:
        if path.stat().st_size == 0:
            return
        with path.open("rb") as opened:
            start = opened.read(_HEAD_BYTES)
        if start.startswith(b"PK\x03\x04"):
            if is_workbook(check_archive(path, name=file)):
                for sheet, rows in read_sheets(path, name=file):
                    yield from _starts(rows[: HEADER_WITHIN_ROWS + ROWS_UNDER], ",", sheet)
            return
        text = _decoded(start)
        for delimiter in DELIMITERS if text else ():
            if delimiter in text:
                yield from _starts(_first_rows(text, delimiter), delimiter, None)
    except BadFile:
        # What is wrong with it is said when it is read in the ordinary way.
        return


def _starts(rows: Sequence[Sequence[str]], delimiter: str, sheet: str | None) -> Iterator[Head]:
    cells = [tuple(row) for row in rows]
    for place, row in enumerate(cells[:HEADER_WITHIN_ROWS]):
        if sum(bool(cell.strip()) for cell in row) > 1:
            under = tuple(cells[place + 1 : place + 1 + ROWS_UNDER])
            names = frozenset(plain(cell) for cell in row)
            yield Head(tuple(cells[:place]), row, under, names, delimiter, sheet)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows.extend(islice(reader, HEADER_WITHIN_ROWS + ROWS_UNDER))
    except csv.Error:
        pass
    return rows


def _decoded(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start[: len(start) // 2 * 2].decode("utf-16", errors="ignore")
    if start[1:64:2].count(0) > 20:
        return start[: len(start) // 2 * 2].decode("utf-16-le", errors="ignore")
    if b"\0" in start:
        return ""
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(start)
    except UnicodeDecodeError:
        return start.decode("cp1252", errors="replace")


def _open_sheet(found: FoundFile) -> Source:
    rows = next(rows for sheet, rows in read_sheets(found.path, name=found.file) if sheet == found.head.sheet)
    header = len(found.head.above)
    target = reading_path(found.path, f".{found.signature.name}.csv")
    write_rows(rows[header:], target, width=len(found.head.headers))
    return Source(found.file, target, "csv", found.head.headers, header + 1, ",", 1, regular=True)
