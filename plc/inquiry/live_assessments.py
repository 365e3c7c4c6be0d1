"""What the results say today of each assessment of a team: by class as digests, for the team as figures."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from plc.inquiry.line_rules import STANDARD, STANDARD_STARTED, STARTED, THIRDS, WHOLE
from plc.inquiry.team_lines import LiveAssessment, wait_ends

# As in seek_cells.sql, so that digests of groups of students add up.
_DIGESTS: Final = 4503599627370449
# The mean of each, and whose it is.
_MEANS: Final = {"percent": "students", "z": "students", "adjusted": "started"}
_SUMS: Final = ("students", "started", "square", "square_z", "square_percent")
_SAME: Final = ("district_percent", "sd_percent")


@dataclass(frozen=True, slots=True)
class Waited:
    """An assessment whose line waits for classes: so many of so many are in; drawn on `until` in any case."""

    assessment_id: str
    name: str
    classes: int
    expected: int
    until: date


def live_assessments(cells: pd.DataFrame) -> list[LiveAssessment]:
    """The assessments of the cells of classes (seek_cells.sql), the first taken first."""
    return [_assessment(part) for _, part in cells.groupby("assessment_key", sort=False)]


def waited_for(
    live: Sequence[LiveAssessment], *, expected: Collection[str], today: date
) -> dict[str, Waited]:
    """The assessments that lack results of some of the `expected` classes and are only some days old."""
    found = {}
    for one in live:
        missing = set(expected) - one.classes.keys()
        if missing and one.taken_on is not None and today < wait_ends(one.taken_on):
            found[one.assessment_id] = Waited(
                one.assessment_id, one.name, len(one.classes), len(expected), wait_ends(one.taken_on)
            )
    return found


def _assessment(part: pd.DataFrame) -> LiveAssessment:
    classes: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    thirds: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    wanted = part[(part["third"] == 0) | (part["standard_key"] == 0)]
    columns = ["section_id", "standard_key", "standard_id", "third", "students", "started"]
    for section, standard, name, third, students, started, digest, of_started in wanted[
        [*columns, "digest", "digest_started"]
    ].itertuples(index=False, name=None):
        if third:
            thirds[section][int(third)] = (int(digest) + int(of_started), int(students))
            continue
        whole, begun = (f"{STANDARD}{name}", f"{STANDARD_STARTED}{name}") if standard else (WHOLE, STARTED)
        classes[section][whole] = (int(digest), int(students))
        if started:
            classes[section][begun] = (int(of_started), int(started))
    for section, of_class in thirds.items():
        for figure in THIRDS:
            some = [told for third, told in of_class.items() if str(third) in figure]
            if some:
                classes[section][figure] = (
                    sum(digest for digest, _ in some) % _DIGESTS, sum(students for _, students in some)
                )  # fmt: skip
    first = part.iloc[0]
    return LiveAssessment(
        str(first["assessment_id"]),
        str(first["assessment_name"]),
        None if pd.isna(first["taken_on"]) else pd.Timestamp(first["taken_on"]).date(),
        dict(classes),
        {_figure(rows): team_cell(rows) for _, rows in wanted.groupby(["standard_key", "third"])},
    )


def team_cell(rows: pd.DataFrame) -> dict[str, Any]:
    """The figures of these classes together; None where there is none."""
    cell: dict[str, Any] = {column: float(rows[column].sum()) for column in _SUMS}
    cell |= {column: int(cell[column]) for column in ("students", "started")}
    for column, counted in _MEANS.items():
        there = rows[rows[column].notna() & (rows[counted] > 0)]
        cell[column] = (
            float(np.average(there[column].astype(float), weights=there[counted])) if len(there) else None
        )
    for column in _SAME:
        value = float(rows[column].iloc[0]) if pd.notna(rows[column].iloc[0]) else math.nan
        cell[column] = None if math.isnan(value) else value
    return cell


def _figure(rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    if first["third"]:
        return f"third {int(first['third'])}"
    return f"{STANDARD}{first['standard_id']}" if first["standard_key"] else WHOLE
