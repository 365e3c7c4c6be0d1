"""The same model with V written out and inverted: slow, plain, and the measure of the fast solver."""

from __future__ import annotations

import numpy as np

from plc.statistics.design import MixedModel
from plc.statistics.records import FloatArray


def loadings(model: MixedModel) -> list[FloatArray]:
    return [term.matrix(model.response.size).toarray() for term in model.terms]


def covariance(model: MixedModel, theta: FloatArray) -> FloatArray:
    total = np.diag(model.noise + theta[-1])
    for variance, design in zip(theta[:-1], loadings(model), strict=True):
        total = total + variance * design @ design.T
    return total


def projection(model: MixedModel, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """P and C."""
    inverse = np.linalg.inv(covariance(model, theta))
    design = model.fixed.toarray()
    c = np.linalg.inv(design.T @ inverse @ design)
    return inverse - inverse @ design @ c @ design.T @ inverse, c


def log_likelihood(model: MixedModel, theta: FloatArray) -> float:
    p, c = projection(model, theta)
    determinant = np.linalg.slogdet(covariance(model, theta))[1] - np.linalg.slogdet(c)[1]
    return float(-0.5 * (determinant + model.response @ p @ model.response))


def score_and_information(model: MixedModel, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    p, _ = projection(model, theta)
    derivatives = [design @ design.T for design in loadings(model)] + [np.eye(model.response.size)]
    e = p @ model.response
    working = np.column_stack([v @ e for v in derivatives])
    score = np.array([-0.5 * (np.trace(p @ v) - e @ v @ e) for v in derivatives])
    return score, 0.5 * working.T @ p @ working


def posterior(model: MixedModel, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Modes and covariance of all random effects, in the order of the terms (B8)."""
    inverse = np.linalg.inv(covariance(model, theta))
    design, w = model.fixed.toarray(), np.hstack(loadings(model))
    g = np.diag(np.repeat(theta[:-1], [term.columns for term in model.terms]))
    _, c = projection(model, theta)
    beta = c @ design.T @ inverse @ model.response
    k = w.T @ inverse @ design
    mode = g @ w.T @ inverse @ (model.response - design @ beta)
    return mode, g - g @ w.T @ inverse @ w @ g + (g @ k) @ c @ (g @ k).T
