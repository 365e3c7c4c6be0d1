"""A running meeting on one device: the clock, the facilitator's buttons, the step's screen, and the watch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings import Meeting, State, arrive, meeting, meeting_version, running_meeting
from plc.ui import (
    alerts,
    meeting_asking,
    meeting_clock,
    meeting_controls,
    meeting_deciding,
    meeting_figures,
    meeting_opening,
    meeting_promises,
    meeting_silence,
    text,
)
from plc.ui.meeting_showing import Showing

# Devices are at most two seconds apart: this wait and the page's own time are less.
POLL_SECONDS: Final = 1.5
# Before a meeting nobody counts seconds.
WAIT_SECONDS: Final = 3.0

# On a screen with room for it the time left stays in sight; on a phone it would cover the step.
CLOCK_STAYS: Final = """<style>
@media (min-width: 40rem) and (min-height: 40rem) {
  .st-key-meeting-top { position: sticky; top: 0; z-index: 10; }
}
</style>"""

SCREENS: Final[dict[str, Callable[[Showing], None]]] = {
    "opening": meeting_opening.draw_opening,
    "last commitments": meeting_promises.draw_last_commitments,
    "fidelity": meeting_figures.draw_fidelity,
    "task": meeting_silence.draw_task,
    "see": meeting_silence.draw_see,
    "observations": meeting_silence.draw_observations,
    "result": meeting_figures.draw_result,
    "bright spot": meeting_figures.draw_bright_spot,
    "decision": meeting_deciding.draw_decision,
    "commitments": meeting_promises.draw_commitments,
    "ask": meeting_asking.draw_ask,
    "exit": meeting_opening.draw_exit,
    "challenge": meeting_deciding.draw_challenge,
    "visits": meeting_deciding.draw_visits,
    "candidates": meeting_deciding.draw_candidates,
    "share": meeting_deciding.draw_share,
}


def draw(database: Database, viewer: Viewer, meeting_id: str, *, projected: bool = False) -> Meeting:
    """The meeting as it stands; a meeting that is not running draws nothing. Returns it as read."""
    with alerts.stopping():
        found = meeting(database, viewer, meeting_id)
    if found.state is not State.RUNNING or found.step is None:
        return found
    if not projected:
        found = _arrived(database, viewer, found)
    st.html(CLOCK_STAYS)
    with st.container(key="meeting.top"):
        meeting_clock.draw(found, key="projector.clock" if projected else "meeting.clock")
    if not projected:
        meeting_controls.draw(database, viewer, found)
    if found.step is not None:
        # A key per step: nothing typed or opened in one step turns up in another.
        with st.container(key=f"meeting.step.{found.step.step_key}"):
            st.markdown(f":material/record_voice_over: *{text.plain(found.step.prompt)}*")
            with alerts.shown():
                SCREENS[found.step.screen](Showing(database, viewer, found, found.step, projected))
    watch(database, viewer, meeting_id, found.version)
    return found


def _arrived(database: Database, viewer: Viewer, found: Meeting) -> Meeting:
    """The meeting with the viewer marked present, once."""
    if any(member.teacher_id == viewer.teacher_id and member.present is None for member in found.members):
        with alerts.stopping():
            arrive(database, viewer, found.meeting_id)
            return meeting(database, viewer, found.meeting_id)
    return found


@st.fragment(run_every=POLL_SECONDS)
def watch(database: Database, viewer: Viewer, meeting_id: str, seen: int) -> None:
    """Read one number; when it is another, or the viewer is no member any more, draw everything anew."""
    try:
        version = meeting_version(database, viewer, meeting_id)
    except PlcError:
        version = None
    if version != seen:
        st.rerun()


@st.fragment(run_every=WAIT_SECONDS)
def wait(database: Database, viewer: Viewer, team_id: str) -> None:
    """Draw everything anew once the team's meeting begins."""
    if running_meeting(database, viewer, team_id) is not None:
        st.rerun()
