"""From result rows to starts, in SQL: each step is a file, each leaves a temporary table of this cursor."""

from __future__ import annotations

from collections.abc import Sequence

from plc.core.disclosure import FLOOR_FOR_TEACHERS
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.growth.figure_names import HORIZONS
from plc.growth.own_cuts import OwnCut, cuts_frame
from plc.growth.renewal import LEAST_EACH, renewed_cuts
from plc.statistics.adequate_growth import (
    FEWEST_PAIRS,
    HIGHEST_CORRELATION,
    LOWEST_CORRELATION,
    STARTING_BINS,
    USUAL_CORRELATION,
    YEARS_ALLOWED,
    percentile_quantiles,
)

# Without a stated cut, behind is below the score that two in five students of the scale's first year
# were under: about the share of US students below grade level on state tests.
RELATIVE_SHARE = 0.40
# Below this a student moves a percentile by more than five points.
FEWEST_STUDENTS = 20


def reduce_results(cursor: Cursor, *, subject: str | None, shown: Sequence[OwnCut] = ()) -> None:
    """Leave `scale`, `year_end_score`, `year_status`, `later_status`, `growth`, `taught` and `start` there.

    Beside them `main_school`, and what `reduce_scales` leaves.
    `shown` are the district's own cuts that readers have seen, which stay while too few results changed.
    """
    reduce_scales(cursor, subject=subject, shown=shown)
    enough: dict[str, object] = {"fewest_students": FEWEST_STUDENTS}
    _run(cursor, "year_end_scores", {})
    _run(cursor, "03_year_status", enough)
    _run(cursor, "04_later_status", {"longest_horizon": max(HORIZONS)})
    growth: dict[str, object] = {
        "quantiles": percentile_quantiles(),
        "bins": STARTING_BINS,
        "years": YEARS_ALLOWED,
        "usual_correlation": USUAL_CORRELATION,
        "fewest_pairs": FEWEST_PAIRS,
        "lowest_correlation": LOWEST_CORRELATION,
        "highest_correlation": HIGHEST_CORRELATION,
    }
    _run(cursor, "05_growth", growth | enough)
    _run(cursor, "06_taught", {})
    _run(cursor, "12_main_school", {})
    _run(cursor, "07_starts", {})


def reduce_scales(cursor: Cursor, *, subject: str | None, shown: Sequence[OwnCut] = ()) -> None:
    """Leave `assessment_score` and `scale` there: where "at level" begins, as `reduce_results` takes it."""
    _run(cursor, "01_assessment_scores", {"subject": subject})
    floor = FLOOR_FOR_TEACHERS
    cuts = cuts_frame(shown)
    cursor.register("shown_cut", cuts)
    renewed = renewed_cuts(cursor)
    cursor.unregister("shown_cut")
    cursor.register("shown_cut", cuts.assign(is_renewed=cuts["told_key"].isin(renewed)))
    _run(
        cursor,
        "02_scales",
        {
            "fewest_students": FEWEST_STUDENTS,
            "relative_share": RELATIVE_SHARE,
            "minimum_students": floor.students,
            "minimum_teachers": floor.teachers,
            "least_each": LEAST_EACH,
        },
    )
    cursor.unregister("shown_cut")


def _run(cursor: Cursor, name: str, parameters: dict[str, object]) -> None:
    cursor.execute(load_sql("growth", name), parameters).fetchall()
