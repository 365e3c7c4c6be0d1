"""A pool from before it was kept which tests stand in it: after an upgrade nobody reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.practices import PracticeQuery, evidence_panel, search_practices
from plc.practices.pooled_evidence import refresh_evidence
from tests.conftest import copy_installation
from tests.security.attempts import Attempts

# Of the release before, the pool of a practice that was tested.
OLD: Final = 0.123456


def as_it_was(path: Path, *, upgraded: bool) -> None:
    """Make the file one whose pools were worked out from every test."""
    with Database(path) as database, database.write() as cursor:
        cursor.execute("delete from practice_shared_test").fetchall()
        cursor.execute("update practice_evidence set estimate = $old", {"old": OLD}).fetchall()
        if not upgraded:
            cursor.execute("delete from schema_migration where number = 28").fetchall()


def estimates(database: Database) -> list[float | None]:
    return [row.estimate for row in search_practices(database, LOCAL_STEWARD, PracticeQuery()).rows]


def test_an_upgraded_database_tells_no_pool_of_tests_that_nobody_released(
    sample_file: Path, tmp_path: Path, attempts: Attempts
) -> None:
    path = copy_installation(sample_file, tmp_path)
    as_it_was(path, upgraded=False)
    with Database(path) as database:
        attempts.judge(OLD in estimates(database), "the library's pools")
        attempts.judge(evidence_panel(database, LOCAL_STEWARD, "P1").pooled, "the card's pool")
        # What the running app does as it starts.
        assert refresh_evidence(database, LOCAL_STEWARD, due_only=True) > 0
        pooled = evidence_panel(database, LOCAL_STEWARD, "P1").pooled
        attempts.judge(OLD in estimates(database), "the library's pools once they are pooled anew")
        assert pooled is not None


def test_without_the_upgrade_the_old_pool_is_read(sample_file: Path, tmp_path: Path) -> None:
    """A check of the attack."""
    path = copy_installation(sample_file, tmp_path)
    as_it_was(path, upgraded=True)
    with Database(path) as database:
        assert OLD in estimates(database)
