"""Figures of Seek from the cells of classes: weighted means and their ranges over students."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd

from plc.core.disclosure import MINIMUM_STUDENTS
from plc.inquiry.seek_records import Basis, ClassChange, Point
from plc.inquiry.shown_classes import TeamSection

# The normal quantile of a 90 % range.
Z90: Final = 1.645


def point_of(part: pd.DataFrame, basis: Basis) -> Point | None:
    """One point of the students of these cells together; None below the least number of students.

    `part` has a row per class of one assessment: students, started, percent, z, adjusted, square,
    district_percent, sd_percent.
    """
    column, counted = _columns(basis)
    known = part.dropna(subset=[column])
    count = int(known[counted].sum())
    if count < MINIMUM_STUDENTS:
        return None
    value = float(np.average(known[column], weights=known[counted]))
    error = _error(known, basis, count, value)
    first = known.iloc[0]
    percent = _weighted(known, "percent")
    compared = basis != "percent"
    points = None if math.isnan(first["sd_percent"]) or not compared else value * float(first["sd_percent"])
    return Point(
        assessment_name=str(first["assessment_name"]),
        taken_on=pd.Timestamp(first["taken_on"]).date(),
        students=int(known["students"].sum()),
        started=int(known["started"].sum()),
        percent=percent,
        district_percent=_number(first["district_percent"]) if compared else None,
        points_ahead=points,
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


def _columns(basis: Basis) -> tuple[str, str]:
    return {
        "adjusted": ("adjusted", "started"),
        "district": ("z", "students"),
        "percent": ("percent", "students"),
    }[basis]


def _error(known: pd.DataFrame, basis: Basis, count: int, value: float) -> float:
    """The standard error of a mean over students, from the cells' sums of squares."""
    squares = {"adjusted": "square", "district": "square_z", "percent": "square_percent"}[basis]
    spread = max(float(known[squares].sum()) - count * value * value, 0.0)
    return math.sqrt(spread / max(count - 1, 1) / count)


def _weighted(known: pd.DataFrame, column: str) -> float | None:
    there = known.dropna(subset=[column])
    if there.empty:
        return None
    return float(np.average(there[column], weights=there["students"]))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
