"""From rows to starts, by hand, on a district of a few students."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from plc.database import Database
from plc.database.sql import load_sql
from plc.growth.reduction import reduce_results
from plc.statistics.adequate_growth import adequate_growth_quantile

Load = Callable[[pd.DataFrame], None]
TEACHERS = 4


def rows(scores: dict[str, dict[int, list[float]]]) -> pd.DataFrame:
    """Per student and school year the scores of the year's assessments, in order; grade 3 in 2024.

    Students are dealt out to four teachers, one of whom any reader may be.
    """
    return pd.DataFrame(
        [
            {
                "student": student,
                "school": "A",
                "teacher": f"T{year}-{place % TEACHERS}",
                "subject": "mathematics",
                "grade": 3 + year - 2024,
                "school_year": year,
                "assessment": f"check {number + 1}",
                "taken_on": date(year, 3 + number, 1),
                "score": score,
            }
            for place, (student, years) in enumerate(scores.items())
            for year, of_year in years.items()
            for number, score in enumerate(of_year)
        ]
    )


def cut_everywhere(database: Database, cut: float, *, checks: int, grades: int = 3) -> None:
    """Being at level is a score of `cut` on every check of grades 3 onwards."""
    with database.write() as cursor:
        cursor.execute(
            "insert into level_cut select 'mathematics', grade, 'check ' || number, $cut, 'agreed', 'x',"
            " now()::timestamp, null from range(3, 3 + $grades) as grades (grade),"
            " range(1, 1 + $checks) as checks (number)",
            {"cut": cut, "grades": grades, "checks": checks},
        ).fetchall()


def read(database: Database, statement: str, subject: str | None = None) -> list[tuple[Any, ...]]:
    with database.read() as cursor:
        reduce_results(cursor, subject=subject)
        return cursor.execute(statement).fetchall()


RATES = "select horizon, sum(behind), sum(caught_up), sum(stayed), sum(1 - behind), sum(kept_up) from start group by horizon order by horizon"  # fmt: skip  # noqa: E501


def test_rates_worked_by_hand(database: Database, load_results: Load) -> None:
    load_results(
        rows(
            {
                "up for good": {2024: [40, 40], 2025: [60, 60], 2026: [60, 60]},
                "up and back": {2024: [40, 40], 2025: [60, 60], 2026: [40, 40]},
                "up at the end": {2024: [40, 40], 2025: [40, 40], 2026: [60, 60]},
                "never": {2024: [30, 30], 2025: [30, 30], 2026: [30, 30]},
                "always": {2024: [70, 70], 2025: [70, 70], 2026: [70, 70]},
                "dipped": {2024: [70, 70], 2025: [40, 40], 2026: [70, 70]},
                "left": {2024: [40, 40]},
            }
        )
    )
    cut_everywhere(database, 50, checks=2)
    one, two = read(database, RATES)
    # One year on, from 2024: up for good, up and back of 4 behind; from 2025: up at the end, dipped of 3.
    assert one[:4] == (1, 7, 4, 4)
    # At level 2024: always and dipped, always stays; 2025: up for good, up and back, always, two stay.
    assert one[4:] == (5, 3)
    # Two years on: 4 behind, up for good and up at the end at level; of 2 at level one kept up.
    assert two == (2, 4, 2, 2, 2, 1)


def test_stayed_needs_the_last_two_occasions_at_level(database: Database, load_results: Load) -> None:
    # The mean of 45 and 60 is at level, the occasion of 45 was not.
    load_results(rows({"once": {2024: [40, 40], 2025: [45, 60]}, "twice": {2024: [40, 45], 2025: [55, 70]}}))
    cut_everywhere(database, 50, checks=2, grades=2)
    assert [row[2:4] for row in read(database, RATES)] == [(2, 1)]


def test_a_year_ends_at_the_mean_of_its_last_two_assessments(database: Database, load_results: Load) -> None:
    load_results(rows({"s": {2024: [0, 44, 60]}, "t": {2024: [100, 100, 70]}}))
    cut_everywhere(database, 50, checks=3, grades=1)
    gaps = read(database, "select gap from year_status order by student_key")
    second, third = np.std([44, 100], ddof=1), np.std([60, 70], ddof=1)
    assert gaps[0][0] == pytest.approx(((44 - 50) / second + (60 - 50) / third) / 2)


def test_a_baseline_never_ends_a_year(database: Database, load_results: Load) -> None:
    table = rows({"s": {2024: [10, 60]}, "t": {2024: [90, 40]}})
    table["kind"] = np.where(table["assessment"] == "check 1", "baseline", "state")
    load_results(table)
    cut_everywhere(database, 50, checks=2, grades=1)
    gaps = read(database, "select gap > 0 from year_status order by student_key")
    assert gaps == [(True,), (False,)]


def test_the_relative_yardstick_is_the_first_years_fortieth_percentile(
    database: Database, load_results: Load
) -> None:
    first = {f"s{i:02d}": {2024: [float(i)], 2025: [float(i + 100)]} for i in range(1, 21)}
    # Younger students who take the same test a year later do not move it.
    second = {f"u{i:02d}": {2025: [500.0 + i]} for i in range(20)}
    table = rows(first | second)
    table.loc[table["student"].str.startswith("u"), "grade"] = 3
    load_results(table)
    scales = read(database, "select grade, first_school_year, cut_score, stated from scale order by grade")
    assert scales == [(3, 2024, 8.0, False), (4, 2025, 108.0, False)]
    behind = read(database, "select count(*) from year_status where school_year = 2024 and gap < 0")
    assert behind == [(7,)]


def test_too_few_students_for_a_percentile_leave_the_scale_out(
    database: Database, load_results: Load
) -> None:
    load_results(rows({f"s{i}": {2024: [float(i)]} for i in range(19)}))
    assert read(database, "select count(*) from scale") == [(0,)]


def test_too_few_teachers_leave_the_scale_out_until_a_year_with_more(
    database: Database, load_results: Load
) -> None:
    first = {f"s{i:02d}": {2024: [float(i)]} for i in range(1, 25)}
    second = {f"u{i:02d}": {2025: [500.0 + i]} for i in range(1, 21)}
    table = rows(first | second)
    table["grade"] = 3
    # In the first year one of three teachers gave it, in the next each of four.
    of_first = table["school_year"] == 2024
    table.loc[of_first, "teacher"] = table.loc[of_first, "teacher"].replace("T2024-3", "T2024-0")
    load_results(table)
    assert read(database, "select first_school_year, cut_score from scale") == [(2025, 508.0)]


def test_survival_counts_every_student_once_with_the_year_she_left(
    database: Database, load_results: Load
) -> None:
    load_results(
        rows(
            {
                "caught up in one": {2024: [40], 2025: [60]},
                "caught up in two": {2024: [40], 2025: [30], 2026: [60]},
                "followed for one": {2024: [40], 2025: [40]},
                "followed for two": {2024: [40], 2025: [40], 2026: [45]},
                "fell behind later": {2024: [60], 2025: [40], 2026: [70]},
                "unseen again": {2024: [40]},
            }
        )
    )
    cut_everywhere(database, 50, checks=1)
    with database.read() as cursor:
        reduce_results(cursor, subject=None)
        cursor.execute(load_sql("growth", "08_unit")).fetchall()
        counts = cursor.execute(
            "select whole, count(*), sum(contribution::int) from proposed_unit where whole like '%curve%'"
            " group by all order by all"
        ).fetchall()
    # A year later five were still followed and two at level; two years later one of two.
    assert counts == [("mathematics|curve 1", 5, 2), ("mathematics|curve 2", 2, 1)]


def test_growth_percentiles_and_adequacy_equal_the_kernels(database: Database, load_results: Load) -> None:
    rng = np.random.default_rng(2)
    before = rng.normal(50, 10, 200)
    after = 50 + 0.8 * (before - 50) + rng.normal(0, 6, 200)
    load_results(rows({f"s{i:03d}": {2024: [before[i]], 2025: [after[i]]} for i in range(200)}))
    cut_everywhere(database, 50, checks=1, grades=2)
    found = read(
        database,
        """select later_status.start_gap, later_status.gap, percentile, needed, adequate,
                  later_status.start_standing, later_status.cut_standing, later_status.standing
           from growth join later_status using (student_key, subject, start_year)""",
    )
    frame = pd.DataFrame(
        found, columns=["start", "gap", "percentile", "needed", "adequate", "z", "cut", "later"]
    )
    # 200 students in bins of at least 20: ten bins by rank of the start, percent_rank inside each.
    rank = (frame["start"].rank(method="min") - 1) / 199
    frame["bin"] = np.minimum(np.floor(rank * 10), 9)
    inside = frame.groupby("bin")["gap"].transform(lambda gap: (gap.rank(method="min") - 1) / (len(gap) - 1))
    expected = np.clip(np.floor(100 * inside + 0.5), 1, 99)
    assert frame["percentile"].to_numpy() == pytest.approx(expected, abs=1)
    r = float(np.corrcoef(frame["z"], frame["later"])[0, 1])
    needed = adequate_growth_quantile(frame["z"].to_numpy(), frame["cut"].to_numpy(), correlation=r, years=3)
    assert frame["needed"].to_numpy() == pytest.approx(needed, abs=1e-9)
    assert (frame["adequate"] == (norm.ppf(frame["percentile"] / 100) >= frame["needed"])).all()


def test_another_scale_of_the_scores_changes_no_start(database: Database, load_results: Load) -> None:
    rng = np.random.default_rng(3)
    scores = {
        f"s{i:02d}": {2024: list(rng.normal(50, 10, 2)), 2025: list(rng.normal(50, 10, 2))} for i in range(40)
    }
    table = rows(scores)
    shifted = table.assign(subject="science", score=1e6 + 3 * table["score"])
    load_results(pd.concat([table, shifted], ignore_index=True))
    both = read(
        database,
        """select subject, student_key, behind, caught_up, kept_up, gap_bin, percentile, adequate
           from start order by subject, student_key""",
    )
    half = len(both) // 2
    assert half == 40
    assert [row[1:] for row in both[:half]] == [row[1:] for row in both[half:]]


def test_one_subject_can_be_asked_for_alone(database: Database, load_results: Load) -> None:
    table = rows({f"s{i:02d}": {2024: [float(i)], 2025: [float(i)]} for i in range(30)})
    load_results(pd.concat([table, table.assign(subject="science")], ignore_index=True))
    assert read(database, "select distinct subject from start", "science") == [("science",)]


def test_a_result_without_a_section_is_a_start_without_a_school_before_it(
    database: Database, load_results: Load
) -> None:
    table = rows({f"s{i:02d}": {2024: [float(i)], 2025: [float(i)]} for i in range(30)})
    table.loc[table["school_year"] == 2024, "teacher"] = None
    load_results(table)
    cut_everywhere(database, 12, checks=1, grades=2)
    # The school is that of the year after the start.
    assert read(database, "select distinct school_key is not null from start") == [(True,)]
