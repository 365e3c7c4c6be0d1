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
    for name in sorted({row.group for row in groups}):
        st.markdown(furthest_words(name, [row for row in groups if row.group == name]))
    if not groups:
        text.aside("No student groups are large enough to show.")
    if viewer.may(Permission.PRACTICE_READ):
        _draw_practices(database, viewer, subject)


def furthest_words(group: str, rows: Sequence[CatchUpRow]) -> str:
    """Which group of students catches up least often, where its range lies apart from another's."""
    shown = [
        (row.caught_up.share, row.caught_up.lower, row.caught_up.upper, row)
        for row in rows
        if row.caught_up.share is not None
        and row.caught_up.lower is not None
        and row.caught_up.upper is not None
    ]
    what = text.plain(group.capitalize())
    if len(shown) < 2:
        return f"**{what}:** too few groups can be shown to tell."
    least = min(shown, key=lambda one: one[0])
    most = max(shown, key=lambda one: one[0])
    if least[2] >= most[1]:
        return f"**{what}:** no group can be told from the others; their ranges overlap."
    return (
        f"**{what}:** of “{text.plain(least[3].name)}”, {text.plain(least[3].caught_up.words)} catch up within"
        f" a year (range {100 * least[1]:.0f} to {100 * least[2]:.0f} %); of “{text.plain(most[3].name)}”,"
        f" {text.plain(most[3].caught_up.words)}."
    )


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
                     key=f"furthest.{row.practice_id}", help=row.title):  # fmt: skip
            session.choose_practice(row.practice_id)
            st.session_state["practice.view"] = "What tests say"
            session.go_to(menu.PRACTICE)
    if found.rows:
        text.aside(
            "Figures are for all their students; a card says what it showed for those who started lowest."
        )
