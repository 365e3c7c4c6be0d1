"""What each teacher's figure is made of, step by step, and whether her classes agree with each other.

    own effect = mean result - expected from starting points - company of the class - peers' mean

each the precision-weighted mean over her sections; what the rows leave over comes from students who
missed an assessment. The peers' mean is kept only where enough other teachers stand behind it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from plc.bright_spots.sensitivity import Sensitivity
from plc.bright_spots.tallies import SubjectFindings
from plc.statistics.funnel import funnel_points
from plc.statistics.heterogeneity import heterogeneity
from plc.statistics.records import FloatArray, IntArray


def ingredient_rows(found: SubjectFindings, robustness: Sensitivity) -> pd.DataFrame:
    """One row per teacher: teacher_key and the ingredients of `scan_ingredient`."""
    subject, estimates, tallies = found.subject, found.estimates, found.tallies
    # With few peers their mean follows from any two of these steps, so none of the two is kept.
    peers = found.tallies.enough_peers
    fitted = (estimates.summaries, subject.exposures, estimates.components)
    agreement = heterogeneity(*fitted, estimates.district)
    section, teacher = subject.led
    spread = estimates.summaries.variance[section] + estimates.components.section
    weight = subject.exposures.weight[subject.leads] / spread

    def mean(values: FloatArray) -> FloatArray:
        return _mean(values[section], weight, teacher, size=subject.exposures.teachers)

    return pd.DataFrame(
        {
            "teacher_key": subject.teacher_keys,
            "subject": found.name,
            "mean_result": tallies.mean_result,
            "mean_expected": tallies.mean_expected,
            "context": np.where(
                peers, mean(estimates.context.gamma * subject.sections["section_mean"]), np.nan
            ),
            "peer_mean": np.where(peers, mean(estimates.peer_mean), np.nan),
            "own_effect": tallies.own_effect,
            "own_error": funnel_points(*fitted).standard_error,
            "mean_start": mean(subject.sections["section_mean"]),
            "own_sections": agreement.sections,
            "sections_above": agreement.above,
            "disagreement": agreement.statistic,
            "disagreement_probability": agreement.probability,
            "flagged": robustness.flagged,
            "robust": robustness.robust,
        }
    )


def variant_rows(found: SubjectFindings, robustness: Sensitivity) -> pd.DataFrame:
    """One row per flagged teacher and variant: teacher_key, subject, variant, probability (NaN unsettled)."""
    flagged = np.flatnonzero(robustness.flagged)
    frames = [
        pd.DataFrame(
            {
                "teacher_key": found.subject.teacher_keys[flagged],
                "subject": found.name,
                "variant": name,
                "probability": probability[flagged],
            }
        )
        for name, probability in robustness.probability.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _mean(values: FloatArray, weight: FloatArray, group: IntArray, *, size: int) -> FloatArray:
    total = np.bincount(group, weight, minlength=size)
    mean = np.bincount(group, weight * values, minlength=size) / np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, mean, np.nan))
