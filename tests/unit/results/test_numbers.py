"""Files as German, French and Spanish Excel saves them: semicolons, decimal commas, dates with dots."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.database import Cursor
from plc.results import correct_upload
from plc.results.fixes import Fix
from plc.results.numbers import has_decimal_commas, number_sql
from plc.results.steps import put_table
from plc.results.tables import RESULTS_FILE
from tests.unit.results.files import (
    HEADER,
    codes,
    counts,
    load,
    problems,
    query,
    results,
    roster,
    row,
    scores,
    stage,
)

RELAXED = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def european(*scored: str, maximum: str = "40") -> str:
    """A results file with these scores, one row each, as Excel saves it in much of Europe."""
    lines = [
        results(row(f"{place:02d}", "SCORE", date="03.04.2026")).splitlines()[1]
        for place in range(len(scored))
    ]
    rows = (
        line.replace(",", ";").replace("SCORE", text) + f";{maximum}"
        for line, text in zip(lines, scored, strict=True)
    )
    return results(*rows, header=HEADER.replace(",", ";") + ";max_score")


def read_cells(cursor: Cursor, cells: Sequence[str]) -> tuple[bool, list[float | None]]:
    """Whether cells of scores are taken to have decimal commas, and the numbers they are read as."""
    put_table(cursor, "staged_results_file", {"score": (pa.string(), list(cells))})
    commas = has_decimal_commas(cursor, RESULTS_FILE, ("score",))
    number = number_sql("score", decimal_comma=commas)
    return commas, [
        value
        for (value,) in cursor.execute(f"select {number} from staged_results_file order by rowid").fetchall()
    ]


def test_a_file_of_german_excel_is_read_as_it_is_meant_and_says_so(database: Database) -> None:
    done = load(database, european("12,5", "7", "0,25", "18,125", maximum="40,0").encode("cp1252"))
    assert counts(done) == (4, 4, 0, 0, 0)
    assert codes(done) == {"decimal_comma", "date_order"}
    assert scores(database) == [0.25, 7, 12.5, 18.125]
    assert query(database, "select max_score from assessment") == [(40.0,)]
    assert query(database, "select distinct taken_on from result") == [(datetime.date(2026, 4, 3),)]


def test_statuses_and_typing_errors_beside_decimal_commas_stay_what_they_are(database: Database) -> None:
    staged = stage(database, european("12,5", "absent", "oops", "12,5,1x", "-3,5"))
    assert {(line, code) for line, column, code in problems(staged) if column == "score"} == {
        (4, "not_a_number"),
        (5, "not_a_number"),
        (6, "negative"),
    }


@pytest.mark.parametrize(
    ("scored", "left_out"),
    [
        # Twelve hundred and fifty, or one and a quarter.
        (["1,250", "1,310", "30"], 2),
        # One slip does not make decimals of a column of thousands.
        (["1,250", "1,310", "1,25"], 3),
        # A point and a comma in one column.
        (["12,5", "12.5", "11"], 1),
        (["12,5", "1,234.5"], 2),
    ],
)
def test_commas_that_may_mean_something_else_are_set_aside_row_by_row(
    database: Database, scored: list[str], left_out: int
) -> None:
    staged = stage(database, european(*scored))
    assert counts(staged) == (len(scored), len(scored) - left_out, 0, 0, left_out)
    assert {code for _, column, code in problems(staged) if column == "score"} == {"not_a_number"}
    assert "decimal_comma" not in codes(staged)


def test_a_value_retyped_on_the_screen_may_have_a_point_or_a_comma(database: Database) -> None:
    staged = stage(database, european("12,5", "oops", "typo"))
    fixed = correct_upload(
        database,
        LOCAL_STEWARD,
        staged.upload_id,
        [
            Fix("results_file", "score", "oops", "11.5"),
            Fix("results_file", "score", "typo", "10,5"),
        ],
    )
    assert counts(fixed) == (3, 3, 0, 0, 0)


def test_an_answer_for_the_whole_file_may_have_a_point(database: Database) -> None:
    lines = european("12,5", "7,5").replace(";max_score", "").replace(";40", "")
    load(database, lines, max_score="20.5")
    assert query(database, "select max_score from assessment") == [(20.5,)]
    assert scores(database) == [7.5, 12.5]


def test_tables_of_a_bundle_may_have_decimal_commas(tmp_path: Path, database: Database) -> None:
    folder = roster(
        tmp_path / "roster",
        section_teachers=["section_id;teacher_id;share", "S1;T1;0,5", "S1;T2;0,5", "S2;T2;1"],
        results=["student_id;assessment_id;score;attempt", "00001;u1;7,5;1", "00002;u1;8;1,0"],
    )
    done = load(database, folder)
    assert done.rows_rejected == 0
    assert scores(database) == [7.5, 8]
    assert query(database, "select share from section_teacher order by share") == [(0.5,), (0.5,), (1.0,)]


@RELAXED
@given(
    numbers=st.lists(st.decimals(0, 99_999, places=2).filter(lambda one: one % 1), min_size=1),
    whole=st.lists(st.integers(0, 9_999)),
)
def test_numbers_read_alike_with_a_comma_and_with_a_point(
    database: Database, numbers: list[Decimal], whole: list[int]
) -> None:
    pointed = [str(number) for number in (*numbers, *whole)]
    with database.read() as cursor:
        assert read_cells(cursor, pointed) == (False, [float(text) for text in pointed])
        commas = [text.replace(".", ",") for text in pointed]
        assert read_cells(cursor, commas) == (True, [float(text) for text in pointed])
        grouped = [f"{one:,}".translate(str.maketrans(",.", ".,")) for one in numbers]
        assert read_cells(cursor, grouped) == (True, [float(one) for one in numbers])


@RELAXED
@given(
    cells=st.lists(st.text("0123456789.,-+eEx ", min_size=1, max_size=8), min_size=1, max_size=12),
)
def test_what_a_comma_is_read_as_never_changes_what_a_cell_without_one_says(
    database: Database, cells: list[str]
) -> None:
    with database.read() as cursor:
        commas, values = read_cells(cursor, cells)
        plain = number_sql("score", decimal_comma=False)
        as_before = cursor.execute(f"select {plain} from staged_results_file order by rowid").fetchall()
    for cell, value, (before,) in zip(cells, values, as_before, strict=True):
        assert value == before or (commas and before is None and "," in cell)
