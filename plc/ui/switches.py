"""Switches that show what is stored, whoever stored it, and stay under the keyboard while they change."""

from __future__ import annotations

import streamlit as st


def key_of_stored(key: str, *, stored: bool | str) -> str:
    """The key of a switch or list, which holds what is stored when that is new.

    One key for every state: an element that changes its key is another one, and the keyboard would begin
    at the top of the page.
    """
    if key not in st.session_state or st.session_state.get(f"{key}.stored") != stored:
        st.session_state[key] = stored
    st.session_state[f"{key}.stored"] = stored
    return key
