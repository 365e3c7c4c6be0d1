"""Words that schools write in place of a value: kinds of assessment, and statuses instead of a score.

A status is never a number and never 0: a student who was absent has no score.
"""

from __future__ import annotations

import re

DEFAULT_KIND = "common"

_KIND_WORDS = {
    "baseline": "baseline", "pretest": "baseline", "pre": "baseline", "diagnostic": "baseline",
    "screener": "baseline", "beginningofyear": "baseline", "boy": "baseline",
    "common": "common", "cfa": "common", "commonassessment": "common", "commonformativeassessment": "common",
    "formative": "common", "unit": "common", "unittest": "common", "quiz": "common",
    "interim": "interim", "benchmark": "benchmark",
    "state": "state", "summative": "state", "statetest": "state",
}  # fmt: skip

SCORED = "scored"
NO_SCORE = "missing_unknown"

# One letter is never a status: `A` is a grade as often as an absence.
# Words met in exports of gradebooks, assessment vendors and state files, and in hand-made sheets.
_STATUS_WORDS = {
    "scored": SCORED, "fullygraded": SCORED, "partiallygraded": SCORED, "graded": SCORED, "complete": SCORED,
    "completed": SCORED, "tested": SCORED, "valid": SCORED, "ok": SCORED,
    "ex": "exempt", "exempt": "exempt", "excused": "exempt", "exc": "exempt",
    "na": "not_applicable", "notapplicable": "not_applicable",
    "null": NO_SCORE, "none": NO_SCORE, "nan": NO_SCORE, "missingunknown": NO_SCORE, "unknown": NO_SCORE,
    "missing": "missing",
    "notturnedin": "not_submitted", "notsubmitted": "not_submitted", "submitted": "not_submitted",
    "incomplete": "not_submitted", "inc": "not_submitted",
    "nottested": "not_tested", "notassessed": "not_tested", "notenrolled": "not_tested", "nt": "not_tested",
    "didnottest": "not_tested", "dnt": "not_tested", "maxscore": "not_tested", "surpassedlevel": "not_tested",
    "insufficienttoscore": "invalid", "insufficienttoscorenoresponse": "invalid", "invalid": "invalid",
    "invalidated": "invalid", "void": "invalid", "deactivated": "invalid", "suppressed": "invalid",
    "notdetermined": "invalid",
    "absent": "absent", "abs": "absent",
}  # fmt: skip

STATUSES = tuple(sorted(set(_STATUS_WORDS.values())))


def plain(text: str) -> str:
    """Lower case, letters and digits only: how headers and labels are compared."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def parse_kind(text: str) -> str | None:
    """The kind of assessment a word stands for; None if unknown."""
    return _KIND_WORDS.get(plain(text))


def parse_status(text: str) -> str | None:
    """The status a word stands for; a dash is no score; None for a number or an unknown word."""
    word = plain(text)
    if not word:
        return NO_SCORE if text.strip(" -–—.*/") == "" else None
    return _STATUS_WORDS.get(word)
