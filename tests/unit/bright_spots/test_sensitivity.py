"""A flag is robust only where every variant keeps it; the two reliabilities bracket the one assumed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import (
    Overlap,
    ScanOptions,
    overlaps,
    own_evidence,
    own_results,
    scan,
    scan_and_store,
    steps,
)
from plc.bright_spots import sensitivity as checks
from plc.bright_spots.reduction import Reduction, reduce_results, shift_reliability
from plc.bright_spots.sensitivity import (
    HIGHER_DELTA,
    LOWER_DELTA,
    ROBUST_PROBABILITY,
    ROBUST_WORDS,
    VARIANTS,
    robustness_words,
)
from plc.core.errors import NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from tests.unit.bright_spots.districts import simulated_results, write_district

EVERY = dict.fromkeys(VARIANTS, 0.9)


def test_a_flag_holds_when_every_variant_keeps_it() -> None:
    assert robustness_words(EVERY) == ROBUST_WORDS
    assert robustness_words(EVERY | {HIGHER_DELTA: ROBUST_PROBABILITY}) == ROBUST_WORDS


def test_a_flag_that_one_variant_loses_says_what_it_depends_on() -> None:
    words = robustness_words(EVERY | {HIGHER_DELTA: 0.59})
    assert words == "This depends on how large a difference has to be to count."
    both = robustness_words(EVERY | {checks.LESS_RELIABLE: 0.2, checks.MORE_RELIABLE: 0.2})
    assert both.count("reliable") == 1


def test_a_variant_that_did_not_settle_or_is_missing_is_no_support() -> None:
    assert robustness_words(EVERY | {checks.NO_CONTEXT: float("nan")}) != ROBUST_WORDS
    assert robustness_words({LOWER_DELTA: 0.9}) != ROBUST_WORDS


def test_nobody_is_told_of_checks_on_a_figure_that_is_no_flag() -> None:
    assert robustness_words({}) == ""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A and B far above, C a little above, 21 others; a seven-student teacher; strong starters with A."""
    rng = np.random.default_rng(7)
    effects = {"A": 0.8, "B": 0.8, "C": 0.30} | {
        f"T{i}": float(0.05 * rng.standard_normal()) for i in range(21)
    }
    small = simulated_results({"Z": 1.0}, students=7, sections_per_year=1, years=(2026,), seed=2)
    rows = pd.concat([simulated_results(effects, means={"A": 0.8}), small], ignore_index=True)
    database = Database(tmp_path_factory.mktemp("sensitivity") / "plc.duckdb")
    write_district(database, rows)
    return database


@pytest.fixture(scope="module")
def stored(district: Database) -> Database:
    scan_and_store(district, LOCAL_STEWARD, ScanOptions(standards=False))
    return district


def reductions(database: Database, *shifts: float) -> list[Reduction]:
    with database.read() as cursor:
        main = reduce_results(cursor, ScanOptions(), keep_starts=True)
        steps.keep(cursor, "52_stated_scale")
        return [main, *(shift_reliability(cursor, main, shift) for shift in shifts)]


def test_a_shift_of_nothing_changes_nothing(district: Database) -> None:
    main, same = reductions(district, 0.0)
    for name, values in main.cells.items():
        np.testing.assert_allclose(same.cells[name], values, rtol=0, atol=1e-12)
    for name, values in main.pairs.items():
        np.testing.assert_allclose(same.pairs[name], values, rtol=1e-9, atol=1e-12)


def test_a_less_reliable_start_pulls_students_further_to_their_class(district: Database) -> None:
    main, less, more = reductions(district, -0.05, 0.05)
    mean = np.abs(main.sections["section_mean"]).mean()
    assert np.abs(less.sections["section_mean"]).mean() < mean < np.abs(more.sections["section_mean"]).mean()
    # What is left of a start after error is taken out carries over the more, the more error there was.
    assert less.sections["slope"][0] > main.sections["slope"][0] > more.sections["slope"][0]


def test_a_shift_is_the_scan_at_that_reliability(district: Database) -> None:
    _, shifted = reductions(district, -0.05)
    with district.read() as cursor:
        direct = reduce_results(cursor, ScanOptions(), reliability=0.88 - 0.05)
    for name, values in direct.cells.items():
        np.testing.assert_allclose(shifted.cells[name], values, rtol=0, atol=1e-9)


def test_a_scan_that_is_not_stored_has_no_diagnostics(district: Database) -> None:
    assert scan(district, ScanOptions(standards=False, opportunity=False)).diagnostics is None


def test_a_large_effect_is_robust_and_its_teacher_reads_why(stored: Database) -> None:
    mine = own_evidence(stored, Viewer(Role.TEACHER, teacher_id="B"))["mathematics"]
    assert mine.robust is True
    assert mine.robustness == ROBUST_WORDS
    assert tuple(mine.variants) == VARIANTS
    assert mine.variants[LOWER_DELTA] >= mine.variants[HIGHER_DELTA]
    (finding,) = own_results(stored, Viewer(Role.TEACHER, teacher_id="B"))
    assert ROBUST_WORDS in finding.notes


def test_a_figure_without_a_flag_has_no_variants(stored: Database) -> None:
    plain = own_evidence(stored, Viewer(Role.TEACHER, teacher_id="T1"))["mathematics"]
    assert plain.robust is None
    assert plain.variants == {}
    assert plain.robustness == ""


def test_overlap_is_told_in_counts_of_the_flagged(stored: Database) -> None:
    found = overlaps(stored, LOCAL_STEWARD)
    assert [overlap.variant for overlap in found] == list(VARIANTS)
    flagged = {overlap.flagged for overlap in found}
    assert len(flagged) == 1
    assert min(flagged) >= 2
    assert all(
        overlap.flagged_in_both <= min(overlap.flagged, overlap.flagged_in_variant) for overlap in found
    )
    lower, higher = (next(o for o in found if o.variant == name) for name in (LOWER_DELTA, HIGHER_DELTA))
    assert lower.flagged_in_both == lower.flagged
    assert higher.flagged_in_variant <= higher.flagged


def test_seven_students_leave_no_row_of_any_kind(stored: Database) -> None:
    with stored.read() as cursor:
        for table in (
            "scan_ingredient",
            "scan_variant",
            "scan_contrast",
            "scan_own_cell",
            "scan_own_section",
        ):
            rows = cursor.execute(f"select count(*) from {table} where teacher_id = 'Z'").fetchall()
            assert rows == [(0,)], table
            (others,) = cursor.execute(f"select count(*) from {table}").fetchall()
            assert others[0] > 0, table


def test_nothing_of_an_older_scan_is_left(tmp_path: Path) -> None:
    effects = {f"T{i}": 0.0 for i in range(6)}
    with Database(tmp_path / "plc.duckdb") as database:
        write_district(database, simulated_results(effects))
        for _ in range(5):
            last = scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False, opportunity=False))
        with database.read() as cursor:
            tables = cursor.execute(
                "select table_name from information_schema.columns"
                " join information_schema.tables using (table_schema, table_name)"
                " where column_name = 'scan_key' and table_type = 'BASE TABLE' and table_name <> 'scan_told'"
            ).fetchall()
            assert len(tables) > 10
            for (table,) in tables:
                oldest = cursor.execute(f"select min(scan_key) from {table}").fetchall()[0][0]
                assert oldest in (None, last.scan_key - 2), table


def test_evidence_is_the_teachers_alone(stored: Database) -> None:
    for viewer in (Viewer(Role.PRINCIPAL, school_ids=("S0",)), LOCAL_STEWARD, Viewer()):
        with pytest.raises(NotAllowed):
            own_evidence(stored, viewer)
    with pytest.raises(NotAllowed):
        overlaps(stored, Viewer())


@pytest.mark.parametrize(("both", "words"), [(7, "all"), (5, "5"), (2, "fewer than 3"), (0, "fewer than 3")])
def test_a_count_of_one_or_two_flags_is_not_told(both: int, words: str) -> None:
    assert (
        Overlap("maths", LOWER_DELTA, flagged=7, flagged_in_variant=9, flagged_in_both=both).staying == words
    )
