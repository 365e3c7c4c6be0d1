"""The step, the time left and the way through the meeting: a countdown that runs in the browser."""

from __future__ import annotations

from typing import Final

from plc.core import clock
from plc.meetings import Meeting
from plc.ui.components import component

_CLOCK: Final = component("meeting_clock")


def draw(meeting: Meeting, *, key: str = "meeting.clock") -> None:
    """The clock of a running meeting."""
    step, ends_at = meeting.step, meeting.step_ends_at
    if step is None or ends_at is None:
        return
    place = [one.step_key for one in meeting.steps].index(step.step_key) + 1
    left = int((ends_at - clock.now()).total_seconds())
    following = meeting.next_step
    _CLOCK(
        key=key,
        data={
            "title": step.title,
            "place": f"Step {place} of {len(meeting.steps)}",
            "label": f"Time left for {step.title}",
            "next": f"Next: {following.title}" if following else "The last step",
            "seconds_left": left,
            "seconds": int(step.lasts.total_seconds()),
            "segments": [
                {"title": one.title, "minutes": one.minutes + one.added_minutes, "state": one.state}
                for one in meeting.steps
            ],
        },
    )
