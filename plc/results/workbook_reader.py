"""Reads a workbook in a process of its own, which alone ends when a sheet asks for more memory than there is.

Run as a script with the workbook's path. Every line written is one JSON value: a sheet's name, then lists of
its rows of text, and at the end how it went (`{"ended": ...}`). A line of the end that never comes means
that the process died. Nothing of this program is imported here, so that it starts within a moment.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

# The reader holds a sheet in memory as a full rectangle, about 50 bytes a cell.
MAXIMUM_CELLS: Final = 30_000_000
# What the rectangle of so many cells takes twice over, as the reader fills it.
MAXIMUM_MEMORY_BYTES: Final = 3 * 1024**3
# A sheet of that many cells is read within about a minute.
MAXIMUM_CPU_SECONDS: Final = 180
# As much text as a district's yearly export has in all its tables.
MAXIMUM_TEXT: Final = 1024**3
# The longest text Excel itself allows in a cell.
MAXIMUM_CELL_TEXT: Final = 32_767
_CELLS_A_LINE: Final = 20_000
READ, DAMAGED, LARGE, LONG = "read", "damaged", "large", "long"


class _Refused(Exception):
    """Why the workbook is read no further: `LARGE` or `LONG`."""


def main(path: str) -> None:
    """Write the workbook's sheets as lines, and how it ended."""
    _limit()
    ended = READ
    try:
        for line in _lines(path):
            print(line)
    except _Refused as refused:
        ended = str(refused)
    except MemoryError:
        ended = LARGE
    except (CalamineError, OSError, ValueError):
        ended = DAMAGED
    print(json.dumps({"ended": ended}), flush=True)


def _limit() -> None:
    # Where memory runs out all the same, this process is to go and not the one that serves people.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    with suppress(ImportError, OSError, ValueError):  # no such limits on this system
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MAXIMUM_CPU_SECONDS, MAXIMUM_CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MAXIMUM_MEMORY_BYTES, MAXIMUM_MEMORY_BYTES))


def _lines(path: str) -> Iterator[str]:
    written = 0
    with CalamineWorkbook.from_path(path) as workbook:
        for sheet_name in workbook.sheet_names:
            yield json.dumps(sheet_name)
            for line in map(json.dumps, _batches(workbook, sheet_name)):
                written += len(line)
                if written > MAXIMUM_TEXT:
                    raise _Refused(LARGE)
                yield line


def _batches(workbook: CalamineWorkbook, sheet_name: str) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    cells = waiting = 0
    for row in workbook.get_sheet_by_name(sheet_name).iter_rows():
        cells += len(row)
        waiting += len(row)
        if cells > MAXIMUM_CELLS:
            raise _Refused(LARGE)
        rows.append([_text(cell) for cell in row])
        if waiting >= _CELLS_A_LINE:
            yield rows
            rows, waiting = [], 0
    if rows:
        yield rows


def _text(cell: object) -> str:
    match cell:
        case str():
            if len(cell) > MAXIMUM_CELL_TEXT:
                raise _Refused(LONG)
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


if __name__ == "__main__":
    main(sys.argv[1])
