"""Nonparametric prior of teacher effects, for the tail probabilities of many teachers at once.

Kiefer-Wolfowitz maximum likelihood on a grid by EM (specification B9; Gilraine, Gu and McMillan,
NBER w27094). Each teacher's likelihood is recovered from her normal posterior (m, v) under
N(0, prior_v):  prec = 1/v - 1/prior_v,  b = m / (v prec),  L(g) = exp(-prec (g - b)^2 / 2).
"""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_limits

from plc.statistics.records import FloatArray

GRID_POINTS = 161
# Grid reach in prior standard deviations: further up, where bright spots are.
GRID_LOW, GRID_HIGH = -5.0, 6.0
EM_STEPS = 400
# Weight every EM step keeps on the normal prior, so that the tail never empties.
NORMAL_WEIGHT = 0.05


def npmle_probability_above(
    mean: FloatArray, sd: FloatArray, prior_variance: FloatArray, *, delta: float
) -> FloatArray:
    """P(effect > delta) per teacher (J,) under the estimated prior. Inputs (J,), SD and SD^2.

    A grid point stands for the cell around it and counts by the share of the cell above delta.
    Without any teacher the result is empty.
    """
    if mean.size == 0:
        return np.zeros(0)
    scale = float(np.sqrt(prior_variance.mean()))
    if not scale > 0:
        return np.where(mean > delta, 1.0, 0.0)
    grid = np.linspace(GRID_LOW, GRID_HIGH, GRID_POINTS) * scale
    likelihood = _likelihood(grid, mean, sd, prior_variance)
    weight = _estimated_prior(likelihood, _normal_prior())
    joint = likelihood * weight
    above = np.clip((grid - delta) / (grid[1] - grid[0]) + 0.5, 0.0, 1.0)
    return np.asarray((joint @ above) / joint.sum(axis=1))


def _likelihood(grid: FloatArray, mean: FloatArray, sd: FloatArray, prior_variance: FloatArray) -> FloatArray:
    """L (J, grid) up to a factor per teacher, largest value of each row 1."""
    variance = np.maximum(sd**2, 1e-12)
    precision = np.maximum(1.0 / variance - 1.0 / np.maximum(prior_variance, 1e-12), 0.0)
    # -prec (g - b)^2 / 2 without the constant in b: finite also for a teacher without information.
    exponent = (mean / variance)[:, None] * grid - 0.5 * precision[:, None] * grid**2
    exponent -= exponent.max(axis=1, keepdims=True)
    return np.asarray(np.exp(exponent))


def _normal_prior() -> FloatArray:
    density = np.exp(-0.5 * np.linspace(GRID_LOW, GRID_HIGH, GRID_POINTS) ** 2)
    return np.asarray(density / density.sum())


def _estimated_prior(likelihood: FloatArray, normal: FloatArray) -> FloatArray:
    """EM: w <- w * mean_j L_j / (L_j w), mixed with the normal prior at every step."""
    weight, count = normal, likelihood.shape[0]
    transposed = np.ascontiguousarray(likelihood.T)
    with threadpool_limits(limits=1, user_api="blas"):
        for _ in range(EM_STEPS):
            responsibility = transposed @ (1.0 / (likelihood @ weight)) / count
            weight = (1.0 - NORMAL_WEIGHT) * weight * responsibility + NORMAL_WEIGHT * normal
    return weight
