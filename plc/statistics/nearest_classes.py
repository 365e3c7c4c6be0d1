"""Choosing, among classes that do not try a practice, those that stand nearest to the ones that do.

Nearness is in units of how much classes differ by themselves, over what is known of each before the start.
Pairs are chosen together, so that one class's nearest is not taken from another that needs it more
(optimal matching, Rosenbaum 1989, Journal of the American Statistical Association 84:1024).
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from plc.statistics.records import FloatArray, IntArray


def nearest_classes(tried: FloatArray, others: FloatArray, *, each: int) -> list[IntArray]:
    """Places in `others` (m, k) of up to `each` classes for every row of `tried` (n, k), none twice.

    Features are columns; nan means not known and counts as no difference. In every round each class gets one
    more, so that nobody has two while another has none; within a round the sum of distances is least.
    """
    chosen: list[list[int]] = [[] for _ in range(len(tried))]
    free = np.arange(len(others))
    distance = _distance(tried, others) if len(tried) and len(others) else np.empty((len(tried), 0))
    for _ in range(each):
        rows, columns = linear_sum_assignment(distance[:, free])
        for row, place in zip(rows.tolist(), free[columns].tolist(), strict=True):
            chosen[row].append(place)
        free = np.delete(free, columns)
    return [np.array(sorted(places), dtype=np.intp) for places in chosen]


def _distance(tried: FloatArray, others: FloatArray) -> FloatArray:
    everyone = np.vstack([tried, others])
    known = ~np.isnan(everyone)
    count = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, everyone, 0.0)
    centre = filled.sum(axis=0) / count
    off = np.where(known, everyone - centre, 0.0)
    spread = np.sqrt((off**2).sum(axis=0) / count)
    scaled = off / np.where(spread > 0, spread, 1.0)
    return np.asarray(np.linalg.norm(scaled[: len(tried), None, :] - scaled[None, len(tried) :, :], axis=2))
