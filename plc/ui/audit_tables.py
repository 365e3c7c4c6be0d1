"""The audit in tables: looks at one teacher, and refused attempts that concern nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from plc.people import Look, RefusedAttempts


def draw_looks(looks: Sequence[Look]) -> None:
    """A row per look, latest first."""
    st.header("About you", anchor=False)
    if not looks:
        st.markdown("Nobody else has looked at anything about you.")
        return
    rows = pd.DataFrame(
        {
            "When (UTC)": [f"{look.happened_at:%-d %b %Y, %H:%M}" for look in looks],
            "Who": [look.mate_name or f"A {look.role}" for look in looks],
            "What": [f"{look.action}: {look.thing}" for look in looks],
            "": ["refused" if look.refused else "" for look in looks],
        }
    )
    st.dataframe(
        rows, hide_index=True, key="who_looked.looks", alt=f"{len(looks)} looks at something about you"
    )


def draw_refused(attempts: Sequence[RefusedAttempts]) -> None:
    """A row per day, role and thing."""
    st.header("Refused, and about nobody in particular", anchor=False)
    if not attempts:
        st.markdown("Nothing was refused in the last 90 days.")
        return
    rows = pd.DataFrame(
        {
            "Day": [f"{attempt.day:%-d %b %Y}" for attempt in attempts],
            "Role": [attempt.role for attempt in attempts],
            "What": [attempt.thing for attempt in attempts],
            "Times": [attempt.attempts for attempt in attempts],
        }
    )
    st.dataframe(rows, hide_index=True, key="audit.refused", alt=f"{len(attempts)} kinds of refused attempts")
