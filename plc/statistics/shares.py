"""The interval of a share of students."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from plc.statistics.records import FloatArray


def share_interval(
    successes: FloatArray | float, trials: FloatArray | float, *, level: float = 0.90
) -> tuple[FloatArray, FloatArray]:
    """Wilson's interval of successes / trials; (0, 1) where there were no trials.

    Wilson 1927, JASA 22:209. It stays inside [0, 1] and behaves at 0 and 1, where the usual one does not.
    """
    k, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    z2 = ndtri(0.5 + level / 2) ** 2
    safe = np.where(n > 0, n, 1.0)
    p = k / safe
    centre = (p + z2 / (2 * safe)) / (1 + z2 / safe)
    half = np.sqrt(z2 * (p * (1 - p) / safe + z2 / (4 * safe * safe))) / (1 + z2 / safe)
    lower = np.where(n > 0, np.clip(centre - half, 0, 1), 0.0)
    upper = np.where(n > 0, np.clip(centre + half, 0, 1), 1.0)
    return lower, upper
