"""The cells a format reads, as the all-text table `raw_<file>`: `row` of the user's file, `c0`, `c1`, ...

Columns that no description names are never read: names, birth dates, addresses and the like.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plc.core.errors import BadFile, Issue
from plc.database.database import Cursor, DuckDBError
from plc.results.formats.recognition import FoundFile, has_cell, open_found
from plc.results.reading import Source, reading_path, rewrite
from plc.results.steps import make_table
from plc.results.vocabulary import plain


@dataclass(frozen=True, slots=True)
class Table:
    """A table that values are taken from: its SQL name and, per plain header, its columns in order."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str]

    def find(self, header: str) -> str | None:
        """The first column under a header."""
        found = self.columns.get(plain(header))
        return found[0] if found else None


def table_of(found: FoundFile) -> Table:
    """The columns of a file before it is read."""
    columns: dict[str, tuple[str, ...]] = {}
    headers: dict[str, str] = {}
    for place, header in enumerate(found.head.headers):
        columns[plain(header)] = (*columns.get(plain(header), ()), f"c{place}")
        headers[f"c{place}"] = header.strip()
    return Table(f"raw_{found.signature.name}", columns, headers)


def special_rows(found: FoundFile) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Rows under the header that are about the columns, by the name the signature gives them."""
    rows: dict[str, tuple[int, tuple[str, ...]]] = {}
    for name, pattern in found.signature.rows:
        for offset, cells in enumerate(found.head.under):
            if has_cell(cells, pattern):
                rows.setdefault(name, (offset, cells))
    return rows


def read_raw(cursor: Cursor, found: FoundFile, needed: Iterable[str]) -> tuple[Issue, ...]:
    """Make `raw_<file>` with the needed columns. Raises `BadFile` when the file cannot be read to its end."""
    source = open_found(found)
    if not source.regular:
        source = rewrite(source, reading_path(source.path, ".regular.csv"))
    left_out = [source.header_row + 1 + offset for offset, _ in special_rows(found).values()]
    try:
        _read(cursor, found, source, sorted(needed), left_out)
    except DuckDBError:
        # Irregular quotes, ragged rows or long cells: read them one by one.
        source = rewrite(source, reading_path(source.path, ".regular.csv"))
        try:
            _read(cursor, found, source, sorted(needed), left_out)
        except DuckDBError as error:
            raise BadFile(f"{found.file} cannot be read as a table. Save it again as CSV (UTF-8).") from error
    return source.notes


def _read(cursor: Cursor, found: FoundFile, source: Source, needed: list[str], left_out: list[int]) -> None:
    width = len(source.headers)
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width + 1))
    cells = [f"{_clean_sql(column)} as {column}" for column in needed]
    cells.append(f"{_clean_sql(f'c{width}')} as overflow")
    make_table(
        cursor,
        "raw_cells",
        f"select {', '.join(cells)} from read_csv($path, "
        "auto_detect=false, header=false, skip=$skip, delim=$delimiter, quote='\"', escape='\"', "
        f"null_padding=true, strict_mode=true, columns={{{names}}})",
        {"path": str(source.path), "skip": source.skip, "delimiter": source.delimiter},
    )
    blank = " and ".join(f"{column} is null" for column in [*needed, "overflow"])
    make_table(
        cursor,
        f"raw_{found.signature.name}",
        f"select rowid + $first_row as row, * from raw_cells where not ({blank}) "
        "and not list_contains($left_out::bigint[], rowid + $first_row)",
        {"first_row": source.header_row + 1, "left_out": left_out},
    )


def _clean_sql(column: str) -> str:
    # Spreadsheets pad with blanks, tabs and the no-break space (160); text that begins with = is wrapped
    # as ="..." by gradebooks; databases write NULL.
    trimmed = f"nullif(nullif(trim({column}, ' ' || chr(9) || chr(160)), ''), 'NULL')"
    return (
        f"case when starts_with({trimmed}, '=\"') and ends_with({trimmed}, '\"') "
        f"then nullif({trimmed}[3:-2], '') else {trimmed} end"
    )
