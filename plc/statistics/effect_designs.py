"""The designs of a test, in order of strength, and what the best of each may be called (specification C1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Design(StrEnum):
    """How it was decided which classes try a practice, and when."""

    RANDOMISED = "randomised"
    MATCHED = "matched"
    STAGGERED = "staggered"
    DIFFERENCE = "difference"
    SERIES = "series"
    BEFORE_AFTER = "before and after"


@dataclass(frozen=True, slots=True)
class DesignWords:
    """What a test of this design is called once measured, and what it cannot show."""

    label: str
    cannot_show: str


DESIGN_WORDS: dict[Design, DesignWords] = {
    Design.RANDOMISED: DesignWords(
        "tested once (randomised)",
        "Chance decided which classes tried it, so classes differ only by chance; it says nothing yet of "
        "other teachers, grades or years.",
    ),
    Design.MATCHED: DesignWords(
        "tested once (comparison)",
        "Classes that chose to try it may differ in ways no starting point shows.",
    ),
    Design.STAGGERED: DesignWords(
        "tested once (staggered)",
        "Classes that started later are the comparison, so it shows the time until they started and not "
        "how long a difference lasts.",
    ),
    Design.DIFFERENCE: DesignWords(
        "tested once (before and after, with comparison)",
        "It takes for granted that both groups of classes would have changed alike without the practice.",
    ),
    Design.SERIES: DesignWords(
        "pattern only",
        "Nobody taught without it at the same time: anything else that began then would look the same.",
    ),
    Design.BEFORE_AFTER: DesignWords(
        "not evidence of effect",
        "There is no comparison: classes that start low rise by themselves, and nothing here can tell that "
        "from the practice.",
    ),
}

# Designs whose estimate compares classes that tried the practice with classes that did not.
COMPARED = frozenset({Design.RANDOMISED, Design.MATCHED, Design.STAGGERED, Design.DIFFERENCE})
