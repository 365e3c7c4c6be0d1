"""Whether the address of a page names what is open on it, so that a reload finds it again."""

from __future__ import annotations

from typing import Final

import streamlit as st

PAGE: Final = "plc.shell.page"
IN_ADDRESS: Final = "plc.shell.in_address"


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
