from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import ScanOptions, scan
from plc.core.errors import Unfinished
from plc.database import Database
from tests.unit.bright_spots.districts import simulated_results, write_district

TEACHERS = 40
WITHOUT_STANDARDS = ScanOptions(standards=False)


def planted() -> tuple[dict[str, float], dict[str, float]]:
    """Effects around 0; the honours teacher has none and the strongest classes, the planted one +0.5."""
    rng = np.random.default_rng(5)
    effects = {f"T{i:02d}": float(0.1 * rng.standard_normal()) for i in range(TEACHERS)}
    means = {teacher: float(0.3 * rng.standard_normal()) for teacher in effects}
    effects |= {"planted": 0.5, "honours": 0.0}
    means |= {"planted": -0.2, "honours": 1.3}
    return effects, means


@pytest.fixture(scope="module")
def planted_district(tmp_path_factory: pytest.TempPathFactory) -> Database:
    effects, means = planted()
    database = Database(tmp_path_factory.mktemp("planted") / "plc.duckdb")
    write_district(database, simulated_results(effects, means=means))
    return database


def by_teacher(database: Database, options: ScanOptions = WITHOUT_STANDARDS) -> pd.DataFrame:
    return scan(database, options).teachers.set_index("teacher_id")


def test_the_planted_teacher_is_found_and_the_honours_teacher_is_not(planted_district: Database) -> None:
    teachers = by_teacher(planted_district)
    assert teachers.loc["planted", "bright_spot"]
    assert not teachers.loc["honours", "bright_spot"]
    assert teachers.loc["honours", "mean_result"] == teachers["mean_result"].max()
    assert abs(teachers.loc["honours", "effect"]) < 0.25


def test_with_fewer_than_60_teachers_a_flag_is_an_early_signal(planted_district: Database) -> None:
    teachers = by_teacher(planted_district)
    assert set(teachers.loc[teachers["bright_spot"], "label"]) == {"early signal"}


def test_a_row_says_what_stands_behind_it(planted_district: Database) -> None:
    row = by_teacher(planted_district).loc["planted"]
    assert (row["students"], row["sections"], row["occasions"], row["years"]) == (100, 4, 12, 2)
    assert row["lower"] < row["effect"] < row["upper"]
    assert row["comparison_sections"] == 4 * (TEACHERS + 1)
    assert row["comparison_teachers"] == TEACHERS + 1
    assert 0.9 < row["consistency"] <= 1.0


def test_estimates_recover_the_true_effects(planted_district: Database) -> None:
    truth, _ = planted()
    teachers = by_teacher(planted_district)
    expected = pd.Series(truth).reindex(teachers.index)
    sd_of_outcome = np.sqrt(0.49 * 0.99 + 0.25 + 0.16)
    assert np.corrcoef(teachers["effect"], expected)[0, 1] > 0.8
    inside = (teachers["lower"] <= expected / sd_of_outcome) & (expected / sd_of_outcome <= teachers["upper"])
    assert inside.mean() > 0.75


def test_results_in_another_order_give_the_same_answer(database: Database) -> None:
    effects, means = planted()
    rows = simulated_results(effects, means=means, assessments=2)
    write_district(database, rows.sample(frac=1.0, random_state=3))
    with Database(":memory:") as other:
        write_district(other, rows)
        first, second = by_teacher(database), by_teacher(other)
    np.testing.assert_allclose(first["effect"], second["effect"], atol=1e-6)
    assert (first["bright_spot"] == second["bright_spot"]).all()


@pytest.mark.parametrize(("shift", "scale"), [(1e4, 1.0), (0.0, 37.0), (-250.0, 0.01)])
def test_neither_the_zero_nor_the_unit_of_a_test_matters(
    database: Database, planted_district: Database, shift: float, scale: float
) -> None:
    effects, means = planted()
    rows = simulated_results(effects, means=means)
    moved = rows["assessment"].isin(["spring", "unit 2"])
    rows.loc[moved, "score"] = shift + scale * rows.loc[moved, "score"]
    write_district(database, rows)
    columns = ["effect", "sd", "probability"]
    np.testing.assert_allclose(
        by_teacher(database)[columns], by_teacher(planted_district)[columns], atol=1e-6
    )


def test_other_subjects_change_nothing(database: Database, planted_district: Database) -> None:
    effects, means = planted()
    reading = simulated_results({f"R{i}": 0.0 for i in range(8)}, seed=9).assign(subject="reading")
    write_district(database, pd.concat([simulated_results(effects, means=means), reading]))
    found = scan(database, WITHOUT_STANDARDS).teachers
    mathematics = found[found["subject"] == "mathematics"].set_index("teacher_id")
    np.testing.assert_allclose(mathematics["effect"], by_teacher(planted_district)["effect"], atol=1e-9)


def test_options_narrow_what_counts_as_an_outcome(planted_district: Database) -> None:
    one_year = by_teacher(planted_district, ScanOptions(school_years=(2026,), standards=False))
    assert set(one_year["years"]) == {1}
    assert one_year["notes"].str.contains("one school year").all()
    assert scan(planted_district, ScanOptions(grades=(7,))).teachers.empty
    assert scan(planted_district, ScanOptions(subject="reading")).teachers.empty


def test_school_peers_are_colleagues_of_the_same_school(planted_district: Database) -> None:
    school = by_teacher(planted_district, ScanOptions(peers="school", standards=False))
    assert school["comparison_teachers"].max() < TEACHERS / 2
    assert school.loc["planted", "bright_spot"]


def test_an_empty_database_gives_an_empty_scan(database: Database) -> None:
    found = scan(database)
    assert found.teachers.empty
    assert found.standards.empty
    assert found.occasions.empty
    assert found.expected_false_discovery_rate == 0.0
    assert {"teacher_id", "effect", "bright_spot"} <= set(found.teachers.columns)


@pytest.mark.parametrize(
    ("teachers", "schools", "sections", "years"),
    [(1, 1, 1, (2026,)), (1, 1, 3, (2026,)), (1, 1, 2, (2025, 2026)), (2, 1, 1, (2026,)), (6, 1, 2, (2026,))],
)
def test_the_smallest_districts_flag_nobody_and_do_not_fail(
    database: Database, teachers: int, schools: int, sections: int, years: tuple[int, ...]
) -> None:
    effects = dict.fromkeys([f"T{i}" for i in range(teachers)], 0.0)
    write_district(
        database, simulated_results(effects, schools=schools, sections_per_year=sections, years=years)
    )
    found = scan(database)
    assert not found.teachers["bright_spot"].any()
    assert found.teachers["effect"].notna().all() or found.withheld


def test_a_subject_that_does_not_settle_is_withheld_and_the_others_are_reported(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The package's `scan` is the function; the module of that name is only in sys.modules.
    module = sys.modules[scan.__module__]
    reading = simulated_results({f"R{i}": 0.0 for i in range(8)}, seed=2).assign(subject="reading")
    write_district(database, pd.concat([simulated_results({f"T{i}": 0.0 for i in range(8)}), reading]))
    working = module.find

    def unsettled(reduction, subject_key, options):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        if reduction.subjects[subject_key] == "reading":
            raise Unfinished("did not settle")
        return working(reduction, subject_key, options)

    monkeypatch.setattr(module, "find", unsettled)
    found = scan(database)
    assert set(found.teachers["subject"]) == {"mathematics"}
    assert len(found.withheld) == 1
    assert "reading" in found.withheld[0]
    assert "estimate did not settle" in set(found.counts.loc[found.counts["subject"] == "reading", "reason"])


def test_no_starting_points_at_all_say_so_in_the_counts(database: Database) -> None:
    rows = simulated_results({f"T{i}": 0.0 for i in range(6)})
    write_district(database, rows[rows["kind"] != "state"].assign(school_year=2026))
    found = scan(database)
    assert found.teachers.empty
    assert found.counts["students"].sum() > 0
    # Nothing was estimated, so there are no variances to report.
    assert found.components.empty
