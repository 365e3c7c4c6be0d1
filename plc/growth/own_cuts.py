"""The district's own yardsticks as they were shown: a cut that nobody stated stays until enough has changed.

Where two in five students are below moves when one class comes in, so two cuts around it would tell of it.
The spread of a scale, in which distances from the cut are counted, stays with it, whoever stated the cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import pandas as pd

from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.release_records import Release

# Where a release keeps them, beside what it shows.
OWN_CUTS: Final = "own_cuts"


@dataclass(frozen=True, slots=True)
class OwnCut:
    """A scale in one school year as it was used; `upload_key` is the latest upload behind it.

    `cut_score` is None where a cut was stated; `spread` (SD) None as used before spreads were kept.
    """

    subject: str
    grade: int
    assessment_name: str
    school_year: int
    cut_score: float | None
    upload_key: int
    spread: float | None = None

    @property
    def key(self) -> tuple[str, int, str, int]:
        """The scale and year."""
        return self.subject, self.grade, self.assessment_name, self.school_year


def shown_cuts(cursor: Cursor, latest: Release | None) -> list[OwnCut]:
    """Every cut that releases up to the latest showed."""
    if latest is None:
        return []
    if OWN_CUTS in latest.context:
        return [OwnCut(**kept) for kept in latest.context[OWN_CUTS]]
    # A release from before cuts were kept: they stay as it shows them until enough comes from now on.
    newest = int(cursor.execute(load_sql("growth", "newest_upload")).fetchall()[0][0])
    return [
        OwnCut(
            scale["subject"], scale["grade"], scale["assessment_name"], scale["school_year"],
            scale["cut_score"], newest,
        )
        for scale in latest.context["yardsticks"]
        if not scale["stated"]
    ]  # fmt: skip


def cuts_frame(cuts: Sequence[OwnCut]) -> pd.DataFrame:
    """The table `shown_cut` that step 2 of the reduction reads; a row per scale and year, by `told_key`."""
    columns = {
        "subject": "str", "grade": "int64", "assessment_name": "str", "school_year": "int64",
        "cut_score": "float64", "upload_key": "int64", "spread": "float64",
    }  # fmt: skip
    frame = pd.DataFrame([asdict(cut) for cut in cuts], columns=list(columns)).astype(columns)
    return frame.assign(told_key=range(len(frame)))


def cuts_to_keep(cursor: Cursor, shown: Sequence[OwnCut]) -> list[dict[str, Any]]:
    """What a release keeps of its own cuts: those it shows, and all that were shown before."""
    kept = {cut.key: cut for cut in shown}
    for row in cursor.execute(load_sql("growth", "own_cuts")).fetchall():
        cut = OwnCut(*row)
        kept[cut.key] = cut
    return [asdict(cut) for cut in kept.values()]
