"""Figures as pages show them, from counts that a release lets be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plc.core.disclosure import bounded_share, share_shown
from plc.growth.figure_names import table_name
from plc.growth.records import HIDDEN, CatchUpRow, Expectation, Figure, YearlyGrowth
from plc.people.release_records import Release
from plc.statistics.shares import share_interval

Counts = Mapping[str, Any]


def share_figure(counts: Counts | None) -> Figure:
    """A share that may be shown, bounded where it would speak of every student; HIDDEN without counts."""
    if counts is None or counts["starts"] <= 0:
        return HIDDEN
    count, whole = float(counts["hits"]), int(counts["starts"])
    share = count / whole
    lower, upper = (float(end) for end in share_interval(count, whole))
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


def catch_up_row(shown: Release, subject: str, dimension: str, cell: str, *, group: str) -> CatchUpRow:
    """One school's or student group's row; what is hidden holds no number."""

    def counts(measure: str) -> dict[str, Any] | None:
        return shown.figure(table_name(subject, measure, dimension), cell)

    behind, tracked, growth = counts("caught up 1"), counts("on track 1"), counts("growth 1")
    caught_up, on_track = share_figure(behind), share_figure(tracked)
    label = next(
        found.label
        for (table, name), found in shown.cells.items()
        if name == cell and table.startswith(f"{subject}|") and table.endswith(f"|{dimension}")
    )
    return CatchUpRow(
        subject=subject,
        group=group,
        name=label,
        caught_up=caught_up,
        stayed=share_figure(counts("stayed 1")),
        kept_up=share_figure(counts("kept up 1")),
        on_track=on_track,
        at_level=share_figure(counts("at level")),
        median_percentile=tracked.get("median") if tracked and on_track.share is not None else None,
        expectation=_expectation(behind, caught_up),
        growth=YearlyGrowth(**growth) if growth else None,
    )


def _expectation(counts: Counts | None, caught_up: Figure) -> Expectation | None:
    """None where the share itself is hidden or bounded: what it exceeds would tell it."""
    if counts is None or caught_up.lower is None or "expected" not in counts:
        return None
    expected = round(float(counts["expected"]), 2)
    sentence = _times_words(counts["hits"], counts["expected"] * counts["starts"], students=counts["starts"])
    if "excess" not in counts:
        return Expectation(expected, sentence)
    return Expectation(
        expected, sentence, counts["excess"], counts["lower"], counts["upper"], exceeds=counts["exceeds"]
    )


def _times_words(seen: float, hoped: float, *, students: float) -> str:
    """`1.4 times as many caught up as expected (21 against 15 of 40)`."""
    of = f"({seen:.0f} against {hoped:.0f} of {students:.0f})"
    if round(seen) == round(hoped) or round(hoped) == 0 or round(seen / hoped, 1) == 1:
        return f"about as many caught up as expected {of}"
    return f"{seen / hoped:.1f} times as many caught up as expected {of}"
