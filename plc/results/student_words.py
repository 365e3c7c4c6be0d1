"""Keeps students out of words: no id of the roster and no name this installation knows may stand in a text
that leaves its author.

What cannot be known here (a name that was never loaded) cannot be found; the screens say so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import ClassVar, Final

from plc.core.errors import PlcError
from plc.core.free_text import kept_words, seen_words
from plc.database import Database
from plc.database.sql import load_sql
from plc.results.pseudonyms import open_pseudonyms
from plc.results.student_names import every_kept_name

# Shorter numbers are grades, minutes, pages and years.
SHORTEST_NUMBER: Final = 5
SHORTEST_MIXED: Final = 4
_PIECE: Final = re.compile(r"[^\W_]+")
_WHOLE: Final = re.compile(r"[^\s,;()\[\]\"'“”]+")


class NamesStudent(PlcError):
    """A field holds a student's id or name; the message says which field, never what stands there."""

    code: ClassVar[str] = "names_student"


def shareable_words(database: Database, words: str, field: str, *, most: int) -> str:
    """The words as they are kept (`plc.core.free_text.kept_words`), without a student in them.

    Asked for before a unit of work that writes, since the first use makes the key of ids. Raises `TooLong`
    and `NamesStudent`, naming `field`.
    """
    said = kept_words(words, field, most=most)
    require_no_students(database, {field: said})
    return said


def require_no_students(database: Database, texts: Mapping[str, str | None]) -> None:
    """Raise `NamesStudent` if a text, by the name of its field, holds a student's id or known name."""
    found = fields_with_students(database, texts)
    if found:
        places = " and ".join(f"“{name}”" for name in found)
        raise NamesStudent(
            f"{places} {'holds' if len(found) == 1 else 'hold'} a student's name or number. Take it out, or"
            " write “a student”; in a file, rename it or cover the name. Nothing was saved."
        )


def fields_with_students(database: Database, texts: Mapping[str, str | None]) -> list[str]:
    """The names of the fields that hold a student's id or known name."""
    # Digits of another alphabet and signs nobody sees would hide an id from this search alone.
    seen = {name: unicodedata.normalize("NFKC", seen_words(text)) for name, text in texts.items() if text}
    if not seen:
        return []
    candidates = {name: _candidates(text) for name, text in seen.items()}
    known = _known_ids(database, set().union(*candidates.values()))
    names = known_student_names(database)
    return [name for name, text in seen.items() if candidates[name] & known or _holds_name(text, names)]


def known_student_names(database: Database) -> frozenset[tuple[str, ...]]:
    """The students' names this installation knows, each as its parts in lower case.

    A name of one part is left out: it is a word like others.
    """
    parts = (tuple(part.lower() for part in _PIECE.findall(name)) for name in every_kept_name(database))
    return frozenset(name for name in parts if len(name) > 1)


def _candidates(text: str) -> set[str]:
    """Everything in a text that could be an id, also without the leading zeros spreadsheets drop."""
    pieces = {piece.strip(".:!?-") for piece in _WHOLE.findall(text)} | set(_PIECE.findall(text))
    ids = {piece for piece in pieces if _could_be_id(piece)}
    return ids | {piece.lstrip("0") for piece in ids if piece.lstrip("0")}


def _could_be_id(piece: str) -> bool:
    if piece.isdigit():
        return len(piece) >= SHORTEST_NUMBER
    has_digit = any(character.isdigit() for character in piece)
    return "@" in piece or (has_digit and len(piece) >= SHORTEST_MIXED)


def _known_ids(database: Database, candidates: set[str]) -> set[str]:
    if not candidates:
        return set()
    ids = sorted(candidates)
    hidden = open_pseudonyms(database).hide(ids)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("results", "student_ids_known"), {"pseudonyms": hidden}).fetchall()
    known = {pseudonym for (pseudonym,) in rows}
    return {spelling for spelling, pseudonym in zip(ids, hidden, strict=True) if pseudonym in known}


def _holds_name(text: str, names: frozenset[tuple[str, ...]]) -> bool:
    """Whether all parts of a name stand next to each other, in either order."""
    words = [word.lower() for word in _PIECE.findall(text)]
    return any(
        tuple(words[start : start + len(name)]) in (name, name[::-1])
        for name in names
        for start in range(len(words) - len(name) + 1)
    )
