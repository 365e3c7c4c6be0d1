"""The forest of a card's tests and their pool, for the screen and for paper."""

from __future__ import annotations

from typing import Final

import pandas as pd

from plc.charts import forest_picture
from plc.charts.picture import Picture
from plc.practices.evidence_records import EvidencePanel, TestedRow

DESIGN_WORDS: Final = {
    "randomised": "classes drawn at random",
    "matched": "compared with similar classes",
    "staggered": "classes started one after the other",
    "difference": "before and after, with comparison classes",
    "series": "over time, without comparison",
    "before and after": "before and after only, which is weak",
}


def evidence_picture(panel: EvidencePanel) -> Picture | None:
    """Each test that counts in the pool with its range, then the pool; None before one is measured."""
    drawn = [row for row in panel.tests if row.effect is not None and row.pooled]
    if not drawn:
        return None
    tests = pd.DataFrame(
        {
            "label": [_short(row) for row in drawn],
            "name": [row.label for row in drawn],
            "effect": [row.effect for row in drawn],
            "lower": [row.lower for row in drawn],
            "upper": [row.upper for row in drawn],
            "students": pd.array([row.students for row in drawn], dtype="Float64"),
            "design": [DESIGN_WORDS.get(row.design, row.design) for row in drawn],
        }
    )
    pooled = None
    if panel.pooled is not None:
        pooled = pd.DataFrame(
            {
                "effect": [panel.pooled.estimate],
                "lower": [panel.pooled.lower],
                "upper": [panel.pooled.upper],
                "prediction_lower": [panel.pooled.prediction_lower],
                "prediction_upper": [panel.pooled.prediction_upper],
            }
        )
    return forest_picture(tests, pooled=pooled)


def _short(row: TestedRow) -> str:
    """`Test 2, December 2025`: a label that fits a phone."""
    return ", ".join([row.label.split(":")[0], row.month or "another team"])
