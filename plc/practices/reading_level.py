"""How hard a text is to read, as the school grade of a reader who would follow it."""

from __future__ import annotations

import re
from typing import Final

# Shorter texts swing by whole grades with a single word.
FEWEST_WORDS: Final = 30
# A colleague reads a card between two lessons; plain-language guidance asks for grade 8 or lower.
EASY_GRADE: Final = 9.0
_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ']+")
_SENTENCE_END: Final = re.compile(r"[.!?:;\n]+")
_VOWELS: Final = re.compile(r"[aeiouyà-ÿ]+")


def reading_grade(text: str) -> float | None:
    """Flesch-Kincaid grade level (Kincaid et al. 1975, Navy report 8-75); None for a short text."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    syllables = sum(_syllables(word) for word in words)
    return max(0.0, 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


def reading_hint(text: str) -> str:
    """A hint where a text is hard to follow while teaching; empty where it is not, or too short to tell."""
    grade = reading_grade(text)
    if grade is None or grade <= EASY_GRADE:
        return ""
    return (
        f"Reads like grade {grade:.0f}. Shorter sentences and everyday words help a colleague follow it"
        " between two lessons."
    )


def _syllables(word: str) -> int:
    """Vowel groups, without a silent final e."""
    lower = word.lower()
    groups = len(_VOWELS.findall(lower))
    if lower.endswith("e") and not lower.endswith("le") and groups > 1:
        groups -= 1
    return max(groups, 1)
