"""Fixtures every tier uses."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from plc.database import Database
from plc.sample import load_sample
from tests.security.attempts import PROPERTY, summary


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database file, migrated."""
    with Database(tmp_path / "plc.duckdb") as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample district, loaded and scanned once for all processes of a test run; tests work on copies."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    base = tmp_path_factory.getbasetemp()
    folder = base.parent / f"sample-{run}" if run else base / "sample"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "loaded").exists():
            with Database(folder / "plc.duckdb") as database:
                load_sample(database)
            (folder / "loaded").touch()
    return folder / "plc.duckdb"


def copy_installation(source: Path, folder: Path) -> Path:
    """A copy of a closed database with everything that belongs to it; returns the copied database file."""
    folder.mkdir(parents=True, exist_ok=True)
    for beside in source.parent.glob(f"{source.name}*"):
        shutil.copy2(beside, folder / beside.name)
    return folder / source.name


@pytest.fixture(scope="module")
def sample_database(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A copy of the sample district for the tests of one file."""
    with Database(copy_installation(sample_file, tmp_path_factory.mktemp("sample"))) as opened:
        yield opened


_attempts: list[tuple[str, int, int]] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect what the attacks of tests/security counted, from whichever process ran them."""
    if report.when == "teardown":
        _attempts.extend(tuple(value) for name, value in report.user_properties if name == PROPERTY)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many attacks were made and how many succeeded."""
    if _attempts:
        terminalreporter.section("attacks")
        for line in summary(_attempts):
            terminalreporter.write_line(line)
