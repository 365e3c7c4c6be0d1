"""How much of a measured effect a reader is told: words alone, or figures with the digits that are said.

How far classes stand apart is a second equation about them: with the difference it tells where each of two or
three colleagues stands. So it is told only where many enough are unknown to the reader.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from math import floor, log10
from typing import Final

from plc.core.disclosure import MINIMUM_TEACHERS, in_two_digits
from plc.inquiry.balancing_effects import SUBJECT, BalancingResult
from plc.inquiry.effect_record import FEW_TEACHERS, CheckRow, MeasuredEffect, PriorRow

FIGURES: Final = (
    "effect", "standard_error", "df", "lower", "upper", "p", "points", "effect_points", "posterior_mean",
    "posterior_lower", "posterior_upper", "helped", "worth_repeating", "worthwhile", "harm", "hedges_g",
    "hedges_g_error", "improvement_index", "internal", "robust", "permutation", "baseline_difference",
    "attrition_bias", "pre_trend", "change", "change_spurious", "starting_level", "baseline_verdict",
    "attrition_verdict", "practice", "comparison",
)  # fmt: skip
# The difference and the classes' own spread are two equations: of fewer unknown teachers than twice the least
# they leave too little open.
SPREAD_TEACHERS: Final = 2 * MINIMUM_TEACHERS
# What rests on how far the test's own classes stand apart, beside the interval that is told rounded.
_SPREAD: Final = ("df", "internal", "robust", "permutation", "hedges_g_error")
_SPREAD_INGREDIENTS: Final = ("own_ratio", "own_freedom", "base_variance")
# Ingredients learnt from everybody's classes.
_OF_DISTRICT: Final = (
    "school", "teacher", "teacher_year", "section", "occasion", "student", "error", "contextual_coefficient",
)  # fmt: skip
_HUNDREDTHS: Final = (
    "effect", "standard_error", "lower", "upper", "p", "posterior_mean", "posterior_lower", "posterior_upper",
    "hedges_g", "hedges_g_error", "improvement_index", "permutation", "baseline_difference", "attrition_bias",
    "change", "change_spurious",
)  # fmt: skip
_SHARES: Final = ("helped", "worth_repeating", "worthwhile", "harm")
_TENTHS: Final = ("effect_points", "df", "pre_trend")
_PRIOR_FIGURES: Final = ("mean", "lower", "upper")
_PRIOR_SHARES: Final = ("helped", "worth_repeating")
_BALANCING_FIGURES: Final = ("effect", "standard_error", "df", "lower", "upper")


def words_alone(effect: MeasuredEffect, sentence: str, *, pointing: bool = True) -> MeasuredEffect:
    """An effect without its figures: what was predicted, that results are there, and what may need a look.

    `pointing`: whether also where it points, and whether something else may have got worse.
    """
    bare = replace(effect, **dict.fromkeys(FIGURES))  # type: ignore[arg-type]
    return replace(
        bare,
        verdict=FEW_TEACHERS,
        sentence=sentence,
        advice=effect.advice if pointing else None,
        limits=(),
        sensitivity=(),
        occasions=(),
        ingredients={},
        balancing=tuple(
            replace(_without_figures(one), students=0, teachers=0, warns=one.warns and pointing)
            for one in effect.balancing
        ),
    )


def figures_told(
    effect: MeasuredEffect, *, unknown: int, opened: int, closed_parts: Collection[str]
) -> MeasuredEffect:
    """An effect as somebody reads it to whom `unknown` of its teachers are not known.

    opened        how many teachers opened their results to her, herself among them
    closed_parts  what of the balancing results would tell her of one colleague
    """
    spread = unknown == 0 or unknown >= SPREAD_TEACHERS
    balancing = tuple(
        replace(_without_figures(one), warns=False)
        if one.part in closed_parts or _of_few(one, opened)
        else _rounded(one, spread=spread)
        for one in effect.balancing
    )
    told = replace(effect, starting_level=None, balancing=balancing)
    return _in_digits(told if spread else _without_spread(told))


def least_told(told: Sequence[MeasuredEffect]) -> MeasuredEffect:
    """What several people who look at one test together may all read, from what each of them is told."""
    in_words = [one for one in told if one.verdict == FEW_TEACHERS]
    if in_words:
        return min(in_words, key=lambda one: one.advice is not None)
    # Who knows the classes that changed reads the new figures; the others, and the wall, those told before.
    least = min(told, key=lambda one: (one.changed_since is None, one.df is not None))
    hidden = {row.part for one in told for row in one.balancing if row.effect is None}
    return replace(
        least,
        balancing=tuple(
            replace(_without_figures(row), warns=False) if row.part in hidden else row
            for row in least.balancing
        ),
    )


def _of_few(one: BalancingResult, opened: int) -> bool:
    """Whether a result in another subject may tell of one who teaches it; who of them opened is not asked."""
    return one.kind == SUBJECT and (one.teachers - opened < MINIMUM_TEACHERS or one.teachers_of_side < 2)


def _without_figures(one: BalancingResult) -> BalancingResult:
    return replace(one, effect=None, standard_error=None, df=None, lower=None, upper=None, harm=None)


def _without_spread(effect: MeasuredEffect) -> MeasuredEffect:
    bare = replace(effect, **dict.fromkeys(_SPREAD), sensitivity=())  # type: ignore[arg-type]
    return replace(
        bare,
        ingredients={n: v for n, v in effect.ingredients.items() if n not in _SPREAD_INGREDIENTS},
    )


def _in_digits(effect: MeasuredEffect) -> MeasuredEffect:
    rounded: dict[str, object] = {name: _round(getattr(effect, name), 2) for name in _HUNDREDTHS}
    rounded |= {name: _round(getattr(effect, name), 1) for name in _TENTHS}
    rounded |= {name: _share(getattr(effect, name)) for name in _SHARES}
    return replace(
        effect,
        **rounded,  # type: ignore[arg-type]
        points=_significant(effect.points),
        internal=_check(effect.internal),
        robust=_check(effect.robust),
        sensitivity=tuple(_prior(row) for row in effect.sensitivity),
        occasions=tuple(replace(one, points=_significant(one.points) or 0.0) for one in effect.occasions),
        # As many digits as a teacher's own download gives.
        ingredients={
            name: in_two_digits(value) if name in _OF_DISTRICT else round(value, 4)
            for name, value in effect.ingredients.items()
        },
    )


def _rounded(one: BalancingResult, *, spread: bool) -> BalancingResult:
    figures = {name: _round(getattr(one, name), 2) for name in _BALANCING_FIGURES}
    figures["harm"] = _share(one.harm)
    return replace(one, **figures | ({} if spread else {"df": None}))  # type: ignore[arg-type]


def _check(row: CheckRow | None) -> CheckRow | None:
    if row is None:
        return None
    return CheckRow(round(row.effect, 2), round(row.standard_error, 2), round(row.df, 1), round(row.p, 2))


def _prior(row: PriorRow) -> PriorRow:
    figures = {name: _round(getattr(row, name), 2) for name in _PRIOR_FIGURES}
    figures |= {name: _share(getattr(row, name)) for name in _PRIOR_SHARES}
    return replace(row, **figures)  # type: ignore[arg-type]


def _round(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _share(value: float | None) -> float | None:
    """A probability in whole per cent; what is said to be below 1 or above 99 stays so."""
    if value is None or 0.01 <= value <= 0.99:
        return _round(value, 2)
    return 0.0 if value < 0.01 else 1.0


def _significant(value: float | None) -> float | None:
    """A spread in points with three digits, as it is said."""
    if value is None or not value:
        return value
    return round(value, 2 - floor(log10(abs(value))))
