"""What is sent of a chart is what Streamlit would send of it, made once for the same data."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from streamlit.elements.vega_charts import _convert_altair_to_vega_lite_spec, _stabilize_vega_json_spec
from streamlit.testing.v1 import AppTest

from plc.charts import Picture, groups_picture
from plc.ui import pictures


def groups(effect: float = 0.2) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "student_group": ["lowest_third", "others"],
            "students": [20, 40],
            "effect": [effect, 0.1],
            "lower": [0.0, 0.0],
            "upper": [0.3, 0.2],
        }
    )


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[pd.DataFrame]:
    """The data of every picture that was really made."""
    asked: list[pd.DataFrame] = []
    pictures._drawn.clear()

    def count(picture: Picture, _keep: Any = pictures._sent) -> pictures.Drawn:
        asked.append(picture.table)
        drawn: pictures.Drawn = _keep(picture)
        return drawn

    monkeypatch.setattr(pictures, "_sent", count)
    return asked


def test_a_remembered_chart_is_the_chart_that_altair_checks(made: list[pd.DataFrame]) -> None:
    picture = groups_picture(groups())
    checked = _convert_altair_to_vega_lite_spec(picture.chart)
    drawn = pictures.remembered(groups_picture, groups())
    assert drawn.spec["datasets"] == checked["datasets"]
    assert stable(drawn.spec) == stable(checked)
    assert drawn.alt == picture.alt
    pd.testing.assert_frame_equal(drawn.table, picture.table)


def stable(spec: dict[str, Any]) -> str:
    return _stabilize_vega_json_spec(json.dumps({**spec, "datasets": None}))


def test_the_same_data_are_drawn_once_and_other_data_anew(made: list[pd.DataFrame]) -> None:
    pictures.remembered(groups_picture, groups())
    pictures.remembered(groups_picture, groups())
    assert len(made) == 1
    other = pictures.remembered(groups_picture, groups(0.25))
    assert len(made) == 2
    assert "+0.25" in other.table.to_string()


def test_a_picture_stands_over_a_table_of_its_numbers() -> None:
    def page() -> None:
        from plc.charts import groups_picture
        from plc.ui import pictures
        from tests.unit.ui.test_pictures import groups

        pictures.draw(groups_picture, groups(), key="remembered")
        pictures.draw(groups_picture(groups()), key="given")

    at = AppTest.from_function(page).run()
    assert not at.exception
    remembered, given = at.get("vega_lite_chart")
    assert remembered.proto.spec == given.proto.spec
    assert remembered.proto.alt == given.proto.alt == groups_picture(groups()).alt
    assert len(at.table) == 2
