"""What did it show? A test's measured effect, for its team."""

from __future__ import annotations

from plc.core.viewer import Permission
from plc.people.school_calendar import school_today
from plc.ui import effect_screen, guard, inquiry_steps, runtime, test_choice

viewer = guard.page_viewer(Permission.INQUIRY_READ)
database = runtime.database()

found = inquiry_steps.draw(database, viewer, question="What did it show?")
today = school_today(database)
test = test_choice.draw_chosen(
    database, viewer, found, today, key="result", nothing="Nothing to show yet", icon=":material/science:"
)
effect_screen.draw(database, viewer, test, today)
