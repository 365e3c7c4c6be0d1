"""The scan's SQL steps on tables small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import numpy as np
import pandas as pd

from plc.bright_spots.options import ScanOptions
from plc.bright_spots.reduction import Reduction, reduce_results
from plc.database import Database
from plc.database.database import Cursor
from tests.unit.bright_spots.districts import write_district

COLUMNS = ("student", "section", "teacher", "school_year", "assessment", "kind", "taken_on", "score")


def table(text: str) -> pd.DataFrame:
    """Rows of the COLUMNS above; `-` is a missing value, a date is written 2025-09-10."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).replace("-", None)
    return frame.assign(
        school_year=frame["school_year"].astype(int),
        score=frame["score"].astype(float),
        taken_on=frame["taken_on"].map(date.fromisoformat),
    )


@contextmanager
def reduced(
    database: Database, results: pd.DataFrame, options: ScanOptions | None = None, **tables: pd.DataFrame
) -> Iterator[tuple[Cursor, Reduction]]:
    write_district(database, results, **tables)
    with database.read() as cursor:
        yield cursor, reduce_results(cursor, options or ScanOptions(), keep_starts=True)


def starts(cursor: Cursor) -> dict[tuple[str, str], str | None]:
    """(student, section) -> the assessment and year her starting point comes from."""
    rows = cursor.execute(
        "select student.pseudonym, section.section_id, assessment.name, assessment.school_year from start"
        " inner join student using (student_key) inner join section using (section_key)"
        " left join scale on start.start_scale = scale.scale_key"
        " left join assessment on scale.assessment_key = assessment.assessment_key"
    ).fetchall()
    return {(student, section): f"{name} {year}" if name else None for student, section, name, year in rows}


# Two other students, so that every assessment has a spread.
OTHERS = """
    o1 | A | T1 | 2026 | unit   | common   | 2025-11-01 | 3
    o2 | A | T1 | 2026 | unit   | common   | 2025-11-01 | 7
    o1 | - | -  | 2025 | spring | state    | 2025-05-01 | 300
    o2 | - | -  | 2025 | spring | state    | 2025-05-01 | 500
    o1 | - | -  | 2024 | spring | state    | 2024-05-01 | 310
    o2 | - | -  | 2024 | spring | state    | 2024-05-01 | 510
    o1 | A | T1 | 2026 | check  | baseline | 2025-09-10 | 1
    o2 | A | T1 | 2026 | check  | baseline | 2025-09-10 | 5
"""


def test_the_latest_result_of_an_earlier_year_is_the_starting_point(database: Database) -> None:
    rows = (
        OTHERS
        + """
        s | A | T1 | 2026 | unit   | common   | 2025-11-01 | 5
        s | - | -  | 2024 | spring | state    | 2024-05-01 | 400
        s | - | -  | 2025 | spring | state    | 2025-05-01 | 420
        s | A | T1 | 2026 | check  | baseline | 2025-09-10 | 2
    """
    )
    with reduced(database, table(rows)) as (cursor, _):
        assert starts(cursor)["s", "A"] == "spring 2025"


def test_without_an_earlier_year_the_baseline_of_the_first_six_weeks_serves(database: Database) -> None:
    rows = (
        OTHERS
        + """
        s | A | T1 | 2026 | unit  | common   | 2025-11-01 | 5
        s | A | T1 | 2026 | check | baseline | 2025-09-10 | 2
    """
    )
    with reduced(database, table(rows)) as (cursor, _):
        assert starts(cursor)["s", "A"] == "check 2026"


def test_a_baseline_after_six_weeks_is_no_starting_point(database: Database) -> None:
    rows = (
        OTHERS
        + """
        s  | A | T1 | 2026 | unit | common   | 2025-11-01 | 5
        s  | A | T1 | 2026 | late | baseline | 2025-10-23 | 2
        o1 | A | T1 | 2026 | late | baseline | 2025-10-23 | 4
    """
    )
    with reduced(database, table(rows)) as (cursor, reduction):
        assert starts(cursor)["s", "A"] is None
    counts = dict(zip(reduction.left_out["reason"], reduction.left_out["students"], strict=True))
    assert counts["a starting test later than six weeks into the year (not used)"] == 1
    assert counts["included"] == 2


def test_a_baseline_is_never_an_outcome(database: Database) -> None:
    with reduced(database, table(OTHERS)) as (cursor, reduction):
        names = cursor.execute(
            "select distinct assessment.name from cell inner join scale using (scale_key)"
            " inner join assessment using (assessment_key)"
        ).fetchall()
    assert names == [("unit",)]
    assert reduction.cells["students"].tolist() == [2]


def test_with_the_same_teacher_again_she_starts_from_before_that_teacher(database: Database) -> None:
    rows = (
        OTHERS
        + """
        s | A | T1 | 2026 | unit   | common   | 2025-11-01 | 5
        s | B | T1 | 2025 | spring | state    | 2025-05-01 | 400
        s | C | T2 | 2024 | spring | state    | 2024-05-01 | 420
        s | A | T1 | 2026 | check  | baseline | 2025-09-10 | 2
    """
    )
    with reduced(database, table(rows)) as (cursor, _):
        assert starts(cursor)["s", "A"] == "spring 2024"


def test_with_the_same_teacher_again_and_nothing_before_she_is_left_out_and_counted(
    database: Database,
) -> None:
    rows = (
        OTHERS
        + """
        s | A | T1 | 2026 | unit   | common   | 2025-11-01 | 5
        s | B | T1 | 2025 | spring | state    | 2025-05-01 | 400
        s | A | T1 | 2026 | check  | baseline | 2025-09-10 | 2
    """
    )
    with reduced(database, table(rows)) as (cursor, reduction):
        assert starts(cursor)["s", "A"] is None
    reasons = set(reduction.left_out["reason"])
    assert "same teacher the year before and no earlier result" in reasons


def test_the_baseline_from_before_that_teachers_first_year_serves_too(database: Database) -> None:
    rows = (
        OTHERS
        + """
        s  | A | T1 | 2026 | unit   | common   | 2025-11-01 | 5
        s  | A | T1 | 2026 | check  | baseline | 2025-09-10 | 2
        s  | B | T1 | 2025 | unit   | common   | 2024-11-01 | 4
        s  | B | T1 | 2025 | check  | baseline | 2024-09-10 | 3
        o1 | B | T3 | 2025 | check  | baseline | 2024-09-10 | 1
    """
    )
    with reduced(database, table(rows)) as (cursor, _):
        assert starts(cursor)["s", "A"] == "check 2025"


def test_a_year_enrolled_with_the_teacher_counts_though_its_result_names_no_class(database: Database) -> None:
    rows = (
        OTHERS
        + """
        s | A | T1 | 2026 | unit   | common | 2025-11-01 | 5
        s | - | -  | 2025 | spring | state  | 2025-05-01 | 400
        q | B | T1 | 2025 | spring | state  | 2025-05-01 | 410
    """
    )
    enrollments = pd.DataFrame(
        [["s", "A", 1.0], ["s", "B", 1.0], ["o1", "A", 1.0], ["o2", "A", 1.0], ["q", "B", 1.0]],
        columns=["student", "section", "share"],
    )
    with reduced(database, table(rows), enrollments=enrollments) as (cursor, _):
        assert starts(cursor)["s", "A"] is None


def test_the_first_scored_attempt_counts(database: Database) -> None:
    rows = table(OTHERS)
    more = table("""
        s | A | T1 | 2026 | unit   | common | 2025-11-01 | 5
        s | A | T1 | 2026 | unit   | common | 2025-11-08 | 9
        r | A | T1 | 2026 | unit   | common | 2025-11-01 | -
        r | A | T1 | 2026 | unit   | common | 2025-11-08 | 6
        r | A | T1 | 2026 | unit   | common | 2025-11-20 | 9
        s | - | -  | 2025 | spring | state  | 2025-05-01 | 420
        r | - | -  | 2025 | spring | state  | 2025-05-01 | 430
    """).assign(attempt=[1, 2, 1, 2, 3, 1, 1], status=["scored", "scored", "absent", *["scored"] * 4])
    with reduced(database, pd.concat([rows, more])) as (cursor, _):
        kept = cursor.execute(
            "select student.pseudonym, scored_result.score from scored_result"
            " inner join student using (student_key) inner join assessment using (assessment_key)"
            " where assessment.name = 'unit' and student.pseudonym in ('s', 'r') order by all"
        ).fetchall()
    assert kept == [("r", 6.0), ("s", 5.0)]


def test_exposure_follows_shares_of_teachers_and_of_students_time(database: Database) -> None:
    """Two students stay with T1 and T2 (60/40), one spends a quarter of the year with T3."""
    rows = table(
        OTHERS
        + """
        s  | A | T1 | 2026 | unit   | common | 2025-11-01 | 5
        s  | - | -  | 2025 | spring | state  | 2025-05-01 | 420
        o3 | B | T3 | 2026 | unit   | common | 2025-11-01 | 4
    """
    )
    teachers = pd.DataFrame(
        [["A", "T1", 0.6], ["A", "T2", 0.4], ["B", "T3", 1.0]], columns=["section", "teacher", "share"]
    )
    enrollments = pd.DataFrame(
        [["s", "A", 0.75], ["s", "B", 0.25], ["o1", "A", 1.0], ["o2", "A", 1.0], ["o3", "B", 1.0]],
        columns=["student", "section", "share"],
    )
    with reduced(database, rows, section_teachers=teachers, enrollments=enrollments) as (cursor, reduction):
        ids = dict(cursor.execute("select teacher_key, teacher_id from teacher").fetchall())
    weights = {
        ids[key]: weight
        for key, weight in zip(reduction.exposures["teacher_key"], reduction.exposures["weight"], strict=True)
    }
    assert weights["T1"] == np.float64(0.6 * 2.75 / 3)
    assert abs(weights["T3"] - 0.25 / 3) < 1e-12
    assert abs(sum(weights.values()) - 1.0) < 1e-12
    leads = dict(
        zip((ids[k] for k in reduction.exposures["teacher_key"]), reduction.exposures["leads"], strict=True)
    )
    assert leads == {"T1": True, "T2": True, "T3": False}
    reasons = dict(zip(reduction.left_out["reason"], reduction.left_out["students"], strict=True))
    assert reasons["moved between classes (kept, by time in each)"] == 1


def test_standards_are_averaged_and_the_whole_is_preferred(database: Database) -> None:
    base = table(OTHERS)
    base = base[base["kind"] == "state"]
    rows = []
    for student, first, second, whole in (("o1", 1, 5, 2), ("o2", 3, 5, 9), ("s", 5, 8, 4)):
        for name, scores in (("parts", {"a": first, "b": second}), ("both", {"a": first, "": whole})):
            for standard, score in scores.items():
                rows.append([student, "A", "T1", 2026, name, "common", date(2025, 11, 1), score, standard])
    detail = pd.DataFrame(rows, columns=[*COLUMNS, "standard"])
    with reduced(database, pd.concat([base, detail])) as (cursor, _):
        z = cursor.execute(
            "select assessment.name, student.pseudonym, z from student_result"
            " inner join student using (student_key) inner join scale using (scale_key)"
            " inner join assessment using (assessment_key) where assessment.kind = 'common' order by all"
        ).fetchall()
    found = {(name, student): value for name, student, value in z}

    def standardised(values: list[float]) -> np.ndarray:
        scores = np.array(values, dtype=float)
        return (scores - scores.mean()) / scores.std(ddof=1)

    whole, parts = standardised([2, 9, 4]), (standardised([1, 3, 5]) + standardised([5, 5, 8])) / 2
    for number, student in enumerate(("o1", "o2", "s")):
        assert abs(found["both", student] - whole[number]) < 1e-12
        assert abs(found["parts", student] - parts[number]) < 1e-12
