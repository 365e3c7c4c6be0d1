"""How near a scan came to the truth, per run and over runs.

*FDR* is the mean over runs of the share of flagged teachers whose true effect is at most delta (0 where
nobody is flagged); *recall* the share of teachers above delta that are flagged, of all who taught; *AUC*
the chance that a teacher above delta has a higher probability than one below; *coverage* the share of
intervals that hold the truth; *slope* that of truth on estimate; the *calibration gap* the largest distance
between the mean probability of a decile of the teachers (by probability) and its share truly above delta.
Deciles hold equally many teachers, so no gap is the noise of a thin bin; tenths of the probability are
reported beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from tests.calibration.district import FloatArray, Truth

Target = Literal["relative", "total", "current"]
BoolArray = NDArray[np.bool_]

DELTA = 0.10
BINS = 10
# Fewer teachers than this leave a bin's share with a Monte Carlo error above 0.05.
TEACHERS_IN_A_BIN = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scan said of each of n units (teachers, or teacher-standards), beside the truth.

    `untold` counts units truly above delta of which the scan said nothing.
    """

    truth: FloatArray
    estimate: FloatArray
    lower: FloatArray
    upper: FloatArray
    probability: FloatArray
    flagged: BoolArray
    untold: int

    @property
    def above(self) -> BoolArray:
        return np.asarray(self.truth > DELTA)


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over runs and its Monte Carlo standard error (NaN from a single run)."""

    mean: float
    error: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Teachers of like probability: how many, their mean probability, the share above delta."""

    teachers: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Scores:
    """A scenario's measures over its runs."""

    runs: int
    flags: Measure
    false_discovery_rate: Measure
    expected_false_discovery_rate: Measure
    recall: Measure
    auc: Measure
    coverage: Measure
    slope: Measure
    tenths: tuple[Bin, ...]
    deciles: tuple[Bin, ...]

    @property
    def calibration_gap(self) -> float:
        """The largest distance of a decile from the diagonal (NaN: too few teachers to tell)."""
        gaps = [abs(b.predicted - b.observed) for b in self.deciles if b.teachers >= TEACHERS_IN_A_BIN]
        return max(gaps, default=float("nan"))


def teacher_outcome(teachers: pd.DataFrame, truth: Truth, target: Target) -> Outcome:
    """Join a scan's teachers to their true effects."""
    effects = {"relative": truth.relative, "total": truth.total, "current": truth.current}[target]
    true = pd.DataFrame({"teacher_id": truth.teacher_id, "subject": truth.subject, "truth": effects})
    return _outcome(teachers, true, ["teacher_id", "subject"])


def standard_outcome(standards: pd.DataFrame, truth: Truth, target: Target) -> Outcome:
    """Join a scan's teacher-standards to their true effects: the teacher's and the standard's own."""
    effects = {"relative": truth.relative, "total": truth.total, "current": truth.current}[target]
    width = truth.deviation.shape[1]
    true = pd.DataFrame(
        {
            "teacher_id": np.repeat(truth.teacher_id, width),
            "standard": truth.standard_id.ravel(),
            "truth": (effects[:, None] + truth.deviation).ravel(),
        }
    )
    return _outcome(standards, true, ["teacher_id", "standard"])


def _outcome(found: pd.DataFrame, true: pd.DataFrame, keys: list[str]) -> Outcome:
    joined = true.merge(found, on=keys, how="left", validate="one_to_one")
    told = joined["effect"].notna() & joined["probability"].notna()
    known = joined[told]
    return Outcome(
        truth=known["truth"].to_numpy(float),
        estimate=known["effect"].to_numpy(float),
        lower=known["lower"].to_numpy(float),
        upper=known["upper"].to_numpy(float),
        probability=known["probability"].to_numpy(float),
        flagged=known["bright_spot"].to_numpy(bool),
        untold=int((joined.loc[~told, "truth"] > DELTA).sum()),
    )


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome of several districts that make up one run."""

    def joined(field: str) -> NDArray[Any]:
        return np.concatenate([getattr(outcome, field) for outcome in outcomes])

    return Outcome(
        truth=joined("truth"),
        estimate=joined("estimate"),
        lower=joined("lower"),
        upper=joined("upper"),
        probability=joined("probability"),
        flagged=joined("flagged"),
        untold=sum(outcome.untold for outcome in outcomes),
    )


def score(outcomes: Sequence[Outcome], expected: Sequence[float]) -> Scores:
    """Means over runs. `expected` holds the false discovery rate each run itself announced."""
    pooled = together(outcomes)
    tenth = np.minimum((pooled.probability * BINS).astype(int), BINS - 1)
    order = rankdata(pooled.probability, method="ordinal") - 1
    return Scores(
        runs=len(outcomes),
        flags=_measure([float(o.flagged.sum()) for o in outcomes]),
        false_discovery_rate=_measure([_false_share(o) for o in outcomes]),
        expected_false_discovery_rate=_measure(expected),
        recall=_measure([_recall(o) for o in outcomes]),
        auc=_measure([area_under_curve(o.probability, o.above) for o in outcomes]),
        coverage=_measure([_coverage(o) for o in outcomes]),
        slope=_measure([_slope(o) for o in outcomes]),
        tenths=calibration_bins(pooled, tenth),
        deciles=calibration_bins(pooled, (order * BINS / max(len(order), 1)).astype(int)),
    )


def calibration_bins(outcome: Outcome, place: NDArray[np.intp]) -> tuple[Bin, ...]:
    """Predicted against observed share above delta, by the bin `place` (n,) of each teacher."""
    found = []
    for number in range(BINS):
        inside = place == number
        if inside.any():
            predicted, observed = outcome.probability[inside].mean(), outcome.above[inside].mean()
            found.append(Bin(int(inside.sum()), float(predicted), float(observed)))
    return tuple(found)


def area_under_curve(probability: FloatArray, above: BoolArray) -> float:
    """Mann-Whitney's statistic as a share; NaN where all are above or none is."""
    positives, negatives = int(above.sum()), int((~above).sum())
    if not positives or not negatives:
        return float("nan")
    ranks = rankdata(probability)[above].sum()
    return float((ranks - positives * (positives + 1) / 2) / (positives * negatives))


def _measure(values: Sequence[float]) -> Measure:
    known = np.array([value for value in values if not np.isnan(value)])
    if not len(known):
        return Measure(float("nan"), float("nan"))
    error = known.std(ddof=1) / np.sqrt(len(known)) if len(known) > 1 else float("nan")
    return Measure(float(known.mean()), float(error))


def _false_share(outcome: Outcome) -> float:
    flags = int(outcome.flagged.sum())
    return float((outcome.flagged & ~outcome.above).sum() / flags) if flags else 0.0


def _recall(outcome: Outcome) -> float:
    above = int(outcome.above.sum()) + outcome.untold
    return float((outcome.flagged & outcome.above).sum() / above) if above else float("nan")


def _coverage(outcome: Outcome) -> float:
    return float(((outcome.lower <= outcome.truth) & (outcome.truth <= outcome.upper)).mean())


def _slope(outcome: Outcome) -> float:
    spread = outcome.estimate - outcome.estimate.mean()
    # Estimates that hardly differ say nothing of the slope (null districts).
    if spread.std() < 1e-3:
        return float("nan")
    return float((spread * outcome.truth).sum() / (spread**2).sum())
