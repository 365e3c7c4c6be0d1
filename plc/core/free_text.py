"""What people write in their own words: how long it may be, and nothing in it that no reader would see.

Every use case that keeps words takes them through `kept_words`, so that one text can neither fill a screen
nor the database, and a line says to everyone what it says in the database.
"""

from __future__ import annotations

import unicodedata
from typing import ClassVar, Final

from plc.core.errors import PlcError

# Longest texts by what they are, in characters. A name stands in a menu.
NAME: Final = 80
# A title stands in a list of titles.
TITLE: Final = 120
# One line is read from a wall; a practice's first sentence may be a little shorter than that.
LINE: Final = 300
SENTENCE: Final = 160
# A reason, a prediction, an aim: a few sentences.
SENTENCES: Final = 600
# A note is written within a meeting's minute or two.
NOTE: Final = 1_000
# Norms, and what was seen in a visit.
NOTES: Final = 2_000
# A part of a practice card: what is longer belongs in a material.
PAGE: Final = 4_000

# Signs that turn the order of letters around (Unicode TR 36, 3.1), or have no width and part a word unseen.
_UNSEEN: Final = frozenset("\u200b\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TAKEN_OUT: Final = dict.fromkeys(map(ord, _UNSEEN))


class TooLong(PlcError):
    """A text is longer than its field holds; the message names the field and both lengths."""

    code: ClassVar[str] = "too_long"


def kept_words(words: str, field: str, *, most: int) -> str:
    """The words as they are kept: without blanks around them and without signs nobody sees.

    `field` names them in an error, such as "the reason". Raises `TooLong` beyond `most` characters.
    """
    said = seen_words(words).strip()
    if len(said) > most:
        raise TooLong(f"Keep {field} to {most} characters; this has {len(said)}.")
    return said


def seen_words(words: str) -> str:
    """Words without control signs, changes of direction and signs of no width; lines and tabs stay."""
    seen = words.translate(_TAKEN_OUT)
    if seen.isprintable():
        return seen
    return "".join(sign for sign in seen if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
