"""Which teams to look at, and turning the pages of a list: shared by the pages across schools."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import streamlit as st

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.schools import TeamQuery
from plc.ui import cached, text

Kind = TypeVar("Kind", bound=str)

# Fewer schools than this need no search.
FEW_SCHOOLS: Final = 2


def own_schools(database: Database, viewer: Viewer) -> dict[str, str]:
    """The schools the viewer may choose from, by id, with their names."""
    schools = dict(cached.roster_schools(database, database.data_version()))
    if viewer.role is Role.DISTRICT_LEADER:
        return schools
    return {school_id: schools.get(school_id, school_id) for school_id in viewer.school_ids}


def ask(database: Database, viewer: Viewer, *, key: str) -> TeamQuery:
    """School and words, offered only where there is a choice; and the page the list is at."""
    names = own_schools(database, viewer)
    school_id, words = None, ""
    if len(names) >= FEW_SCHOOLS:
        with st.container(horizontal=True, key=f"{key}.choice"):
            school_id = st.selectbox(
                "School",
                list(names),
                index=None,
                format_func=names.__getitem__,
                placeholder="All schools",
                key=f"{key}.school",
                on_change=first_page,
                args=(key,),
                persist_state="session",
            )
            words = st.text_input(
                "Find a team", key=f"{key}.words", on_change=first_page, args=(key,), persist_state="session"
            )
    return TeamQuery(school_id=school_id, words=words or "", page=page(key))


def filter_by(
    label: str, kinds: Sequence[Kind], *, words: Callable[[Kind], str], key: str, name: str
) -> Kind | None:
    """The kind to narrow the list to, or None for all; another choice begins the list anew."""
    return st.segmented_control(
        label, kinds, format_func=words, key=f"{key}.{name}", on_change=first_page, args=(key,)
    )


def page(key: str) -> int:
    """The page a list is at, from 0."""
    return int(st.session_state.get(f"{key}.page", 0))


def first_page(key: str) -> None:
    """Go back to the beginning of a list."""
    st.session_state[f"{key}.page"] = 0


def draw_pages(*, shown: int, pages: int, found: int, key: str) -> None:
    """The way to the other pages; nothing where there is one page."""
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}.pages"):
        st.button(
            "Before",
            icon=":material/chevron_left:",
            disabled=shown == 0,
            key=f"{key}.before",
            on_click=_turn,
            args=(key, shown - 1),
        )
        text.aside(f"Page {shown + 1} of {pages}, {found:,} in all")
        st.button(
            "Next",
            icon=":material/chevron_right:",
            disabled=shown >= pages - 1,
            key=f"{key}.next",
            on_click=_turn,
            args=(key, shown + 1),
        )


def _turn(key: str, to: int) -> None:
    st.session_state[f"{key}.page"] = to
