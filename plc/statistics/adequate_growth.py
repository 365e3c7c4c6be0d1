"""How much a student must grow, every year alike, to reach the cut in time.

Under z-scores that keep a year-to-year correlation r, growing at the normal quantile q for
H years leads to z_{t+H} = r^H z_t + s q (1 - r^H)/(1 - r), s = sqrt(1 - r^2). Solving for the
cut c gives the *adequate growth percentile* 100 Phi(q). Because the path from z_t is monotone,
H years also settles whether the cut is reached in fewer, and whether those above it stay above.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from plc.statistics.records import FloatArray

# Betebenner's growth-to-standard convention: at level within three years.
YEARS_ALLOWED = 3
# Year-to-year correlation of test z-scores where fewer than FEWEST_PAIRS students can tell (0.7 to 0.85
# is usual for annual state tests), and the bounds an estimate is kept within so that the form stays finite.
USUAL_CORRELATION = 0.80
FEWEST_PAIRS = 100
LOWEST_CORRELATION, HIGHEST_CORRELATION = 0.30, 0.95
# Growth percentiles come from bins of the starting point (spec: 25).
STARTING_BINS = 25


def adequate_growth_quantile(
    standing: FloatArray | float,
    cut: FloatArray | float,
    *,
    correlation: float = USUAL_CORRELATION,
    years: int = YEARS_ALLOWED,
) -> FloatArray:
    """q = (c - r^H z)(1 - r) / (s (1 - r^H)); `standing` and `cut` are z-scores of one peer group.

    Raises ValueError unless 0 < correlation < 1 and years >= 1.
    """
    if not 0 < correlation < 1 or years < 1:
        raise ValueError("correlation must lie between 0 and 1, years be at least 1")
    kept = correlation**years
    distance = np.asarray(cut, dtype=np.float64) - kept * np.asarray(standing, dtype=np.float64)
    return np.asarray(distance * (1 - correlation) / (np.sqrt(1 - correlation**2) * (1 - kept)))


def adequate_growth_percentile(
    standing: FloatArray | float,
    cut: FloatArray | float,
    *,
    correlation: float = USUAL_CORRELATION,
    years: int = YEARS_ALLOWED,
) -> FloatArray:
    """The smallest constant growth percentile (0 to 100) that reaches the cut within `years`."""
    quantile = adequate_growth_quantile(standing, cut, correlation=correlation, years=years)
    return np.asarray(100 * norm.cdf(quantile))


def percentile_quantiles() -> list[float]:
    """The normal quantile of each whole growth percentile 1..99, in order, for comparing inside SQL."""
    return [float(quantile) for quantile in norm.ppf(np.arange(1, 100) / 100)]
