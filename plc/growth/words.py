"""The room's sentences: what a number means, before the number's table."""

from __future__ import annotations

from collections.abc import Sequence

from plc.core.disclosure import NOT_ENOUGH_STUDENTS
from plc.growth.records import CurvePoint, Figure

OWN_YARDSTICK = "by the district's own yardstick"

NEEDS_TWO_YEARS = (
    "This needs two school years of results of the same students."
    " Upload last year's results, and it fills itself."
)
TOO_FEW_FOLLOWED = (
    "The students who were followed are so few that any figure would tell of one of them. More classes or"
    " another year of results can change that."
)
NO_RESULTS = "There are no results yet."
NOT_RELEASED = (
    "Results are in, and figures that cross teams and schools are released with the next look at them."
)


def subject_sentences(
    subject: str, curve: Sequence[CurvePoint], *, relative: bool, on_track: Figure
) -> tuple[str, ...]:
    """What happens to a student who falls behind in this subject, district-wide."""
    if not curve:
        return (f"{subject.capitalize()}: {NOT_ENOUGH_STUDENTS}.",)
    label = f", {OWN_YARDSTICK}" if relative else ""
    first, last = curve[0], curve[-1]
    sentences = [
        f"Of the students who fall behind in {subject}, about {_in_hundred(first.share)} are at level"
        f" a year later{label} (range {_range(first.lower, first.upper)})."
    ]
    if len(curve) > 1:
        years = {2: "two", 3: "three"}.get(last.years, str(last.years))
        sentences.append(
            f"Within {years} years it is about {_in_hundred(last.share)}"
            f" (range {_range(last.lower, last.upper)})."
        )
    if on_track.share is not None:
        sentences.append(
            f"Of those behind, {on_track.words} grew enough last year to reach the level within three years"
            " if they keep growing like that."
        )
    return tuple(sentences)


def own_sentences(
    *, students: float, caught_up: float, expected: float, lower: float, upper: float, exceeds: bool
) -> tuple[str, ...]:
    """A teacher's own figure, in counts of her students."""
    first = (
        f"{caught_up:.0f} of your {students:.0f} students who began a year behind were at level at its end;"
        f" {expected:.0f} would be usual for students who began as far behind."
    )
    chance = (
        "After allowing for chance, that lies between"
        f" {_more(100 * lower)} and {_more(100 * upper)} in every hundred than usual."
    )
    if exceeds:
        return (first, chance, "Your students catch up more often than expected. What do you do for them?")
    return (first, chance)


def _more(number: float) -> str:
    return f"{abs(number):.0f} {'more' if number >= 0 else 'fewer'}"


def _in_hundred(share: float) -> str:
    return f"{100 * share:.0f} in 100"


def _range(lower: float, upper: float) -> str:
    return f"{100 * lower:.0f} to {100 * upper:.0f}"
