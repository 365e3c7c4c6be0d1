"""Whether those who tried a practice began where those who did not began (WWC Handbook 5.0)."""

from __future__ import annotations

from dataclasses import dataclass

from plc.statistics.effect_options import BASELINE_ADJUSTABLE, BASELINE_SATISFIED
from plc.statistics.effect_size import omega

ALIKE = "alike at the start"
ADJUSTED = "different at the start, and adjusted for"
UNADJUSTED = "different at the start"
TOO_DIFFERENT = "too different at the start to compare"


@dataclass(frozen=True, slots=True)
class BaselineDifference:
    """Difference at the start (tried less others) in pooled SD of the students compared, and the verdict."""

    g: float
    verdict: str
    equivalent: bool


def baseline_difference(difference: float, sd: float, *, students: int, adjusted: bool) -> BaselineDifference:
    """|g| up to 0.05 is alike, up to 0.25 alike once adjusted for, beyond that not comparable.

    `difference` and `sd` in the same units; `adjusted` says whether the estimate takes the start into account
    (a starting point in the model, or each class compared with itself before).
    """
    g = omega(max(students - 2, 2)) * difference / sd
    size = abs(g)
    if size <= BASELINE_SATISFIED:
        return BaselineDifference(g, ALIKE, True)
    if size <= BASELINE_ADJUSTABLE:
        return BaselineDifference(g, ADJUSTED if adjusted else UNADJUSTED, adjusted)
    return BaselineDifference(g, TOO_DIFFERENT, False)
