"""What a reader must know beside a figure, in whole sentences."""

from __future__ import annotations

from datetime import datetime

from plc.bright_spots.options import MOST_AT_CEILING, MOST_MISSING

SEPARATOR = "\n"

CEILING = (
    f"In some of these classes more than {MOST_AT_CEILING:.0%} of results were at the top of the scale, "
    "so growth there could not show."
)
MISSING = (
    f"In some of these classes more than {MOST_MISSING:.0%} of students had no starting point "
    "and are left out."
)
DISAGREE = (
    "Compared with the district and compared with colleagues of the same school, this points in "
    "opposite directions."
)
ONE_YEAR = (
    "All results are from one school year: what belongs to the teacher and what belongs to the year "
    "cannot be told apart yet, and the figure is pulled in for that."
)
WIDER_PEERS = (
    "Too few teachers taught this grade, so classes of neighbouring grades are part of the comparison."
)
SHARED = "Some of these classes were taught together with a colleague; each carries her share."
FEW_TEACHERS = (
    "With fewer than 60 teachers of a subject, a little more than one such signal in ten is chance."
)


def of_earlier_look(looked_at: datetime) -> str:
    """That a figure is of an earlier look, and what renews it."""
    return (
        f"These figures are of the look of {looked_at:%-d %B %Y}. Results that came since are taken up once"
        " those of three colleagues have changed, so that two looks tell of no colleague's class."
    )


def checks_of_earlier_look(looked_at: datetime) -> str:
    """That what a look says of a subject to everybody is of an earlier one, and what renews it."""
    return (
        f"This is of the look of {looked_at:%-d %B %Y}; results that came since are taken up once those of"
        " four teachers have changed."
    )


def joined(notes: list[str]) -> str:
    """Notes as one text to store."""
    return SEPARATOR.join(notes)


def parted(text: str) -> tuple[str, ...]:
    """Stored notes, one by one."""
    return tuple(note for note in text.split(SEPARATOR) if note)
