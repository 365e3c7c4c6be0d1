"""The sample district's practices come out as planted, from their measured tests to their status."""

from __future__ import annotations

from typing import Any

import pytest

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.inquiry.measured_effect import measure_due_tests
from plc.practices.pooled_evidence import refresh_evidence
from plc.practices.status import NO_CLEAR_EFFECT

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def evidence(sample_database: Database) -> dict[str, tuple[Any, Rows]]:
    """Of each practice of the sample its evidence and its tests in order of their end."""
    database = sample_database
    measure_due_tests(database, LOCAL_STEWARD)
    refresh_evidence(database, LOCAL_STEWARD)
    with database.read() as cursor:
        pools = cursor.execute("select * from practice_evidence").df().to_dict("records")
        tests = cursor.execute(
            "select beside.*, effect.effect, effect.starting_level from practice_evidence_test as beside"
            " inner join test_effect as effect using (test_id) order by test_order"
        ).df()
    return {
        row["practice_id"]: (row, tests[tests["practice_id"] == row["practice_id"]].to_dict("records"))
        for row in pools
    }


def test_the_sort_of_exit_tickets_has_a_positive_pool_and_its_negative_test_beside_it(
    evidence: dict[str, tuple[Any, Rows]],
) -> None:
    pool, tests = evidence["P1"]
    assert pool["tests"] == 6
    assert pool["lower_bound"] > 0
    assert [test["effect"] < 0 for test in tests].count(True) == 1
    assert pool["prediction_lower"] < 0
    assert pool["step"] in ("replicated", "confirmed here")


def test_the_lucky_warm_up_fades_to_no_clear_effect(evidence: dict[str, tuple[Any, Rows]]) -> None:
    pool, tests = evidence["P2"]
    assert pool["tests"] == 5
    assert tests[0]["so_far_estimate"] > 0.08
    assert pool["estimate"] < tests[0]["so_far_estimate"] / 2
    assert NO_CLEAR_EFFECT in pool["words"].lower()
    # Its teams set it aside.
    assert pool["step"] in ("replicated", "retired")


def test_every_measured_test_knows_where_its_classes_started(evidence: dict[str, tuple[Any, Rows]]) -> None:
    levels = [test["starting_level"] for _, tests in evidence.values() for test in tests]
    assert len(levels) >= 11
    assert all(-1.5 < level < 1.5 for level in levels)
