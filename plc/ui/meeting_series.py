"""The team's results in a meeting: its students as one group, and by class once that is opened."""

from __future__ import annotations

import streamlit as st

from plc.core.errors import PlcError
from plc.inquiry import Inquiry, inquiry
from plc.inquiry.seek_records import SeekView
from plc.people import own_team_agreements
from plc.ui import alerts, cached, inquiry_steps, menu, seeking, text
from plc.ui.meeting_showing import Showing


def inquiry_of(showing: Showing) -> Inquiry | None:
    """The inquiry of the meeting, as it stands now."""
    if showing.meeting.inquiry_id is None:
        return None
    try:
        return inquiry(showing.database, showing.viewer, showing.meeting.inquiry_id)
    except PlcError:
        return None


def view_of(showing: Showing) -> SeekView | None:
    """What the viewer may see of the inquiry's results; None without an inquiry."""
    found = inquiry_of(showing)
    if found is None:
        return None
    state = cached.state(showing.database, showing.viewer)
    return cached.seek(showing.database, showing.viewer, state, found, on_the_wall=showing.projected)


def draw_team(showing: Showing) -> None:
    """The run chart of the team's students, then by standard and by starting level."""
    with alerts.stopping():
        view = view_of(showing)
    found = inquiry_of(showing)
    if found is None or view is None or view.blocked:
        _draw_nothing_yet(showing, view)
        return
    seeking.draw_series(view, key="meeting.series", said=found.wording)
    if view.standards:
        st.markdown("**By standard**")
        seeking.draw_groups(view.standards, view, key="meeting.standards", of_what="Standard")
    if view.thirds:
        st.markdown("**By where students started**")
        seeking.draw_groups(view.thirds, view, key="meeting.thirds")


def draw_classes(showing: Showing) -> None:
    """The viewer's own classes and those opened to the team.

    On the wall only where the one who projects has opened hers: a picture drawn for one teacher's eyes may
    tell her colleagues of her own class.
    """
    if showing.projected and not has_opened(showing):
        text.aside("By class shows on each member's own device.")
        return
    with alerts.stopping():
        view = view_of(showing)
    if view is None or not (view.changes or view.classes):
        text.aside("There is nothing to show by class yet.")
        return
    seeking.draw_changes(view, key="meeting.changes")
    for note in view.notes:
        text.aside(f":material/visibility_off: {note}")


def has_opened(showing: Showing) -> bool:
    """Whether the viewer has opened her results to this team."""
    return any(
        member.teacher_id == showing.viewer.teacher_id and member.opened_on is not None
        for agreement in own_team_agreements(showing.database, showing.viewer)
        if agreement.team_id == showing.meeting.team_id
        for member in agreement.members
    )


def _draw_nothing_yet(showing: Showing, view: SeekView | None) -> None:
    st.info(
        view.blocked if view is not None else "This team has no open inquiry, so there is no chart yet.",
        icon=":material/hourglass_empty:",
    )
    if not showing.projected:
        inquiry_steps.draw_link(
            showing.viewer, menu.OUR_INQUIRY, label="Our inquiry", icon=":material/explore:"
        )
