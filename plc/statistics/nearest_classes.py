"""Choosing, among classes that do not try a practice, those that stand nearest to the ones that do.

Nearness is in units of how much classes differ by themselves, over what is known of each before the start.
All pairs are chosen together, so that one class's nearest is not taken from another that needs it more
(optimal matching, Rosenbaum 1989, Journal of the American Statistical Association 84:1024).
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from plc.statistics.records import FloatArray, IntArray


def nearest_classes(tried: FloatArray, others: FloatArray, *, each: int) -> list[IntArray]:
    """Places in `others` (m, k) of up to `each` classes for every row of `tried` (n, k), none twice.

    Features are columns; nan means not known and counts as no difference. The sum of distances is least.
    Fewer than n x each others are shared out until none is left.
    """
    rounds = min(each, -(-len(others) // max(len(tried), 1))) if len(tried) else 0
    chosen: list[list[int]] = [[] for _ in range(len(tried))]
    if not rounds:
        return [np.array(places, dtype=np.intp) for places in chosen]
    cost = np.tile(_distance(tried, others), (rounds, 1))
    # A later companion of the same class costs a little more, so that everyone gets a first before a second.
    cost += np.repeat(np.arange(rounds), len(tried))[:, None] * 1e-6
    rows, columns = linear_sum_assignment(cost)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        chosen[row % len(tried)].append(column)
    return [np.array(sorted(places), dtype=np.intp) for places in chosen]


def _distance(tried: FloatArray, others: FloatArray) -> FloatArray:
    everyone = np.vstack([tried, others])
    known = np.where(np.isnan(everyone), np.nan, everyone)
    centre = np.array(
        [np.mean(column[~np.isnan(column)]) if (~np.isnan(column)).any() else 0.0 for column in known.T]
    )
    spread = np.array(
        [np.std(column[~np.isnan(column)]) if (~np.isnan(column)).sum() > 1 else 0.0 for column in known.T]
    )
    scaled = np.nan_to_num((known - centre) / np.where(spread > 0, spread, 1.0))
    return np.asarray(np.linalg.norm(scaled[: len(tried), None, :] - scaled[None, len(tried) :, :], axis=2))
