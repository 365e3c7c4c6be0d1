"""Whether the results of a class in a test are others than they were, and of how many students at least.

A signature is a word for all of them and, after a sign, one for each eighth of the students: the words of so
many eighths differ as students changed, or fewer.
"""

from __future__ import annotations

from typing import Final

from plc.core.disclosure import LOWEST_MINIMUM
from plc.inquiry.effect_steps import FEW_STUDENTS

# Between the word for all and those of the eighths, as `effect_signature.sql` puts it.
_PARTS: Final = "#"


def is_other(before: str, now: str) -> bool:
    """Whether the results of a class are others; an empty signature stands for none."""
    return _whole(before) != _whole(now)


def is_largely_other(before: str, now: str) -> bool:
    """Whether those of enough students are others, so that what one child changed is not taken for a class.

    A signature of a class that is not there, or was kept without its eighths, is of everybody.
    """
    if not is_other(before, now):
        return False
    old, new = _eighths(before), _eighths(now)
    if not old or not new:
        return True
    parts = old.keys() | new.keys()
    changed = sum(old.get(one) != new.get(one) for one in parts)
    few = before.startswith(FEW_STUDENTS) or now.startswith(FEW_STUDENTS)
    return changed >= LOWEST_MINIMUM or (changed == len(parts) and not few)


def _whole(signature: str) -> str:
    return signature.removeprefix(FEW_STUDENTS).partition(_PARTS)[0]


def _eighths(signature: str) -> dict[str, str]:
    words = signature.removeprefix(FEW_STUDENTS).partition(_PARTS)[2]
    return dict(word.split(":", 1) for word in words.split(",")) if words else {}
