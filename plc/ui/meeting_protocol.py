"""A team's own steps: their order, titles and minutes, edited in one table."""

from __future__ import annotations

import re
import uuid
from dataclasses import asdict, replace
from typing import Any

import pandas as pd
import streamlit as st

from plc.core.errors import BothTexts, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings import Step, save_team_protocol, team_protocol, usual_protocols
from plc.meetings.protocols import LONGEST_STEP_MINUTES, SCREENS, Protocol
from plc.ui import alerts, session, text, two_writers


def draw(database: Database, viewer: Viewer, team_id: str) -> None:
    """Choose a protocol, edit its steps, save them as the team's own."""
    titles = {protocol.key: protocol.title for protocol in usual_protocols()}
    key = st.selectbox("Which meeting?", list(titles), format_func=titles.__getitem__, key="protocol.which")
    with alerts.stopping():
        held = team_protocol(database, viewer, team_id, key)
    text.aside(
        f"Your team's own steps, changed {held.version} times." if held.version else "The usual steps."
    )
    form = f"protocol.steps.{team_id}.{key}"
    begun, version = _begun(form, held)
    steps = _edit(begun, key=_table(form, begun))
    st.markdown(f"**{sum(step.minutes for step in steps)} minutes in {len(steps)} steps.**")
    with st.container(horizontal=True):
        save = st.button("Save our steps", type="primary", icon=":material/save:", key="protocol.save")
        usual = bool(held.version) and st.button(
            "Back to the usual steps", icon=":material/undo:", key="protocol.usual"
        )
    if save or usual:
        wanted = steps if save else []
        try:
            save_team_protocol(database, viewer, team_id, key, steps=wanted, seen_version=version)
        except BothTexts as conflict:
            _meet(form, begun, conflict)
        except PlcError as error:
            alerts.show(error)
        else:
            _begin_anew(form, "Saved. The next meeting of this kind has these steps.")
    _draw_theirs(form, held)


def _begun(form: str, held: Protocol) -> tuple[Protocol, int]:
    """The steps the table was filled from, and the version a press is kept over.

    The table keeps what it was filled from while something in it is changed: its edits are differences to it.
    """
    kept = session.steps_begun(form)
    steps = tuple(Step(**step) for step in kept["steps"]) if kept else held.steps
    begun = replace(held, version=kept["version"], steps=steps) if kept else held
    table = _table(form, begun)
    version = two_writers.seen_version(form, held.version, box=table)
    if kept is None or not _is_changed(table):
        two_writers.go_on(form, held.version)
        session.keep_steps_begun(
            form, {"version": held.version, "steps": [asdict(step) for step in held.steps]}
        )
        begun = held
    return begun, version


def _table(form: str, begun: Protocol) -> str:
    return f"{form}.{begun.version}"


def _is_changed(table: str) -> bool:
    return any(st.session_state.get(table, {}).values())


def _meet(form: str, begun: Protocol, conflict: BothTexts) -> None:
    """A colleague saved in between: both tables where something was changed here, else hers alone."""
    if _is_changed(_table(form, begun)):
        two_writers.meet(form, conflict)
    else:
        st.warning(
            "A colleague changed these steps since you opened this page. Hers are in the table now: press"
            " again if you still want to.",
            icon=":material/group:",
        )


def _draw_theirs(form: str, held: Protocol) -> None:
    """A colleague's steps beside the table, and the way to go on from them instead."""
    if not two_writers.begin_note(form, held.version, words="steps", place="table"):
        return
    theirs = frame_of(held).drop(columns="step_key")
    theirs.columns = pd.Index(
        ["Order", "Title", "Minutes", "What is on screen", "What the facilitator reads out"]
    )
    text.table(theirs, hide_index=True, border="horizontal", alt="The steps as your colleague saved them")
    if st.button("Take my colleague's", icon=":material/undo:", key="protocol.theirs"):
        _begin_anew(form, "Your colleague's steps are in the table.")


def _begin_anew(form: str, notice: str) -> None:
    session.keep_steps_begun(form, None)
    session.leave_notice(notice)
    st.rerun()


def _edit(begun: Protocol, *, key: str) -> list[Step]:
    edited = st.data_editor(
        frame_of(begun),
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
        key=key,
    )
    return steps_of(edited)


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
