"""Text on the page: what came from a file stays as it is, and asides stay readable."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd
import streamlit as st

from plc.core.free_text import seen_words

# What Markdown, Streamlit's colour directives and its icons would act on.
ACTIVE: Final = frozenset(r"\`*_{}[]()<>#+-!|~:$&=")
# An icon or emoji is put in after escapes are undone, unless a sign of no width stands within its name.
_ICON: Final = re.compile(r":(?=material/|[A-Za-z0-9_+-]*[A-Za-z_][A-Za-z0-9_+-]*:)")
_APART: Final = ":\u2060"
# The browser makes links of addresses after escapes are undone, unless a sign of no width stands within them.
_ADDRESS: Final = re.compile(r"@|:(?=//)|www(?=\.)", re.IGNORECASE)
# What makes a cell of a table more than its words; figures, ranges and ids hold none of it.
_MARKED: Final = re.compile(rf"[\\`*_{{}}\[\]<>#|~$&]|:[A-Za-z]|{_ADDRESS.pattern}", re.IGNORECASE)


def plain(text: str) -> str:
    """Text from a file, shown as it is: nothing in it is taken for formatting or made a link."""
    apart = _ADDRESS.sub(_apart, _ICON.sub(_APART, seen_words(text)))
    return "".join(f"\\{character}" if character in ACTIVE else character for character in apart)


def _apart(found: re.Match[str]) -> str:
    return f"{found[0]}\u2060"


def table(data: Any, **options: Any) -> None:
    """`st.table` of words and figures: its cells and headers would be taken for Markdown.

    `data` is a frame, or dicts and lists as `st.table` takes them.
    """
    st.table(_as_they_are(data), **options)


def _as_they_are(data: Any) -> Any:
    if isinstance(data, pd.DataFrame):
        return plain_cells(data)
    if isinstance(data, dict):
        return {unmarked(name): _as_they_are(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_as_they_are(value) for value in data]
    return unmarked(data)


def plain_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with whatever would be taken for formatting shown as it is."""
    shown = frame.rename(columns=unmarked)
    # Rows that are only counted show no number; any other index is words.
    if not isinstance(shown.index, pd.RangeIndex):
        shown = shown.rename(index=unmarked)
    for place, column in enumerate(shown.columns):
        values = shown.iloc[:, place]
        if not pd.api.types.is_numeric_dtype(values):
            shown = shown.assign(**{column: values.map(unmarked)}) if shown.columns.is_unique else shown
    return shown


def unmarked(value: Any) -> Any:
    """A cell or sentence as it is; escaped only where it holds what would be taken for formatting."""
    return plain(value) if isinstance(value, str) and _MARKED.search(value) else value


def aside(words: str) -> None:
    """A smaller, quieter line. `st.caption` falls below the contrast that WCAG asks of small text."""
    st.markdown(f":small[:gray[{words}]]")
