"""Looking for a practice: what to ask for, and the cards that were found, a page at a time."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeVar

import streamlit as st

from plc.core import clock
from plc.core.school_year import grade_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.practices import Offered, PracticePage, PracticeQuery, PracticeRow, offered, search_practices
from plc.practices.evidence import STEPS
from plc.ui import alerts, menu, session, text
from plc.ui.practice_words import REACH_WORDS, effect_words, grades_words, minutes_words, step_words

T = TypeVar("T")

PAGE: Final = "library.page"


@st.cache_data(max_entries=64, show_spinner=False)
def _found(
    _database: Database, viewer: Viewer, query: PracticeQuery, state: tuple[int, date]
) -> PracticePage:
    return search_practices(_database, viewer, query)


@st.cache_data(max_entries=64, show_spinner=False)
def _offered(_database: Database, viewer: Viewer, state: tuple[int, date]) -> Offered:
    return offered(_database, viewer)


def draw(database: Database, viewer: Viewer) -> None:
    """The question and its answer."""
    state = (database.data_version(), clock.now().date())
    with alerts.stopping():
        choices = _offered(database, viewer, state)
        query = _ask(viewer, choices)
        found = _found(database, viewer, query, state)
    if not found.rows:
        _draw_nothing(
            viewer, anything=bool(choices.subjects or choices.grades or choices.standards), query=query
        )
        return
    order = "your course first, then evidence" if query.like_me else "evidence first, then your course"
    text.aside(f"{found.total} {'practice' if found.total == 1 else 'practices'}, {order}.")
    for row in found.rows:
        _draw_row(row)
    _draw_pages(found)


def _ask(viewer: Viewer, choices: Offered) -> PracticeQuery:
    words = st.text_input(
        "What do your students need?",
        placeholder="exit tickets, fractions, vocabulary ...",
        key="library.words",
        on_change=_first_page,
        persist_state="session",
    )
    with st.grid(4, min_column_width=130, key="library.filters"):
        subject = _select("Subject", choices.subjects, {name: name.capitalize() for name in choices.subjects})
        grade = _select(
            "Grade", choices.grades, {grade: grade_words(grade).capitalize() for grade in choices.grades}
        )
        standard = _select("Standard", choices.standards, {code: code for code in choices.standards})
        step = _select("Evidence", STEPS, {name: name.capitalize() for name in STEPS})
    like_me = False
    if viewer.teacher_id is not None or viewer.school_ids:
        like_me = st.toggle(
            "People like me first", key="library.like_me", on_change=_first_page, persist_state="session"
        )
    return PracticeQuery(
        words=words or "",
        subject=subject,
        grade=grade,
        standard=standard,
        step=step,
        like_me=like_me,
        page=st.session_state.get(PAGE, 0),
    )


def _select(label: str, options: tuple[T, ...], words: dict[T, str]) -> T | None:
    return st.selectbox(
        label,
        options,
        index=None,
        format_func=words.__getitem__,
        placeholder="All" if options else "None",
        disabled=not options,
        key=f"library.{label.lower()}",
        on_change=_first_page,
        persist_state="session",
    )


def _first_page() -> None:
    st.session_state[PAGE] = 0


def _draw_nothing(viewer: Viewer, *, anything: bool, query: PracticeQuery) -> None:
    if anything:
        st.info("No practice fits all of this. Take one of the choices away.", icon=":material/search_off:")
        return
    st.info(
        "No practice is open to you yet. Cards appear here once their authors share them.",
        icon=":material/menu_book:",
    )
    if viewer.may(Permission.PRACTICE_EDIT) and viewer.teacher_id is not None:
        st.page_link(menu.SHARE, label="Write the first card", icon=":material/edit_note:")


def _draw_row(row: PracticeRow) -> None:
    with st.container(border=True, gap="xsmall", key=f"library.row.{row.practice_id}"):
        st.markdown(f"**{text.plain(row.title)}**")
        figures = effect_words(row.estimate, row.lower, row.upper)
        tests = "" if not row.tests else f"{row.tests} {'test' if row.tests == 1 else 'tests'}"
        said = [step_words(row.step), *(part for part in (tests, figures) if part)]
        st.markdown(" · ".join(said))
        if row.is_author:
            st.markdown(f":material/edit_note: Yours, open to {REACH_WORDS[row.reach]}")
        if row.fit:
            st.markdown(f":material/group: {text.plain(row.fit)}")
        course = " ".join(part for part in (grades_words(row.grades), row.subject or "") if part)
        about = [row.byline.words, course.capitalize(), minutes_words(row.minutes)]
        text.aside(" · ".join(text.plain(part) for part in about if part))
        st.button(
            "Read this card",
            icon=":material/arrow_forward:",
            key=f"library.open.{row.practice_id}",
            on_click=session.choose_practice,
            args=(row.practice_id,),
            help=text.plain(row.title),
        )
    if st.session_state.get(f"library.open.{row.practice_id}"):
        session.go_to(menu.PRACTICE)


def _draw_pages(found: PracticePage) -> None:
    if found.pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="library.pages"):
        st.button(
            "Before",
            icon=":material/chevron_left:",
            disabled=found.page == 0,
            key="library.before",
            on_click=_turn,
            args=(found.page - 1,),
        )
        text.aside(f"Page {found.page + 1} of {found.pages}")
        st.button(
            "Next",
            icon=":material/chevron_right:",
            disabled=found.page == found.pages - 1,
            key="library.next",
            on_click=_turn,
            args=(found.page + 1,),
        )


def _turn(page: int) -> None:
    st.session_state[PAGE] = page
