"""The columns of a wide file that hold scores: one by one, by families of headers, or in repeated blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from plc.core.errors import BadFile
from plc.results.formats.description import Measure
from plc.results.formats.expressions import Scope, compile_value, header_of, number_sql
from plc.results.formats.raw import special_rows
from plc.results.formats.recognition import FoundFile, header_words
from plc.results.vocabulary import plain


@dataclass(frozen=True, slots=True)
class Measured:
    """One score of every row: the SQL of its columns, and under which header it stands."""

    measure: Measure
    place: int
    header: str
    columns: Mapping[str, str]
    headers: Mapping[str, str]


def file_constants(found: FoundFile, finds: Sequence[tuple[str, re.Pattern[str]]]) -> dict[str, str]:
    """What a file says once: its name, `key: value` lines above the header, words of a header it has once."""
    constants = {"@file": PurePath(found.file).stem}
    for row in found.head.above:
        cells = [cell.strip() for cell in row]
        if len(cells) > 1 and cells[0]:
            constants.setdefault(f"@preamble.{plain(cells[0])}", cells[1])
    for name, pattern in finds:
        hits = {
            hit.group(1) for header in found.head.headers if (hit := pattern.search(header_words(header)))
        }
        if len(hits) == 1:
            constants[f"@found.{name}"] = hits.pop()
    return constants


def find_measures(measures: Sequence[Measure], found: FoundFile, scope: Scope) -> list[Measured]:
    """Every score column of a file. Raises `BadFile` when columns that belong together were moved apart."""
    measured: list[Measured] = []
    for measure in measures:
        for column, constants, cells, groups in _instances(measure, found):
            inner = scope.inside(constants, cells, groups)
            columns = {
                name: sql for name, value in measure.columns.items() if (sql := compile_value(value, inner))
            }
            for name in ("score", "max_score"):
                if name in columns:
                    columns[name] = number_sql(columns[name], delimiter=found.head.delimiter)
            headers = {
                name: header for name, value in measure.columns.items() if (header := header_of(value, inner))
            }
            if ("score" in measure.columns and "score" not in columns) or any(
                name not in columns for name in measure.needs
            ):
                continue
            place = column if column is not None else -1
            header = headers.get("score", found.head.headers[column] if column is not None else "score")
            measured.append(Measured(measure, place, header, columns, headers))
    return measured


# Column, constants, cells and groups of one score of every row.
_Instance = tuple[int | None, dict[str, str], dict[str, str], dict[str, str]]


def _instances(measure: Measure, found: FoundFile) -> Iterator[_Instance]:
    if measure.repeat:
        yield from _blocks(measure, found)
    elif measure.each is not None:
        yield from _family(measure, measure.each, found)
    else:
        yield None, {}, {}, {}


def _blocks(measure: Measure, found: FoundFile) -> Iterator[_Instance]:
    headers = [plain(header) for header in found.head.headers]
    block = [plain(name) for name in measure.repeat]
    starts = [place for place in range(len(headers)) if headers[place : place + len(block)] == block]
    # Headers of a block that stand on their own elsewhere would be joined to the wrong ones.
    if max(headers.count(name) for name in block) != len(starts):
        raise BadFile(
            f"The columns {', '.join(measure.repeat)} of {found.file} no longer stand side by side, so what "
            "belongs together cannot be told. Export the file again and leave its columns as they are."
        )
    for start in starts:
        cells = {f"@{name}": f"c{start + place}" for place, name in enumerate(measure.repeat)}
        yield start, {}, cells, {}


def _family(measure: Measure, each: re.Pattern[str], found: FoundFile) -> Iterator[_Instance]:
    special = special_rows(found)
    headers = found.head.headers
    for place, header in enumerate(headers):
        hit = each.search(header_words(header))
        if hit is None:
            continue
        rows = {f"@row.{name}": _cell(cells, place) for name, (_, cells) in special.items()}
        above = {
            f"@above.{distance}": _cell(row, place)
            for distance, row in enumerate(reversed(found.head.above), start=1)
        }
        groups = {name: text for name, text in hit.groupdict().items() if text is not None}
        named = {f"@group.{name}": text for name, text in groups.items()}
        constants = {"@header": header.strip(), **rows, **above, **named}
        if measure.unless and measure.unless[1].search(constants.get(measure.unless[0], "")):
            continue
        cells = {"@cell": f"c{place}"}
        if measure.followed_by is not None:
            after = headers[place + 1].strip() if place + 1 < len(headers) else ""
            if not measure.followed_by.search(after):
                raise BadFile(
                    f"The column after {header.strip()[:40]} of {found.file} is not the one that belongs "
                    "to it. Export the file again and leave its columns as they are."
                )
            cells["@next"] = f"c{place + 1}"
            constants["@next_header"] = after
        yield place, constants, cells, groups


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
