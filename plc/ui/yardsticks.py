"""Where "at level" begins: what is in use, and the form that states a cut."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from plc.core.school_year import grade_words, school_year_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.growth import Scale, Yardstick, list_scales, state_cut
from plc.ui import alerts, session, text


def draw(database: Database, viewer: Viewer, yardsticks: Sequence[Yardstick], *, subject: str) -> None:
    """The yardsticks of the subject, and for who may state one, the form."""
    with st.expander('Where "at level" begins', icon=":material/straighten:", key="catch_up.yardsticks"):
        if any(not yardstick.stated for yardstick in yardsticks):
            st.markdown(
                "Where nobody has stated a cut, this page uses **the district's own yardstick**: the score"
                " that two in five students were below in the first year seen. It says who is behind *here*,"
                " not who is below grade level."
            )
        frame = pd.DataFrame(
            [
                {
                    "Assessment": text.plain(yardstick.assessment_name),
                    "Grade": grade_words(yardstick.grade).capitalize(),
                    "At level from": f"{yardstick.cut_score:g}",
                    "Where from": text.plain(yardstick.source)
                    if yardstick.stated
                    else f"the district's own yardstick, {school_year_words(yardstick.school_year)}",
                }
                for yardstick in yardsticks
            ]
        )
        text.table(frame, alt="The score from which a student is at level", border="horizontal")
        if viewer.may(Permission.LEVEL_CUT_STATE):
            _draw_form(database, viewer, subject=subject)


def _draw_form(database: Database, viewer: Viewer, *, subject: str) -> None:
    with alerts.stopping():
        scales = [scale for scale in list_scales(database, viewer) if scale.subject == subject]
    with st.form("catch_up.cut", border=False):
        scale = st.selectbox(
            "Assessment and grade",
            scales,
            format_func=_scale_words,
            key="catch_up.cut.scale",
        )
        score = st.number_input("At level from this score", value=None, key="catch_up.cut.score")
        source = st.text_input(
            "Where this score comes from", placeholder="State test, level 3, 2025", key="catch_up.cut.source"
        )
        stated = st.form_submit_button("State this cut", icon=":material/check:")
    if not stated:
        return
    if scale is None or score is None:
        st.error("Choose an assessment and give its score.", icon=":material/error:")
        return
    with alerts.shown():
        state_cut(
            database,
            viewer,
            subject=scale.subject,
            grade=scale.grade,
            assessment_name=scale.assessment_name,
            cut_score=score,
            source=source,
        )
        session.leave_notice("From now on this score is where a student is at level.")
        st.rerun()


def _scale_words(scale: Scale) -> str:
    return f"{scale.assessment_name}, {grade_words(scale.grade)}"
