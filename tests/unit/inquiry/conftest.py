"""The sample district, loaded once; tests that write work on copies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plc.database import Database


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "plc.duckdb"
    shutil.copy2(sample_file, path)
    for key in sample_file.parent.glob("*.key"):
        shutil.copy2(key, tmp_path / key.name)
    with Database(path) as database:
        yield database
