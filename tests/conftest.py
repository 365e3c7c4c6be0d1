"""Fixtures every tier uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plc.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database file, migrated."""
    with Database(tmp_path / "plc.duckdb") as opened:
        yield opened
