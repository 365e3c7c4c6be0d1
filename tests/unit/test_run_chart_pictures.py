"""Run charts and changes by class: what they say, name and tabulate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from plc.charts import change_by_class_picture, class_lines_picture, run_chart_picture
from plc.charts.run_chart import AIM_COLOUR, LINE_LETTERS, SHIFT, TREND

TITLE = "Percentage points beyond students who started alike"


def series(values: list[float], signals: list[str] | None = None) -> pd.DataFrame:
    days = [date(2025, 10, 2) + timedelta(days=35 * place) for place in range(len(values))]
    return pd.DataFrame(
        {
            "assessment_name": [f"Unit {place + 1}" for place in range(len(values))],
            "taken_on": days,
            "students": 80,
            "value": values,
            "lower": [value - 1 for value in values],
            "upper": [value + 1 for value in values],
            "signal": signals or [""] * len(values),
        }
    )


def drawn(points: pd.DataFrame, **changes: Any) -> Any:
    asked: dict[str, Any] = {
        "median": 1.0, "baseline": 3, "words": "No shift and no trend.", "title": TITLE,
        "unit": "percentage points",
    }  # fmt: skip
    return run_chart_picture(points, **(asked | changes))


def test_both_rules_are_named_in_the_legend_even_where_neither_holds() -> None:
    spec = drawn(series([1.0, 2.0, 1.5])).chart.to_dict()
    shapes = [layer["encoding"]["shape"] for layer in spec["layer"] if "shape" in layer.get("encoding", {})]
    assert {SHIFT, TREND} <= set(shapes[0]["scale"]["domain"])
    assert shapes[0]["legend"]["orient"] == "bottom"


def test_a_signal_differs_by_shape_and_is_named_in_the_table() -> None:
    picture = drawn(series([1.0, 2.0, 3.0], ["", "shift", "shift"]))
    assert picture.table["Rule"].tolist() == ["", SHIFT, SHIFT]


def test_the_sentence_says_from_where_to_where_the_median_and_what_the_rules_see() -> None:
    picture = drawn(series([1.0, 2.0, 4.0]), tests=[("Sort", date(2025, 11, 1), date(2025, 12, 1))])
    assert "from +1.0 to +4.0 percentage points" in picture.alt
    assert "median of the 3 assessments before the test +1.0" in picture.alt
    assert "A test is marked" in picture.alt
    assert "No shift and no trend." in picture.alt


def test_a_long_title_is_broken_for_a_narrow_screen() -> None:
    title = drawn(series([1.0])).chart.to_dict()["title"]
    assert len(title["text"]) == 2
    assert max(len(line) for line in title["text"]) <= LINE_LETTERS


@pytest.mark.parametrize(("starts_on", "align"), [(date(2025, 10, 10), "left"), (date(2026, 1, 10), "right")])
def test_the_word_at_a_tests_start_stands_where_there_is_room(starts_on: date, align: str) -> None:
    spec = drawn(
        series([1.0, 2.0, 3.0, 2.0]), tests=[("Sort", starts_on, starts_on + timedelta(days=20))]
    ).chart.to_dict()
    (words,) = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert words["align"] == align


def test_each_class_is_a_line_with_its_own_shape_and_name() -> None:
    classes = pd.concat(
        [series([1.0, 2.0]).assign(name=name, section_id=name.lower()) for name in ("Ana", "Ben")]
    )
    picture = class_lines_picture(classes, title=TITLE, unit="percentage points")
    assert set(picture.table["Class"]) == {"Ana, ana", "Ben, ben"}
    assert "2 classes over time" in picture.alt


def test_changes_put_the_team_first_and_say_who_was_left_out() -> None:
    changes = pd.DataFrame(
        {
            "name": ["The whole team", "Ana, M1"], "is_team": [True, False], "students": [80, 25],
            "unmatched": [5, 2], "change": [0.2, 0.1], "lower": [0.1, -0.1], "upper": [0.3, 0.3],
        }
    )  # fmt: skip
    picture = change_by_class_picture(changes)
    assert picture.table["Who"].tolist()[0] == "The whole team"
    assert picture.table["Only after, left out"].tolist() == [5, 2]
    assert "1 clearly above none" in picture.alt


def test_the_aim_is_a_line_with_its_figure_and_its_words() -> None:
    picture = drawn(series([1.0, 2.0, 1.5]), aim=(9.0, "+8 percentage points by 14 May 2026"))
    spec = picture.chart.to_dict()
    layers = [layer for layer in spec["layer"] if layer["mark"].get("color") == AIM_COLOUR]
    assert {layer["mark"]["type"] for layer in layers} == {"rule", "text"}
    (row,) = spec["datasets"][layers[0]["data"]["name"]]
    assert row == {"value": 9.0, "words": "aim +9.0"}
    assert "+8 percentage points by" in " ".join(spec["title"]["subtitle"])
    assert "The aim is +9.0 percentage points: +8 percentage points by 14 May 2026." in picture.alt
    assert "aim" not in drawn(series([1.0])).alt
