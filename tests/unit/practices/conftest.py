"""Fixtures of the practice library."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plc.database import Database
from tests.unit.practices.library_district import fill


@pytest.fixture(scope="session")
def district_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The district, written once; tests work on copies."""
    path = tmp_path_factory.mktemp("practices") / "plc.duckdb"
    with Database(path) as database:
        fill(database)
        database.checkpoint()
    return path


@pytest.fixture
def district(district_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Six teachers in three schools, two teams."""
    path = tmp_path / "plc.duckdb"
    shutil.copy2(district_file, path)
    shutil.copy2(district_file.with_name("plc.duckdb.key"), tmp_path)
    with Database(path) as opened:
        yield opened
