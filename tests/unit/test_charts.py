"""Charts say the same three times: in marks, in a sentence, in a table."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from plc.charts import forest_picture, funnel_picture, groups_picture, occasions_picture, standards_picture
from plc.charts.picture import EFFECT_COLOUR, EXPECTED_COLOUR, SECTION_COLOURS, SECTION_SHAPES


@pytest.fixture
def occasions() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "section_id": section,
                "school_year": 2026,
                "assessment_name": name,
                "taken_on": date(2025, month, 1),
                "students": 26,
                "effect": effect,
                "lower": effect - 0.2,
                "upper": effect + 0.2,
            }
            for section in ("6A", "6B")
            for name, month, effect in (("Unit 1", 9, 0.3), ("Unit 2", 11, 0.1))
        ]
    )


def data_of(spec: dict[str, object]) -> list[dict[str, object]]:
    datasets = spec["datasets"]
    assert isinstance(datasets, dict)
    return [row for rows in datasets.values() for row in rows]


def test_every_occasion_is_drawn_with_its_interval(occasions: pd.DataFrame) -> None:
    rows = [row for row in data_of(occasions_picture(occasions).chart.to_dict()) if "section_id" in row]
    assert len(rows) == 4
    assert all(row["lower"] < row["effect"] < row["upper"] for row in rows)  # type: ignore[operator]


def test_classes_of_one_date_stand_side_by_side_within_its_month(occasions: pd.DataFrame) -> None:
    rows = [row for row in data_of(occasions_picture(occasions).chart.to_dict()) if "section_id" in row]
    shown = {(row["section_id"], row["assessment_name"]): pd.Timestamp(str(row["shown_on"])) for row in rows}
    assert shown["6A", "Unit 1"] < shown["6B", "Unit 1"]
    assert abs(shown["6A", "Unit 1"] - pd.Timestamp(2025, 9, 1)).days <= 14


def test_classes_differ_by_shape_and_not_by_colour_alone(occasions: pd.DataFrame) -> None:
    spec = occasions_picture(occasions).chart.to_dict()
    encodings = [layer["encoding"] for layer in spec["layer"]]
    shapes = [encoding["shape"]["scale"]["range"] for encoding in encodings if "shape" in encoding]
    assert shapes == [list(SECTION_SHAPES[:2])]


def test_the_sentence_counts_what_lies_above_with_its_whole_range(occasions: pd.DataFrame) -> None:
    assert "4 of 4 lie above what was expected, 2 with their whole range" in occasions_picture(occasions).alt


def test_the_table_holds_the_same_numbers(occasions: pd.DataFrame) -> None:
    table = occasions_picture(occasions).table
    assert list(table["Effect (SD)"]) == ["+0.30", "+0.30", "+0.10", "+0.10"]
    assert table["Range"].iloc[0] == "+0.10 to +0.50"


def test_one_class_needs_no_legend(occasions: pd.DataFrame) -> None:
    spec = occasions_picture(occasions[occasions["section_id"] == "6A"]).chart.to_dict()
    legends = [
        layer["encoding"]["color"]["legend"] for layer in spec["layer"] if "color" in layer["encoding"]
    ]
    assert legends == [None, None]


def test_a_single_occasion_can_be_drawn(occasions: pd.DataFrame) -> None:
    assert "1 occasions in 1 class" not in occasions_picture(occasions.head(1)).alt
    assert len(occasions_picture(occasions.head(1)).table) == 1


def test_standards_name_those_clearly_above() -> None:
    frame = pd.DataFrame(
        {
            "standard_id": ["6.NS.1", "6.RP.3"],
            "students": [52, 52],
            "effect": [0.3, 0.05],
            "lower": [0.1, -0.1],
            "upper": [0.5, 0.2],
        }
    )
    picture = standards_picture(frame)
    assert "Clearly above: 6.NS.1." in picture.alt
    assert list(picture.table["Standard"]) == ["6.NS.1", "6.RP.3"]


@pytest.fixture
def bands() -> pd.DataFrame:
    students = [10, 50, 100, 500, 1000]
    chance = [0.5, 0.22, 0.16, 0.07, 0.05]
    return pd.DataFrame(
        {
            "students": students,
            "chance_lower": [-limit for limit in chance],
            "chance_upper": chance,
            "all_lower": [-limit - 0.1 for limit in chance],
            "all_upper": [limit + 0.1 for limit in chance],
            "middle_lower": [-limit / 2 for limit in chance],
            "middle_upper": [limit / 2 for limit in chance],
        }
    )


def test_the_funnel_holds_only_the_points_it_is_given(bands: pd.DataFrame) -> None:
    points = pd.DataFrame({"name": ["Me"], "students": [100], "effect": [0.3]})
    picture = funnel_picture(points, bands)
    named = [row for row in data_of(picture.chart.to_dict()) if "name" in row]
    assert [row["name"] for row in named] == ["Me"]
    assert "1 of 1 lies above what chance alone would give" in picture.alt
    assert list(picture.table["Chance alone reaches"]) == ["-0.16 to +0.16"]


def test_the_funnel_shows_the_bands_around_its_points(bands: pd.DataFrame) -> None:
    points = pd.DataFrame({"name": ["Me"], "students": [300], "effect": [0.1]})
    rows = [row for row in data_of(funnel_picture(points, bands).chart.to_dict()) if "chance_upper" in row]
    assert [row["students"] for row in rows] == [50, 100, 500, 1000]


def test_groups_keep_their_order() -> None:
    frame = pd.DataFrame(
        {
            "student_group": ["started lowest", "started in the middle"],
            "students": [30, 31],
            "effect": [0.1, 0.2],
            "lower": [-0.1, 0.0],
            "upper": [0.3, 0.4],
        }
    )
    assert list(groups_picture(frame).table["Students"]) == ["started lowest", "started in the middle"]


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [EFFECT_COLOUR, EXPECTED_COLOUR, *SECTION_COLOURS])
@pytest.mark.parametrize("background", ["#ffffff", "#13181a"])
def test_marks_can_be_seen_on_light_and_dark_pages(colour: str, background: str) -> None:
    light, dark = sorted((luminance(colour), luminance(background)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3.0


def test_the_forest_shows_every_test_over_the_pool_and_says_so_in_words() -> None:
    tests = pd.DataFrame(
        {
            "label": ["First test", "Test 2", "Test 3"],
            "name": ["First test: Lincoln School", "Test 2: another team", "Test 3: another team"],
            "effect": [0.24, -0.06, 0.1],
            "lower": [0.05, -0.2, -0.1],
            "upper": [0.4, 0.1, 0.3],
            "students": [60.0, None, 52.0],
            "design": ["matched"] * 3,
        }
    )
    pooled = pd.DataFrame(
        {
            "effect": [0.09], "lower": [-0.01], "upper": [0.19], "prediction_lower": [-0.1],
            "prediction_upper": [0.28],
        }
    )  # fmt: skip
    picture = forest_picture(tests, pooled=pooled)
    assert picture.alt.startswith(
        "3 tests of this practice, each with its effect and 90 % range; 1 below zero."
    )
    assert "Together +0.09 SD (90 % range -0.01 to +0.19)" in picture.alt
    assert list(picture.table["Effect (SD)"]) == ["+0.24", "-0.06", "+0.10", "+0.09", ""]
    assert list(picture.table["Students"]) == ["60", "not shown", "52", "", ""]
    assert picture.table["90 % range"].iloc[-1] == "-0.10 to +0.28"
    shapes = {layer["mark"].get("shape") for layer in picture.chart.to_dict()["layer"]}
    assert {"square", "diamond"} <= shapes
    alone = forest_picture(tests.head(1))
    assert "Together" not in alone.alt
    assert len(alone.table) == 1
