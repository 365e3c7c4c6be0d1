"""Practices across schools on the page: what helps somewhere that we need, the strongest evidence first."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.practices import PracticePage, PracticeQuery, PracticeRow, search_practices
from plc.priorities import Priority
from plc.ui import alerts, menu, school_choice, school_priorities, session, text
from plc.ui.practice_words import effect_words, minutes_words, step_words

KEY: Final = "school_practices"
EVIDENCE_VIEW, ASK_VIEW = "What tests say", "Ask and visit"


@st.cache_data(max_entries=64, show_spinner=False)
def _found(
    _database: Database, viewer: Viewer, query: PracticeQuery, state: tuple[int, date]
) -> PracticePage:
    return search_practices(_database, viewer, query)


def draw(database: Database, viewer: Viewer) -> None:
    """The question and its answer."""
    priorities = school_priorities.own_priorities(database, viewer)
    query = _ask(viewer, priorities)
    with alerts.stopping():
        found = _found(database, viewer, query, (database.data_version(), clock.now().date()))
    if not found.rows:
        st.info(
            "No practice fits all of this. Choose another priority or take a choice away.",
            icon=":material/search_off:",
        )
    else:
        text.aside(
            f"{_counted(found.total, 'practice', 'practices')}, the strongest evidence first, then those"
            " nearest to your courses. Schools are not compared."
        )
    for row in found.rows:
        with st.container(border=True, gap="xsmall", key=f"{KEY}.row.{row.practice_id}"):
            _draw_row(row)
    school_choice.draw_pages(shown=found.page, pages=found.pages, found=found.total, key=KEY)
    school_priorities.draw(database, viewer, priorities)
    st.page_link(menu.STALLED, label="Who needs help from me?", icon=":material/arrow_forward:")


def _ask(viewer: Viewer, priorities: list[Priority]) -> PracticeQuery:
    titles = {one.priority_id: one.title for one in priorities}
    chosen = st.selectbox(
        "For which priority?",
        list(titles),
        index=_first_with_course(priorities),
        format_func=titles.__getitem__,
        placeholder="Any" if titles else "None is named yet; name one below",
        disabled=not titles,
        key=f"{KEY}.priority",
        on_change=school_choice.first_page,
        args=(KEY,),
    )
    priority = next((one for one in priorities if one.priority_id == chosen), None)
    with st.container(horizontal=True, key=f"{KEY}.toggles"):
        fits_me = viewer.role is Role.PRINCIPAL and _toggle("Only for courses like ours", "fits_me")
        lowest = _toggle("For those who started lowest", "lowest")
    words = st.text_input(
        "A word to look for",
        key=f"{KEY}.words",
        on_change=school_choice.first_page,
        args=(KEY,),
        persist_state="session",
    )
    return PracticeQuery(
        words=words or "",
        subject=priority.subject if priority else None,
        grades=priority.grades if priority else (),
        fits_me=fits_me,
        low_starters=lowest,
        page=school_choice.page(KEY),
    )


def _first_with_course(priorities: list[Priority]) -> int | None:
    """The first priority that narrows anything; a title alone does not choose practices."""
    return next((n for n, one in enumerate(priorities) if one.subject or one.grades), None)


def _toggle(label: str, name: str) -> bool:
    return st.toggle(label, key=f"{KEY}.{name}", on_change=school_choice.first_page, args=(KEY,))


def _draw_row(row: PracticeRow) -> None:
    st.markdown(f"**{text.plain(row.title)}**")
    figures = effect_words(row.estimate, row.lower, row.upper)
    st.markdown(" · ".join(part for part in (step_words(row.step), figures) if part))
    if row.tests and row.estimate is None:
        text.aside(text.plain(row.evidence))
    st.markdown(_behind(row))
    if row.fit:
        st.markdown(f":material/group: {text.plain(row.fit)}")
    text.aside(
        " · ".join(text.plain(part) for part in (row.byline.words, minutes_words(row.minutes)) if part)
    )
    with st.container(horizontal=True):
        _open(row, "See what every test showed", "arrow_forward", EVIDENCE_VIEW)
        _open(row, "Ask the author's team", "chat", ASK_VIEW)


def _behind(row: PracticeRow) -> str:
    lowest = "yes" if row.low_starters else "no"
    parts = [_counted(row.tests, "test", "tests")]
    if row.classes is not None and row.schools is not None:
        parts += [_counted(row.classes, "class", "classes"), _counted(row.schools, "school", "schools")]
    return f"{' · '.join(parts)} · Tested with students who started lowest? **{lowest}**"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _open(row: PracticeRow, label: str, icon: str, view: str) -> None:
    if st.button(
        label,
        icon=f":material/{icon}:",
        type="tertiary",
        key=f"{KEY}.{icon}.{row.practice_id}",
        help=text.plain(row.title),
    ):
        session.choose_practice(row.practice_id)
        st.session_state["practice.view"] = view
        session.go_to(menu.PRACTICE)
