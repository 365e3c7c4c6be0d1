"""Rows of schools and student groups, with small cells and their giveaways hidden before anything leaves."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import Any

import pandas as pd

from plc.core.disclosure import MINIMUM_TEACHERS, bounded_share, hidden_cells, share_shown
from plc.growth.records import HIDDEN, CatchUpRow, Expectation, Figure, YearlyGrowth
from plc.statistics.shares import share_interval

Cell = dict[Hashable, Any]

# Each figure of a row: its numerator, its starts, and the different students that must be enough.
_FIGURES = {
    "caught_up": ("caught_up", "starts", "others"),
    "stayed": ("stayed", "starts", "others"),
    "kept_up": ("kept_up", "level_starts", "level_others"),
    "on_track": ("adequate", "tracked", "tracked_others"),
    "at_level": ("at_level", "present", "present_others"),
}


def share_figure(count: float, students: float) -> Figure:
    """A share that may be shown, bounded where it would speak of every student; HIDDEN without students."""
    if students <= 0:
        return HIDDEN
    share, whole = float(count) / float(students), int(students)
    lower, upper = (float(end) for end in share_interval(count, students))
    bounded = bounded_share(share, students=whole)
    # A bounded share keeps no interval: its ends would tell what the bound hides.
    exact = bounded == share
    return Figure(
        words=share_shown(share, students=whole),
        share=round(bounded, 2),
        lower=round(lower, 2) if exact else None,
        upper=round(upper, 2) if exact else None,
        students=whole,
    )


def catch_up_rows(measures: pd.DataFrame, *, group: str, name: str) -> list[CatchUpRow]:
    """Rows of one subject whose cells add up to one total; `measures` must hold every cell of it.

    A cell of fewer than three teachers is hidden like a small one. Beside the counts `measures` has
    expected, excess, lower, upper, exceeds, grown, years_of_growth, years_lower, years_upper,
    trajectory_changing (missing is NaN).
    """
    few = {(0, row) for row, teachers in enumerate(measures["teachers"]) if teachers < MINIMUM_TEACHERS}
    hidden: dict[str, set[int]] = {}
    withheld = few
    for measure, people in {
        **{figure: enough for figure, (_, _, enough) in _FIGURES.items()},
        "growth": "grown",
    }.items():
        hidden[measure] = _hidden(measures[people], withheld)
        # The cell that protects one figure protects the next too, so that a row is shown or hidden as one.
        withheld = few | {(0, row) for row in hidden[measure]}
    rows = []
    for place, cell in enumerate(measures.to_dict("records")):
        caught_up, stayed, kept_up, on_track, at_level = (
            HIDDEN if place in hidden[figure] else share_figure(cell[count], cell[starts])
            for figure, (count, starts, _) in _FIGURES.items()
        )
        rows.append(
            CatchUpRow(
                subject=str(cell["subject"]),
                group=group,
                name=str(cell[name]),
                caught_up=caught_up,
                stayed=stayed,
                kept_up=kept_up,
                on_track=on_track,
                at_level=at_level,
                median_percentile=_median(cell, on_track),
                expectation=_expectation(cell, caught_up),
                growth=None if place in hidden["growth"] else _growth(cell),
            )
        )
    return rows


def _hidden(counts: pd.Series[Any], withheld: Collection[tuple[int, int]]) -> set[int]:
    # Nobody behind in a group that exists says something of everyone in it: hidden like one student.
    people = [max(int(count), 1) if pd.notna(count) else 1 for count in counts]
    return {column for _, column in hidden_cells([people], withheld=withheld)}


def _median(cell: Cell, on_track: Figure) -> int | None:
    median = cell["median_percentile"]
    return None if on_track.share is None or pd.isna(median) else round(median)


def _expectation(cell: Cell, caught_up: Figure) -> Expectation | None:
    """None where the share itself is hidden or bounded: what it exceeds would tell it."""
    if caught_up.share is None or caught_up.lower is None or pd.isna(cell["expected"]):
        return None
    expected = round(float(cell["expected"]), 2)
    sentence = _times_words(cell["caught_up"], cell["expected"] * cell["starts"], students=cell["starts"])
    if pd.isna(cell["excess"]):
        return Expectation(expected, sentence)
    # Adding zero takes the sign off a rounded -0.
    excess, lower, upper = (round(float(cell[end]), 2) + 0.0 for end in ("excess", "lower", "upper"))
    return Expectation(expected, sentence, excess, lower, upper, exceeds=bool(cell["exceeds"]))


def _times_words(seen: float, hoped: float, *, students: float) -> str:
    """`1.4 times as many caught up as expected (21 against 15 of 40)`."""
    of = f"({seen:.0f} against {hoped:.0f} of {students:.0f})"
    if round(seen) == round(hoped) or round(hoped) == 0 or round(seen / hoped, 1) == 1:
        return f"about as many caught up as expected {of}"
    return f"{seen / hoped:.1f} times as many caught up as expected {of}"


def _growth(cell: Cell) -> YearlyGrowth | None:
    if pd.isna(cell["years_of_growth"]):
        return None
    years, lower, upper = (
        round(float(cell[end]), 1) for end in ("years_of_growth", "years_lower", "years_upper")
    )
    return YearlyGrowth(years, lower, upper, trajectory_changing=bool(cell["trajectory_changing"]))
