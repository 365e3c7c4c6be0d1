"""How long catching up takes, when some students leave before anyone can know: Kaplan and Meier.

A *leaver* at year h was followed for h years without catching up; she counts as at risk in
year h and not after. Kaplan and Meier 1958, JASA 53:457.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from plc.statistics.records import FloatArray


@dataclass(frozen=True, slots=True)
class CatchUpCurve:
    """One entry per year h = 1..H after falling behind.

    at_risk  students still behind and followed at the start of year h
    caught_up  of those, first at level in year h
    share    1 - S(h), the share caught up within h years
    lower, upper  its interval (log-minus-log, Greenwood's variance)
    """

    at_risk: FloatArray
    caught_up: FloatArray
    share: FloatArray
    lower: FloatArray
    upper: FloatArray

    def __len__(self) -> int:
        return int(self.share.shape[0])


def kaplan_meier(caught_up: FloatArray, leavers: FloatArray, *, level: float = 0.90) -> CatchUpCurve:
    """S(h) = prod_{k<=h} (1 - d_k/n_k) from counts by year 1..H (both length H, >= 0).

    Where S is exactly 1 or 0 the interval comes from the exact binomial bound of n_h students
    (1 - a^(1/n)), since Greenwood's variance is then 0. Years nobody was at risk in are cut off.
    """
    d, c = np.asarray(caught_up, dtype=np.float64), np.asarray(leavers, dtype=np.float64)
    if d.shape != c.shape or (d < 0).any() or (c < 0).any():
        raise ValueError("caught_up and leavers need one count >= 0 per year")
    return curve_of_years(d, (d + c)[::-1].cumsum()[::-1], level=level)


def curve_of_years(caught_up: FloatArray, at_risk: FloatArray, *, level: float = 0.90) -> CatchUpCurve:
    """The same from how many were at risk as each year 1..H began, and how many of them caught up in it."""
    d, n = np.asarray(caught_up, dtype=np.float64), np.asarray(at_risk, dtype=np.float64)
    followed = n > 0
    d, n = d[followed], n[followed]
    survival = np.cumprod(1 - d / n)
    greenwood = np.cumsum(np.divide(d, n * (n - d), out=np.zeros_like(d), where=n > d))
    inside = (survival > 0) & (survival < 1)
    z = norm.ppf(0.5 + level / 2)
    log_s = np.log(survival, out=np.full_like(survival, -1.0), where=inside)
    width = z * np.sqrt(greenwood) / np.abs(log_s)
    exact = (0.5 - level / 2) ** (1 / n)
    lower = np.where(inside, 1 - np.exp(log_s * np.exp(-width)), np.where(survival >= 1, 0.0, exact))
    upper = np.where(inside, 1 - np.exp(log_s * np.exp(width)), np.where(survival >= 1, 1 - exact, 1.0))
    return CatchUpCurve(n, d, np.asarray(1 - survival, dtype=np.float64), lower, upper)
