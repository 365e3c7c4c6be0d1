"""How much classes that start low would have risen by themselves.

Classes picked because they stood low stood low partly by chance; at the next assessment the chance is drawn
anew and they rise without anything having been done (regression to the mean, specification C1).
"""

from __future__ import annotations

import numpy as np
from scipy import stats


def spurious_gain(*, selected_mean: float, mean: float, reliability: float) -> float:
    """E[gain | selected] = (1 - reliability)(mean - selected mean), in the units given.

    `reliability` is var(true section)/var(observed section): what of a class's standing beyond expectation
    will still be there. Positive where the selected classes stood below the mean.
    """
    return (1.0 - reliability) * (mean - selected_mean)


def mean_of_lowest(share: float) -> float:
    """Mean of the lowest `share` (0, 1] of a standard normal."""
    if not 0.0 < share <= 1.0:
        raise ValueError("A share lies above 0 and at most at 1.")
    return float(-stats.norm.pdf(stats.norm.ppf(share)) / share) if share < 1.0 else 0.0


def gain_of_lowest(share: float, *, lasting_variance: float, passing_variance: float) -> float:
    """What the lowest `share` of sections gains without any practice, in SD.

    Variances of a section's standing on one occasion: what lasts to the next, and what does not.
    """
    spread = float(np.sqrt(lasting_variance + passing_variance))
    reliability = lasting_variance / (lasting_variance + passing_variance)
    return spurious_gain(selected_mean=spread * mean_of_lowest(share), mean=0.0, reliability=reliability)
