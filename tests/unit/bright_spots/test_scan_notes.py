"""Standards, shared classes, notes, and results that change under a scan."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import ScanOptions, scan
from plc.bright_spots.notes import CEILING, MISSING, SHARED, parted
from plc.core.errors import Conflict
from plc.database import Database
from plc.database.database import raise_data_version
from tests.unit.bright_spots.districts import simulated_results, write_district

STANDARDS = ("6.EE.1", "6.NS.1", "6.RP.1")
WITHOUT_STANDARDS = ScanOptions(standards=False)


def teachers(count: int = 24, seed: int = 5) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    return {f"T{i:02d}": float(0.1 * rng.standard_normal()) for i in range(count)}


def notes_by_teacher(database: Database) -> pd.Series:
    return scan(database, WITHOUT_STANDARDS).teachers.set_index("teacher_id")["notes"].map(parted)


def test_the_standard_in_which_students_stand_out_is_found(database: Database) -> None:
    rows = simulated_results(teachers(), standards=STANDARDS)
    lifted = (rows["teacher"] == "T03") & (rows["standard"] == "6.RP.1")
    rows.loc[lifted, "score"] += 8.0
    write_district(database, rows)
    found = scan(database)
    mine = found.standards[found.standards["teacher_id"] == "T03"].set_index("standard")
    assert mine["deviation"].idxmax() == "6.RP.1"
    assert mine.loc["6.RP.1", "deviation"] > 0.15
    assert (
        found.standards["deviation"].abs().idxmax()
        == found.standards.index[
            (found.standards["teacher_id"] == "T03") & (found.standards["standard"] == "6.RP.1")
        ][0]
    )
    assert set(found.components["component"]) >= {"teacher_standard", "section_standard"}
    assert (mine["students"] == 100).all()


def test_without_standards_in_the_data_there_are_no_rows_by_standard(database: Database) -> None:
    write_district(database, simulated_results(teachers(8)))
    assert scan(database).standards.empty


def test_teachers_who_share_a_class_both_have_a_row_that_says_so(database: Database) -> None:
    rows = simulated_results(teachers(12))
    shares = rows.loc[rows["section"].notna(), ["section", "teacher"]].drop_duplicates().assign(share=1.0)
    shared = shares["teacher"] == "T00"
    helper = shares[shared].assign(teacher="helper", share=0.4)
    shares.loc[shared, "share"] = 0.6
    write_district(database, rows, section_teachers=pd.concat([shares, helper]))
    found = scan(database, WITHOUT_STANDARDS).teachers.set_index("teacher_id")
    assert found.loc["helper", "sections"] == found.loc["T00", "sections"] == 4
    assert abs(found.loc["helper", "effect"]) <= abs(found.loc["T00", "effect"])
    notes = notes_by_teacher(database)
    assert SHARED in notes["helper"]
    assert SHARED in notes["T00"]
    assert SHARED not in notes["T01"]


def test_a_version_for_a_few_students_is_no_occasion_of_the_class(database: Database) -> None:
    rows = simulated_results(teachers(8), assessments=2)
    few = rows["student"].str.fullmatch(r"T0[0-3]-2026-0-[0-2]") & (rows["assessment"] == "unit 1")
    rows.loc[few, "assessment"] = "unit 1, in Spanish"
    write_district(database, rows)
    found = scan(database, WITHOUT_STANDARDS)
    assert set(found.teachers["occasions"]) == {8}
    assert "unit 1, in Spanish" not in set(found.occasions["assessment_name"])


def test_results_at_the_top_of_the_scale_are_noted(database: Database) -> None:
    rows = simulated_results(teachers(12))
    easy = rows["teacher"] == "T00"
    rows.loc[easy, "score"] += 12.0
    outcomes = rows["section"].notna()
    rows.loc[outcomes, "score"] = rows.loc[outcomes, "score"].clip(upper=80.0)
    write_district(database, rows)
    notes = notes_by_teacher(database)
    assert CEILING in notes["T00"]
    assert sum(CEILING in note for note in notes) < 6


def test_a_class_without_most_starting_points_is_noted_and_cannot_carry_a_flag(database: Database) -> None:
    effects = teachers(20) | {"strong": 0.9}
    rows = simulated_results(effects)
    hers = rows["student"].str.startswith("strong-")
    number = rows["student"].str.rsplit("-", n=1).str[1].astype(int)
    rows = rows[~(hers & (rows["kind"] == "state") & (number % 5 < 2))]
    write_district(database, rows)
    row = scan(database, WITHOUT_STANDARDS).teachers.set_index("teacher_id").loc["strong"]
    assert row["students"] == 60
    assert MISSING in parted(row["notes"])
    assert row["probability"] > 0.75
    assert not row["bright_spot"]


def test_a_scan_is_made_again_when_results_change_under_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_district(database, simulated_results(teachers(6), assessments=1))
    module = sys.modules[scan.__module__]
    working, calls = module.reduce_results, []

    def changed_once(*arguments, **named):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003, ANN202
        calls.append(1)
        if len(calls) <= limit:
            with database.write() as cursor:
                raise_data_version(cursor)
        return working(*arguments, **named)

    monkeypatch.setattr(module, "reduce_results", changed_once)
    limit = 1
    assert scan(database).data_version == database.data_version()
    assert len(calls) == 2
    limit = 100
    with pytest.raises(Conflict):
        scan(database)
