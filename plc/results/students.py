"""Who a student id means: `student_word` (text, number, pseudonym, pseudonym_unpadded, student_key, ...).

An id is matched as written. Without its leading zeros, as spreadsheets leave it, it is matched only where
exactly one student can be meant; otherwise the rows are set aside as ambiguous.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from plc.database.database import Cursor
from plc.results.checks import MAXIMUM_ID
from plc.results.pseudonyms import Pseudonyms
from plc.results.steps import put_table, take_step

# 1.23E+08 is what a spreadsheet makes of a long id: the id itself is lost.
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


def read_students(
    cursor: Cursor, tables: Sequence[str], pseudonyms: Pseudonyms, *, rosters: Sequence[str] = ()
) -> None:
    """Make `student_word` from the distinct ids of staged tables; those in `rosters` say who exists."""
    texts = sorted(_spellings(cursor, (*tables, *rosters)))
    on_roster = _spellings(cursor, rosters)
    unpadded = [text.lstrip("0") or "0" for text in texts]
    hidden = pseudonyms.hide(texts)
    hidden_unpadded = [
        own if text == short else None for text, short, own in zip(texts, unpadded, hidden, strict=True)
    ]
    shortened = [short for short, found in zip(unpadded, hidden_unpadded, strict=True) if found is None]
    again = iter(pseudonyms.hide(shortened))
    put_table(
        cursor,
        "student_spelling",
        {
            "text": (pa.string(), texts),
            "pseudonym": (pa.string(), hidden),
            "pseudonym_unpadded": (pa.string(), [found or next(again) for found in hidden_unpadded]),
            "is_roster": (pa.bool_(), [text in on_roster for text in texts]),
            "unreadable": (pa.bool_(), [not _is_readable(text) for text in texts]),
        },
    )
    take_step(cursor, "student_word")


def _spellings(cursor: Cursor, tables: Sequence[str]) -> set[str]:
    if not tables:
        return set()
    each = [f"select student_id from staged_{table} where student_id is not null" for table in tables]
    return {row[0] for row in cursor.execute(" union ".join(each)).fetchall()}


def _is_readable(text: str) -> bool:
    return len(text) <= MAXIMUM_ID and text[0] not in "=@+" and _SCIENTIFIC.fullmatch(text) is None
