"""Subjects and grades as vendors spell them, brought to the words the loaded roster uses."""

from __future__ import annotations

import re
from collections.abc import Collection

from plc.core.school_year import parse_grade
from plc.results.vocabulary import plain

# Spellings of one subject, the one used when nothing is loaded yet first. Met in rosters, gradebooks,
# vendor files and state files; a course called `Reading 4` is told by its first word.
_SUBJECTS = (
    ("math", "maths", "mathematics", "mathematic"),
    (
        "reading", "ela", "english", "english language arts", "english/language arts", "language arts",
        "english/reading", "reading/language arts", "literacy", "language", "ela/literacy", "language usage",
        "reading (english)", "early literacy",
    ),
    ("science", "general science", "sciences", "science k-12"),
    ("social studies", "history", "history/social studies", "social science"),
)  # fmt: skip
_FIRST_WORDS = {
    "math": "math", "maths": "math", "mathematics": "math", "algebra": "math", "geometry": "math",
    "precalculus": "math", "calculus": "math", "prealgebra": "math", "reading": "reading", "ela": "reading",
    "english": "reading", "literacy": "reading", "science": "science", "biology": "science",
    "chemistry": "science", "physics": "science",
}  # fmt: skip
_WORD_GRADES = (
    (
        "zero", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ),
    (
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ),
)  # fmt: skip
_GRADE_WORDS = {
    "kindergarten": "K", "transitionalkindergarten": "PK", "prekindergarten": "PK", "pr": "PK", "ppk": "PK",
    "ee": "PK", "infanttoddler": "-2", "it": "-2", "preschool": "PK", "kgf": "K", "kfth": "K",
}  # fmt: skip


def subject_words(text: str, roster: Collection[str]) -> str:
    """The roster's spelling of a subject if it has exactly one; else this program's; else the text itself."""
    own = text.strip().lower()
    spelled = next((names for names in _SUBJECTS if plain(own) in map(plain, names)), None)
    if spelled is None:
        first = re.match(r"(?:pre-)?[a-z]+", own)
        known = _FIRST_WORDS.get(plain(first.group())) if first else None
        if known is None or own.startswith("english as") or own in roster:
            return own
        spelled = next(names for names in _SUBJECTS if names[0] == known)
    if own in roster:
        return own
    there = [name for name in roster if plain(name) in map(plain, spelled)]
    return there[0] if len(there) == 1 else spelled[0]


def grade_label(text: str) -> str:
    """A grade as this program reads it: words become numbers, a list of one grade that grade."""
    if parse_grade(text) is not None:
        return text
    word = plain(text).removesuffix("grade").removeprefix("grade")
    if word in _GRADE_WORDS:
        return _GRADE_WORDS[word]
    for words in _WORD_GRADES:
        if word in words[1:]:
            return str(words.index(word))
    return text
