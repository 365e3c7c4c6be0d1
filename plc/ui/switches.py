"""Switches that show what is stored, whoever stored it, and stay under the keyboard while they change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from plc.core.errors import PlcError
from plc.ui import alerts


def key_of_stored(key: str, *, stored: bool | str) -> str:
    """The key of a switch or list, which holds what is stored when that is new.

    One key for every state: an element that changes its key is another one, and the keyboard would begin
    at the top of the page.
    """
    if key not in st.session_state or st.session_state.get(_stored(key)) != stored:
        st.session_state[key] = stored
    st.session_state[_stored(key)] = stored
    return key


@contextmanager
def storing(key: str) -> Iterator[None]:
    """Draw a `PlcError` raised while a switch's change is stored, and end the page there.

    The next run shows what is stored again; else each would ask anew for what was refused.
    """
    with alerts.stopping():
        try:
            yield
        except PlcError:
            st.session_state.pop(_stored(key), None)
            raise


def _stored(key: str) -> str:
    return f"{key}.stored"
