"""Catch-up on the page: the sentence, the curve, then schools and student groups, each with its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, TypeVar

import pandas as pd
import streamlit as st

from plc.charts.catch_up_charts import catch_up_curve_picture, catch_up_groups_picture
from plc.core.school_year import school_year_words
from plc.core.viewer import Viewer
from plc.database import Database
from plc.growth import CatchUp, CatchUpRow, Figure, HorizonRates, OwnCatchUp, SubjectCatchUp, catch_up
from plc.growth.records import TOO_FEW
from plc.ui import pictures, text

T = TypeVar("T")

# Answers kept: a few viewers, before and after a change of data.
ENTRIES: Final = 32
# So few groups are said in sentences.
FEW_ROWS: Final = 3
GROWTH, LEVEL = "Growth", "Share at level"


@st.cache_data(max_entries=ENTRIES, show_spinner="Following students over the years ...")
def cached_catch_up(_database: Database, viewer: Viewer, *, data_version: int, today: date) -> CatchUp:
    """What this viewer may know of catching up; consent ends by date, so the date is part of the question."""
    return catch_up(_database, viewer)


def draw_district(subject: SubjectCatchUp) -> None:
    """What happens to those who fall behind in this subject, over the whole district."""
    for number, sentence in enumerate(subject.sentences):
        st.markdown(f"**{sentence}**" if number == 0 else sentence)
    first, last = (school_year_words(year) for year in subject.school_years)
    text.aside(f"Whole district, {first} to {last}. Ranges hold nine times in ten.")
    if subject.curve:
        points = pd.DataFrame(
            [
                {"years": p.years, "at_risk": p.at_risk, "share": p.share, "lower": p.lower, "upper": p.upper}
                for p in subject.curve
            ]
        )
        pictures.draw(catch_up_curve_picture, points, key="catch_up.curve")
    if subject.rates:
        _table(subject.rates, _RATE_COLUMNS, alt="Catch-up and keep-up, one to three years on")
        text.aside(
            "Each row counts every year end from which a student was seen again so many years later."
            " The curve counts each student once and also uses those who left."
        )


def draw_own(own: Sequence[OwnCatchUp]) -> None:
    """The viewer's own students, for her eyes only."""
    if not own:
        return
    st.header("Your own students", anchor=False)
    text.aside(":material/visibility_off: Only you see this.")
    for row in own:
        for sentence in row.sentences:
            st.markdown(sentence)


def draw_rows(rows: Sequence[CatchUpRow], *, view: str, key: str) -> None:
    """Groups in the order of their names: what may be shown, who is hidden, and all figures."""
    shown = [row for row in rows if _main(row, view).share is not None]
    if shown:
        measure = "caught up within a year" if view == GROWTH else "at level at the end of the latest year"
        pictures.draw(catch_up_groups_picture, _frame(shown, view), measure=measure, key=key)
    if hidden := [text.plain(row.name) for row in rows if _main(row, view).share is None]:
        text.aside(f":material/visibility_off: {TOO_FEW.capitalize()}: {', '.join(hidden)}.")
    if view != GROWTH or not shown:
        return
    if len(shown) <= FEW_ROWS:
        for row in shown:
            st.markdown(f"**{text.plain(row.name)}:** {_beyond(row)}.")
    columns = _GROWTH_COLUMNS
    if rows[0].group != "school":
        columns = {name: words for name, words in columns.items() if name not in _SCHOOLS_ONLY}
    with st.expander("All figures", icon=":material/table_view:", key=f"{key}.all"):
        _table(rows, columns, alt="The same groups with all figures")


def _frame(rows: Sequence[CatchUpRow], view: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "name": row.name,
                "share": _main(row, view).share,
                "lower": _main(row, view).lower,
                "upper": _main(row, view).upper,
                "expected": row.expectation.expected if row.expectation and view == GROWTH else None,
            }
            for row in rows
        ]
    ).astype({"lower": float, "upper": float, "expected": float})


def _main(row: CatchUpRow, view: str) -> Figure:
    return row.caught_up if view == GROWTH else row.at_level


def _table(rows: Sequence[T], columns: dict[str, Callable[[T], str]], *, alt: str) -> None:
    frame = pd.DataFrame([{name: words(row) for name, words in columns.items()} for row in rows])
    text.table(frame, alt=alt, border="horizontal")


def _counted(figure: Figure) -> str:
    return figure.words if figure.students is None else f"{figure.words} of {figure.students}"


def _beyond(row: CatchUpRow) -> str:
    if row.expectation is None:
        return "not shown"
    if row.expectation.lower is None or row.expectation.upper is None:
        return row.expectation.sentence
    low, high = 100 * row.expectation.lower, 100 * row.expectation.upper
    flag = ". Students catch up more often than expected" if row.expectation.exceeds else ""
    return f"{row.expectation.sentence}; range {low:+.0f} to {high:+.0f} in 100{flag}"


def _years(row: CatchUpRow) -> str:
    if row.growth is None:
        return "not shown"
    flag = ", began below level and grows 1.3 years a year" if row.growth.trajectory_changing else ""
    return f"{row.growth.years:.1f} ({row.growth.lower:.1f} to {row.growth.upper:.1f}){flag}"


_GROWTH_COLUMNS: Final[dict[str, Callable[[CatchUpRow], str]]] = {
    "Who": lambda row: text.plain(row.name),
    "Caught up within a year": lambda row: _counted(row.caught_up),
    "Beside what was expected": _beyond,
    "Stayed at level": lambda row: row.stayed.words,
    "Kept up": lambda row: row.kept_up.words,
    "On track in three years": lambda row: row.on_track.words,
    "Middle growth percentile": lambda row: str(row.median_percentile or "not shown"),
    "Years of growth a year": _years,
}
_SCHOOLS_ONLY: Final = frozenset({"Years of growth a year"})
_RATE_COLUMNS: Final[dict[str, Callable[[HorizonRates], str]]] = {
    "Years on": lambda row: str(row.years),
    "Behind, now at level": lambda row: _counted(row.caught_up),
    "Behind, at level twice in a row": lambda row: _counted(row.stayed),
    "At level, stayed there every year": lambda row: _counted(row.kept_up),
}
