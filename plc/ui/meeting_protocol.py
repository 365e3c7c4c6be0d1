"""A team's own steps: their order, titles and minutes, edited in one table."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pandas as pd
import streamlit as st

from plc.core.errors import Conflict
from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings import Step, save_team_protocol, team_protocol, usual_protocols
from plc.meetings.protocols import LONGEST_STEP_MINUTES, SCREENS, Protocol
from plc.ui import alerts, session, text


def draw(database: Database, viewer: Viewer, team_id: str) -> None:
    """Choose a protocol, edit its steps, save them as the team's own."""
    titles = {protocol.key: protocol.title for protocol in usual_protocols()}
    key = st.selectbox("Which meeting?", list(titles), format_func=titles.__getitem__, key="protocol.which")
    with alerts.stopping():
        held = team_protocol(database, viewer, team_id, key)
    text.aside(
        f"Your team's own steps, changed {held.version} times." if held.version else "The usual steps."
    )
    edited = st.data_editor(
        frame_of(held),
        hide_index=True,
        num_rows="dynamic",
        width="stretch",
        column_config={
            "order": st.column_config.NumberColumn("Order", min_value=1, step=1, width="small"),
            "title": st.column_config.TextColumn("Title", required=True),
            "minutes": st.column_config.NumberColumn(
                "Minutes", min_value=1, max_value=LONGEST_STEP_MINUTES, step=1, width="small"
            ),
            "screen": st.column_config.SelectboxColumn(
                "What is on screen", options=list(SCREENS), required=True
            ),
            "prompt": st.column_config.TextColumn("What the facilitator reads out", width="large"),
        },
        column_order=["order", "title", "minutes", "screen", "prompt"],
        key=f"protocol.steps.{key}.{held.version}",
    )
    steps = steps_of(edited)
    st.markdown(f"**{sum(step.minutes for step in steps)} minutes in {len(steps)} steps.**")
    with st.container(horizontal=True):
        if st.button("Save our steps", type="primary", icon=":material/save:", key="protocol.save"):
            _save(database, viewer, team_id, key, steps=steps, seen_version=held.version)
        if held.version and st.button(
            "Back to the usual steps", icon=":material/undo:", key="protocol.usual"
        ):
            _save(database, viewer, team_id, key, steps=[], seen_version=held.version)


def _save(
    database: Database, viewer: Viewer, team_id: str, key: str, *, steps: list[Step], seen_version: int
) -> None:
    try:
        with alerts.stopping():
            save_team_protocol(database, viewer, team_id, key, steps=steps, seen_version=seen_version)
    except Conflict as conflict:
        alerts.show(conflict)
        st.stop()
    session.leave_notice("Saved. The next meeting of this kind has these steps.")
    st.rerun()


def frame_of(protocol: Protocol) -> pd.DataFrame:
    """Steps as rows, numbered from 1."""
    return pd.DataFrame(
        [
            (number, step.title, step.minutes, step.screen, step.prompt, step.step_key)
            for number, step in enumerate(protocol.steps, start=1)
        ],
        columns=["order", "title", "minutes", "screen", "prompt", "step_key"],
    )


def steps_of(edited: pd.DataFrame) -> list[Step]:
    """The rows as steps, in the order their numbers say; a new row gets a key of its own."""
    rows = edited.to_dict("records")
    rows.sort(key=lambda row: (pd.isna(row["order"]), row["order"]))
    return [
        Step(
            step_key=_text(row["step_key"]) or f"own-{uuid.uuid4().hex[:8]}",
            screen=_text(row["screen"]),
            title=_text(row["title"]),
            minutes=0 if pd.isna(row["minutes"]) else int(row["minutes"]),
            prompt=_text(row["prompt"]),
        )
        for row in rows
    ]


def _text(cell: Any) -> str:
    return re.sub(r"\s+", " ", cell).strip() if isinstance(cell, str) else ""
