"""Seek: what the team's results say, its students as one group first."""

from __future__ import annotations

from plc.core.viewer import Permission
from plc.ui import guard, inquiry_steps, runtime, seeking

viewer = guard.page_viewer(Permission.INQUIRY_READ)
database = runtime.database()

found = inquiry_steps.draw(database, viewer, question="What do our results say?")
seeking.draw(database, viewer, found)
