"""The thresholds' file is read, and a mistake in it is named."""

from pathlib import Path

import pytest

from plc.core.errors import BadFile
from plc.practices.thresholds import FILE_NAME, read_thresholds, thresholds

SHIPPED = Path("plc/practices") / FILE_NAME


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text()
    assert text.count(old) >= 1
    path = tmp_path / FILE_NAME
    path.write_text(text.replace(old, new, 1))
    return path


def test_the_shipped_thresholds_are_those_the_ladder_promises() -> None:
    rules = thresholds()
    assert rules == read_thresholds(SHIPPED)
    assert (rules.replicated.tests, rules.replicated.practice_sections, rules.replicated.teachers) == (
        2,
        3,
        2,
    )
    confirmed = rules.confirmed
    assert (confirmed.teams, confirmed.practice_sections, confirmed.schools) == (3, 6, 2)
    assert (rules.pool.level, confirmed.effect_above, confirmed.tests_with_harm) == (0.95, 0.0, 0)


def test_a_district_can_ask_for_more(tmp_path: Path) -> None:
    assert read_thresholds(changed(tmp_path, "schools = 2", "schools = 4")).confirmed.schools == 4


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("schools = 2", "schools = 0", "confirmed.schools"),
        ("schools = 2", 'schools = "two"', "confirmed.schools"),
        ("level = 0.95", "level = 95", "pool.level"),
        ("schools = 2", "skools = 2", "confirmed"),
        ('"staggered"]', '"before and after"]', "pool.designs"),
        ("[300, 600]", "[600, 300]", "contexts"),
        ("practice_sections = 6", "practice_sections = 1", "practice_sections"),
        ("[adopted]", "[adopted", "cannot be read"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(BadFile, match=r"thresholds\.toml") as caught:
        read_thresholds(changed(tmp_path, old, new))
    assert named in str(caught.value)
