"""Henderson's mixed-model equations: likelihood, derivatives and predictions at given variances.

With P = V^-1 - V^-1 X C X' V^-1, C = (X'V^-1X)^-1, e = P y and q_k = V_k e (specification B7):

    l       = -1/2 [ log|V| + log|X'V^-1X| + y'e ]
    score_k = -1/2 [ tr(P V_k) - e'V_k e ]
    AI_kl   =  1/2 q_k' P q_l
    tr(P V_k) = (effects_k - tr C_kk) / tau_k^2,   C_kk the scaled effects' block of the inverse

The inverse of the equations holds Cov(a_hat - a) with the uncertainty of the fixed effects in it:
G - G W'V^-1W G + (G K) C (G K)', K = W'V^-1X (B8; Henderson 1975, Biometrics 31:423).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from plc.statistics.blocks import DENSE_LIMIT, Arrangement, arrange
from plc.statistics.design import MixedModel
from plc.statistics.factors import Factor, factorise, gathered_quadratic
from plc.statistics.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Derivatives:
    """score (K+1,) and average information (K+1, K+1); the last entry is the section variance."""

    score: FloatArray
    information: FloatArray


@dataclass(frozen=True, slots=True)
class Factorised:
    """The left-hand side at given variances: D^-1 (S,), blocks, and the inverse of the border's complement.

    scale (N+1,) and border_scale (n+1,) are tau per effect, 1 for fixed effects, 0 in the padding slot.
    """

    weight: FloatArray
    factors: tuple[Factor, ...]
    scale: FloatArray
    border_scale: FloatArray
    border_inverse: FloatArray
    log_determinant: float


@dataclass(frozen=True, slots=True)
class Solution:
    """The equations solved at given variances (K+1,): terms in the model's order, then section.

    fixed (p,) fixed effects; residual (S,) = y - X beta - sum_k W_k a_k; projected (S,) = P y;
    block_modes (N,) and border_modes (n,) conditional means, unscaled.
    """

    model: MixedModel
    arrangement: Arrangement
    variances: FloatArray
    log_likelihood: float
    fixed: FloatArray
    residual: FloatArray
    projected: FloatArray
    factorised: Factorised
    block_modes: FloatArray
    border_modes: FloatArray

    def modes(self, term: str) -> FloatArray:
        """Conditional means of one term's effects."""
        index = [t.name for t in self.model.terms].index(term)
        place = self.arrangement.place[index]
        values = np.empty(place.size)
        inside = place >= 0
        values[inside] = self.block_modes[place[inside]]
        values[~inside] = self.border_modes[-1 - place[~inside]]
        return values

    def combine(self, loadings: Mapping[str, sparse.csr_array]) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of J linear combinations: per term a matrix (J, columns of the term)."""
        inside, border = self._split(loadings)
        known = self.factorised
        scaled = inside @ sparse.diags_array(known.scale[:-1])
        width = known.border_inverse.shape[0]
        mean = inside @ self.block_modes + border @ self.border_modes
        variance = np.zeros(mean.shape[0])
        reach = sparse.csr_array(border @ sparse.diags_array(known.border_scale[:-1]))
        by_column = sparse.csc_array(scaled)
        for factor in known.factors:
            flat = factor.stack.effects.reshape(-1)
            real = np.flatnonzero(flat < known.scale.size - 1)
            here = by_column[:, flat[real]]
            if here.nnz == 0:
                continue
            spaced = sparse.csr_array(here @ _selector(real, flat.size))
            variance += factor.quadratic(spaced)
            reach = sparse.csr_array(reach - spaced @ _sparse_coupling(factor, width))
        return mean, np.maximum(variance + gathered_quadratic(reach, known.border_inverse), 0.0)

    def _split(self, loadings: Mapping[str, sparse.csr_array]) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Loadings on block effects (J, N) and on border effects (J, n)."""
        columns, width = self.block_modes.size, self.border_modes.size
        inside: list[sparse.coo_array] = []
        count = next(iter(loadings.values())).shape[0]
        for name, matrix in loadings.items():
            index = [t.name for t in self.model.terms].index(name)
            entries = sparse.coo_array(matrix)
            row, column = entries.coords
            place = self.arrangement.place[index][column]
            place = np.where(place >= 0, place, columns - 1 - place)
            inside.append(sparse.coo_array((entries.data, (row, place)), shape=(count, columns + width)))
        total = sparse.csc_array(sum(inside[1:], inside[0]))
        return sparse.csr_array(total[:, :columns]), sparse.csr_array(total[:, columns:])


class Equations:
    """The equations of one model, arranged once and solved at as many variances as wanted.

    Raises ValueError where the fixed effects are not of full rank.
    """

    def __init__(self, model: MixedModel, *, dense_limit: int = DENSE_LIMIT) -> None:
        self.model = model
        self.arrangement = arrange(model, dense_limit=dense_limit)
        place = self.arrangement
        self._block_transposed = sparse.csr_array(place.block_design.T)
        self._border_transposed = sparse.csr_array(place.border_design.T)
        # y less its least-squares fit: y'Py is unchanged and a large mean costs no digits.
        gram = (model.fixed.T @ model.fixed).toarray()
        try:
            self._start = np.linalg.solve(gram, model.fixed.T @ model.response)
        except np.linalg.LinAlgError as error:
            raise ValueError("The fixed effects are not of full rank.") from error
        self._centred = model.response - model.fixed @ self._start

    def solve(self, variances: FloatArray) -> Solution:
        """Likelihood, fixed effects and modes. variances (K+1,) in SD^2, all above zero."""
        known = self._factorise(variances)
        inside, outside = self._effects(known, self._centred[:, None])
        residual = self._centred - self._fitted(known, inside, outside)[:, 0]
        projected = known.weight * residual
        fixed = self.model.fixed.shape[1]
        return Solution(
            model=self.model,
            arrangement=self.arrangement,
            variances=variances,
            log_likelihood=-0.5 * float(known.log_determinant + self._centred @ projected),
            fixed=self._start + outside[:fixed, 0],
            residual=residual,
            projected=projected,
            factorised=known,
            block_modes=inside[:, 0] * known.scale[:-1],
            border_modes=outside[:, 0] * known.border_scale[:-1],
        )

    def _factorise(self, variances: FloatArray) -> Factorised:
        place = self.arrangement
        weight = 1.0 / (variances[-1] + self.model.noise)
        tau = np.append(np.sqrt(variances[:-1]), 1.0)
        scale = np.append(tau[place.block_term], 0.0)
        border_scale = np.append(tau[place.border_term], 0.0)  # term -1, a fixed effect: scale 1
        factors = tuple(factorise(s, weight, scale=scale, border_scale=border_scale) for s in place.stacks)
        border = self._border_matrix(weight, border_scale) + np.diag((place.border_term >= 0) * 1.0)
        root = linalg.cholesky(border - _schur(factors, border.shape[0]), lower=True)
        determinant = 2.0 * np.log(np.diag(root)).sum() - np.log(weight).sum()
        return Factorised(
            weight=weight,
            factors=factors,
            scale=scale,
            border_scale=border_scale,
            border_inverse=linalg.cho_solve((root, True), np.eye(border.shape[0])),
            log_determinant=float(determinant + sum(f.log_determinant for f in factors)),
        )

    def derivatives(self, solution: Solution) -> Derivatives:
        """Score and average information at a solution."""
        place, e, known = self.arrangement, solution.projected, solution.factorised
        terms = len(self.model.terms)
        inside, outside = self._block_transposed @ e, self._border_transposed @ e
        working = np.zeros((place.block_term.size, terms))
        working[np.arange(place.block_term.size), place.block_term] = inside
        working_border = np.zeros((place.border_term.size, terms))
        random = np.flatnonzero(place.border_term >= 0)
        working_border[random, place.border_term[random]] = outside[random]
        q = np.column_stack([place.block_design @ working + place.border_design @ working_border, e])
        projected = known.weight[:, None] * (q - self._fitted(known, *self._effects(known, q)))
        explained = np.append((working**2).sum(axis=0) + (working_border**2).sum(axis=0), e @ e)
        return Derivatives(
            score=-0.5 * (self._traces(solution) - explained),
            information=0.5 * (q.T @ projected),
        )

    def _border_matrix(self, weight: FloatArray, border_scale: FloatArray) -> FloatArray:
        """B' diag(weight) B with scaled columns, dense (n, n)."""
        weighted = sparse.csr_array(sparse.diags_array(weight) @ self.arrangement.border_design)
        product = (self._border_transposed @ weighted).toarray()
        return np.asarray(product * border_scale[:-1, None] * border_scale[None, :-1])

    def _effects(self, known: Factorised, right: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Scaled block (N, R) and border (n, R) effects for right-hand sides (S, R).

        ([T B]'D^-1[T B] + J)^-1 [T B]'D^-1 right, J the identity on random effects, 0 on fixed ones.
        """
        weighted = known.weight[:, None] * right
        scale, border_scale = known.scale, known.border_scale
        inside = np.zeros((scale.size, right.shape[1]))
        inside[:-1] = scale[:-1, None] * (self._block_transposed @ weighted)
        outside = np.zeros((border_scale.size, right.shape[1]))
        outside[:-1] = border_scale[:-1, None] * (self._border_transposed @ weighted)
        solved = []
        for factor in known.factors:
            part = factor.solve(inside[factor.stack.effects])
            np.subtract.at(outside, factor.stack.border, factor.outer.transpose(0, 2, 1) @ part)
            solved.append(part)
        outside[:-1] = known.border_inverse @ outside[:-1]
        outside[-1] = 0.0
        for factor, part in zip(known.factors, solved, strict=True):
            inside[factor.stack.effects] = part - factor.coupling @ outside[factor.stack.border]
        return inside[:-1], outside[:-1]

    def _fitted(self, known: Factorised, inside: FloatArray, outside: FloatArray) -> FloatArray:
        place = self.arrangement
        return np.asarray(
            place.block_design @ (known.scale[:-1, None] * inside)
            + place.border_design @ (known.border_scale[:-1, None] * outside)
        )

    def _traces(self, solution: Solution) -> FloatArray:
        """tr(P V_k) for every term, then tr(P)."""
        place, terms, known = self.arrangement, len(self.model.terms), solution.factorised
        inverse, squared = known.border_inverse, known.weight**2
        padded = np.pad(inverse, (0, 1))
        spread = float((inverse * self._border_matrix(squared, known.border_scale)).sum())
        diagonal = np.zeros(place.block_term.size + 1)
        for factor in known.factors:
            border = factor.stack.border
            near = padded[border[:, :, None], border[:, None, :]]
            diagonal[factor.stack.effects], inner = factor.spread(near, squared)
            outer = factor.stack.outer
            cross = factor.coupling @ near * factor.scale[:, :, None]
            cross *= known.border_scale[border][:, None, :]
            spread += inner - 2.0 * float(
                cross.reshape(-1)[outer.place] @ (outer.product * squared[outer.row])
            )
        left = np.bincount(place.block_term, weights=1.0 - diagonal[:-1], minlength=terms)
        random = place.border_term >= 0
        left += np.bincount(
            place.border_term[random], weights=1.0 - np.diag(inverse)[random], minlength=terms
        )
        return np.append(left / solution.variances[:-1], known.weight.sum() - spread)


def _schur(factors: tuple[Factor, ...], width: int) -> FloatArray:
    """sum_i E_i' F_i scattered into the border, (n, n)."""
    if not factors:
        return np.zeros((width, width))
    place, values = [], []
    for factor in factors:
        border = factor.stack.border
        place.append((border[:, :, None] * (width + 1) + border[:, None, :]).reshape(-1))
        values.append((factor.outer.transpose(0, 2, 1) @ factor.coupling).reshape(-1))
    total = np.bincount(np.concatenate(place), weights=np.concatenate(values), minlength=(width + 1) ** 2)
    return np.asarray(total.reshape(width + 1, width + 1)[:width, :width])


def _selector(places: IntArray, size: int) -> sparse.csr_array:
    """Puts column i of a matrix at `places[i]` of a wider one."""
    count = places.size
    return sparse.csr_array((np.ones(count), (np.arange(count), places)), shape=(count, size))


def _sparse_coupling(factor: Factor, width: int) -> sparse.csr_array:
    """F as a sparse matrix (C*q, n)."""
    blocks, effects, near = factor.coupling.shape
    row = np.repeat(np.arange(blocks * effects), near)
    column = np.repeat(factor.stack.border[:, None, :], effects, axis=1).reshape(-1)
    real = column < width
    values = factor.coupling.reshape(-1)[real]
    return sparse.csr_array((values, (row[real], column[real])), shape=(blocks * effects, width))
