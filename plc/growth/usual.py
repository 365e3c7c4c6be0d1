"""What is usual for students who began behind: a teacher's own figure is set against what was told last.

It is made of everybody's students, so that from one look to the next it would tell of the class that came in
between: whoever keeps her own figures could subtract. So it stays until enough has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.growth.expectation import unit_differences, unit_excess
from plc.growth.renewal import usual_is_renewed
from plc.people.release_records import Release
from plc.statistics.between_units import UnitSpread
from plc.statistics.standardised_excess import Differences

# Where the latest release keeps it, beside what it shows.
USUAL: Final = "usual"
_CELL: Final = ["grade", "gap_bin"]


@dataclass(frozen=True, slots=True)
class Usual:
    """What was told of one subject; `upload_key` is the latest upload behind it.

    cells       (grade, gap_bin, expected share) of the district
    tau2, weight, shock  how teachers and their classes differ (`Differences`, centred on 0)
    cuts        the stated cuts in force: (grade, assessment, score)
    """

    subject: str
    cells: Sequence[Sequence[float]]
    tau2: Sequence[float]
    weight: Sequence[float]
    shock: float
    cuts: Sequence[Sequence[Any]]
    upload_key: int

    @property
    def differences(self) -> Differences:
        """How units differ, as `standardised_excess` takes it."""
        tau2, weight = np.array(self.tau2), np.array(self.weight)
        centre = np.zeros(len(tau2))
        return Differences(UnitSpread(tau2, weight, centre, centre, between=float(weight @ tau2)), self.shock)

    def expected(self, cells: pd.DataFrame) -> pd.DataFrame:
        """`cells` (grade, gap_bin) with the expected share of each; where none was told, of the nearest."""
        known = np.array(self.cells, dtype=np.float64)
        grades, bins = (cells[name].to_numpy(dtype=np.float64)[:, None] for name in _CELL)
        # A grade away is further than any bin of the starting gap.
        away = 1000 * np.abs(known[None, :, 0] - grades) + np.abs(known[None, :, 1] - bins)
        return cells.assign(subject=self.subject, expected=known[away.argmin(axis=1), 2])


def told_usual(latest: Release | None) -> dict[str, Usual]:
    """What was told last, by subject."""
    kept = latest.context.get(USUAL, []) if latest else []
    return {one["subject"]: Usual(**one) for one in kept}


def usual_of(
    cursor: Cursor, teachers: pd.DataFrame, expectation: pd.DataFrame, *, told: Mapping[str, Usual]
) -> dict[str, Usual]:
    """What to tell of each subject now: what was told, until a cut is stated or enough of others changed.

    `teachers` are the cells of teachers, `expectation` the district's of today (see expectation.py).
    """
    newest = int(cursor.execute(load_sql("growth", "newest_upload")).fetchall()[0][0])
    cuts: dict[str, list[list[Any]]] = defaultdict(list)
    for subject, *cut in cursor.execute(load_sql("growth", "stated_cuts")).fetchall():
        cuts[subject].append(cut)
    found = dict(told)
    for subject, differences in unit_differences(teachers, expectation).items():
        before = told.get(subject)
        if (
            before
            and list(map(list, before.cuts)) == cuts[subject]
            and not usual_is_renewed(cursor, subject=subject, upload_key=before.upload_key)
        ):
            continue
        cells = expectation.loc[expectation["subject"] == subject, [*_CELL, "expected"]]
        found[subject] = Usual(
            subject=subject,
            cells=cells.to_numpy(dtype=np.float64).tolist(),
            tau2=differences.units.tau2.tolist(),
            weight=differences.units.weight.tolist(),
            shock=differences.shock,
            cuts=cuts[subject],
            upload_key=newest,
        )
    return found


def usual_to_keep(usual: Mapping[str, Usual]) -> list[dict[str, Any]]:
    """As a release keeps it."""
    return [asdict(one) for one in usual.values()]


def excess_beside(usual: Mapping[str, Usual], teachers: pd.DataFrame) -> pd.DataFrame:
    """`unit_excess` of teachers beside what is usual."""
    places = teachers[["subject", *_CELL]].drop_duplicates()
    expected = [usual[str(subject)].expected(part[_CELL]) for subject, part in places.groupby("subject")]
    return unit_excess(
        teachers,
        pd.concat(expected, ignore_index=True) if expected else places.assign(expected=0.0),
        differences={subject: one.differences for subject, one in usual.items()},
    )
