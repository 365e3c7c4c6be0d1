"""docs/privacy.md says what the program does."""

from __future__ import annotations

from pathlib import Path

from plc.core.disclosure import HIGHEST_MINIMUM, LOWEST_MINIMUM, MINIMUM_TEACHERS, USUAL_MINIMUM
from plc.settings import load_settings

DOCUMENT = (Path(__file__).parents[3] / "docs" / "privacy.md").read_text(encoding="utf-8")


def test_its_thresholds_are_the_programs() -> None:
    assert f"| {USUAL_MINIMUM}, configurable with `PLC_MINIMUM_STUDENTS`" in DOCUMENT
    assert f"from {LOWEST_MINIMUM} to {HIGHEST_MINIMUM} |" in DOCUMENT
    assert f"does not name them | {MINIMUM_TEACHERS} |" in DOCUMENT
    assert f"(`PLC_SNAPSHOTS_KEPT`, {load_settings().snapshots_kept})" in DOCUMENT


def test_every_command_and_file_it_names_exists() -> None:
    root = Path(__file__).parents[3]
    words = [
        word for word in DOCUMENT.replace("`", " ").split() if "/" in word and word.endswith((".py", ".toml"))
    ]
    assert len(words) >= 6
    assert [word for word in words if not (root / word).exists()] == []


def test_it_cites_the_guidance_it_follows() -> None:
    for source in ("NCES 2011-603", "IES 2017-147", "34 CFR 99.3", "RFC 5297"):
        assert source in DOCUMENT
