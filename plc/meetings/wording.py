"""What may be written in a meeting: words of some length, and nothing that names a student."""

from __future__ import annotations

import re
import uuid
from typing import Final

from plc.core.errors import PlcError
from plc.core.free_text import NOTE, kept_words
from plc.database import Database
from plc.results.student_words import require_no_students

LONGEST_WORDS: Final = NOTE
_ID: Final = re.compile(r"[0-9a-f]{32}")


def checked_words(database: Database, words: str, *, what: str) -> str:
    """The words without the blanks around them; `what` names them in an error: "your observation".

    Raises `PlcError` when they are empty or too long, or hold a student's id or known name.
    """
    words = kept_words(words, what, most=LONGEST_WORDS)
    if not words:
        raise PlcError(f"There is nothing in {what} yet. Write a line, then send it.")
    require_no_students(database, {what: words})
    return words


def known_id(chosen: str | None) -> str:
    """The id a device chose for what it sends, so that sending twice keeps one; a new one without it.

    Raises `PlcError` unless it is 32 hexadecimal digits.
    """
    if chosen is None:
        return uuid.uuid4().hex
    if not _ID.fullmatch(chosen):
        raise PlcError("This device sent something that cannot be told from the rest. Reload the page.")
    return chosen
