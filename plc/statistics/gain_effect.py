"""Designs that follow classes through time: each compared with itself before, staggered starts, series.

Specification C3. Classes that already use a practice are never the comparison of others that begin: what it
does to them over time would be taken off (Goodman-Bacon 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.statistics.effect_options import SERIES_AFTER, SERIES_BEFORE
from plc.statistics.moderated_effect import (
    ArmSolution,
    ModeratedEffect,
    freedom_borrowed,
    moderate,
    moderated_effect,
    solve_arms,
)
from plc.statistics.records import BoolArray, FloatArray
from plc.statistics.regression_to_mean import spurious_gain
from plc.statistics.tested_sections import (
    BorrowedVariance,
    OccasionCells,
    SectionGains,
    TestedSections,
    gain_covariance,
    lasting_share,
    occasion_means,
    sampling_variance,
    section_gains,
)


def difference_effect(
    cells: OccasionCells, sections: TestedSections, borrowed: BorrowedVariance
) -> ModeratedEffect | None:
    """Change of sections that tried it less change of those that did not; lasting differences drop out."""
    return moderated_effect(cells, sections, borrowed, randomised=False, carry=1.0)


@dataclass(frozen=True, slots=True)
class _Period:
    """One occasion's comparison: the gains at it, their difference by arm and the variance of that."""

    gains: SectionGains
    solved: ArmSolution
    variance: float


def staggered_effect(
    cells: OccasionCells, sections: TestedSections, borrowed: BorrowedVariance, *, randomised: bool
) -> ModeratedEffect | None:
    """Sections that have started against those that have not yet, occasion by occasion, weighed by 1/SE^2.

    What is carried over is each section's mean before anyone started: all of it (carry 1), or where the
    order of starts was drawn at random and so cannot be biased by it, the share that lasts. None where
    nobody had not yet started.
    """
    first = int(sections.starts.min())
    before = cells.occasion < first
    _, noise, occasion_part = occasion_means(cells, sections, borrowed, before)
    if np.any(np.isnan(noise)):
        carry = 0.0
    else:
        carry = lasting_share(noise, sections.students, borrowed) if randomised else 1.0
    periods = []
    for occasion in np.unique(cells.occasion[cells.occasion >= first]):
        now = cells.occasion == occasion
        gains = section_gains(cells, sections, borrowed, carry=carry, after=now, before=before)
        started = sections.starts[gains.place] <= occasion
        if started.any() and not started.all():
            periods.append(_period(gains, started, sections, borrowed))
    return (
        _combined(periods, sections, borrowed, carry=carry, before=(noise, occasion_part))
        if periods
        else None
    )


def _period(
    gains: SectionGains, started: BoolArray, sections: TestedSections, borrowed: BorrowedVariance
) -> _Period:
    whole = gain_covariance(gains, sections, borrowed)[0]
    solved = solve_arms(whole, started, gains.value)
    return _Period(gains, solved, float(solved.load @ whole @ solved.load))


def _combined(
    periods: list[_Period],
    sections: TestedSections,
    borrowed: BorrowedVariance,
    *,
    carry: float,
    before: tuple[FloatArray, FloatArray],
) -> ModeratedEffect:
    """Periods by 1/SE^2, with the covariance they have because they follow the same sections.

    Residuals of several periods are of the same sections, so together they count for no more degrees of
    freedom than the fullest period has.
    """
    weight = np.array([1.0 / period.variance for period in periods])
    weight /= weight.sum()
    loads = np.zeros((len(periods), len(sections)))
    passing = np.zeros((len(periods), len(sections)))
    for t, period in enumerate(periods):
        place = period.gains.place
        loads[t, place] = weight[t] * period.solved.load
        passing[t, place] = period.gains.noise - carry**2 * np.nan_to_num(period.gains.before_noise)
    total = loads.sum(axis=0)
    lasting = _lasting(sections, borrowed, carry=carry)
    between = float(total @ lasting[0] @ total)
    # Every period takes off the same mean before, so its noise is counted once.
    before_noise, before_occasion = (carry**2 * np.nan_to_num(side) for side in before)
    carried = float(np.sum(total**2 * before_noise))
    base = between + float(total @ lasting[1] @ total) + carried + float(np.sum(loads**2 * passing))
    occasion = borrowed.occasion * float(np.sum(loads**2)) + float(np.sum(total**2 * before_occasion))
    solved = [period.solved for period in periods]
    own = max(one.own_freedom for one in solved)
    freedom = sum(one.own_freedom for one in solved)
    ratio = float("nan")
    if freedom > 0:
        ratio = sum(one.own_freedom * one.ratio for one in solved if one.own_freedom > 0) / freedom
    d0 = freedom_borrowed(base, between=between, occasion=occasion, borrowed=borrowed)
    standard_error, df = moderate(base, ratio, own=own, borrowed=d0)
    used = np.unique(np.concatenate([period.gains.place for period in periods]))
    return ModeratedEffect(
        estimate=float(sum(w * one.estimate for w, one in zip(weight, solved, strict=True))),
        standard_error=standard_error,
        df=df,
        base_variance=base,
        ratio=ratio,
        own_freedom=own,
        borrowed_freedom=d0,
        carry=carry,
        tried=int(sections.tried[used].sum()),
        others=int((~sections.tried[used]).sum()),
        gains=periods[-1].gains,
    )


def _lasting(
    sections: TestedSections, borrowed: BorrowedVariance, *, carry: float
) -> tuple[FloatArray, FloatArray]:
    """Covariance of what lasts, for all sections: the part between sections and the part of their rosters."""
    size = len(sections)
    nothing = np.zeros(size)
    gains = SectionGains(np.arange(size), nothing, nothing, nothing, nothing, nothing, carry)
    whole, between, _ = gain_covariance(gains, sections, borrowed)
    return between, whole - between


def series_effect(
    cells: OccasionCells, sections: TestedSections, borrowed: BorrowedVariance
) -> ModeratedEffect | None:
    """The change of level at the start in sections that all tried it: a pattern, whatever else began then.

    Weighted least squares of cells on sections, a common trend by occasion, and "after". None with fewer
    than 4 occasions before or 3 after in any section.
    """
    after = cells.occasion >= sections.starts[cells.section]
    counts = [np.bincount(cells.section[side], minlength=len(sections)) for side in (~after, after)]
    if counts[0].min() < SERIES_BEFORE or counts[1].min() < SERIES_AFTER:
        return None
    q = sampling_variance(cells.students, sections.students[cells.section], borrowed)
    weight = 1.0 / (borrowed.occasion + q)
    dummies = np.eye(len(sections))[cells.section]
    trend = cells.occasion - cells.occasion.mean()
    X = np.column_stack([dummies, trend, after.astype(np.float64)])
    inverse = np.linalg.inv(X.T @ (weight[:, None] * X))
    loads = inverse @ (X * weight[:, None]).T
    residual = cells.mean - X @ (loads @ cells.mean)
    own = float(len(cells.mean) - X.shape[1])
    ratio = float(np.sum(weight * residual**2)) / own
    base = float(inverse[-1, -1])
    d0 = freedom_borrowed(
        base, between=0.0, occasion=float(borrowed.occasion * np.sum(loads[-1] ** 2)), borrowed=borrowed
    )
    standard_error, df = moderate(base, ratio, own=own, borrowed=d0)
    return ModeratedEffect(
        estimate=float(loads[-1] @ cells.mean),
        standard_error=standard_error,
        df=df,
        base_variance=base,
        ratio=ratio,
        own_freedom=own,
        borrowed_freedom=d0,
        carry=1.0,
        tried=len(sections),
        others=0,
    )


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Change of sections without any comparison, and what starting low would give by itself (SD)."""

    change: float
    standard_error: float
    spurious: float
    reliability: float
    before: float


def before_after(
    cells: OccasionCells, sections: TestedSections, borrowed: BorrowedVariance
) -> BeforeAfter | None:
    """Mean change of the sections and the gain expected from where they stood; None without both sides."""
    gains = section_gains(cells, sections, borrowed, carry=1.0)
    if not len(gains.place):
        return None
    weight = 1.0 / gains.noise
    weight /= weight.sum()
    reliability = lasting_share(gains.before_noise, sections.students[gains.place], borrowed)
    before = float(weight @ gains.before)
    return BeforeAfter(
        change=float(weight @ gains.value),
        standard_error=float(np.sqrt(np.sum(weight**2 * gains.noise))),
        spurious=spurious_gain(selected_mean=before, mean=0.0, reliability=reliability),
        reliability=reliability,
        before=before,
    )


def pre_trend_z(cells: OccasionCells, sections: TestedSections, borrowed: BorrowedVariance) -> float | None:
    """Whether the arms drifted apart before the start: difference of their trends over its standard error.

    Reported, never a gate: with few occasions it misses most drifts. None without two occasions before in
    each arm.
    """
    before = cells.occasion < sections.starts[cells.section]
    q = sampling_variance(cells.students, sections.students[cells.section], borrowed)
    slopes, variances, arms = [], [], []
    for place in range(len(sections)):
        mine = before & (cells.section == place)
        if np.count_nonzero(mine) < 2:
            continue
        time = cells.occasion[mine] - cells.occasion[mine].mean()
        square = float(time @ time)
        slopes.append(float(time @ cells.mean[mine]) / square)
        variances.append(float(time**2 @ (borrowed.occasion + q[mine])) / square**2)
        arms.append(bool(sections.tried[place]))
    tried = np.array(arms, dtype=np.bool_)
    if not tried.any() or tried.all():
        return None
    slope, variance = np.array(slopes), np.array(variances)
    difference = slope[tried].mean() - slope[~tried].mean()
    error = variance[tried].sum() / tried.sum() ** 2 + variance[~tried].sum() / (~tried).sum() ** 2
    return float(difference / np.sqrt(error))
