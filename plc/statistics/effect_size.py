"""Effects as other studies report them: Hedges g by the rules of the What Works Clearinghouse, WWC 5.

g is the difference in SD of the students who took part, corrected for small samples (omega) and, where whole
classes were assigned, for the classes (gamma, and h degrees of freedom). Handbook 5.0 appendix E, eq. E.21.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from plc.statistics.effect_options import ACHIEVEMENT_ICC

# Cox: log odds / 1.65 is nearest to a standardised difference (Sanchez-Meca et al. 2003).
COX_DIVISOR = 1.65


@dataclass(frozen=True, slots=True)
class HedgesG:
    """g with its standard error (SD) and the degrees of freedom behind both."""

    g: float
    standard_error: float
    df: float


def omega(df: float) -> float:
    """Correction for small samples, 1 - 3/(4 df - 1)."""
    return 1.0 - 3.0 / (4.0 * df - 1.0)


def clustered_df(*, students: float, per_cluster: float, icc: float) -> float:
    """h, the degrees of freedom of an effect size of clusters (eq. E.21)."""
    N, n, rho = students, per_cluster, icc
    top = ((N - 2) - 2 * (n - 1) * rho) ** 2
    return top / ((N - 2) * (1 - rho) ** 2 + n * (N - 2 * n) * rho**2 + 2 * (N - 2 * n) * rho * (1 - rho))


def cluster_gamma(*, students: float, per_cluster: float, icc: float) -> float:
    """What clustering takes off an effect size; 0 where classes are so few that nothing is left."""
    return float(np.sqrt(max(0.0, 1.0 - 2.0 * (per_cluster - 1.0) * icc / (students - 2.0))))


def individual_g(difference: float, sd: float, *, tried: int, others: int, r_squared: float = 0.0) -> HedgesG:
    """g where students were assigned one by one; `r_squared` is what the start explains."""
    df = float(tried + others - 2)
    g = omega(df) * difference / sd
    variance = omega(df) ** 2 * (1 / tried + 1 / others) * (1 - r_squared) + g**2 / (2 * df)
    return HedgesG(g, float(np.sqrt(variance)), df)


def clustered_g(
    difference: float,
    standard_error: float,
    sd: float,
    *,
    students: int,
    sections: int,
    icc: float = ACHIEVEMENT_ICC,
) -> HedgesG:
    """g where classes were assigned; `standard_error` of the difference must itself respect the classes.

    `sd` is the pooled, unadjusted SD of the students' results afterwards.
    """
    per_cluster = students / sections
    h = max(clustered_df(students=students, per_cluster=per_cluster, icc=icc), 1.0)
    factor = omega(h) * cluster_gamma(students=students, per_cluster=per_cluster, icc=icc)
    g = factor * difference / sd
    return HedgesG(g, float(np.sqrt((factor * standard_error / sd) ** 2 + g**2 / (2 * h))), h)


@dataclass(frozen=True, slots=True)
class MismatchedT:
    """A t statistic that ignored the classes, corrected; p is two-sided."""

    t: float
    df: float
    p: float


def mismatched_t(t: float, *, students: float, per_cluster: float, icc: float) -> MismatchedT:
    """What is left of a student-level t when whole classes were assigned (Hedges 2007)."""
    N, n, rho = students, per_cluster, icc
    corrected = t * float(np.sqrt(((N - 2) - 2 * (n - 1) * rho) / ((N - 2) * (1 + (n - 1) * rho))))
    df = clustered_df(students=N, per_cluster=n, icc=rho)
    return MismatchedT(corrected, df, float(2 * stats.t.sf(abs(corrected), df)))


def cox_d(share_tried: float, share_others: float, *, students: int) -> float:
    """Effect size of a yes/no outcome from two shares between 0 and 1. Raises ValueError at 0 or 1."""
    if not (0 < share_tried < 1 and 0 < share_others < 1):
        raise ValueError("A share of 0 or 1 has no odds.")
    log_odds = np.log(share_tried / (1 - share_tried)) - np.log(share_others / (1 - share_others))
    return float(omega(students - 2) * log_odds / COX_DIVISOR)


def improvement_index(g: float) -> float:
    """Percentile points by which a middling student of the comparison classes would move."""
    return float(100 * stats.norm.cdf(g) - 50)


@dataclass(frozen=True, slots=True)
class SummaryAncova:
    """An adjusted difference from published summaries: d with variance, and what it was made from."""

    slope: float
    correlation: float
    sd_after: float
    d: float
    variance: float


def ancova_from_summaries(
    *,
    students: tuple[int, ...],
    before_mean: tuple[float, ...],
    before_sd: tuple[float, ...],
    after_mean: tuple[float, ...],
    after_sd: tuple[float, ...],
    adjusted_mean: tuple[float, ...],
    pair: tuple[int, int],
) -> SummaryAncova:
    """d of group pair[0] less pair[1] where a study prints means, SDs and adjusted means.

    Each group's slope is what adjustment moved its mean by, over how far it started from everyone's mean;
    they are averaged by numbers of students (Pustejovsky, "An ANCOVA puzzler"). d is not corrected for small
    samples: multiply by `omega` of the students less the groups.
    """
    n, pre, post = (np.asarray(values, dtype=np.float64) for values in (students, before_mean, after_mean))
    away = pre - float(n @ pre) / n.sum()
    slope = float(n @ ((post - np.asarray(adjusted_mean)) / away) / n.sum())
    df = float(n.sum() - len(n))
    sd_before, sd_after = (
        float(np.sqrt(np.sum((n - 1) * np.asarray(sds) ** 2) / df)) for sds in (before_sd, after_sd)
    )
    correlation = slope * sd_before / sd_after
    a, b = pair
    d = (adjusted_mean[a] - adjusted_mean[b]) / sd_after
    variance = (1 / n[a] + 1 / n[b]) * (1 - correlation**2) + d**2 / (2 * df)
    return SummaryAncova(slope, correlation, sd_after, float(d), float(variance))
