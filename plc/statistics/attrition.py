"""Whether students or classes that left a randomised test could have made its effect (WWC attrition model).

The model: whether someone stays and how she would do are both partly one hidden trait, more strongly so in
the arm a_T than in a_C; leaving then biases the difference by a_T lambda(left_T) - a_C lambda(left_C),
lambda(p) the mean of a standard normal above its p-quantile (WWC white papers on attrition; Deke and Chiang
2016).
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy import optimize, stats

from plc.statistics.effect_options import CAUTIOUS_ATTRITION, OPTIMISTIC_ATTRITION, TOLERABLE_ATTRITION_BIAS

LOW, HIGH = "low", "high"


@dataclass(frozen=True, slots=True)
class Attrition:
    """Shares lost, overall and between arms, the bias (SD) the model allows for, and the verdict."""

    overall: float
    differential: float
    bias: float
    verdict: str


def attrition_bias(left_more: float, left_less: float, *, optimistic: bool = False) -> float:
    """Largest bias in SD when the arms lost these shares, below 1; 0 where nobody left."""
    a_more, a_less = OPTIMISTIC_ATTRITION if optimistic else CAUTIOUS_ATTRITION
    return a_more * _mean_above(left_more) - a_less * _mean_above(left_less)


def attrition(
    *, tried_start: int, tried_end: int, others_start: int, others_end: int, optimistic: bool = False
) -> Attrition:
    """Judge what two arms lost between assignment and result.

    `optimistic` only where leaving cannot have to do with the practice, such as families that move.
    """
    lost = [
        1.0 - end / start if start else 1.0
        for start, end in ((tried_start, tried_end), (others_start, others_end))
    ]
    more, less = max(lost), min(lost)
    overall = 1.0 - (tried_end + others_end) / max(tried_start + others_start, 1)
    bias = attrition_bias(more, less, optimistic=optimistic) if more < 1.0 else float("inf")
    return Attrition(overall, more - less, bias, LOW if bias <= TOLERABLE_ATTRITION_BIAS else HIGH)


def tolerable_differential(overall: float, *, optimistic: bool = False) -> float:
    """Largest difference between equal arms' losses still judged low; nan where none is."""

    def excess(differential: float) -> float:
        more, less = overall + differential / 2, overall - differential / 2
        return attrition_bias(more, less, optimistic=optimistic) - TOLERABLE_ATTRITION_BIAS

    if excess(0.0) > 0:
        return float("nan")
    most = 2 * min(overall, 1 - overall) - 1e-9
    return float(optimize.brentq(excess, 0.0, most)) if excess(most) > 0 else most


def _mean_above(share: float) -> float:
    if share <= 0.0:
        return 0.0
    return float(stats.norm.pdf(stats.norm.ppf(share)) / (1.0 - share))
