"""What a test and what is typical of practices say together: one posterior from which every sentence is made.

The likelihood of the effect is t with the test's own degrees of freedom (normal from 30 on), the prior
normal; they are multiplied on a grid, because a t and a normal have no closed form (specification C5).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from plc.statistics.effect_options import (
    ADVICE_PROBABILITY,
    GRID_POINTS,
    INTERVAL,
    NORMAL_ABOVE,
    SET_ASIDE_PROBABILITY,
    TYPICAL,
    WORTH_REPEATING,
    WORTHWHILE,
    Prior,
)
from plc.statistics.records import FloatArray

# The grid reaches this many standard errors and prior SDs; a t with 2 df keeps 1e-4 of its mass beyond 70.
_REACH_T, _REACH_NORMAL = 40.0, 9.0

REPLICATE, ADAPT, SET_ASIDE, STOP = "replicate", "adapt and test again", "set aside", "stop"


@dataclass(frozen=True, slots=True)
class EffectPosterior:
    """The effect given a test and a prior, in SD.

    lower and upper hold `level` of the probability, with as much below as above. helped is P(effect > 0),
    worth_repeating P(> 0.05), worthwhile P(> 0.10), harm P(< 0).
    """

    prior: Prior
    mean: float
    sd: float
    lower: float
    upper: float
    level: float
    helped: float
    worth_repeating: float
    worthwhile: float
    harm: float
    grid: FloatArray = field(repr=False, compare=False)
    cumulative: FloatArray = field(repr=False, compare=False)

    def above(self, threshold: float) -> float:
        """P(effect > threshold)."""
        return float(1.0 - np.interp(threshold, self.grid, self.cumulative))


def effect_posterior(
    estimate: float, standard_error: float, *, df: float, prior: Prior = TYPICAL, level: float = INTERVAL
) -> EffectPosterior:
    """Combine a test's estimate (SD) with a prior. Raises ValueError for a standard error of 0 or less."""
    if not standard_error > 0.0:
        raise ValueError("A standard error must be above 0.")
    likelihood = _likelihood(df)
    reach = _REACH_NORMAL if df > NORMAL_ABOVE else _REACH_T
    low, high = estimate - reach * standard_error, estimate + reach * standard_error
    if prior.sd is not None:
        # Where the prior has no mass the posterior has none either.
        low = max(low, prior.mean - _REACH_NORMAL * prior.sd - 2 * abs(estimate - prior.mean))
        high = min(high, prior.mean + _REACH_NORMAL * prior.sd + 2 * abs(estimate - prior.mean))
    grid = np.linspace(low, high, GRID_POINTS)
    log_density = likelihood.logpdf((grid - estimate) / standard_error)
    if prior.sd is not None:
        log_density = log_density - 0.5 * ((grid - prior.mean) / prior.sd) ** 2
    density = np.exp(log_density - log_density.max())
    # Trapezoids, so that P(> threshold) is smooth in the threshold.
    steps = np.concatenate([[0.0], (density[1:] + density[:-1]) / 2.0])
    cumulative = np.cumsum(steps) / steps.sum()
    weight = density / density.sum()
    # Plain sums: a dot product this long would wake the threads of the linear algebra library.
    mean = float(np.sum(weight * grid))
    tail = (1.0 - level) / 2.0
    lower, upper = (float(np.interp(share, cumulative, grid)) for share in (tail, 1.0 - tail))

    def above(threshold: float) -> float:
        return float(1.0 - np.interp(threshold, grid, cumulative))

    return EffectPosterior(
        prior=prior,
        mean=mean,
        sd=float(np.sqrt(np.sum(weight * (grid - mean) ** 2))),
        lower=lower,
        upper=upper,
        level=level,
        helped=above(0.0),
        worth_repeating=above(WORTH_REPEATING),
        worthwhile=above(WORTHWHILE),
        harm=1.0 - above(0.0),
        grid=grid,
        cumulative=cumulative,
    )


def advice(posterior: EffectPosterior) -> str:
    """What one test suggests doing next. It never raises or lowers a practice's status."""
    if posterior.harm >= ADVICE_PROBABILITY:
        return STOP
    if posterior.worth_repeating >= ADVICE_PROBABILITY:
        return REPLICATE
    return ADAPT if posterior.worth_repeating >= SET_ASIDE_PROBABILITY else SET_ASIDE


def _likelihood(df: float) -> stats.rv_continuous:
    return stats.norm() if df > NORMAL_ABOVE else stats.t(df)
