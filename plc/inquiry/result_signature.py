"""Whether the results of a class are others than they were, and of how many students at least.

A state of a class is a number of 64 bits, each byte of which any change in an eighth of its students moves.
The signature of a class in a test is a word for all its results and, after a sign, such a state.
"""

from __future__ import annotations

from typing import Final

from plc.core.disclosure import LOWEST_MINIMUM
from plc.inquiry.effect_steps import FEW_STUDENTS

# Between the word and the state, as `effect_signature.sql` puts it.
_STATE: Final = "#"


def students_changed(before: int, now: int) -> int:
    """Of how many students at least results changed from one state to the next."""
    return sum(byte > 0 for byte in (before ^ now).to_bytes(8, "little"))


def is_other(before: str, now: str) -> bool:
    """Whether the results of a class are others; an empty signature stands for none."""
    return _word(before) != _word(now)


def is_largely_other(before: str, now: str) -> bool:
    """Whether those of enough students are others, so that what one child changed is not taken for a class.

    Of a class that comes or leaves, and of one kept without its state, everybody's are: they are enough where
    they are more than a few.
    """
    if not is_other(before, now):
        return False
    few = before.startswith(FEW_STUDENTS) or now.startswith(FEW_STUDENTS)
    old, new = _state(before), _state(now)
    if not old or not new:
        return not few
    changed = students_changed(old, new)
    return changed >= LOWEST_MINIMUM or (changed == students_changed(old | new, 0) and not few)


def _word(signature: str) -> str:
    return signature.removeprefix(FEW_STUDENTS).partition(_STATE)[0]


def _state(signature: str) -> int:
    words = signature.partition(_STATE)[2]
    return int(words) if words.isdigit() else 0
