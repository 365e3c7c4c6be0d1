"""Who is furthest from opportunity, from released figures; and the practices that were tested with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.growth import CatchUpRow
from plc.practices import PracticePage, PracticeQuery, search_practices
from plc.ui import alerts, menu, session, text
from plc.ui.practice_words import effect_words, step_words

# A hint where to look, not a list to work through.
PRACTICES_SHOWN: Final = 3


@st.cache_data(max_entries=32, show_spinner=False)
def _tested(_database: Database, viewer: Viewer, subject: str, state: tuple[int, date]) -> PracticePage:
    return search_practices(_database, viewer, PracticeQuery(subject=subject, low_starters=True))


def draw(database: Database, viewer: Viewer, groups: Sequence[CatchUpRow], *, subject: str) -> None:
    """A sentence per grouping of students, then what was tested with those who started lowest."""
    st.header("Who is furthest from opportunity?", anchor=False)
    for words in furthest_words(groups):
        st.markdown(words)
    if viewer.may(Permission.PRACTICE_READ):
        _draw_practices(database, viewer, subject)


def furthest_words(rows: Sequence[CatchUpRow]) -> list[str]:
    """Groups that catch up least often, where their range lies apart; then those that cannot be told apart.

    A grouping of fewer than two groups that may be shown says nothing.
    """
    said, alike, hidden = [], [], []
    for name in sorted({row.group for row in rows}):
        shown = [row for row in rows if row.group == name and row.caught_up.lower is not None]
        what = text.plain(name)
        if len(shown) < 2:
            hidden.append(what)
            continue
        least = min(shown, key=lambda row: row.caught_up.share or 0.0)
        most = max(shown, key=lambda row: row.caught_up.share or 0.0)
        if (least.caught_up.upper or 0.0) < (most.caught_up.lower or 0.0):
            said.append(f"**{what.capitalize()}:** {_caught_up(least)}; {_caught_up(most)}.")
        else:
            alike.append(what)
    if alike:
        said.append(
            f"By {', '.join(alike)}, no group catches up less often beyond chance: the ranges overlap."
        )
    if hidden:
        said.append(f"By {', '.join(hidden)}, too few groups are large enough to show.")
    return said or ["No student groups are large enough to show."]


def _caught_up(row: CatchUpRow) -> str:
    low, high = 100 * (row.caught_up.lower or 0.0), 100 * (row.caught_up.upper or 0.0)
    words = text.plain(row.caught_up.words)
    return f"of “{text.plain(row.name)}”, {words} catch up within a year (range {low:.0f} to {high:.0f} %)"


def _draw_practices(database: Database, viewer: Viewer, subject: str) -> None:
    with alerts.stopping():
        found = _tested(database, viewer, subject, (database.data_version(), clock.now().date()))
    st.markdown("**Practices that were tested with students who started lowest**")
    if not found.rows:
        text.aside("None that is open to you yet.")
    for row in found.rows[:PRACTICES_SHOWN]:
        figures = effect_words(row.estimate, row.lower, row.upper)
        said = [text.plain(row.title), step_words(row.step), figures]
        st.markdown(" · ".join(part for part in said if part))
        if st.button("See what every test showed", type="tertiary", icon=":material/arrow_forward:",
                     key=f"furthest.{row.practice_id}", help=text.plain(row.title)):  # fmt: skip
            session.choose_practice(row.practice_id)
            st.session_state["practice.view"] = "What tests say"
            session.go_to(menu.PRACTICE)
    if found.rows:
        text.aside(
            "Figures are for all their students; a card says what it showed for those who started lowest."
        )
