"""A table nobody recognised, mapped by hand: its header row is found by its looks, its columns are shown
with examples, and a suggestion says what each may be. The person decides.

Columns that name a student or hold other personal data are neither read nor shown.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from plc.core.errors import BadFile
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results.columns import is_student_name
from plc.results.formats.private import is_private
from plc.results.pseudonyms import Pseudonyms
from plc.results.reading import Source
from plc.results.source_text import find_source
from plc.results.tables import RESULTS_FILE
from plc.results.uploads import load_plan, own_folder
from plc.results.vocabulary import parse_status

# Rows looked at for examples and suggestions.
ROWS_LOOKED_AT = 200
EXAMPLES = 3
LONGEST_EXAMPLE = 24
# A column is suggested when at least this share of its cells look the part; marks are mixed with words.
ID_SHARE, DATE_SHARE, SCORE_SHARE = 0.9, 0.8, 0.5
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\s*%?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")
_YEAR = re.compile(r"(19|20)\d\d(-\d\d(\d\d)?)?")
_ID_HEADER = re.compile(r"\b(id|ids|no|nr|num|number|code|sis|ref)\b|id$", re.IGNORECASE)
_FILE = "examples.json"


@dataclass(frozen=True, slots=True)
class ColumnExample:
    """A header, the first different values under it, and what it may be (None: no idea)."""

    header: str
    examples: tuple[str, ...]
    suggested: str | None


def find_any_table(cursor: Cursor, path: Path, *, file: str) -> Source:
    """The table of a file none of whose columns is known. Raises `BadFile` when there is none."""
    source = find_source(cursor, path, _looks_like_headers, file=file)
    rows = _first_rows(cursor, source)
    if not any(sum(bool(cell.strip()) for cell in cells) > 1 for cells in rows):
        raise BadFile(f"{file} holds no table with a row of column names and rows below it.")
    return source


def write_examples(cursor: Cursor, changes: Path, source: Source, pseudonyms: Pseudonyms) -> None:
    """Keep what stands in the columns of an upload that still has questions open."""
    rows = _first_rows(cursor, source)
    values = {
        header.strip(): [
            cells[place].strip() for cells in rows if place < len(cells) and cells[place].strip()
        ]
        for place, header in enumerate(source.headers)
        if header.strip() and not is_private(header) and not is_student_name(header, RESULTS_FILE)
    }
    suggested = _suggest(cursor, values, pseudonyms)
    listed = [
        ColumnExample(header, _examples(cells), suggested.get(header)) for header, cells in values.items()
    ]
    (changes / _FILE).write_text(json.dumps([asdict(one) for one in listed]), encoding="utf-8")


def column_examples(database: Database, viewer: Viewer, upload_id: str) -> tuple[ColumnExample, ...]:
    """The columns of a staged upload with examples; empty when nothing is left to ask. Raises `NotFound`."""
    viewer.require(Permission.RESULTS_UPLOAD)
    folder = own_folder(database, upload_id, viewer=viewer)
    path = folder / load_plan(folder).changes / _FILE
    if not path.exists():
        return ()
    return tuple(
        ColumnExample(one["header"], tuple(one["examples"]), one["suggested"])
        for one in json.loads(path.read_text(encoding="utf-8"))
    )


def _looks_like_headers(cells: Sequence[str]) -> int:
    """How many different words a row holds: names of columns are no numbers, dates or repeats."""
    words = [cell.strip() for cell in cells if cell.strip()]
    named = {word for word in words if not _NUMBER.fullmatch(word) and not _DATE.fullmatch(word)}
    return len(named) if len(words) > 1 and 2 * len(named) > len(words) else 0


def _first_rows(cursor: Cursor, source: Source) -> list[list[str]]:
    if source.form == "parquet":
        found = cursor.execute(
            "select * from read_parquet($path) limit $rows",
            {"path": str(source.path), "rows": ROWS_LOOKED_AT},
        ).fetchall()
        return [["" if cell is None else str(cell) for cell in row] for row in found]
    try:
        with source.path.open(encoding=source.encoding, newline="") as text:
            reader = csv.reader(text, delimiter=source.delimiter)
            below = (cells for cells in reader if reader.line_num > source.skip)
            return list(islice(below, ROWS_LOOKED_AT))
    except (csv.Error, UnicodeError):
        # The reading itself says what is wrong with such a file.
        return []


def _examples(cells: Sequence[str]) -> tuple[str, ...]:
    different = list(dict.fromkeys(cells))[:EXAMPLES]
    return tuple(
        cell if len(cell) <= LONGEST_EXAMPLE else cell[: LONGEST_EXAMPLE - 1] + "…" for cell in different
    )


def _suggest(cursor: Cursor, values: Mapping[str, Sequence[str]], pseudonyms: Pseudonyms) -> dict[str, str]:
    """What each column may be: one student id, one date, any number of scores."""
    suggested: dict[str, str] = {}
    if student := _student_column(cursor, values, pseudonyms):
        suggested[student] = "student_id"
    dates = [header for header, cells in values.items() if _share(cells, _DATE) >= DATE_SHARE]
    if len(dates) == 1 and dates[0] not in suggested:
        suggested[dates[0]] = "date"
    for header, cells in values.items():
        if header not in suggested and header not in dates and _holds_scores(cells):
            suggested[header] = "score"
    return suggested


def _student_column(
    cursor: Cursor, values: Mapping[str, Sequence[str]], pseudonyms: Pseudonyms
) -> str | None:
    """The column most of whose values are students of the roster; else the first that looks like ids."""
    known = {header: _known_share(cursor, cells, pseudonyms) for header, cells in values.items() if cells}
    best = max(known, key=known.__getitem__, default=None)
    if best is not None and known[best] >= ID_SHARE / 2:
        return best
    return next(
        (
            header
            for header, cells in values.items()
            if _ID_HEADER.search(header)
            and len(set(cells)) >= ID_SHARE * len(cells) > 0
            and all(" " not in cell and any(letter.isdigit() for letter in cell) for cell in cells)
        ),
        None,
    )


def _known_share(cursor: Cursor, cells: Sequence[str], pseudonyms: Pseudonyms) -> float:
    texts = list(dict.fromkeys(cells))
    hidden = pseudonyms.hide(texts)
    unpadded = pseudonyms.hide(text.lstrip("0") or "0" for text in texts)
    found = cursor.execute(
        load_sql("results", "known_students"), {"pseudonyms": hidden, "unpadded": unpadded}
    ).fetchall()[0][0]
    return float(found) / len(texts)


def _holds_scores(cells: Sequence[str]) -> bool:
    marks = [cell for cell in cells if parse_status(cell) is None]
    return bool(marks) and _share(marks, _NUMBER) >= SCORE_SHARE and _share(marks, _YEAR) < DATE_SHARE


def _share(cells: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(pattern.fullmatch(cell) is not None for cell in cells) / len(cells) if cells else 0.0
