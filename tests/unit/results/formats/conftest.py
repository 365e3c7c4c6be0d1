"""Databases in which rosters are loaded, made once for all tests of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from plc.database import Database
from tests.unit.results.formats.samples import Prepared


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """The prepared database files."""
    return Prepared(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def open_after(prepared: Prepared, tmp_path: Path) -> Iterator[Callable[[str | None], Database]]:
    """Opens a database in which a sample is loaded."""
    with ExitStack() as stack:

        def opened(after: str | None = None) -> Database:
            path = prepared.copy(after, tmp_path / f"database-{after}")
            return stack.enter_context(Database(path))

        yield opened
