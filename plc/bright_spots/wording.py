"""Findings in plain words: what a reader with no statistics should take away.

An effect in student SD becomes a place among 100 students: someone who would have been in the middle
moves ahead of as many as the normal curve holds below the effect.
"""

from __future__ import annotations

from typing import Final

from scipy.special import ndtr

from plc.bright_spots.labels import NOT_ENOUGH, NOT_SETTLED, TOO_FEW_TEACHERS
from plc.bright_spots.options import ScanOptions
from plc.core.disclosure import MINIMUM_STUDENTS

GRADE_BANDS: Final = ("elementary grades", "middle grades", "high school")
# Below this many places out of 100, a middle student has hardly moved.
_NOTICEABLE_PLACES = 2
# Why a label stands without a figure, and what helps.
_WITHOUT_FIGURE: Final = {
    NOT_ENOUGH: (
        f"A figure needs {MINIMUM_STUDENTS} students with an earlier result to start from. This is normal for"
        " a small class or early in the year."
    ),
    TOO_FEW_TEACHERS: (
        "A figure says how these classes stand beside others that took the same tests. With fewer than three"
        " other teachers it would tell how theirs stand."
    ),
    NOT_SETTLED: (
        "The figure came out larger than classes differ by how they are taught, so something else is in it:"
        " scores out of another maximum, say, or results of another class. Look through the uploads, or wait"
        " for more classes to compare with."
    ),
}


def places_among_100(effect: float) -> int:
    """How many of 100 students someone from the middle is ahead of after a shift of `effect` SD."""
    return min(99, max(1, round(100 * float(ndtr(effect)))))


def effect_words(
    effect: float | None, lower: float | None, upper: float | None, *, label: str = NOT_ENOUGH
) -> str:
    """One or two sentences on an effect and how sure it is; where there is none, its label and why."""
    if effect is None or lower is None or upper is None:
        untold = label if label in _WITHOUT_FIGURE else NOT_ENOUGH
        return f"{untold.capitalize()}. {_WITHOUT_FIGURE[untold]}"
    if lower <= 0.0 <= upper:
        return (
            "The results of these classes cannot be told apart from what students with the same starting "
            f"points reach. {_range_words(lower, upper)}"
        )
    if effect < 0.0:
        return (
            "So far the results of these classes are below what students with the same starting points reach "
            f"elsewhere. Many things besides teaching can cause this. {_range_words(lower, upper)}"
        )
    if places_among_100(effect) - 50 < _NOTICEABLE_PLACES:
        return (
            f"A little above what students with the same starting points reach. {_range_words(lower, upper)}"
        )
    return (
        "A student who would be in the middle, given the same starting point, ends up ahead of about "
        f"{places_among_100(effect)} of 100 here. {_range_words(lower, upper)}"
    )


def _range_words(lower: float, upper: float) -> str:
    return f"The data fit anything from {places_among_100(lower)} to {places_among_100(upper)} of 100."


def comparison_words(*, sections: int, teachers: int, peers: str) -> str:
    """`14 classes of 6 teachers, same course and assessments, similar starting points`."""
    if sections == 0:
        return "no other classes yet"
    classes = "1 class" if sections == 1 else f"{sections:,} classes"
    of_teachers = "1 teacher" if teachers == 1 else f"{teachers:,} teachers"
    where = " of the same school" if peers == "school" else ""
    return f"{classes} of {of_teachers}{where}, same course and assessments, similar starting points"


def grade_band(grade: int) -> str:
    """`elementary grades` to grade 5, `middle grades` to 8, then `high school`."""
    return GRADE_BANDS[0 if grade < 6 else 1 if grade < 9 else 2]


def headline_words(*, results: int, sections: int, options: ScanOptions, withheld: tuple[str, ...]) -> str:
    """What a scan looked at, in a line that reads the same whether or not anybody stands out.

    Two looks around a colleague's upload would else tell everybody that she does, before she knows.
    """
    if sections == 0:
        return (
            "Nothing to compare yet. A figure needs results of an assessment that several classes took, and "
            "an earlier result of each student to start from."
        )
    looked = f"Looked at {results:,} results of {sections:,} classes."
    told = (
        "A teacher whose students stand out sees it first, by herself. Up to"
        f" {options.false_discovery_rate:.0%} of bright spots may be chance, and to have none is normal too."
    )
    return " ".join([looked, told, *withheld])
