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
    student_key, student_id): the student each text means, and her id on the roster where it is another."""
    columns, headers = [name for name, _ in candidates], dict(candidates)
    rows = count(cursor, f"select count(*) from {table}")
    filled = {name: count(cursor, f"select count({name}) from {table}") for name in columns}
    most = max(columns, key=lambda name: filled[name])
    first = next((name for name in columns if 2 * filled[name] >= rows), most)
    _put_found(cursor, [], [], [])
    if not count(cursor, "select count(*) from student"):
        return ChosenId(first, headers[first], ())
    _spell(cursor, table, columns, pseudonyms)
    make_table(cursor, "id_match", load_sql("results", "id_matches"))
    rates = cursor.execute(load_sql("results", "id_match_rates")).fetchall()
    best = max(
        rates,
        key=lambda row: (row[4], -columns.index(row[0]), row[1] == "student_id", row[1]),
        default=(first, "student_id", 0, count(cursor, f"select count(distinct {first}) from {table}"), 0),
    )
    column, id_type, found, spellings, found_rows = best
    header = headers[column]
    if found_rows < LEAST_RATE * rows:
        words = (
            f"Only {found} of {spellings} students of this file are on the roster by {header}, and by no "
            "other id column more. If another column holds their ids, answer student_id=column:NAME."
        )
        return ChosenId(first, headers[first], (file_note(file, "few_students_found", words, header),))
    _find(cursor, column, id_type, pseudonyms)
    by = "" if id_type == "student_id" else f", as the roster's {id_type} id"
    words = f"{found} of {spellings} students were found on the roster by {header}{by}."
    return ChosenId(column, header, (file_note(file, "students_found_by", words, header),))


def _spell(cursor: Cursor, table: str, columns: Sequence[str], pseudonyms: Pseudonyms) -> None:
    each = " union all ".join(
        f"select '{name}' as candidate, {name} as text, count(*) as text_rows from {table} "
        f"where {name} is not null group by {name}"
        for name in columns
    )
    found = cursor.execute(f"select * from ({each}) order by candidate, text").fetchall()
    texts = [row[1] for row in found]
    put_table(
        cursor,
        "id_spelling",
        {
            "candidate": (pa.string(), [row[0] for row in found]),
            "text": (pa.string(), texts),
            "text_rows": (pa.int64(), [row[2] for row in found]),
            "pseudonym": (pa.string(), pseudonyms.hide(texts)),
            "pseudonym_unpadded": (pa.string(), pseudonyms.hide(unpadded(text) for text in texts)),
        },
    )


def _find(cursor: Cursor, column: str, id_type: str, pseudonyms: Pseudonyms) -> None:
    rows = cursor.execute(
        "select m.text, m.student_key, s.pseudonym from id_match m "
        "join student s on s.student_key = m.student_key "
        "where m.candidate = $column and m.id_type = $id_type order by m.text",
        {"column": column, "id_type": id_type},
    ).fetchall()
    texts, keys = [row[0] for row in rows], [row[1] for row in rows]
    # The roster's own ids are matched as they stand, by the same rule for every import.
    own = texts if id_type == "student_id" else pseudonyms.reveal(row[2] for row in rows)
    _put_found(cursor, texts, keys, own)


def _put_found(cursor: Cursor, texts: Sequence[str], keys: Sequence[int], own: Sequence[str]) -> None:
    put_table(
        cursor,
        "id_found",
        {
            "text": (pa.string(), texts),
            "student_key": (pa.int32(), keys),
            "student_id": (pa.string(), own),
        },
    )


def unpadded(text: str) -> str:
    """An id without the leading zeros that spreadsheets drop."""
    return text.lstrip("0") or "0"
