"""A process killed at a random moment: what was confirmed is there, and nothing half-done is."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import copy_installation
from tests.faults.killing import kill_again_and_again
from tests.faults.work import findings, prepare


def test_after_six_kills_what_was_confirmed_is_there_and_nothing_half_done(
    sample_file: Path, tmp_path: Path
) -> None:
    outcome = kill_again_and_again(copy_installation(sample_file, tmp_path), 6, seed=6)
    assert outcome.wrong == []
    assert outcome.kills.total() == 6


def test_what_was_confirmed_and_is_gone_would_be_noticed(sample_file: Path, tmp_path: Path) -> None:
    place = prepare(copy_installation(sample_file, tmp_path))
    assert findings(place) == []
    confirmed = [[kind, 1, True] for kind in ("upload", "inquiry", "consent", "note", "card")]
    place.journal.write_text("".join(f"{json.dumps(line)}\n" for line in confirmed), encoding="utf-8")
    assert [words.split()[0] for words in findings(place)] == ["Upload", "The", "0", "1", "The"]
