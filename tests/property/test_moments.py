"""What SQL sums is what numpy finds on the same rows, and sums of parts are sums of the whole."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plc.bright_spots.options import ScanOptions
from plc.bright_spots.reduction import reduce_results
from plc.database import Database
from plc.statistics.slopes import SlopeMoments, fit_slopes
from plc.statistics.starting_point import StartingPointSums, calibrate_starting_points
from tests.unit.bright_spots.districts import write_district

# Opening a database for every example takes most of the time.
EXAMPLES = 12


@st.composite
def districts(draw: st.DrawFn) -> pd.DataFrame:
    """A few sections with absences, retakes and ties, on scales far from 0."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sections, assessments = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    absent, shift = draw(st.sampled_from([0.0, 0.3])), draw(st.sampled_from([0.0, 1e6]))
    whole = draw(st.booleans())
    rows = []
    for section in range(sections):
        for student in range(draw(st.integers(2, 7))):
            name = f"{section}-{student}"
            common = {"student": name, "school_year": 2025, "grade": 5, "section": None, "teacher": None}
            rows.append(common | {"assessment": "spring", "kind": "state", "taken_on": date(2025, 5, 1),
                                  "score": shift + rng.normal()})  # fmt: skip
            for number in range(assessments):
                if rng.random() < absent:
                    continue
                score = shift + (round(3 * rng.normal()) if whole else rng.normal())
                rows.append(common | {
                    "school_year": 2026, "grade": 6, "section": f"section {section}",
                    "teacher": f"T{section % 2}",
                    "assessment": f"unit {number}", "kind": "common", "taken_on": date(2025, 10, 1 + number),
                    "score": score,
                })  # fmt: skip
    return pd.DataFrame(rows)


@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(districts())
def test_cells_and_pairs_are_those_of_the_rows(rows: pd.DataFrame) -> None:
    with Database(":memory:") as database:
        write_district(database, rows)
        with database.read() as cursor:
            reduction = reduce_results(cursor, ScanOptions())
            expected = cursor.execute(
                "select student.pseudonym as student, expected.expected from expected"
                " inner join student using (student_key)"
            ).df()
    outcomes = rows[rows["section"].notna()].copy()
    grouped = outcomes.groupby("assessment")["score"]
    spread = grouped.transform("std")
    outcomes["y"] = (outcomes["score"] - grouped.transform("mean")) / spread.where(spread > 0)
    outcomes = outcomes.merge(expected, on="student").dropna(subset=["y"])
    outcomes["r"] = outcomes["y"] - outcomes["expected"]
    cell = outcomes.groupby(["section", "assessment"])["r"]
    outcomes["d"] = outcomes["r"] - cell.transform("mean")
    found = reduction.cells
    np.testing.assert_array_equal(np.sort(found["students"]), np.sort(cell.size()))
    np.testing.assert_allclose(np.sort(found["mean_residual"]), np.sort(cell.mean()), atol=1e-6)
    square = outcomes.groupby(["section", "assessment"])["d"].agg(lambda d: (d**2).sum())
    np.testing.assert_allclose(np.sort(found["square_residual"]), np.sort(square), atol=1e-6)
    student = outcomes.groupby(["section", "student"])["d"].agg(["sum", "size"])
    by_section = student.assign(square=student["sum"] ** 2, pairs=student["size"] * (student["size"] - 1))
    by_section = by_section.groupby("section")[["square", "pairs"]].sum()
    np.testing.assert_allclose(
        np.sort(reduction.pairs["sum_square"]), np.sort(by_section["square"]), atol=1e-6
    )
    np.testing.assert_array_equal(np.sort(reduction.pairs["pairs"]), np.sort(by_section["pairs"]))


def sums(x: np.ndarray, section: np.ndarray, sections: int) -> dict[str, np.ndarray]:
    """Sums per section of some of its students."""
    return {
        "students": np.bincount(section, minlength=sections).astype(float),
        "total": np.bincount(section, x, minlength=sections),
        "square": np.bincount(section, x * x, minlength=sections),
        "error_variance": 0.12 * np.bincount(section, minlength=sections),
    }


@given(st.integers(0, 2**32 - 1), st.integers(2, 8))
@settings(deadline=None, derandomize=True)
def test_calibration_of_merged_sums_is_that_of_all_students(seed: int, sections: int) -> None:
    rng = np.random.default_rng(seed)
    section = np.concatenate([np.arange(sections), rng.integers(0, sections, 60)])
    x = 5.0 + rng.standard_normal(len(section))
    first = rng.random(len(section)) < 0.4
    parts = [sums(x[part], section[part], sections) for part in (first, ~first)]
    merged = {name: parts[0][name] + parts[1][name] for name in parts[0]}
    groups = {"stratum": np.arange(sections) % 2, "school": np.arange(sections) % 3}
    whole = calibrate_starting_points(StartingPointSums(**sums(x, section, sections), **groups))
    joined = calibrate_starting_points(StartingPointSums(**merged, **groups))
    np.testing.assert_allclose(joined.section_mean, whole.section_mean, atol=1e-9)
    np.testing.assert_allclose(joined.within_variance, whole.within_variance, atol=1e-9)


def slope_moments(x: np.ndarray, y: np.ndarray, section: np.ndarray, sections: int) -> dict[str, np.ndarray]:
    """Sums per section of some of its students; a tenth stand at the ceiling."""
    k = (np.arange(len(x)) % 10 == 0).astype(float)

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(section, values, minlength=sections)

    return {
        "powers": np.column_stack([total(x**p) for p in range(7)]),
        "y": total(y),
        "powers_y": np.column_stack([total(x**p * y) for p in range(4)]),
        "ceiling": total(k),
        "ceiling_y": total(k * y),
        "ceiling_x": np.column_stack([total(k * x**p) for p in (1, 2, 3)]),
    }


@given(st.integers(0, 2**32 - 1))
@settings(deadline=None, derandomize=True)
def test_slopes_of_merged_moments_are_those_of_all_students(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sections = 12
    section = np.repeat(np.arange(sections), 30)
    x = rng.standard_normal(len(section))
    y = 0.6 * x + rng.standard_normal(len(section))
    groups = {"section_mean": rng.standard_normal(sections), "grade": np.arange(sections) % 2}
    whole = slope_moments(x, y, section, sections)
    cut = 10 * rng.integers(1, 35)
    parts = [
        slope_moments(x[part], y[part], section[part], sections) for part in (slice(cut), slice(cut, None))
    ]
    merged = {name: parts[0][name] + parts[1][name] for name in whole}
    first, second = (fit_slopes(SlopeMoments(**moments, **groups)) for moments in (whole, merged))
    np.testing.assert_allclose(first.by_grade, second.by_grade, atol=1e-8)
