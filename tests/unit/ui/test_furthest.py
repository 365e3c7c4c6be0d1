"""Which students are furthest from opportunity is said only where ranges lie apart."""

from __future__ import annotations

from plc.growth import CatchUpRow, Figure
from plc.growth.records import HIDDEN
from plc.ui.furthest import furthest_words


def row(group: str, name: str, share: float | None, half: float = 0.02) -> CatchUpRow:
    figure = HIDDEN
    if share is not None:
        figure = Figure(f"{100 * share:.0f} %", share, share - half, share + half, 100)
    return CatchUpRow(
        subject="maths", group=group, name=name, caught_up=figure, stayed=HIDDEN, kept_up=HIDDEN,
        on_track=HIDDEN, at_level=HIDDEN, median_percentile=None, expectation=None, growth=None,
    )  # fmt: skip


def test_a_group_whose_range_lies_apart_is_named_with_its_range() -> None:
    (words,) = furthest_words([row("home language", "Spanish", 0.12), row("home language", "English", 0.30)])
    assert words.index("Spanish") < words.index("English")
    assert "range 10 to 14 %" in words


def test_groups_whose_ranges_overlap_are_not_told_apart() -> None:
    (words,) = furthest_words([row("disability", "yes", 0.20), row("disability", "no", 0.22)])
    assert "no group catches up less often beyond chance" in words
    assert "yes" not in words


def test_a_hidden_group_is_not_spoken_of() -> None:
    (words,) = furthest_words([row("disability", "yes", None), row("disability", "no", 0.22)])
    assert words == "By disability, too few groups are large enough to show."
    assert furthest_words([]) == ["No student groups are large enough to show."]
