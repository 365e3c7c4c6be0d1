"""Which teachers to flag so that few of the flags are false.

The *local false discovery rate* of a teacher is 1 - P(effect > delta). The largest set whose mean
local rate is at most q is flagged: direct posterior approach (Newton, Noueiry, Sarkar and Ahlquist
2004, Biostatistics 5:155; for teachers Han, Dalal and McCaffrey 2012). Specification B9.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from scipy import special

from plc.statistics.npmle import npmle_probability_above
from plc.statistics.posterior import TeacherPosteriors
from plc.statistics.records import BoolArray, FloatArray

# From here on the nonparametric prior gives lower false discovery rates (specification B9, by simulation).
NPMLE_TEACHERS = 200
# Least probability of a flagged teacher on her own (specification B9).
MINIMUM_PROBABILITY = 0.75
# Bright spot: effect beyond 0.10 SD, expected share of false flags at most 10 % (specification 0).
DELTA = 0.10
FALSE_DISCOVERY_RATE = 0.10


class FlaggedSet(NamedTuple):
    """flagged (J,) bool, and the expected share of false flags among them (0 for an empty set)."""

    flagged: BoolArray
    expected_false_discovery_rate: float

    @property
    def expected_false_flags(self) -> float:
        """Expected number of flagged teachers whose effect does not exceed delta."""
        return self.expected_false_discovery_rate * int(self.flagged.sum())


def probability_above(
    posteriors: TeacherPosteriors,
    delta: float,
    *,
    prior: Literal["normal", "npmle", "auto"] = "auto",
) -> FloatArray:
    """P(effect > delta | data) per teacher, shape (J,).

    "auto" takes the nonparametric prior from 200 comparable teachers with data on, the normal one
    below. A teacher without a peer group has 0: nothing is claimed about her.
    """
    informed = posteriors.comparable & (posteriors.school >= 0)
    if prior == "normal" or (prior == "auto" and int(informed.sum()) < NPMLE_TEACHERS):
        probability = _mixed_probability(posteriors, delta)
    else:
        probability = normal_probability_above(posteriors.mean, posteriors.sd, delta)
        probability[informed] = npmle_probability_above(
            posteriors.plug_in_mean[informed],
            posteriors.plug_in_sd[informed],
            posteriors.prior_variance[informed],
            delta=delta,
        )
    return np.where(posteriors.comparable, probability, 0.0)


def normal_probability_above(mean: FloatArray, sd: FloatArray, delta: float) -> FloatArray:
    """Phi((mean - delta) / sd); where sd is 0, whether the mean exceeds delta."""
    certain = sd <= 0
    standard = (mean - delta) / np.where(certain, 1.0, sd)
    return np.where(certain, np.where(mean > delta, 1.0, 0.0), special.ndtr(standard))


def flag_set(
    probabilities: FloatArray,
    eligible: BoolArray,
    false_discovery_rate: float = FALSE_DISCOVERY_RATE,
    *,
    minimum_probability: float = MINIMUM_PROBABILITY,
) -> FlaggedSet:
    """The largest set of eligible teachers with mean (1 - P) at most the given rate.

    Only teachers with P >= minimum_probability can be in it. Equal probabilities are flagged
    together or not at all, so the set does not depend on the order of the rows.
    """
    flagged = np.zeros(probabilities.shape, dtype=np.bool_)
    candidates = np.flatnonzero(eligible & (probabilities >= minimum_probability))
    if candidates.size == 0:
        return FlaggedSet(flagged, 0.0)
    order = candidates[np.argsort(-probabilities[candidates], kind="stable")]
    local = 1.0 - probabilities[order]
    running = np.cumsum(local) / np.arange(1, local.size + 1)
    closes_tie = np.append(local[1:] > local[:-1], True)  # the last of equal values
    allowed = np.flatnonzero((running <= false_discovery_rate + 1e-12) & closes_tie)
    if allowed.size == 0:
        return FlaggedSet(flagged, 0.0)
    last = int(allowed[-1])
    flagged[order[: last + 1]] = True
    return FlaggedSet(flagged, float(running[last]))


def _mixed_probability(posteriors: TeacherPosteriors, delta: float) -> FloatArray:
    mixture = posteriors.mixture
    if mixture is None:
        return normal_probability_above(posteriors.mean, posteriors.sd, delta)
    return np.asarray(mixture.weight @ normal_probability_above(mixture.mean, mixture.sd, delta))
