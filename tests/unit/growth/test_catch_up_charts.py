"""The pictures of catching up: marks, sentence and table say the same."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from plc.charts.catch_up_charts import catch_up_curve_picture, catch_up_groups_picture


def test_the_curve_begins_at_nobody_and_its_table_holds_each_year() -> None:
    points = pd.DataFrame(
        {
            "years": [1, 2],
            "at_risk": [120, 60],
            "share": [0.25, 0.4],
            "lower": [0.2, 0.33],
            "upper": [0.3, 0.47],
        }
    )
    picture = catch_up_curve_picture(points)
    assert "25 % within 1 year; 40 % within 2 years" in picture.alt
    assert picture.table["Range"].tolist() == ["20 to 30 %", "33 to 47 %"]
    spec = json.dumps(picture.chart.to_dict())
    assert '"years": 0.0, "share": 0.0' in spec
    assert '"interpolate": "step-after"' in spec


def test_groups_keep_their_order_and_a_missing_range_is_said() -> None:
    groups = pd.DataFrame(
        {
            "name": ["Birch", "Alder"],
            "share": [0.2, 0.6],
            "lower": [np.nan, 0.5],
            "upper": [np.nan, 0.7],
            "expected": [np.nan, 0.4],
        }
    )
    picture = catch_up_groups_picture(groups, measure="caught up within a year")
    assert picture.table["Group"].tolist() == ["Birch", "Alder"]
    assert picture.table["Range"].tolist() == ["not shown", "50 to 70 %"]
    assert picture.table["Expected"].tolist() == ["not shown", "40 %"]
    assert "grey tick" in picture.alt
    json.dumps(picture.chart.to_dict())


def test_without_an_expectation_no_tick_is_drawn_or_spoken_of() -> None:
    groups = pd.DataFrame(
        {"name": ["Birch"], "share": [0.7], "lower": [0.6], "upper": [0.8], "expected": [np.nan]}
    )
    picture = catch_up_groups_picture(groups, measure="at level")
    assert "tick" not in picture.alt
    assert "Expected" not in picture.table
    assert "tick" not in json.dumps([layer["mark"] for layer in picture.chart.to_dict()["layer"]])
