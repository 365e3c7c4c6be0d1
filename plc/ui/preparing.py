"""Getting ready for the team's meeting: the own tick and note, and what the team sees of everybody's."""

from __future__ import annotations

from functools import partial

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.meetings import Preparation, choose_digest, preparations, prepare, wants_digest
from plc.meetings.wording import LONGEST_WORDS
from plc.people import team as read_team
from plc.ui import alerts, text


def draw_own(database: Database, viewer: Viewer) -> None:
    """Beneath her own result: what her team should know of her classes, and that she is ready."""
    if viewer.teacher_id is None or not viewer.may(Permission.MEETING_HOLD):
        return
    for team_id in viewer.team_ids:
        with alerts.stopping():
            name = read_team(database, viewer, team_id).name
            own = next(one for one in preparations(database, viewer, team_id) if one.own)
        st.header("Ready for your meeting?", anchor=False)
        with st.container(border=True, key=f"ready.{team_id}"):
            text.aside(f"Only this goes to {text.plain(name)}; your figures stay here.")
            if own.ready:
                _draw_said(database, viewer, team_id, own)
            else:
                _ask(database, viewer, team_id, own)


def _ask(database: Database, viewer: Viewer, team_id: str, own: Preparation) -> None:
    with st.form(f"ready.form.{team_id}", border=False):
        words = st.text_input(
            "Should your team know something about your classes?",
            value=own.words,
            placeholder="A fire drill in the middle of the unit 6 check",
            max_chars=LONGEST_WORDS,
            key=f"ready.words.{team_id}",
        )
        ready = st.form_submit_button(
            "I am ready", type="primary", icon=":material/check:", key=f"ready.say.{team_id}"
        )
    if ready:
        with alerts.shown():
            prepare(database, viewer, team_id, ready=True, words=words)
            st.rerun()


def _draw_said(database: Database, viewer: Viewer, team_id: str, own: Preparation) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        words = f" They will read: {text.plain(own.words)}" if own.words else ""
        st.markdown(f":material/check_circle: **You are ready.**{words}", width="stretch")
        if st.button("Change", type="tertiary", icon=":material/edit:", key=f"ready.change.{team_id}"):
            with alerts.stopping():
                prepare(database, viewer, team_id, ready=False, words=own.words)
            st.rerun()


def draw_team(database: Database, viewer: Viewer, team_id: str) -> None:
    """Who of the team is ready, and the notes."""
    if viewer.teacher_id is None:
        return
    with alerts.stopping():
        members = preparations(database, viewer, team_id)
    ready = [one.name for one in members if one.ready]
    st.markdown(
        f":material/how_to_reg: **{len(ready)} of {len(members)} looked at their own classes first.**"
    )
    if ready and len(ready) < len(members):
        text.aside(text.plain(", ".join(ready)))
    _draw_notes(members)


def draw_words(database: Database, viewer: Viewer, team_id: str) -> None:
    """What members said their team should know, beside the view by class; nothing where nobody did."""
    if viewer.teacher_id is None:
        return
    with alerts.stopping():
        _draw_notes(preparations(database, viewer, team_id))


def _draw_notes(members: list[Preparation]) -> None:
    for one in members:
        if one.words:
            st.markdown(f"- **{text.plain(one.name)}**: {text.plain(one.words)}")


def draw_digest(database: Database, viewer: Viewer, team_id: str) -> None:
    """Whether the viewer wants the mail before meetings."""
    if viewer.teacher_id is None:
        return
    key = f"digest.wanted.{team_id}"
    with alerts.stopping():
        wanted = wants_digest(database, viewer, team_id)
    st.toggle(
        "Mail me what is open two hours before",
        value=wanted,
        key=key,
        on_change=partial(_choose_digest, database, viewer, team_id, key),
    )


def _choose_digest(database: Database, viewer: Viewer, team_id: str, key: str) -> None:
    try:
        choose_digest(database, viewer, team_id, wanted=bool(st.session_state[key]))
    except PlcError as error:
        alerts.show(error)
