"""Confirm: plan a test before its data, and follow it while it runs."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Permission
from plc.inquiry.test_reading import list_tests, practice_test
from plc.people.school_calendar import school_today
from plc.ui import (
    alerts,
    guard,
    inquiry_steps,
    plan_classes,
    plan_start,
    planning,
    running_test,
    runtime,
    test_choice,
    text,
)

viewer = guard.page_viewer(Permission.INQUIRY_READ)
database = runtime.database()

found = inquiry_steps.draw(database, viewer, question="Does it help here?")
today = school_today(database)
may_plan = viewer.may(Permission.INQUIRY_EDIT) and found.state == "open"
with alerts.stopping():
    tests = list_tests(database, viewer, inquiry_id=found.inquiry_id)
chosen = test_choice.choose(tests, today, key="confirm", may_plan=may_plan)
if chosen is None:
    if may_plan:
        planning.draw_new(database, viewer, found, today)
    else:
        st.markdown("No test has been planned in this inquiry.")
else:
    with alerts.stopping():
        test = practice_test(database, viewer, chosen.test_id)
    st.header(text.plain(test_choice.label(test, today)), anchor=False)
    if test.state == "draft" and may_plan:
        step = planning.ask_step(test)
        if step == 0:
            planning.ask_prediction(database, viewer, test, found)
        elif step == 1:
            plan_classes.ask_classes(database, viewer, test, today)
        elif step == 2:
            plan_start.ask_balancing(database, viewer, test)
        else:
            plan_start.ask_start(database, viewer, test)
    else:
        running_test.draw(database, viewer, test, today)
running_test.draw_withdrawn(database, viewer, tests)
