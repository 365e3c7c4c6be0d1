"""Which column of a file holds the students' ids: every one is tried against every id the roster knows.

The best match is kept if at least half of the students are found by it. Ids without their leading zeros
are found only where exactly one student can be meant.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from plc.core.errors import Issue
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results.issues import file_note
from plc.results.pseudonyms import Pseudonyms
from plc.results.steps import count, make_table, put_table

# Fewer matches than this are chance or another district's file.
LEAST_RATE = 0.5


@dataclass(frozen=True, slots=True)
class ChosenId:
    """The column that holds the ids, and what to tell about it."""

    column: str
    header: str
    notes: tuple[Issue, ...]


def choose_id(
    cursor: Cursor, table: str, candidates: Sequence[tuple[str, str]], pseudonyms: Pseudonyms, *, file: str
) -> ChosenId:
    """Choose among candidate columns (name, header) of a temporary table, and make `id_found` (text,
    student_id): the roster's own id for each text found by another id."""
    columns = [name for name, _ in candidates]
    filled = {name: count(cursor, f"select count({name}) from {table}") for name in columns}
    rows = count(cursor, f"select count(*) from {table}")
    first = next(
        (name for name in columns if 2 * filled[name] >= rows), max(columns, key=lambda name: filled[name])
    )
    headers = dict(candidates)
    put_table(cursor, "id_found", {"text": (pa.string(), []), "student_id": (pa.string(), [])})
    if not count(cursor, "select count(*) from student"):
        return ChosenId(first, headers[first], ())
    _spell(cursor, table, columns, pseudonyms)
    make_table(cursor, "id_match", load_sql("results", "id_matches"))
    rates = cursor.execute(load_sql("results", "id_match_rates")).fetchall()
    best = max(
        rates,
        key=lambda row: (row[2] / max(row[3], 1), -columns.index(row[0]), row[1] == "student_id", row[1]),
        default=None,
    )
    if best is None or best[2] < LEAST_RATE * best[3]:
        distinct = count(cursor, f"select count(distinct {first}) from {table}")
        found, of = (best[2], best[3]) if best else (0, distinct)
        words = (
            f"Only {found} of {of} students of this file are on the roster by any id column. If another "
            "column holds their ids, answer student_id=column:NAME."
        )
        return ChosenId(
            first, headers[first], (file_note(file, "few_students_found", words, headers[first]),)
        )
    column, id_type, found, of = best
    _reveal(cursor, column, id_type, pseudonyms)
    by = "" if id_type == "student_id" else f", as the roster's {id_type} id"
    words = f"{found} of {of} students were found on the roster by {headers[column]}{by}."
    return ChosenId(column, headers[column], (file_note(file, "students_found_by", words, headers[column]),))


def _spell(cursor: Cursor, table: str, columns: Sequence[str], pseudonyms: Pseudonyms) -> None:
    each = " union ".join(
        f"select '{name}' as candidate, {name} as text from {table} where {name} is not null"
        for name in columns
    )
    found = cursor.execute(f"select candidate, text from ({each}) order by candidate, text").fetchall()
    texts = [text for _, text in found]
    put_table(
        cursor,
        "id_spelling",
        {
            "candidate": (pa.string(), [candidate for candidate, _ in found]),
            "text": (pa.string(), texts),
            "pseudonym": (pa.string(), pseudonyms.hide(texts)),
            "pseudonym_unpadded": (pa.string(), pseudonyms.hide(unpadded(text) for text in texts)),
        },
    )


def _reveal(cursor: Cursor, column: str, id_type: str, pseudonyms: Pseudonyms) -> None:
    if id_type == "student_id":
        return
    rows = cursor.execute(
        "select m.text, s.pseudonym from id_match m join student s on s.student_key = m.student_key "
        "where m.candidate = $column and m.id_type = $id_type",
        {"column": column, "id_type": id_type},
    ).fetchall()
    own = pseudonyms.reveal(pseudonym for _, pseudonym in rows)
    put_table(
        cursor,
        "id_found",
        {"text": (pa.string(), [text for text, _ in rows]), "student_id": (pa.string(), own)},
    )


def unpadded(text: str) -> str:
    """An id without the leading zeros that spreadsheets drop."""
    return text.lstrip("0") or "0"
