"""An effect that no teacher has is told to nobody: something else is in the results."""

from __future__ import annotations

import pytest

from plc.bright_spots import own_results, scan_and_store
from plc.bright_spots.labels import NOT_SETTLED, UNTOLD
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from tests.unit.bright_spots.districts import simulated_results, write_district


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Eleven teachers who do not differ, and Anna, whose scores were typed in out of another maximum."""
    effects = {"Anna": 3.0} | dict.fromkeys(map(str, range(11)), 0.0)
    database = Database(tmp_path_factory.mktemp("impossible") / "plc.duckdb")
    write_district(database, simulated_results(effects, years=(2026,), standards=("a", "b")))
    scan_and_store(database, LOCAL_STEWARD)
    return database


def test_an_effect_beyond_any_teachers_did_not_settle(database: Database) -> None:
    (anna,) = own_results(database, Viewer(Role.TEACHER, teacher_id="Anna"))
    assert anna.label == NOT_SETTLED
    assert (anna.effect, anna.own_effect, anna.mean_result) == (None, None, None)
    assert anna.standard_frame.empty
    (other,) = own_results(database, Viewer(Role.TEACHER, teacher_id="3"))
    assert other.label not in UNTOLD
    assert other.effect is not None


def test_nothing_is_kept_of_an_effect_that_did_not_settle(database: Database) -> None:
    with database.read() as cursor:
        kept = cursor.execute(
            "select distinct label, effect from scan_finding where teacher_id = 'Anna'"
        ).fetchall()
        beside = cursor.execute(
            "select count(*) from scan_occasion where teacher_id = 'Anna' union all"
            " select count(*) from scan_opportunity where teacher_id = 'Anna'"
        ).fetchall()
    assert kept == [(NOT_SETTLED, None)]
    assert beside == [(0,), (0,)]
