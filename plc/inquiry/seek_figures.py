"""Figures of Seek from the cells of classes: weighted means and their ranges over students."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from plc.core.disclosure import MINIMUM_STUDENTS
from plc.inquiry.seek_records import Basis, ClassChange, Point
from plc.inquiry.shown_classes import TeamSection

# The normal quantile of a 90 % range.
Z90: Final = 1.645
# By basis: the figure, the students it is of, and the sum of its squares.
_COLUMNS: Final[dict[Basis, tuple[str, str, str]]] = {
    "adjusted": ("adjusted", "started", "square"),
    "district": ("z", "students", "square_z"),
    "percent": ("percent", "students", "square_percent"),
}
# The students of a class, or of a team, on one assessment: students, started, percent, z, adjusted, square,
# square_z, square_percent, district_percent, sd_percent.
Cell = Mapping[str, Any]


def point_of(cell: Cell, basis: Basis, *, name: str, taken_on: date | None) -> Point | None:
    """The point of a cell on a basis; None below the least number of students, and without a day."""
    column, counted, squared = _COLUMNS[basis]
    value, count = known(cell[column]), int(cell[counted])
    if value is None or count < MINIMUM_STUDENTS or taken_on is None:
        return None
    # The standard error of a mean over students, from the sums of squares.
    spread = max((known(cell[squared]) or 0.0) - count * value * value, 0.0)
    error = math.sqrt(spread / max(count - 1, 1) / count)
    sd_percent = known(cell["sd_percent"])
    compared = basis != "percent"
    return Point(
        assessment_name=name,
        taken_on=taken_on,
        students=int(cell["students"]),
        started=int(cell["started"]),
        percent=known(cell["percent"]),
        district_percent=known(cell["district_percent"]) if compared else None,
        points_ahead=value * sd_percent if compared and sd_percent is not None else None,
        value=value,
        lower=value - Z90 * error,
        upper=value + Z90 * error,
    )


def known(value: Any) -> float | None:
    """A number of a frame; None where it is missing."""
    return None if value is None or pd.isna(value) else float(value)


def day_of(value: Any) -> date | None:
    """A day of a frame; None where it is missing."""
    return None if pd.isna(value) else pd.Timestamp(value).date()


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
