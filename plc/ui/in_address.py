"""The address of a page names what is open on it: a reload finds it again, and a colleague by its link."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.ui import menu, session

CARD: Final = "card"
PAGE: Final = "plc.shell.page"
IN_ADDRESS: Final = "plc.shell.in_address"


def of_page(page: str) -> dict[str, str] | None:
    """What an address names from the start: named later it would be a step of its own on the way back."""
    chosen = session.chosen_practice()
    return {CARD: chosen} if page == menu.PRACTICE and chosen is not None else None


def follow(name: str, chosen: str | None) -> str | None:
    """What a page is about: what its address names, else what was chosen, which it names from now on."""
    asked = st.query_params.get(name)
    if asked is None and chosen is not None:
        st.query_params[name] = chosen
    return asked or chosen


def note_page(path: str) -> None:
    """Which page runs; another one than before has nothing of it in its address yet."""
    if st.session_state.get(PAGE) != path:
        st.session_state[PAGE] = path
        keep(False)


def keep(named: bool) -> None:
    """Whether the address names what is open on this page."""
    st.session_state[IN_ADDRESS] = named


def is_kept() -> bool:
    """Whether the address named what is open when this page ran before."""
    return bool(st.session_state.get(IN_ADDRESS, False))
