"""A database that is migrated once for all tests of the room."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plc.database import Database


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file."""
    path = tmp_path_factory.mktemp("migrated") / "plc.duckdb"
    Database(path).close()
    return path


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> Iterator[Database]:
    """An empty database file of its own."""
    shutil.copy(migrated, tmp_path / "plc.duckdb")
    with Database(tmp_path / "plc.duckdb") as opened:
        yield opened
