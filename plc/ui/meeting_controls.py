"""What the facilitator does with the meeting, and how somebody else takes over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

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
from plc.ui import pressing, text

MORE_MINUTES: Final = 2
_ONWARDS: Final[tuple[tuple[str, Callable[..., object], pressing.Kind, str, str], ...]] = (
    ("Next step", next_step, "primary", "arrow_forward", "next"),
    ("Skip", skip_step, "secondary", "skip_next", "skip"),
)


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
        _draw_next(database, viewer, meeting, seen=seen)
        pressing.button(
            f"{MORE_MINUTES} more minutes",
            partial(add_minutes, database, viewer, meeting_id, step_key=seen, minutes=MORE_MINUTES),
            viewer=viewer,
            icon=":material/more_time:",
            key="meeting.extend",
        )
        with st.popover("More", icon=":material/tune:", key="meeting.more", on_change="rerun") as more:
            if more.open:
                _draw_more(database, viewer, meeting)


def _draw_next(database: Database, viewer: Viewer, meeting: Meeting, *, seen: str) -> None:
    """On to the next step, or to the end."""
    if meeting.next_step is None:
        _draw_end(database, viewer, meeting, label="End the meeting", kind="primary", key="meeting.end")
        return
    for label, move, kind, icon, key in _ONWARDS:
        pressing.button(
            label,
            partial(move, database, viewer, meeting.meeting_id, seen=seen),
            viewer=viewer,
            kind=kind,
            icon=f":material/{icon}:",
            key=f"meeting.{key}",
        )


def _draw_end(
    database: Database, viewer: Viewer, meeting: Meeting, *, label: str, kind: pressing.Kind, key: str
) -> None:
    pressing.button(
        label,
        partial(end_meeting, database, viewer, meeting.meeting_id),
        viewer=viewer,
        kind=kind,
        icon=":material/flag:",
        key=key,
    )


def _draw_follower(database: Database, viewer: Viewer, meeting: Meeting) -> None:
    name = meeting.name_of(meeting.roles.facilitator_id)
    with st.container(horizontal=True, vertical_alignment="center", key="meeting.follower"):
        text.aside(f"{text.plain(name)} leads this meeting." if name else "Nobody leads this meeting yet.")
        pressing.button(
            "Take over",
            partial(take_over, database, viewer, meeting.meeting_id),
            viewer=viewer,
            kind="tertiary",
            icon=":material/front_hand:",
            key="meeting.take_over",
        )


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
        pressing.button(
            "Go there",
            partial(go_to_step, database, viewer, meeting.meeting_id, chosen, seen=seen),
            viewer=viewer,
            icon=":material/my_location:",
            key="meeting.more.go",
        )
        for label, icon, by in (("Earlier", "arrow_upward", -1), ("Later", "arrow_downward", 1)):
            pressing.button(
                label,
                partial(_move, database, viewer, meeting, chosen, by=by),
                viewer=viewer,
                icon=f":material/{icon}:",
                key=f"meeting.more.{'up' if by < 0 else 'down'}",
            )
    if meeting.next_step is not None:
        _draw_end(
            database, viewer, meeting, label="End the meeting now", kind="secondary", key="meeting.more.end"
        )


def _move(database: Database, viewer: Viewer, meeting: Meeting, step_key: str, *, by: int) -> None:
    order = [step.step_key for step in meeting.steps]
    place = order.index(step_key)
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    reorder_steps(database, viewer, meeting.meeting_id, order)


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
        pressing.button(
            "Use these roles",
            partial(set_roles, database, viewer, meeting.meeting_id, Roles(*chosen)),
            viewer=viewer,
            kind="primary",
            key="meeting.roles.save",
        )
