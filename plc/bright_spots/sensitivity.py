"""Does a flag hold when what had to be assumed is assumed otherwise?

Each *variant* changes one choice: no contextual term, starting points taken to be less or more reliable
by 0.05, an effect that counts from 0.05 or from 0.15 SD on. A flag is *robust* when its probability is
at least 0.6 in every one (specification E7). The variance components are estimated anew in each, at the
drift found in the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from plc.bright_spots.estimate import (
    Subject,
    contextual_term,
    district_posteriors,
    fit_components,
    subject_of,
    summaries_of,
    summarise_residuals,
)
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.reduction import Reduction
from plc.bright_spots.tallies import SubjectFindings
from plc.core.errors import Unfinished
from plc.statistics.false_discovery import flag_set, probability_above
from plc.statistics.posterior import TeacherPosteriors, teacher_posteriors
from plc.statistics.records import BoolArray, FloatArray

# How far the reliability of starting points and delta are moved, and the probability that a robust flag
# keeps everywhere: the sensitivity panel of specification E7.
RELIABILITY_SHIFT: Final = 0.05
OTHER_DELTAS: Final = (0.05, 0.15)
ROBUST_PROBABILITY: Final = 0.6

NO_CONTEXT: Final = "no contextual term"
LESS_RELIABLE: Final = "reliability -0.05"
MORE_RELIABLE: Final = "reliability +0.05"
LOWER_DELTA: Final = "delta 0.05"
HIGHER_DELTA: Final = "delta 0.15"
VARIANTS: Final = (NO_CONTEXT, LESS_RELIABLE, MORE_RELIABLE, LOWER_DELTA, HIGHER_DELTA)
# The two that need the results summed again.
SHIFTS: Final = {LESS_RELIABLE: -RELIABILITY_SHIFT, MORE_RELIABLE: RELIABILITY_SHIFT}


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One subject. `probability` (J,) per variant, NaN where the variant's estimate did not settle.

    flagged (J,) is the scan's own set and `flagged_in` the set of each variant; robust (J,) is True only
    for flagged teachers.
    """

    probability: dict[str, FloatArray]
    flagged: BoolArray
    flagged_in: dict[str, BoolArray]
    robust: BoolArray


def sensitivity(
    found: SubjectFindings, shifted: Mapping[str, Reduction], subject_key: int, *, options: ScanOptions
) -> Sensitivity:
    """Every variant of one subject; `shifted` holds the reductions of the variants in `SHIFTS`."""
    estimates = found.estimates
    probability = {
        NO_CONTEXT: _probability(found.subject, found, options, context=False),
        **{
            name: _probability(subject_of(reduction, subject_key), found, options)
            for name, reduction in shifted.items()
        },
        **{
            name: probability_above(estimates.posteriors, delta)
            for name, delta in zip((LOWER_DELTA, HIGHER_DELTA), OTHER_DELTAS, strict=True)
        },
    }
    rate = options.false_discovery_rate
    flagged = flag_set(estimates.probability, found.eligible, rate).flagged
    holds = np.all([values >= ROBUST_PROBABILITY for values in probability.values()], axis=0)
    return Sensitivity(
        probability=probability,
        flagged=flagged,
        flagged_in={
            name: flag_set(np.nan_to_num(values), found.eligible, rate).flagged
            for name, values in probability.items()
        },
        robust=np.asarray(flagged & holds),
    )


def overlap_rows(found: Sensitivity, *, subject: str) -> pd.DataFrame:
    """How many are flagged in the scan, in the variant, and in both: counts, one row per variant."""
    return pd.DataFrame(
        {
            "subject": subject,
            "variant": list(found.flagged_in),
            "flagged": int(found.flagged.sum()),
            "flagged_in_variant": [int(flagged.sum()) for flagged in found.flagged_in.values()],
            "flagged_in_both": [
                int((flagged & found.flagged).sum()) for flagged in found.flagged_in.values()
            ],
        }
    )


def _probability(
    subject: Subject, found: SubjectFindings, options: ScanOptions, *, context: bool = True
) -> FloatArray:
    """P(effect > delta) of one subject's variant; NaN where its variance components do not settle."""
    try:
        posteriors = _posteriors(subject, found, options, context=context)
    except Unfinished:
        return np.full(subject.exposures.teachers, np.nan)
    return probability_above(posteriors, options.delta)


def _posteriors(
    subject: Subject, found: SubjectFindings, options: ScanOptions, *, context: bool
) -> TeacherPosteriors:
    main = found.estimates
    effects = summarise_residuals(subject)
    gamma = contextual_term(subject, effects, main.strata).gamma if context else 0.0
    summaries = summaries_of(subject, effects, main.strata, gamma=gamma)
    components = fit_components(summaries, subject.exposures, persistence=main.components.persistence)
    if options.peers == "school":
        return teacher_posteriors(summaries, subject.exposures, components, peers="school")
    return district_posteriors(summaries, subject.exposures, components)


_DEPENDS_ON: Final = {
    NO_CONTEXT: "whether the company of stronger classmates is taken out",
    LESS_RELIABLE: "how reliable the earlier results are taken to be",
    MORE_RELIABLE: "how reliable the earlier results are taken to be",
    LOWER_DELTA: "how large a difference has to be to count",
    HIGHER_DELTA: "how large a difference has to be to count",
}
ROBUST_WORDS: Final = "This holds under every check we tried."


def robustness_words(probability: Mapping[str, float]) -> str:
    """`This holds under every check we tried.`, or what it depends on; empty without variants."""
    if not probability:
        return ""
    reasons = [
        _DEPENDS_ON[name]
        for name in VARIANTS
        if not probability.get(name, float("nan")) >= ROBUST_PROBABILITY
    ]
    if not reasons:
        return ROBUST_WORDS
    return f"This depends on {' and on '.join(dict.fromkeys(reasons))}."
