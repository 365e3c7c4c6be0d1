"""From bytes on disk to a table that SQL can read: encoding, delimiter, header row.

A `Source` is such a table. Text files are read by DuckDB as they are when they are plain; anything
irregular (another encoding, blank or ragged lines, stray quotes) is first rewritten as regular UTF-8 CSV.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal, TextIO

from plc.core.errors import BadFile, Issue
from plc.results.archives import check_archive, is_workbook
from plc.results.workbooks import read_sheets

DELIMITERS = (",", "\t", ";", "|", "^")
# Exports put up to seven lines of title above the header.
HEADER_WITHIN_ROWS = 25
# The longest free text met in a gradebook cell is a few thousand characters.
MAXIMUM_CELL = 131_072
# The widest state file has 2,135 columns.
MAXIMUM_COLUMNS = 5_000
_HEAD_CHARACTERS = 2 * MAXIMUM_CELL
_CHUNK = 1024**2

# How many columns of a row of headers are known.
Recognise = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Source:
    """One table on disk. `header_row` counts as a spreadsheet shows it; `skip` in physical lines."""

    file: str
    path: Path
    form: Literal["csv", "parquet"]
    headers: tuple[str, ...]
    header_row: int
    delimiter: str = ","
    skip: int = 0
    regular: bool = False
    encoding: str = "utf-8"
    notes: tuple[Issue, ...] = ()


def open_source(path: Path, recognise: Recognise, *, file: str) -> Source:
    """Find out how a file is to be read. Raises `BadFile` with what to do when it is no table."""
    if path.stat().st_size == 0:
        raise BadFile(f"{file} is empty (0 bytes). Export it again and check that it holds rows.")
    with path.open("rb") as opened:
        magic = opened.read(8)
    if magic.startswith(b"PK\x03\x04"):
        return _open_workbook(path, recognise, file=file)
    if refusal := _known_elsewhere(magic):
        raise BadFile(f"{file} is {refusal}. Export the results as CSV and load that.")
    encoding, notes, regular = _find_encoding(path, file=file)
    try:
        with path.open(encoding=encoding, newline="") as text:
            head = text.read(_HEAD_CHARACTERS)
    except UnicodeError as error:
        raise BadFile(_no_text_words(file)) from error
    delimiter, row, line, headers = _find_header(head, recognise, file=file)
    return Source(
        file,
        path,
        "csv",
        tuple(headers),
        row,
        delimiter,
        line,
        # A line break inside a cell above the rows: SQL and this program would count lines differently.
        regular=regular and line == row,
        encoding=encoding,
        notes=notes,
    )


def is_parquet(path: Path) -> bool:
    """Whether a file begins as Parquet does."""
    with path.open("rb") as opened:
        return opened.read(4) == b"PAR1"


def reading_path(path: Path, suffix: str) -> Path:
    """Where a rewritten form of a staged file goes: beside the folder of the files as they came."""
    folder = path.parent.parent / "reading"
    folder.mkdir(exist_ok=True)
    return folder / (path.name + suffix)


def rewrite(source: Source, target: Path) -> Source:
    """The same table as regular UTF-8 CSV: one line per row, equal width and one cell for any overflow.

    Raises `BadFile` for a quotation mark that is never closed and for an oversized cell.
    """
    rows = _rows(source)
    write_rows(rows, target, width=len(source.headers))
    return replace(source, path=target, delimiter=",", skip=1, regular=True, encoding="utf-8")


def _open_workbook(path: Path, recognise: Recognise, *, file: str) -> Source:
    if not is_workbook(check_archive(path, name=file)):
        raise BadFile(f"{file} is a zip file without a table this program knows. Load its tables one by one.")
    best: tuple[int, str, int, list[list[str]]] | None = None
    for sheet, rows in read_sheets(path, name=file):
        for index, row in enumerate(rows[:HEADER_WITHIN_ROWS]):
            known = recognise(row)
            if known and (best is None or known > best[0]):
                best = (known, sheet, index, rows)
    if best is None:
        raise BadFile(_no_header_words(file))
    _, sheet, index, rows = best
    target = reading_path(path, ".csv")
    write_rows(rows[index:], target, width=len(rows[index]))
    note = Issue(file, None, None, "sheet_read", f"Read the sheet {sheet}.")
    headers = tuple(rows[index])
    return Source(file, target, "csv", headers, index + 1, ",", 1, regular=True, notes=(note,))


def _known_elsewhere(magic: bytes) -> str | None:
    signatures = {
        b"%PDF": "a PDF, which holds no table that can be read safely",
        b"\xd0\xcf\x11\xe0": "an old Excel or Word file (.xls, .doc), or one with a password",
        b"\x1f\x8b": "a gzip file",
        b"7z\xbc\xaf": "a 7-Zip file",
        b"Rar!": "a RAR file",
        b"\x89PNG": "a picture",
        b"\xff\xd8\xff": "a picture",
        b"DUCK": "a database",
        b"SQLite": "a database",
        b"{\\rtf": "a text document",
        b"<!DOCTY": "a web page",
        b"<html": "a web page",
        b"<?xml": "an XML file",
    }
    return next((words for start, words in signatures.items() if magic.startswith(start)), None)


def _find_encoding(path: Path, *, file: str) -> tuple[str, tuple[Issue, ...], bool]:
    """The encoding, a note when it was guessed, and whether SQL can read the bytes as they are."""
    with path.open("rb") as opened:
        head = opened.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", (), False
    if len(head) > 1 and head[1::2].count(0) > 0.4 * len(head[1::2]) and 0 not in head[0::2]:
        return "utf-16-le", (), False
    if len(head) > 1 and head[0::2].count(0) > 0.4 * len(head[0::2]) and 0 not in head[1::2]:
        return "utf-16-be", (), False
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    is_utf8, regular, before = True, True, b""
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            if b"\0" in chunk:
                raise BadFile(
                    f"{file} holds null bytes, so it is no text table. Export it again as CSV (UTF-8)."
                )
            seam = before + chunk
            regular = regular and b"\n\n" not in seam and b"\n\r\n" not in seam and b"\r\r" not in seam
            # A line longer than a chunk is read cell by cell, which finds the cell that is to blame.
            regular = regular and (b"\n" in chunk or b"\r" in chunk or len(chunk) < _CHUNK)
            before = chunk[-2:]
            if is_utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
    if is_utf8:
        return "utf-8-sig", (), regular
    note = Issue(
        file,
        None,
        None,
        "encoding_windows_1252",
        "The file is not UTF-8, so it was read as Windows-1252. Check that accented letters look right "
        "below; "
        "if not, save it as CSV (UTF-8) and load it again.",
    )
    return "cp1252", (note,), False


def _find_header(head: str, recognise: Recognise, *, file: str) -> tuple[str, int, int, list[str]]:
    """Delimiter, spreadsheet row, physical line and cells of the row with most known columns."""
    if any(ord(character) < 9 for character in head[:4096]):
        raise BadFile(f"{file} is no text table. Export the results as CSV (UTF-8) and load that.")
    best: tuple[int, str, int, int, list[str]] | None = None
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        try:
            for row, cells in enumerate(islice(reader, HEADER_WITHIN_ROWS), start=1):
                known = recognise(cells)
                if known and (best is None or known > best[0]):
                    best = (known, delimiter, row, reader.line_num, cells)
        except csv.Error:
            continue
    if best is None:
        if _is_fixed_width(head):
            raise BadFile(f"{file} is a fixed-width file. Export it with commas (CSV) and load that.")
        raise BadFile(_no_header_words(file))
    _, delimiter, row, line, headers = best
    if len(headers) > MAXIMUM_COLUMNS:
        raise BadFile(f"{file} has more than {MAXIMUM_COLUMNS:,} columns. Keep the columns to load.")
    return delimiter, row, line, headers


def _is_fixed_width(head: str) -> bool:
    lines = [line for line in head.splitlines()[1:HEADER_WITHIN_ROWS] if line.strip()]
    return len(lines) > 1 and len({len(line) for line in lines}) == 1 and all("  " in line for line in lines)


def _no_header_words(file: str) -> str:
    return (
        f"{file} has no row of column names among its first {HEADER_WITHIN_ROWS} rows that this program "
        f"knows. "
        "Name the columns student_id, teacher_id, grade, subject, school_year, assessment, date and score, "
        "or say which is which, as in student_id=column:Pupil No."
    )


def _no_text_words(file: str) -> str:
    return f"{file} is no text that can be read. Save it again as CSV (UTF-8)."


def _rows(source: Source) -> Iterator[list[str]]:
    """The header and the rows under it, blank lines as rows without cells."""
    csv.field_size_limit(MAXIMUM_CELL)
    last = source.skip
    strict = _closes_its_quotes(source)
    try:
        with source.path.open(encoding=source.encoding, newline="") as text:
            reader = csv.reader(text, delimiter=source.delimiter, strict=strict)
            for row, cells in enumerate(reader, start=1):
                last = row
                if row >= source.header_row:
                    yield cells
    except csv.Error as error:
        if "field larger" in str(error):
            raise BadFile(
                f"Row {last + 1} of {source.file} holds a cell of more than {MAXIMUM_CELL:,} characters. "
                "Look there for a quotation mark that is not closed, or delete the cell, and load the "
                "file again."
            ) from error
        raise BadFile(
            f"{source.file} cannot be read after row {last}. Save it again as CSV (UTF-8)."
        ) from error
    except UnicodeError as error:
        raise BadFile(_no_text_words(source.file)) from error


def _closes_its_quotes(source: Source) -> bool:
    """Whether every quotation mark is used as CSV means it; raises `BadFile` where one stays open."""
    csv.field_size_limit(MAXIMUM_CELL)
    last = 0
    try:
        with source.path.open(encoding=source.encoding, newline="") as text:
            for last, _ in enumerate(csv.reader(text, delimiter=source.delimiter, strict=True), start=1):  # noqa: B007
                pass
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise BadFile(
                f"Row {last + 1} of {source.file} opens a quotation mark that is never closed. "
                "Close or delete it and load the file again."
            ) from error
        return False
    except UnicodeError as error:
        raise BadFile(_no_text_words(source.file)) from error
    return True


def write_rows(rows: Iterable[Sequence[str]], target: Path, *, width: int) -> None:
    """Write rows as regular CSV of one width and one more cell for any overflow."""
    with target.open("w", encoding="utf-8", newline="") as file:
        _write_text(rows, file, width=width)


def _write_text(rows: Iterable[Sequence[str]], file: TextIO, *, width: int) -> None:
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for cells in rows:
        clean = [" ".join(cell.split("\n")).replace("\r", " ").replace("\0", "") for cell in cells]
        overflow = " ".join(clean[width:]).strip()
        writer.writerow([*clean[:width], *[""] * (width - len(clean)), overflow])
