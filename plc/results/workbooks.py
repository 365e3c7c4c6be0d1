"""Excel workbooks become text tables: every cell as a person reads it, a formula as its saved value.

A small workbook can ask its reader for more memory than any machine has, in more ways than a look at its XML
finds (quotes, names of parts, encodings, texts that many cells share), and the reader then ends its process.
So it reads in a process of its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plc.core.errors import BadFile
from plc.results import workbook_reader
from plc.results.archives import check_archive
from plc.results.workbook_reader import MAXIMUM_CELLS

MAXIMUM_XML_BYTES = 600 * 1024**2
_CHUNK = 4 * 1024**2
_COLUMN = re.compile(rb'r="([A-Z]{1,3})\d')
_ROW = re.compile(rb'r="[A-Z]{0,3}(\d{1,7})"')


def read_sheets(path: Path, *, name: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Each sheet's name and its rows of text, from the sheet's first row on.

    Raises `BadFile` for a damaged, protected or oversized workbook.
    """
    _check_size(path, name=name)
    # A path and not a module: a module would load the whole program first. -P keeps its folder off the path,
    # whose modules are this room's.
    command = [sys.executable, "-P", str(Path(workbook_reader.__file__)), str(path.absolute())]
    with subprocess.Popen(  # noqa: S603 - this program's own script
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as reader:
        try:
            yield from _sheets(reader, name=name)
        finally:
            reader.kill()


def _sheets(reader: subprocess.Popen[bytes], *, name: str) -> Iterator[tuple[str, list[list[str]]]]:
    sheet_name: str | None = None
    rows: list[list[str]] = []
    # A line cut short is a process that died.
    for line in (line for line in reader.stdout or () if line.endswith(b"\n")):
        said: Any = json.loads(line)
        if isinstance(said, list):
            rows += said
            continue
        if isinstance(said, dict) and said["ended"] != workbook_reader.READ:
            raise _refusal(said["ended"], name=name)
        if sheet_name is not None:
            yield sheet_name, rows
        if isinstance(said, dict):
            return
        sheet_name, rows = said, []
    ended = workbook_reader.LARGE if reader.wait() < 0 else workbook_reader.DAMAGED
    raise _refusal(ended, name=name)


def _refusal(ended: str, *, name: str) -> BadFile:
    match ended:
        case workbook_reader.LARGE:
            return BadFile(
                f"{name} is too large for a workbook. Save the sheet as CSV (UTF-8) and load that."
            )
        case workbook_reader.LONG:
            return BadFile(
                f"{name} has a cell with more text than a results file needs. Remove it and load again."
            )
        case _:
            return BadFile(
                f"{name} cannot be read as a workbook. Open it in Excel, save it as CSV (UTF-8), and load"
                " that."
            )


def _check_size(path: Path, *, name: str) -> None:
    entries = [entry for entry in check_archive(path, name=name) if entry.filename.endswith(".xml")]
    too_large = _refusal(workbook_reader.LARGE, name=name)
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
