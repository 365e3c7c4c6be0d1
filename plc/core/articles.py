"""Which article stands before a figure: "an 86 % chance", "a 74 % chance"."""

from __future__ import annotations

import re
from typing import Final

# Eight, eleven, eighteen and eighty to eighty-nine begin with a vowel's sound; 8.5 does, 110 does not.
_VOWEL: Final = re.compile(r"(8\d?|11|18)(?!\d)")


def with_article(words: str) -> str:
    """The words with "a" or "an" before them, by how their first number is said."""
    return f"{'an' if _VOWEL.match(words) else 'a'} {words}"
