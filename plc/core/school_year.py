"""School years and grades as schools write them.

A school year is the calendar year in which it ends: 2026 is 2025-26.
"""

from __future__ import annotations

import re

_SPAN = re.compile(r"^\D*(\d{4})\s*[-/–]\s*(\d{2}|\d{4})\D*$")
_SINGLE = re.compile(r"^(\d{4})(?:\.0)?$")

# Grades are whole numbers: -2 and -1 before kindergarten, 0 kindergarten, 1 to 12.
LOWEST_GRADE, HIGHEST_GRADE = -2, 13
GRADE_WORDS = {
    "k": 0, "kg": 0, "kf": 0, "kindergarten": 0, "gradek": 0,
    "pk": -1, "tk": -1, "prek": -1, "prekindergarten": -1,
}  # fmt: skip


def parse_school_year(text: str) -> int | None:
    """The ending year of `2026`, `2025-26`, `2025-2026` or `SY 2025/26`; None if it is neither."""
    text = text.strip()
    if single := _SINGLE.match(text):
        return int(single.group(1))
    if span := _SPAN.match(text):
        begin, end = int(span.group(1)), span.group(2)
        year = int(end) if len(end) == 4 else (begin // 100) * 100 + int(end)
        year += 100 if year < begin else 0
        return year if year == begin + 1 else None
    return None


def school_year_words(ending: int) -> str:
    """`2025-26` for 2026."""
    return f"{ending - 1}-{ending % 100:02d}"


def parse_grade(text: str) -> int | None:
    """The grade number of `06`, `6`, `6th`, `Grade 6`, `K`, `PK`; None if it is none of these."""
    plain = re.sub(r"[^a-z0-9.-]", "", text.lower())
    if plain in GRADE_WORDS:
        return GRADE_WORDS[plain]
    match = re.fullmatch(r"(?:grade|gr)?(-?\d{1,2})(?:\.0)?(?:st|nd|rd|th)?(?:grade)?", plain)
    if match is None:
        return None
    grade = int(match.group(1))
    return grade if LOWEST_GRADE <= grade <= HIGHEST_GRADE else None


def grade_words(grade: int) -> str:
    """`kindergarten`, `grade 6`."""
    early = {-2: "early pre-kindergarten", -1: "pre-kindergarten", 0: "kindergarten"}
    return early.get(grade, f"grade {grade}")
