"""Average-information REML for a mixed model with known noise variances.

theta <- theta + AI^-1 score; halved until the objective rises; an element that would fall
below zero goes to a tenth of itself; floor 1e-8 SD^2 (Gilmour, Thompson and Cullis 1995,
Biometrics 51:1440; specification B7). A *weak prior* may be laid on each variance:
log tau_k^2 ~ N(log c_k^2, 1), which adds -1/2 (log theta_k - log c_k^2)^2 to the objective.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import linalg
from threadpoolctl import threadpool_limits

from plc.core.errors import Unfinished
from plc.statistics.blocks import DENSE_LIMIT
from plc.statistics.design import SECTION, MixedModel
from plc.statistics.henderson import Equations, Solution
from plc.statistics.records import FloatArray

# Smallest variance, SD^2: a standard deviation of 0.0001.
FLOOR = 1e-8
# Newton decrement (twice the expected gain in l) at which the estimate is final: 3e-5 standard errors.
TOLERANCE = 1e-9
MAX_ITERATIONS = 100
MAX_HALVINGS = 12
# Numerical noise allowed in "the objective rose".
SLACK = 1e-9
# Share of all variance below which an element still falling goes to the floor at once.
NEGLIGIBLE = 1e-4
# A start by moments is kept within these shares of the total variance.
LEAST_START = 0.02


@dataclass(frozen=True, slots=True)
class RemlFit:
    """Estimates in SD^2 by term name, "section" last.

    covariance (K+1, K+1) is the inverse information, zero for an estimate at the floor.
    """

    variances: Mapping[str, float]
    covariance: FloatArray
    log_likelihood: float
    iterations: int
    solution: Solution


@dataclass(frozen=True, slots=True)
class _Point:
    theta: FloatArray
    solution: Solution
    objective: float


def fit_reml(
    model: MixedModel,
    *,
    prior_scales: Mapping[str, float] | None = None,
    dense_limit: int = DENSE_LIMIT,
) -> RemlFit:
    """REML estimates of the variance of every term and of sections.

    prior_scales: c_k in SD by term name, the weak prior's centre; None for plain REML.
    Raises Unfinished where the estimate does not settle or the data hold no information.
    """
    names = [*(term.name for term in model.terms), SECTION]
    centre = None if prior_scales is None else np.array([prior_scales[n] ** 2 for n in names])
    rows, fixed = model.fixed.shape
    with threadpool_limits(limits=1, user_api="blas"):
        equations = Equations(model, dense_limit=dense_limit)
        if rows <= fixed and centre is None:
            raise Unfinished("The variances cannot be estimated: no two sections share a peer group.")
        # Without a spare section the likelihood is flat and the prior alone is left.
        start = starting_values(model) if rows > fixed or centre is None else centre
        if centre is not None:
            start = np.maximum(start, LEAST_START * centre)
        return _ascend(equations, start, centre=centre, names=names)


def weak_prior_log_density(theta: FloatArray, centre: FloatArray | None) -> float:
    """-1/2 sum (log theta_k - log c_k^2)^2, 0 without a prior."""
    if centre is None:
        return 0.0
    return float(-0.5 * (np.log(theta / centre) ** 2).sum())


def starting_values(model: MixedModel) -> FloatArray:
    """Moments: the mean product of residuals of two sections that share an effect, coarse to fine.

    cov_k = [ |W_k'e|^2 - sum w^2 e^2 ] / [ |W_k'1|^2 - sum w^2 ] estimates the sum of the
    variances of this term and all coarser ones; mean(e^2 - V) the total. Shape (K+1,).
    """
    gram = (model.fixed.T @ model.fixed).toarray()
    residual = model.response - model.fixed @ np.linalg.solve(gram, model.fixed.T @ model.response)
    spare = max(model.fixed.shape[0] - model.fixed.shape[1], 1)
    squares = float(residual @ residual) / spare
    total = max(squares - float(model.noise.mean()), 0.05 * squares, 10 * FLOOR)
    levels, coarser = [], 0.0
    for term in model.terms:
        weights = term.matrix(model.response.size).T
        own = term.value * residual[term.row]
        pairs = float(((weights @ np.ones(residual.size)) ** 2).sum() - (term.value**2).sum())
        products = float(((weights @ residual) ** 2).sum() - own @ own)
        shared = products / pairs if pairs > 1e-9 else total / (len(model.terms) + 1)
        levels.append(shared - coarser)
        coarser = max(coarser, shared)
    levels.append(total - coarser)
    return np.asarray(np.clip(np.array(levels), max(LEAST_START * total, FLOOR), total))


def _ascend(
    equations: Equations, start: FloatArray, *, centre: FloatArray | None, names: list[str]
) -> RemlFit:
    point = _evaluate(equations, np.maximum(start, FLOOR), centre)
    for iteration in range(1, MAX_ITERATIONS + 1):
        gradient, information, em_step = _slopes(equations, point, centre)
        step = _newton_step(point.theta, gradient, information)
        decrement = float(step @ gradient)
        if not np.isfinite(decrement):
            break
        if decrement < TOLERANCE:
            return _fit(point, information, iteration, names)
        better = _rise(equations, point, step, centre=centre)
        if better is None:
            # EM always rises on the likelihood itself; tried where the quadratic model fails.
            better = _rise(equations, point, em_step, centre=centre)
        if better is None:
            if decrement < 1e3 * TOLERANCE:
                return _fit(point, information, iteration, names)
            break
        point = better
    raise Unfinished("The variance components did not settle, so no results are given for this subject.")


def _evaluate(equations: Equations, theta: FloatArray, centre: FloatArray | None) -> _Point:
    solution = equations.solve(theta)
    return _Point(theta, solution, solution.log_likelihood + weak_prior_log_density(theta, centre))


def _slopes(
    equations: Equations, point: _Point, centre: FloatArray | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Gradient and information of the objective, and the EM step 2 theta^2 score / effects."""
    derivatives = equations.derivatives(point.solution)
    gradient, information = derivatives.score, derivatives.information
    counts = np.array([term.columns for term in equations.model.terms] + [equations.model.response.size])
    em_step = 2.0 * point.theta**2 * gradient / counts
    if centre is not None:
        distance = np.log(point.theta / centre)
        gradient = gradient - distance / point.theta
        # The prior's curvature (1 - distance) / theta^2, kept positive above the centre.
        information = information + np.diag((1.0 + np.maximum(-distance, 0.0)) / point.theta**2)
    return gradient, information, em_step


def _newton_step(theta: FloatArray, gradient: FloatArray, information: FloatArray) -> FloatArray:
    """AI^-1 gradient with every element kept above zero.

    An element the step would take below zero goes to a tenth of itself, or to the floor once it is
    negligible, and the others are solved again given that; at the floor and pushed down it stays.
    Directions without information do not move.
    """
    step = np.zeros_like(theta)
    free = ~((theta <= FLOOR * 1.001) & (gradient < 0))
    size = np.sqrt(np.maximum(np.diag(information), 1e-300))
    scaled = information / np.outer(size, size)
    lowest = np.where(theta < NEGLIGIBLE * theta.sum(), FLOOR, 0.1 * theta)
    while free.any():
        push = gradient / size - scaled[:, ~free] @ (size * step)[~free]
        step[free] = linalg.pinvh(scaled[np.ix_(free, free)], rtol=1e-10) @ push[free] / size[free]
        below = free & (theta + step <= 0)
        if not below.any():
            break
        step[below] = (lowest - theta)[below]
        free &= ~below
    return step


def _rise(
    equations: Equations, point: _Point, step: FloatArray, *, centre: FloatArray | None
) -> _Point | None:
    """The first of step, step/2, step/4 ... at which the objective does not fall."""
    for halving in range(MAX_HALVINGS):
        theta = point.theta + step * 0.5**halving
        theta = np.maximum(theta, FLOOR)
        try:
            candidate = _evaluate(equations, theta, centre)
        except np.linalg.LinAlgError:  # too far out for the equations to be solved
            continue
        if candidate.objective >= point.objective - SLACK:
            return candidate
    return None


def _fit(point: _Point, information: FloatArray, iterations: int, names: list[str]) -> RemlFit:
    inside = point.theta > FLOOR * 1.001  # an estimate at the floor has no spread to speak of
    covariance = np.zeros_like(information)
    if inside.any():
        covariance[np.ix_(inside, inside)] = linalg.pinvh(information[np.ix_(inside, inside)], rtol=1e-12)
    return RemlFit(
        variances=dict(zip(names, (float(value) for value in point.theta), strict=True)),
        covariance=covariance,
        log_likelihood=point.solution.log_likelihood,
        iterations=iterations,
        solution=point.solution,
    )
