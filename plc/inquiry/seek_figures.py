"""Figures of Seek from the cells of classes: weighted means and their ranges over students."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from plc.core.disclosure import MINIMUM_STUDENTS
from plc.inquiry.seek_records import Basis, ClassChange, Point
from plc.inquiry.shown_classes import TeamSection

# The normal quantile of a 90 % range.
Z90: Final = 1.645
Array = npt.NDArray[np.float64]
# By basis: the figure, the students it is of, and the sum of its squares.
_COLUMNS: Final[dict[Basis, tuple[str, str, str]]] = {
    "adjusted": ("adjusted", "started", "square"),
    "district": ("z", "students", "square_z"),
    "percent": ("percent", "students", "square_percent"),
}


def point_of(part: pd.DataFrame, basis: Basis) -> Point | None:
    """One point of the students of these cells together; None below the least number of students.

    `part` has a row per class of one assessment: students, started, percent, z, adjusted, square,
    square_z, square_percent, district_percent, sd_percent.
    """
    column, counted, squared = _COLUMNS[basis]
    values, counts = _array(part, column), _array(part, counted)
    known = ~np.isnan(values)
    count = int(counts[known].sum())
    if count < MINIMUM_STUDENTS:
        return None
    value = float(np.average(values[known], weights=counts[known]))
    # The standard error of a mean over students, from the cells' sums of squares.
    spread = max(float(_array(part, squared)[known].sum()) - count * value * value, 0.0)
    error = math.sqrt(spread / max(count - 1, 1) / count)
    students = _array(part, "students")[known]
    first = int(np.flatnonzero(known)[0])
    sd_percent = float(_array(part, "sd_percent")[first])
    compared = basis != "percent"
    return Point(
        assessment_name=str(part["assessment_name"].iloc[first]),
        taken_on=pd.Timestamp(part["taken_on"].iloc[first]).date(),
        students=int(students.sum()),
        started=int(_array(part, "started")[known].sum()),
        percent=_weighted(_array(part, "percent")[known], students),
        district_percent=_number(_array(part, "district_percent")[first]) if compared else None,
        points_ahead=value * sd_percent if compared and not math.isnan(sd_percent) else None,
        value=value,
        lower=value - Z90 * error,
        upper=value + Z90 * error,
    )


def changes_of(moved: pd.DataFrame, section: TeamSection | None, *, is_own: bool) -> ClassChange | None:
    """How far the students of these classes moved together; None without a matched student.

    `moved` has a row per class: students, change, sd (over students), unmatched.
    """
    known = moved[moved["students"] > 0]
    students = int(known["students"].sum())
    if students == 0:
        return None
    change = float(np.average(known["change"], weights=known["students"]))
    within = float(((known["students"] - 1) * known["sd"].fillna(0.0) ** 2).sum())
    between = float((known["students"] * (known["change"] - change) ** 2).sum())
    error = math.sqrt((within + between) / max(students - 1, 1) / students)
    name = None if section is None else f"{section.names}, {section.section_id}"
    unmatched = int(moved["unmatched"].sum())
    return ClassChange(name, is_own, students, unmatched, change, change - Z90 * error, change + Z90 * error)


def _array(part: pd.DataFrame, column: str) -> Array:
    return part[column].to_numpy(dtype=float, na_value=np.nan)


def _weighted(figures: Array, students: Array) -> float | None:
    there = ~np.isnan(figures)
    return float(np.average(figures[there], weights=students[there])) if there.any() else None


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
