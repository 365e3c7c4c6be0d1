"""Excel workbooks become text tables: every cell as a person reads it, a formula as its saved value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from plc.core.errors import BadFile
from plc.results.archives import check_archive

# The reader holds a sheet in memory as a full rectangle, about 50 bytes a cell.
MAXIMUM_CELLS = 30_000_000
MAXIMUM_XML_BYTES = 600 * 1024**2
# The longest text Excel itself allows in a cell.
MAXIMUM_CELL_TEXT = 32_767
_CHUNK = 4 * 1024**2
_COLUMN = re.compile(rb'r="([A-Z]{1,3})\d')
_ROW = re.compile(rb'r="[A-Z]{0,3}(\d{1,7})"')


def read_sheets(path: Path, *, name: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Each sheet's name and its rows of text, from the sheet's first row on.

    Raises `BadFile` for a damaged, protected or oversized workbook.
    """
    _check_size(path, name=name)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            for sheet_name in workbook.sheet_names:
                rows = workbook.get_sheet_by_name(sheet_name).iter_rows()
                yield sheet_name, [[_text(cell, name=name) for cell in row] for row in rows]
    except (CalamineError, OSError, ValueError) as error:
        raise BadFile(
            f"{name} cannot be read as a workbook. Open it in Excel, save it as CSV (UTF-8), and load that."
        ) from error


def _check_size(path: Path, *, name: str) -> None:
    entries = [entry for entry in check_archive(path, name=name) if entry.filename.endswith(".xml")]
    too_large = BadFile(f"{name} is too large for a workbook. Save the sheet as CSV (UTF-8) and load that.")
    if sum(entry.file_size for entry in entries) > MAXIMUM_XML_BYTES:
        raise too_large
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in entries:
                if "/worksheets/" in f"/{entry.filename}" and _cells(archive, entry) > MAXIMUM_CELLS:
                    raise too_large
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BadFile(f"{name} is damaged. Download or save it again.") from error
    except BadFile:
        raise
    except Exception as error:  # zlib.error: damaged stream
        raise BadFile(f"{name} is damaged. Download or save it again.") from error


def _cells(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Size of the rectangle that the cells of a sheet span: one far cell makes it huge."""
    columns: set[bytes] = set()
    last_row, tail = 0, b""
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            text = tail + chunk
            columns.update(_COLUMN.findall(text))
            last_row = max(last_row, max(map(int, _ROW.findall(text)), default=0))
            tail = text[-32:]
    return last_row * max((_column_number(column) for column in columns), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell: object, *, name: str) -> str:
    match cell:
        case str():
            if len(cell) > MAXIMUM_CELL_TEXT:
                raise BadFile(
                    f"{name} has a cell with more text than a results file needs. Remove it and load again."
                )
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
            return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
