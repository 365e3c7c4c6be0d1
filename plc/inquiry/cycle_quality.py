"""How a team's cycle was run, computed, for the team alone: it is a mirror, never a mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.inquiry.effect_words import PREDICTED_LATE
from plc.inquiry.test_reading import read_test
from plc.inquiry.tested import first_outcome_seen, predicted_late
from plc.statistics.run_chart import SHIFT_POINTS

# A test in more classes than this is a roll-out: what goes wrong goes wrong everywhere (Langley et al. 2009,
# The Improvement Guide: test on a small scale first).
SMALL_SCALE: Final = 6


@dataclass(frozen=True, slots=True)
class CycleQuality:
    """What the read-out says. `points` counts the assessments of the measure that the classes have."""

    prediction_before_data: bool
    small_scale: bool
    sections: int
    iteration: int
    points: int
    points_since_start: int
    prediction_late: bool = False

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """`("Prediction before data", "yes")` and so on, as shown to the team."""
        shift = (
            "enough for a shift rule"
            if self.points >= SHIFT_POINTS
            else f"need {SHIFT_POINTS}+ for a shift rule"
        )
        return (
            ("Prediction before data", self._prediction_words),
            (
                "Small scale",
                f"{'yes' if self.small_scale else 'no'}: {self.sections}"
                f" {'class tries' if self.sections == 1 else 'classes try'} it",
            ),
            ("Iteration", _ordinal(self.iteration)),
            ("Data points in series", f"{self.points}, {self.points_since_start} since the start ({shift})"),
        )

    @property
    def _prediction_words(self) -> str:
        if self.prediction_late:
            return f"no: {PREDICTED_LATE}"
        return "yes" if self.prediction_before_data else "no"


def cycle_quality(database: Database, viewer: Viewer, test_id: str) -> CycleQuality:
    """The read-out of one cycle. Raises `NotFound` outside the viewer's teams; nobody else can ask."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        test = read_test(cursor, viewer, test_id)
        points, since = cursor.execute(
            load_sql("inquiry", "test_occasions"), {"team_ids": list(viewer.team_ids), "test_id": test_id}
        ).fetchall()[0]
        first_on = first_outcome_seen(cursor, test_id)
    predicted_at = test.predicted_at if test.predicted_sd is not None else None
    return CycleQuality(
        prediction_before_data=predicted_at is not None and not predicted_late(predicted_at, first_on),
        prediction_late=predicted_late(predicted_at, first_on),
        small_scale=0 < len(test.tried) <= SMALL_SCALE,
        sections=len(test.tried),
        iteration=test.iteration,
        points=int(points),
        points_since_start=int(since),
    )


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
