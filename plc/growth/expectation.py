"""Every school's and teacher's catch-up beside what its starts let one expect. Inside this room only.

The frames here hold every unit, because an expectation and its shrinkage need them all; rows.py and
catch_up.py decide which of them anyone sees.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from plc.core.disclosure import MINIMUM_STUDENTS
from plc.statistics.false_discovery import flag_set
from plc.statistics.standardised_excess import (
    GAP_BIN,
    LOWEST_BIN,
    Differences,
    UnitCells,
    expected_shares,
    standardised_excess,
)
from plc.statistics.years_of_growth import (
    SURE,
    group_years_of_growth,
    growth_in_years,
    subject_family,
    typical_gain,
)

# Expected share of false flags. In simulations of 60 districts each (20 to 300 teachers, class shocks up to
# the spread of teachers) a stated 0.10 gave 0.09 to 0.18 and a stated 0.07 gave 0.05 to 0.075.
FALSE_DISCOVERY_RATE = 0.07
FEW_UNITS = 60
# Two sections of different students (or two years of a school): one may have been a lucky year.
FEWEST_CLUSTERS = 2
# Two-sided 90 %.
NINETY_PERCENT = 1.645


def district_expectation(cells: pd.DataFrame) -> pd.DataFrame:
    """`cells` (subject, grade, gap_bin, students, caught_up) with the expected share of each."""
    frame = cells.copy()
    frame["expected"] = np.nan
    for _, rows in frame.groupby("subject").groups.items():
        part = frame.loc[rows]
        # The midpoint of a bin; the lowest holds everyone further behind.
        gap = (np.maximum(part["gap_bin"].to_numpy(dtype=float), LOWEST_BIN) + 0.5) * GAP_BIN
        frame.loc[rows, "expected"] = expected_shares(
            _floats(part["students"]), _floats(part["caught_up"]), gap
        )
    return frame[["subject", "grade", "gap_bin", "expected"]]


def unit_differences(cells: pd.DataFrame, expectation: pd.DataFrame) -> dict[str, Differences]:
    """How units and their clusters differ, by subject; `cells` as of `unit_excess`."""
    merged = cells.merge(expectation, on=["subject", "grade", "gap_bin"])
    return {
        str(subject): standardised_excess(_unit_cells(part)).differences
        for subject, part in merged.groupby("subject")
    }


def unit_excess(
    cells: pd.DataFrame, expectation: pd.DataFrame, *, differences: Mapping[str, Differences] | None = None
) -> pd.DataFrame:
    """One row per subject and unit: students, clusters, observed, expected, excess, lower, upper, exceeds.

    `cells` has subject, unit, cluster, grade, gap_bin, students, squared, caught_up. `units` is how many
    the subject has. Shares except for the counts observed and expected. Without `differences` units are
    shrunken by how much they differ themselves.
    """
    merged = cells.merge(expectation, on=["subject", "grade", "gap_bin"])
    parts = [
        _subject_excess(str(subject), part, (differences or {}).get(str(subject)))
        for subject, part in merged.groupby("subject")
    ]
    columns = [
        "subject", "unit", "students", "clusters", "observed", "expected", "excess", "lower", "upper",
        "exceeds", "units",
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _unit_cells(part: pd.DataFrame) -> UnitCells:
    """The cells of one subject; units in the order of their names."""
    unit, names = pd.factorize(part["unit"], sort=True)
    cluster, _ = pd.factorize(part["cluster"], sort=True)
    return UnitCells(
        unit=unit,
        cluster=cluster,
        students=_floats(part["students"]),
        squared=_floats(part["squared"]),
        caught_up=_floats(part["caught_up"]),
        expected=_floats(part["expected"]),
        units=len(names),
    )


def _subject_excess(subject: str, part: pd.DataFrame, differences: Differences | None) -> pd.DataFrame:
    names = sorted(part["unit"].unique())
    result = standardised_excess(_unit_cells(part), differences=differences)
    eligible = (result.students >= MINIMUM_STUDENTS) & (result.clusters >= FEWEST_CLUSTERS)
    flagged = flag_set(result.probability, eligible, FALSE_DISCOVERY_RATE).flagged
    return pd.DataFrame(
        {
            "subject": subject,
            "unit": names,
            "students": result.students,
            "clusters": result.clusters,
            "observed": result.observed,
            "expected": result.expected,
            "excess": result.mean,
            "lower": result.mean - NINETY_PERCENT * result.sd,
            "upper": result.mean + NINETY_PERCENT * result.sd,
            "exceeds": flagged,
            "units": len(names),
        }
    )


def school_years_of_growth(cells: pd.DataFrame) -> pd.DataFrame:
    """One row per subject and school: students, years_of_growth, trajectory_changing.

    `cells` has subject, school_id, grade, start_year, students, change, spread, start_gap. Grades without
    a typical gain (above 8, other subjects) are left out. Trajectory-changing needs a mean start below
    level in the school's first grade and P(at least 1.3 years a year) of at least 0.75.
    """
    frame = cells.copy()
    frame["gain"] = [
        _gain(subject, grade) for subject, grade in zip(frame["subject"], frame["grade"], strict=True)
    ]
    frame = frame[frame["gain"].notna() & (frame["students"] > 0)]
    parts = [_subject_growth(str(subject), part) for subject, part in frame.groupby("subject")]
    columns = [
        "subject", "school_id", "students", "years_of_growth", "years_lower", "years_upper",
        "trajectory_changing",
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _subject_growth(subject: str, part: pd.DataFrame) -> pd.DataFrame:
    unit, names = pd.factorize(part["school_id"], sort=True)
    students, gain = _floats(part["students"]), _floats(part["gain"])
    growth = group_years_of_growth(
        unit,
        students,
        growth_in_years(_floats(part["change"]), gain),
        (_floats(part["spread"]) / gain) ** 2,
        units=len(names),
    )
    first_grade = part["grade"] == part.groupby("school_id")["grade"].transform("min")
    began = part[first_grade].assign(weighted=part["students"] * part["start_gap"]).groupby("school_id")
    start = (began["weighted"].sum() / began["students"].sum()).reindex(names)
    return pd.DataFrame(
        {
            "subject": subject,
            "school_id": names,
            "students": np.bincount(unit, students, len(names)),
            "years_of_growth": growth.mean,
            "years_lower": growth.mean - NINETY_PERCENT * growth.sd,
            "years_upper": growth.mean + NINETY_PERCENT * growth.sd,
            "trajectory_changing": (growth.probability >= SURE) & (start.to_numpy() < 0),
        }
    )


def _gain(subject: str, grade: int) -> float | None:
    family = subject_family(subject)
    return typical_gain(family, to_grade=int(grade) + 1) if family else None


def _floats(column: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return column.to_numpy(dtype=np.float64)
