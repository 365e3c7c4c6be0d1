"""The floor of a district: ten unless it says otherwise, and never below five."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from plc.core.disclosure import USUAL_MINIMUM, stated_minimum
from plc.settings import Settings


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    return tmp_path / "plc.toml"


def test_a_district_that_says_nothing_has_the_usual_floor(settings_file: Path) -> None:
    assert stated_minimum(None, settings_file) == USUAL_MINIMUM == Settings().minimum_students


@pytest.mark.parametrize(("stated", "held"), [("5", 5), ("20", 20), ("30", 30)])
def test_a_stated_floor_holds_and_environment_comes_before_file(
    settings_file: Path, stated: str, held: int
) -> None:
    settings_file.write_text("minimum_students = 15")
    assert stated_minimum(None, settings_file) == 15
    assert stated_minimum(stated, settings_file) == held


@pytest.mark.parametrize("stated", ["4", "0", "-3", "31", "ten", ""])
def test_no_floor_outside_the_bounds_is_taken_and_the_program_says_so(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch, stated: str
) -> None:
    assert stated_minimum(stated, settings_file) == USUAL_MINIMUM
    monkeypatch.setenv("PLC_MINIMUM_STUDENTS", stated)
    with pytest.raises(ValidationError, match="minimum_students"):
        Settings()


def test_a_settings_file_that_cannot_be_read_leaves_the_usual_floor(settings_file: Path) -> None:
    settings_file.write_text("minimum_students = = 3")
    assert stated_minimum(None, settings_file) == USUAL_MINIMUM
