"""Whether a result also holds for the students who started lowest: in words first, then drawn.

A teacher reads her own balance; on a card of someone else stands a sentence, never a figure.
"""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from plc.bright_spots import Finding
from plc.bright_spots.balance import EXCEEDS_LOWEST, Balance
from plc.charts import groups_picture
from plc.ui import pictures, text

_ALSO: Final = "Students who started lowest exceed expectation, too."


def draw_warning(finding: Finding) -> None:
    """What a teacher must see before her own result, where her students who started lowest fell behind."""
    if finding.balance is not None and finding.balance.look_first:
        st.warning(finding.balance.words, icon=":material/balance:")


def draw(finding: Finding, *, key: str) -> None:
    """The balance of a teacher's own result; nothing after a look that was made without it."""
    balance = finding.balance
    if balance is None:
        return
    if not balance.look_first:
        st.markdown(f":material/balance: {_ALSO if balance.exceeds_lowest else balance.words}")
    known = pd.concat([balance.thirds, balance.groups]).dropna(subset=["effect"])
    if known.empty:
        return
    by_start = st.expander(
        "By where students started",
        icon=":material/stacked_line_chart:",
        key=f"{key}.start",
        on_change="rerun",
    )
    if by_start.open:
        with by_start:
            _draw_groups(balance, known, key=key)


def draw_shown(finding: Finding) -> None:
    """On the card of a bright spot: that it also holds for those who started lowest, where it does."""
    if finding.exceeds_lowest:
        st.markdown(f":material/trending_up: {EXCEEDS_LOWEST}")


def _draw_groups(balance: Balance, known: pd.DataFrame, *, key: str) -> None:
    st.markdown(
        "Each third of the students of your grade, subject and year **by starting point**, beside students"
        " with the same starting points elsewhere. The dashed line is what was expected."
    )
    pictures.draw(groups_picture, known, key=f"{key}.by_start")
    if balance.difference is not None and balance.lower is not None and balance.upper is not None:
        text.aside(
            f"Your {balance.students} students who started lowest, beside your other {balance.others}:"
            f" {balance.difference:+.2f} SD (90 % range {balance.lower:+.2f} to {balance.upper:+.2f}),"
            " compared with the same difference in other classes."
        )
