"""Factors of the blocks of Henderson's equations, dense and sparse, with the same four fields and methods.

In scaled effects s = a / tau every block is M_i = I + T_i' D^-1 T_i, T_i = W_i tau: positive
definite whatever the variances. With E_i = T_i' D^-1 B (B the border) and F_i = M_i^-1 E_i, the
covariance of a block's effects is M_i^-1 + F_i S^-1 F_i', S the Schur complement of the border.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import linalg as sparse_linalg

from plc.statistics.blocks import Pairs, Stack, row_pairs
from plc.statistics.records import FloatArray, IntArray

# Right-hand sides solved at once by a sparse factor: bounds memory at effects x COLUMNS.
COLUMNS = 256
# Pairs of entries looked up at once.
PAIRS = 2_000_000


@dataclass(frozen=True, slots=True)
class DenseFactor:
    """A stack of C blocks of q effects with n border effects, inverted at once with batched LAPACK.

    scale (C, q) tau per effect, 0 where padded; outer E and coupling F (C, q, n); inverse M^-1 (C, q, q).
    """

    stack: Stack
    scale: FloatArray
    outer: FloatArray
    coupling: FloatArray
    log_determinant: float
    inverse: FloatArray

    def solve(self, right: FloatArray) -> FloatArray:
        """M^-1 @ right, right (C, q, R)."""
        return np.asarray(self.inverse @ right)

    def spread(self, border_inverse: FloatArray, squared: FloatArray) -> tuple[FloatArray, float]:
        """diag of the effects' covariance (C, q), and sum over rows of t' cov t * squared (S,).

        border_inverse (C, n, n) is S^-1 at the stack's border effects.
        """
        reach = self.coupling @ border_inverse
        covariance = self.inverse + reach @ self.coupling.transpose(0, 2, 1)
        diagonal = np.einsum("cii->ci", covariance).copy()
        scaled = covariance * self.scale[:, :, None] * self.scale[:, None, :]
        inner = self.stack.inner
        total = float(scaled.reshape(-1)[inner.place] @ (inner.product * squared[inner.row]))
        return diagonal, total

    def quadratic(self, rows: sparse.csr_array) -> FloatArray:
        """l' M^-1 l per row of `rows` (J, C*q), columns in the stack's order."""
        width = self.stack.effects.shape[1]
        result = np.zeros(rows.shape[0])
        for part, start in _by_pairs(rows):
            row, first, second, product = row_pairs(part, part)
            same = first // width == second // width
            place = first[same].astype(np.int64) * width + second[same] % width
            values = self.inverse.reshape(-1)[place] * product[same]
            result[start : start + part.shape[0]] = np.bincount(
                row[same], weights=values, minlength=part.shape[0]
            )
        return result


@dataclass(frozen=True, slots=True)
class SparseFactor:
    """One large block (C = 1), factorised by SuperLU with a symmetric fill-reducing order."""

    stack: Stack
    scale: FloatArray
    outer: FloatArray
    coupling: FloatArray
    log_determinant: float
    lu: Any

    def solve(self, right: FloatArray) -> FloatArray:
        """As for DenseFactor."""
        return np.asarray(self.lu.solve(np.ascontiguousarray(right[0])))[None]

    def spread(self, border_inverse: FloatArray, squared: FloatArray) -> tuple[FloatArray, float]:
        """As for DenseFactor."""
        effects = self.stack.effects.shape[1]
        reach, coupling, scale = (self.coupling @ border_inverse)[0], self.coupling[0], self.scale[0]
        inner = self.stack.inner
        row, column = np.divmod(inner.place, effects)
        weights = inner.product * squared[inner.row] * scale[row] * scale[column]
        order = np.argsort(column, kind="stable")
        row, column, weights = row[order], column[order], weights[order]
        diagonal, total = np.empty(effects), 0.0
        for start in range(0, effects, COLUMNS):
            stop = min(start + COLUMNS, effects)
            unit = np.zeros((effects, stop - start))
            unit[np.arange(start, stop), np.arange(stop - start)] = 1.0
            columns = self.lu.solve(unit) + reach @ coupling[start:stop].T
            diagonal[start:stop] = columns[np.arange(start, stop), np.arange(stop - start)]
            low, high = np.searchsorted(column, [start, stop])
            total += float(columns[row[low:high], column[low:high] - start] @ weights[low:high])
        return diagonal[None], total

    def quadratic(self, rows: sparse.csr_array) -> FloatArray:
        """As for DenseFactor."""
        result = np.zeros(rows.shape[0])
        filled = np.flatnonzero(np.diff(rows.indptr))
        for start in range(0, filled.size, COLUMNS):
            chosen = filled[start : start + COLUMNS]
            right = rows[chosen].toarray().T
            result[chosen] = np.einsum("ij,ij->j", right, self.lu.solve(np.ascontiguousarray(right)))
        return result


Factor = DenseFactor | SparseFactor


def factorise(stack: Stack, weight: FloatArray, *, scale: FloatArray, border_scale: FloatArray) -> Factor:
    """Factorise the blocks of a stack. weight (S,) = 1/D; scale (N+1,), border_scale (n+1,) end in 0."""
    blocks, effects = stack.effects.shape
    width = stack.border.shape[1]
    tau = scale[stack.effects]
    outer = _sum_pairs(stack.outer, weight, blocks * effects * width).reshape(blocks, effects, width)
    outer = outer * tau[:, :, None] * border_scale[stack.border][:, None, :]
    if stack.dense:
        inner = _sum_pairs(stack.inner, weight, blocks * effects**2).reshape(blocks, effects, effects)
        inner = inner * tau[:, :, None] * tau[:, None, :] + np.eye(effects)
        root = np.linalg.cholesky(inner)
        log_determinant = 2.0 * float(np.log(np.einsum("cii->ci", root)).sum())
        inverse = np.asarray(np.linalg.inv(inner), dtype=np.float64)
        return DenseFactor(stack, tau, outer, inverse @ outer, log_determinant, inverse)
    row, column = np.divmod(stack.inner.place, effects)
    values = stack.inner.product * weight[stack.inner.row] * tau[0, row] * tau[0, column]
    inner = sparse.csc_array((values, (row, column)), shape=(effects, effects)) + sparse.eye_array(effects)
    lu = sparse_linalg.splu(
        sparse.csc_matrix(inner),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
    log_determinant = float(np.log(np.abs(lu.U.diagonal())).sum())
    coupling = lu.solve(np.ascontiguousarray(outer[0]))[None] if width else outer
    return SparseFactor(stack, tau, outer, coupling, log_determinant, lu)


def gathered_quadratic(rows: sparse.csr_array, matrix: FloatArray) -> FloatArray:
    """l' A l for every row l of a sparse matrix (J, n) and a dense A (n, n)."""
    result = np.zeros(rows.shape[0])
    for part, start in _by_pairs(rows):
        row, first, second, product = row_pairs(part, part)
        result[start : start + part.shape[0]] = np.bincount(
            row, weights=matrix[first, second] * product, minlength=part.shape[0]
        )
    return result


def _sum_pairs(pairs: Pairs, weight: FloatArray, size: int) -> FloatArray:
    return np.asarray(
        np.bincount(pairs.place, weights=pairs.product * weight[pairs.row], minlength=size), dtype=np.float64
    )


def _by_pairs(rows: sparse.csr_array) -> list[tuple[sparse.csr_array, int]]:
    """Slices of `rows` with at most about PAIRS pairs of entries each, and where they start."""
    load = np.cumsum(np.diff(rows.indptr).astype(np.int64) ** 2)
    if load.size == 0 or load[-1] <= PAIRS:
        return [(rows, 0)]
    slots: IntArray = load // PAIRS
    starts = np.flatnonzero(np.diff(slots, prepend=-1))
    stops = np.append(starts[1:], rows.shape[0])
    return [(rows[a:b], int(a)) for a, b in zip(starts, stops, strict=True)]
