"""What the facilitator does with the meeting, and how somebody else takes over."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings import (
    Meeting,
    Roles,
    add_minutes,
    end_meeting,
    go_to_step,
    next_step,
    reorder_steps,
    set_roles,
    skip_step,
    take_over,
)
from plc.ui import alerts, text

MORE_MINUTES = 2


def leads(meeting: Meeting, viewer: Viewer) -> bool:
    """Whether the viewer is this meeting's facilitator."""
    return viewer.teacher_id is not None and meeting.roles.facilitator_id == viewer.teacher_id


def draw(database: Database, viewer: Viewer, meeting: Meeting) -> None:
    """The facilitator's row of buttons; for everybody else who leads."""
    if meeting.step is None:
        return
    if not leads(meeting, viewer):
        _draw_follower(database, viewer, meeting)
        return
    seen, meeting_id = meeting.step.step_key, meeting.meeting_id
    with st.container(horizontal=True, key="meeting.controls"):
        following = meeting.next_step
        if following is not None:
            if st.button("Next step", type="primary", icon=":material/arrow_forward:", key="meeting.next"):
                with alerts.stopping():
                    next_step(database, viewer, meeting_id, seen=seen)
                st.rerun()
            if st.button("Skip", icon=":material/skip_next:", key="meeting.skip"):
                with alerts.stopping():
                    skip_step(database, viewer, meeting_id, seen=seen)
                st.rerun()
        elif st.button("End the meeting", type="primary", icon=":material/flag:", key="meeting.end"):
            _end(database, viewer, meeting_id)
        if st.button(f"{MORE_MINUTES} more minutes", icon=":material/more_time:", key="meeting.extend"):
            with alerts.stopping():
                add_minutes(database, viewer, meeting_id, step_key=seen, minutes=MORE_MINUTES)
            st.rerun()
        with st.popover("More", icon=":material/tune:", key="meeting.more", on_change="rerun") as more:
            if more.open:
                _draw_more(database, viewer, meeting)


def _draw_follower(database: Database, viewer: Viewer, meeting: Meeting) -> None:
    name = meeting.name_of(meeting.roles.facilitator_id)
    with st.container(horizontal=True, vertical_alignment="center", key="meeting.follower"):
        text.aside(f"{text.plain(name)} leads this meeting." if name else "Nobody leads this meeting yet.")
        if st.button("Take over", type="tertiary", icon=":material/front_hand:", key="meeting.take_over"):
            with alerts.stopping():
                take_over(database, viewer, meeting.meeting_id)
            st.rerun()


def _draw_more(database: Database, viewer: Viewer, meeting: Meeting) -> None:
    titles = {step.step_key: step.title for step in meeting.steps}
    seen = meeting.step_key or ""
    chosen = st.selectbox(
        "Which step?",
        list(titles),
        index=list(titles).index(seen) if seen in titles else 0,
        format_func=titles.__getitem__,
        key="meeting.more.step",
    )
    with st.container(horizontal=True):
        if st.button("Go there", icon=":material/my_location:", key="meeting.more.go"):
            with alerts.stopping():
                go_to_step(database, viewer, meeting.meeting_id, chosen, seen=seen)
            st.rerun()
        if st.button("Earlier", icon=":material/arrow_upward:", key="meeting.more.up"):
            _move(database, viewer, meeting, chosen, by=-1)
        if st.button("Later", icon=":material/arrow_downward:", key="meeting.more.down"):
            _move(database, viewer, meeting, chosen, by=1)
    if meeting.next_step is not None and st.button(
        "End the meeting now", icon=":material/flag:", key="meeting.more.end"
    ):
        _end(database, viewer, meeting.meeting_id)


def _move(database: Database, viewer: Viewer, meeting: Meeting, step_key: str, *, by: int) -> None:
    order = [step.step_key for step in meeting.steps]
    place = order.index(step_key)
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    with alerts.stopping():
        reorder_steps(database, viewer, meeting.meeting_id, order)
    st.rerun()


def _end(database: Database, viewer: Viewer, meeting_id: str) -> None:
    with alerts.stopping():
        end_meeting(database, viewer, meeting_id)
    st.rerun()


def draw_roles(database: Database, viewer: Viewer, meeting: Meeting) -> None:
    """Who leads, writes and keeps time; the facilitator may give the roles to others."""
    roles = meeting.roles
    held = {
        "Facilitator": roles.facilitator_id,
        "Recorder": roles.recorder_id,
        "Timekeeper": roles.timekeeper_id,
    }
    lines = [
        f"- **{role}**: {text.plain(meeting.name_of(teacher_id) or 'nobody')}"
        for role, teacher_id in held.items()
    ]
    st.markdown("\n".join(lines))
    if not leads(meeting, viewer):
        return
    with st.popover(
        "Change roles", icon=":material/swap_horiz:", key="meeting.roles", on_change="rerun"
    ) as more:
        if not more.open:
            return
        names = {member.teacher_id: member.name for member in meeting.members}
        ids = list(names)
        chosen = [
            st.selectbox(
                role,
                ids,
                index=ids.index(teacher_id) if teacher_id in names else None,
                format_func=names.__getitem__,
                placeholder="Nobody",
                key=f"meeting.roles.{role}",
            )
            for role, teacher_id in held.items()
        ]
        if st.button("Use these roles", type="primary", key="meeting.roles.save"):
            with alerts.stopping():
                set_roles(database, viewer, meeting.meeting_id, Roles(*chosen))
            st.rerun()
