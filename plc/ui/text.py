"""Text on the page: what came from a file stays as it is, and asides stay readable."""

from __future__ import annotations

from typing import Final

import streamlit as st

# What Markdown, Streamlit's colour directives and its icons would act on.
ACTIVE: Final = frozenset(r"\`*_{}[]()<>#+-!|~:$")


def plain(text: str) -> str:
    """Text from a file, shown as it is: nothing in it is taken for formatting."""
    return "".join(f"\\{character}" if character in ACTIVE else character for character in text)


def aside(words: str) -> None:
    """A smaller, quieter line. `st.caption` falls below the contrast that WCAG asks of small text."""
    st.markdown(f":small[:gray[{words}]]")
