"""What to do next, from where this school stands."""

from __future__ import annotations

import streamlit as st

from plc.ui import (
    alerts,
    cached,
    guard,
    next_steps,
    practice_news,
    private_notice,
    runtime,
    tour,
    waiting_now,
)

viewer = guard.page_viewer()
database = runtime.database()

st.title("What to do next")
with alerts.stopping():
    if viewer.waits_for_link:
        private_notice.draw_waiting(database, viewer)
        st.stop()
    any_waits = waiting_now.draw(database, viewer)
    private_notice.draw(database, viewer)
    practice_news.draw(database, viewer)
    tour.draw(database, viewer)
    next_steps.draw(database, viewer, cached.state(database, viewer), first=not any_waits)
