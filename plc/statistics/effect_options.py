"""Every constant of a measured effect, in one place, each with its warrant (specification C and H).

These are design choices, not estimates; a stored effect carries the program's version, so that a change
here can be told from a change in the data. Effects and spreads are in standard deviations of students'
results (SD).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INTERVAL: Final = 0.90


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of an effect before a test: normal with `mean` and `sd` (SD); `sd` None says nothing."""

    name: str
    mean: float
    sd: float | None


# 973 education studies: 30th, 50th and 70th percentile of effects .02, .10, .21, before taking off sampling
# noise and publication bias; large studies have a median near .03 (Kraft 2020, 2023). Hence a typical
# practice adds .05.
TYPICAL: Final = Prior("what is typical of school practices", 0.05, 0.15)
# Shown beside the typical one, so that a reader sees how much the prior decides.
SCEPTICAL: Final = Prior("a sceptic", 0.0, 0.10)
HOPEFUL: Final = Prior("a hopeful reader", 0.10, 0.20)
FLAT: Final = Prior("this test alone", 0.0, None)
SENSITIVITY: Final = (SCEPTICAL, HOPEFUL, FLAT)
# Balancing measures have no expected direction.
UNDIRECTED: Final = Prior("no expected direction", 0.0, 0.15)

# An effect worth repeating a test for, and one that matters (bright spots' delta): SD.
WORTH_REPEATING: Final = 0.05
WORTHWHILE: Final = 0.10
# Probability from which advice is given (RCE Coach's default of 75 %), and below which a practice is set
# aside.
ADVICE_PROBABILITY: Final = 0.75
SET_ASIDE_PROBABILITY: Final = 0.40
# A balancing measure warns when harm of at least this size (SD) is this probable. Any harm at all at .75
# would be a false alarm in a fifth of measures that do not move (standard error .12); with a size asked for
# it is one in 16.
HARM_SIZE: Final = 0.05
HARM_PROBABILITY: Final = 0.75
# Above these degrees of freedom a t and a normal likelihood give the same words.
NORMAL_ABOVE: Final = 30.0
GRID_POINTS: Final = 20_001

# Degrees of freedom that the district's borrowed variance counts for: at least what two small teams' sections
# would tell, at most 20, because a variance right for the district need not be right for these classes. By
# simulation type I error stayed at or below 6 % within this range (docs/effects_calibration.md).
LEAST_BORROWED_FREEDOM: Final = 6.0
MOST_BORROWED_FREEDOM: Final = 20.0

# Sections from which the cluster-robust row is shown, and the permutation test of a randomised design:
# below 8 the smallest attainable p of a two-sided permutation is above .05 (2/C(6,3) = .10).
ROBUST_SECTIONS: Final = 6
PERMUTATION_SECTIONS: Final = 8
# Assignments tried when all cannot be listed (C(16,8) = 12,870 can), and their seed.
PERMUTATIONS: Final = 20_000
PERMUTATION_SEED: Final = 20_260

# Least occasions before and after the start for an interrupted series: a trend needs four points to be told
# from a level, three after to tell a lasting change from one good day (specification C1).
SERIES_BEFORE: Final = 4
SERIES_AFTER: Final = 3

# WWC Handbook 5.0: limits of the baseline difference, in pooled SD.
BASELINE_SATISFIED: Final = 0.05
BASELINE_ADJUSTABLE: Final = 0.25
# WWC: intraclass correlation assumed for achievement.
ACHIEVEMENT_ICC: Final = 0.20
# WWC attrition model: tolerable bias (SD) and (aT, aC), calibrated to the published boundary from memory
# within .08 points at 116 points (specification C4).
TOLERABLE_ATTRITION_BIAS: Final = 0.05
CAUTIOUS_ATTRITION: Final = (0.4085, 0.3538)
OPTIMISTIC_ATTRITION: Final = (0.2495, 0.2036)

# Power and size that a smallest detectable effect is stated for.
POWER: Final = 0.80
SIZE: Final = 0.05
# A smallest detectable effect above this cannot be expected of a school practice: hopeless as planned. Of
# 3,426 effects in 973 studies 70 % lie below .21 (Kraft); beyond twice that there is next to none.
HOPELESS_ABOVE: Final = 0.40
