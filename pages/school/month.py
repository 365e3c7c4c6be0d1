"""Month at a glance: are teams meeting, testing, learning?"""

from __future__ import annotations

from functools import partial

import streamlit as st

from plc.core.viewer import Permission
from plc.people.school_calendar import school_today
from plc.reports import board_page, ilt_brief
from plc.ui import guard, report_downloads, runtime, school_month

viewer = guard.page_viewer(Permission.SCHOOL_REVIEW_READ)
database = runtime.database()

st.title("Are teams meeting, testing, learning?")
school_month.draw(database, viewer)

st.header("Take it to the meeting", anchor=False)
for make, name, what in (
    (ilt_brief, "leadership-team-brief", "the leadership team's brief"),
    (board_page, "board-page", "the board's page"),
):
    report_downloads.draw(
        partial(make, database, viewer, month=school_today(database)),
        viewer=viewer,
        name=name,
        key=f"school_month.{name}",
        what=what,
    )
