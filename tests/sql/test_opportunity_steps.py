"""The steps for groups of students, on tables small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import student_groups
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.reduction import Reduction, reduce_results
from plc.bright_spots.student_groups import HIGHEST, LOWEST, MIDDLE, GroupSums, reduce_groups
from plc.database import Database
from plc.database.database import Cursor
from tests.unit.bright_spots.districts import write_district


def results(starts: dict[str, float], *, sections: int = 2, units: int = 2) -> pd.DataFrame:
    """Each student's start and results of some units, dealt to sections in turn; every third misses one."""
    rows = []
    for number, (student, start) in enumerate(starts.items()):
        section = f"C{number % sections}"
        rows.append((student, None, None, 2025, "spring", "state", date(2025, 5, 1), start))
        for unit in range(units):
            if unit == 1 and number % 3 == 0:
                continue
            score = start + 7 * ((number * 5 + unit * 3) % 4)
            taken_on = date(2025, 10 + unit, 1)
            rows.append((student, section, f"T{section}", 2026, f"unit {unit}", "common", taken_on, score))
    columns = ["student", "section", "teacher", "school_year", "assessment", "kind", "taken_on", "score"]
    return pd.DataFrame(rows, columns=columns)


@contextmanager
def reduced(
    database: Database, rows: pd.DataFrame, groups: pd.DataFrame | None = None
) -> Iterator[tuple[Cursor, Reduction, GroupSums]]:
    """Reduce a district; `groups` has student, group_name, group_value."""
    write_district(database, rows)
    if groups is not None:
        with database.write() as cursor:
            cursor.register("supplied", groups)
            cursor.execute(
                "insert into student_group_version select student_key, group_name, group_value, 1, null"
                " from supplied join student_version on pseudonym = supplied.student"
            ).fetchall()
            cursor.unregister("supplied")
    with database.read() as cursor:
        options = ScanOptions(min_students=2)
        reduction = reduce_results(cursor, options)
        yield cursor, reduction, reduce_groups(cursor, options)


def thirds(cursor: Cursor) -> dict[str, int]:
    rows = cursor.execute(
        "select pseudonym, third from starting_third inner join student using (student_key)"
    ).fetchall()
    return dict(rows)


def test_nine_different_starts_make_three_thirds_of_three(database: Database) -> None:
    with reduced(database, results({f"s{n}": 100.0 + n for n in range(9)})) as (cursor, _, _):
        found = thirds(cursor)
    assert [found[f"s{n}"] for n in range(9)] == [LOWEST] * 3 + [MIDDLE] * 3 + [HIGHEST] * 3


def test_equal_starts_stay_together_in_the_third_of_their_middle_place(database: Database) -> None:
    """Of 9, places 3 to 5 share the place 4 of the middle third; places 1 and 2 stay in the lowest."""
    starts = dict(zip("abcdefghi", [1.0, 2.0, 3.0, 3.0, 3.0, 6.0, 7.0, 8.0, 9.0], strict=True))
    with reduced(database, results(starts)) as (cursor, _, _):
        found = thirds(cursor)
    assert [found[student] for student in "abcdefghi"] == [1, 1, 2, 2, 2, 2, 3, 3, 3]


def test_two_values_half_and_half_are_lowest_and_highest(database: Database) -> None:
    starts = {f"s{n}": 1.0 + n % 2 for n in range(8)}
    with reduced(database, results(starts)) as (cursor, _, _):
        found = thirds(cursor)
    assert [found[f"s{n}"] for n in range(8)] == [LOWEST, HIGHEST] * 4


def test_thirds_are_taken_within_grade_subject_and_year(database: Database) -> None:
    low, high = (
        results({f"{name}{n}": base + n for n in range(3)}) for name, base in (("l", 1.0), ("h", 50.0))
    )
    high["section"] = high["section"].map(lambda section: f"H{section}" if section else None)
    high["grade"] = 7
    low["grade"] = 6
    with reduced(database, pd.concat([low, high])) as (cursor, _, _):
        found = thirds(cursor)
    assert [found[f"{name}{n}"] for name in "lh" for n in range(3)] == [1, 2, 3, 1, 2, 3]


def test_the_cells_of_the_thirds_add_up_to_the_whole_cells(database: Database) -> None:
    with reduced(database, results({f"s{n}": 100.0 + 3 * n for n in range(24)})) as (_, reduction, sums):
        whole, parts = pd.DataFrame(reduction.cells), pd.DataFrame(sums.cells)
    parts["total"] = parts["students"] * parts["mean_residual"]
    parts["raw"] = parts["square_residual"] + parts["students"] * parts["mean_residual"] ** 2
    added = parts.groupby(["section_key", "scale_key"])[["students", "total", "raw"]].sum().reset_index()
    joined = whole.merge(added, on=["section_key", "scale_key"], suffixes=("", "_added"))
    assert len(joined) == len(whole) == len(added)
    assert (joined["students"] == joined["students_added"]).all()
    np.testing.assert_allclose(joined["total"], joined["students"] * joined["mean_residual"], atol=1e-12)
    square = joined["raw"] - joined["students"] * joined["mean_residual"] ** 2
    np.testing.assert_allclose(square, joined["square_residual"], atol=1e-12)


def test_pairs_of_a_third_match_a_sum_over_its_students(database: Database) -> None:
    """Worked out student by student, among them some who missed an assessment."""
    with reduced(database, results({f"s{n}": 100.0 + 3 * n for n in range(24)})) as (cursor, _, sums):
        rows = cursor.execute(
            "select group_cell.section_key, group_key, student_key,"
            " (z - mean_z) / sd_z - expected - mean_residual as d"
            " from group_member join expected using (student_key, section_key)"
            " join student_result on student_result.student_key = expected.student_key"
            "  and place_key = expected.section_key"
            " join scale_spread using (scale_key)"
            " join group_cell using (section_key, group_key, scale_key)"
        ).df()
    by_student = rows.groupby(["group_key", "section_key", "student_key"])["d"].agg(["sum", "size"])
    by_student["square"] = by_student["sum"] ** 2
    by_student["pairs"] = by_student["size"] * (by_student["size"] - 1)
    expected = by_student.groupby(["group_key", "section_key"]).agg(
        students=("size", "size"), sum_square=("square", "sum"), pairs=("pairs", "sum")
    )
    found = pd.DataFrame(sums.pairs).set_index(["group_key", "section_key"])[list(expected.columns)]
    assert by_student["size"].nunique() > 1
    pd.testing.assert_frame_equal(found.astype(float), expected.astype(float), check_names=False)


def test_a_group_is_scanned_with_teachers_enough_and_half_the_students_at_most(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(student_groups, "LEAST_GROUP_TEACHERS", 2)
    starts = {f"s{n}": 100.0 + n for n in range(12)}
    groups = pd.DataFrame(
        [(f"s{n}", "lunch", "yes" if n < 5 else "no") for n in range(12)]
        # The even ones are in one class: one teacher has three of them.
        + [(f"s{n}", "language", "Dari") for n in (0, 2, 4)],
        columns=["student", "group_name", "group_value"],
    )
    with reduced(database, results(starts), groups) as (_, _, sums):
        named = {key: words for key, words in sums.names.items() if key > HIGHEST}
        assert list(named.values()) == ["lunch: yes"]
        ((key,),) = sums.of_subject.values()
        assert key in named
        seats = sums.seats["students"][sums.seats["group_key"] == key]
        assert sorted(seats.tolist()) == [2, 3]


def test_without_groups_only_the_thirds_are_looked_at(database: Database) -> None:
    with reduced(database, results({f"s{n}": 100.0 + n for n in range(9)})) as (_, _, sums):
        assert set(np.unique(sums.cells["group_key"]).tolist()) == {LOWEST, MIDDLE, HIGHEST}
        assert sums.of_subject == {}
