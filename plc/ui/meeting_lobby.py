"""Before a meeting: one click starts it; when the next one is; what is still open from last time."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings import (
    Meeting,
    TeamInquiry,
    change_plan,
    current_meetings,
    last_commitments,
    meeting,
    plan_meeting,
    protocols_for,
    remove_plan,
    start_meeting,
    team_inquiry,
    team_protocol,
)
from plc.people import team as read_team
from plc.people.school_calendar import school_today
from plc.ui import alerts, meeting_opening, menu, preparing, pressing, session, text, two_writers, written


def choose_team(database: Database, viewer: Viewer) -> str:
    """The team whose meeting this is: the one that meets now, or the only one, or chosen."""
    if not viewer.team_ids:
        st.title("This meeting")
        st.info("A meeting belongs to a team, and you are in none yet.", icon=":material/groups:")
        if any(entry.path == menu.MY_TEAM for entry in menu.entries_of(viewer)):
            st.page_link(menu.MY_TEAM, label="Find or make a team", icon=":material/groups:")
        st.stop()
    ids = list(viewer.team_ids)
    if len(ids) == 1:
        return ids[0]
    with alerts.stopping():
        names = {team_id: read_team(database, viewer, team_id).name for team_id in ids}
        running = [team_id for _, team_id, *_ in current_meetings(database, viewer)]
    first = running[0] if running else ids[0]
    return st.selectbox(
        "Which team?", ids, index=ids.index(first), format_func=names.__getitem__, key="meeting.team"
    )


def draw(database: Database, viewer: Viewer, team_id: str, planned: Meeting | None) -> None:
    """The lobby of one team."""
    with alerts.stopping():
        team = read_team(database, viewer, team_id)
        found = team_inquiry(database, viewer, team_id)
        open_ones = last_commitments(database, viewer, team_id)
    today = school_today(database)
    text.aside(f":material/groups: {text.plain(team.name)}")
    st.title("Ready to meet?")
    with st.container(border=True, key="lobby.start"):
        _draw_start(database, viewer, team_id, planned, found, today)
    preparing.draw_team(database, viewer, team_id)
    _draw_plan(database, viewer, team_id, planned, today)
    st.header("Open from last time", anchor=False)
    if not open_ones:
        text.aside("Nothing is open.")
    for one in open_ones:
        late = " :material/schedule: its day has passed" if one.due_on < today else ""
        st.markdown(
            f"- **{text.plain(one.owner_name)}**: {text.plain(one.what)}"
            f" :small[:gray[by {one.due_on:%-d %B}]]{late}"
        )


def _draw_start(
    database: Database,
    viewer: Viewer,
    team_id: str,
    planned: Meeting | None,
    found: TeamInquiry,
    today: date,
) -> None:
    if planned is not None:
        day = "Today" if planned.meets_on == today else f"{planned.meets_on:%A %-d %B}"
        st.markdown(f"**{day}{f', {planned.meets_at}' if planned.meets_at else ''}**")
    if found.goal:
        meeting_opening.draw_goal(found.goal)
    meeting_opening.draw_phase(found.phase, found.week_number, found.week_count)
    fitting = protocols_for(found.phase)
    keys = [protocol.key for protocol in fitting]
    with alerts.stopping():
        held = {key: team_protocol(database, viewer, team_id, key) for key in keys}
    usual = planned.protocol_key if planned is not None and planned.protocol_key in keys else keys[0]
    chosen = st.radio(
        "How do we meet today?",
        keys,
        index=keys.index(usual),
        format_func=lambda key: f"{held[key].title}, {held[key].minutes} minutes",
        key=f"lobby.protocol.{team_id}",
    )
    text.aside(held[chosen].words)
    with st.container(horizontal=True, vertical_alignment="center"):
        pressing.button(
            "Start the meeting",
            partial(start_meeting, database, viewer, team_id, protocol_key=chosen),
            viewer=viewer,
            kind="primary",
            icon=":material/play_arrow:",
            key="lobby.go",
        )
        st.page_link(menu.PROJECTOR, label="On the wall", icon=":material/cast:")
        st.page_link(menu.PROTOCOL, label="Change our steps", icon=":material/edit_note:")
    text.aside("Everyone opens this page on her own device. “On the wall” is the same in large type.")


def _draw_plan(
    database: Database, viewer: Viewer, team_id: str, planned: Meeting | None, today: date
) -> None:
    if written.unkept(_form(team_id)):
        st.session_state.setdefault("lobby.plan", True)
    # Its label and its first state are the same always: with others it would be drawn anew, closed, and the
    # words being typed in it lost.
    with st.expander(
        "The day of the next meeting", icon=":material/event:", key="lobby.plan", on_change="rerun"
    ) as plan:
        if not plan.open:
            return
        _ask_day(database, viewer, team_id, planned, today)
        preparing.draw_digest(database, viewer, team_id)
        if planned is not None and st.button("Take this plan back", type="tertiary", key="lobby.remove"):
            with alerts.stopping():
                remove_plan(database, viewer, planned.meeting_id)
            written.forget(_form(team_id))
            st.rerun()


def _ask_day(database: Database, viewer: Viewer, team_id: str, planned: Meeting | None, today: date) -> None:
    """The day and time of the next meeting, kept when she says so."""
    form, version = _form(team_id), f"{planned.meeting_id} {planned.version}" if planned else "none"
    seen = written.seen_version(form, version)
    kept_day, kept_time = (planned.meets_on, planned.meets_at or "") if planned else (today, "")
    left, right = st.columns(2)
    meets_on = left.date_input(
        "Which day?",
        min_value=today,
        **written.box(form, "day", max(kept_day, today), earliest=today),
    )
    time = right.text_input("What time?", placeholder="14:30", **written.box(form, "time", kept_time))
    # The version is part of the key: a press says yes only to what stood beside it.
    kept = st.button("Keep this day", icon=":material/event_available:", key=f"lobby.keep.{version}")
    if not kept:
        if seen != version and written.unkept(form):
            kept_words = f"{kept_day:%A %-d %B}{f', {text.plain(kept_time)}' if kept_time else ''}"
            happened = f"kept {kept_words}," if planned else "took the plan back"
            two_writers.warn(f"A colleague {happened} while you wrote. What you wrote is still in the boxes.")
        written.draw_not_kept(form, is_new=planned is None)
        return
    meets_at = time.strip() or None
    with alerts.stopping():
        if planned is None:
            plan_meeting(database, viewer, team_id, meets_on=meets_on, meets_at=meets_at)
        else:
            change_plan(
                database, viewer, planned.meeting_id, meets_on=meets_on, meets_at=meets_at,
                protocol_key=planned.protocol_key, seen_version=planned.version,
            )  # fmt: skip
    written.forget(form)
    session.leave_notice("Kept. Members get a digest two hours before.")
    st.rerun()


def _form(team_id: str) -> str:
    return f"lobby.{team_id}"


def current(database: Database, viewer: Viewer, team_id: str) -> Meeting | None:
    """The team's meeting that runs, or the next one planned."""
    with alerts.stopping():
        for meeting_id, owner_id, *_ in current_meetings(database, viewer):
            if owner_id == team_id:
                return meeting(database, viewer, meeting_id)
    return None
