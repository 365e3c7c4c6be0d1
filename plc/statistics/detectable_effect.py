"""The smallest effect a planned test could find four times of five, said before it starts (specification C6).

MDES = (t_{1-a/2} + t_power) x standard error, both quantiles of t with the degrees of freedom the analysis
will have (Bloom 1995; Dong and Maynard 2013). With the district's variance borrowed there are more of them.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from plc.statistics.effect_options import POWER, SIZE


def multiplier(df: float, *, power: float = POWER, size: float = SIZE) -> float:
    """How many standard errors an effect must measure to be found with `power` at a two-sided `size`."""
    return float(stats.t.ppf(1 - size / 2, df) + stats.t.ppf(power, df))


def detectable_effect(standard_error: float, df: float, *, power: float = POWER) -> float:
    """The smallest effect, SD, that a test with this standard error finds with `power`."""
    return multiplier(df, power=power) * standard_error


def detectable_by_classes(
    *,
    sections: int,
    students: float,
    icc: float,
    r2_sections: float,
    r2_students: float,
    share_tried: float = 0.5,
    covariates: int = 1,
    borrowed_freedom: float | None = None,
) -> float:
    """MDES of whole classes assigned, from textbook inputs.

    `students` per class; `icc` share of variance between classes; `r2_*` what the start explains between and
    inside classes. `borrowed_freedom` d0 makes the degrees of freedom d0 + J - 2.
    """
    p = share_tried * (1 - share_tried) * sections
    variance = icc * (1 - r2_sections) / p + (1 - icc) * (1 - r2_students) / (p * students)
    df = sections - covariates - 2 if borrowed_freedom is None else borrowed_freedom + sections - 2
    return detectable_effect(float(np.sqrt(variance)), df)


def detectable_by_gains(
    *,
    sections: int,
    gain_variance: float,
    share_tried: float = 0.5,
    borrowed_freedom: float | None = None,
) -> float:
    """MDES of classes compared with themselves before; `gain_variance` of one section's change (SD^2)."""
    p = share_tried * (1 - share_tried) * sections
    df = sections - 2 if borrowed_freedom is None else borrowed_freedom + sections - 2
    return detectable_effect(float(np.sqrt(gain_variance / p)), df)
