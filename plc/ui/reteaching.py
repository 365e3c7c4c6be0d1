"""Reteach on the page: a standard, the group inside one's own class, the date, and the matched re-check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import list_inquiries
from plc.inquiry.reteach import (
    USUAL_LEAST_PERCENT,
    end_reteach,
    list_reteaches,
    own_checks,
    plan_reteach,
    recheck,
    students_of,
)
from plc.inquiry.reteach_records import Check, GroupStudent, Reteach
from plc.inquiry.reteach_team import team_reteach
from plc.ui import alerts, inquiry_steps, menu, session, text

# Two weeks: long enough to teach, short enough to remember.
USUAL_WAIT: Final = timedelta(days=14)
NOT_TOLD: Final = "not shown yet: some groups wait for their re-check, or too few people stand behind it"
PRIVATE: Final = (
    ":material/visibility_off: Only you see this page. Students stand here by a code inside your class, the"
    " same every time, and by the name where you keep one."
)


def draw_new(database: Database, viewer: Viewer, today: date) -> None:
    """Choose a class and standard, see who is in the group, set the re-check."""
    with alerts.stopping():
        checks = own_checks(database, viewer)
    if not checks:
        _draw_no_checks(viewer)
        return
    check = _ask_check(checks)
    least = st.slider(
        "In the group: students who reached less than this percent of the standard's points",
        5, 100, int(USUAL_LEAST_PERCENT), 5, key="reteach.least",
    )  # fmt: skip
    with alerts.stopping():
        students = students_of(database, viewer, check)
    key = f"reteach.codes.{check.section_id}.{check.assessment_name}.{check.standard_id}"
    codes = _ask_group(students, least, key=key)
    with st.form("reteach.plan"):
        recheck_on = st.date_input("Check again on", value=today + USUAL_WAIT, key="reteach.on")
        inquiry_id = _ask_inquiry(database, viewer)
        plan = st.form_submit_button(
            "Plan it", type="primary", icon=":material/event:", key="reteach.plan_it"
        )
    if plan:
        by_code = {one.code: one.student_key for one in students}
        with alerts.stopping():
            plan_reteach(
                database, viewer, check, recheck_on=recheck_on, least_percent=float(least),
                student_keys=[by_code[code] for code in codes], inquiry_id=inquiry_id,
            )  # fmt: skip
        session.leave_notice("Planned. The re-check matches itself once its results are uploaded.")
        st.rerun()


def _ask_group(students: Sequence[GroupStudent], least: float, *, key: str) -> list[str]:
    """The codes of the group: who is below the line, but for those taken out or added by hand."""
    below = [one.code for one in students if one.percent < least]
    st.markdown(f"**{len(below)} of {len(students)}** students")
    by_hand = session.by_hand(key)
    everyone = [one.code for one in students]
    wanted = [one.code for one in students if by_hand.get(one.code, one.percent < least)]
    # The line, or who is in the class, may have changed since the last run.
    if set(st.session_state.get(key, ())) != set(wanted):
        st.session_state[key] = wanted
    codes: list[str] = st.multiselect(
        "The group: take out or add",
        everyone,
        format_func={one.code: f"{one.called}: {one.percent:.0f} %" for one in students}.__getitem__,
        key=key,
        on_change=_note_hand,
        args=(key, below, everyone),
    )
    return codes


def _note_hand(key: str, below: list[str], everyone: list[str]) -> None:
    """Remember who was taken out or added by hand, also where the line moves later."""
    chosen = st.session_state[key]
    before = session.by_hand(key)
    session.keep_by_hand(
        key,
        {code: code in chosen for code in everyone if code in before or (code in chosen) != (code in below)},
    )


def _draw_no_checks(viewer: Viewer) -> None:
    st.info(
        "None of your classes has results by standard this year. Upload an assessment with items or"
        " standards, and they appear here.",
        title="No standards yet",
        icon=":material/hourglass_empty:",
    )
    inquiry_steps.draw_link(viewer, menu.UPLOAD, label="Upload results", icon=":material/upload_file:")


def draw_plans(database: Database, viewer: Viewer, today: date) -> None:
    """Each plan of the viewer's own, with its re-check once it is there."""
    with alerts.stopping():
        plans = list_reteaches(database, viewer)
    if not plans:
        st.markdown("No group planned yet.")
    for plan in plans:
        with st.container(border=True, key=f"reteach.row.{plan.reteach_id}"):
            _draw_plan(database, viewer, plan, today)


def draw_team(database: Database, viewer: Viewer) -> None:
    """How many moved over the team, where enough people stand behind it."""
    with alerts.stopping():
        found = list_inquiries(database, viewer, state="open")
        rows = [
            (row.title, one.standard_id, one.students, one.moved, one.told_on)
            for row in found
            for one in team_reteach(database, viewer, row.inquiry_id)
        ]
    if not rows:
        return
    st.header("Over the team", anchor=False)
    text.table(
        pd.DataFrame(
            [
                (
                    title,
                    standard,
                    NOT_TOLD if told_on is None else f"{moved} of {students}, counted on {told_on:%-d %B %Y}",
                )
                for title, standard, students, moved, told_on in rows
            ],
            columns=["Inquiry", "Standard", "Moved"],
        ),
        border="horizontal",
        alt="How many students moved after reteaching, by standard over the team",
    )


def _ask_check(checks: list[Check]) -> Check:
    assessments = list(dict.fromkeys((one.assessment_name, one.section_id) for one in checks))
    chosen = st.selectbox(
        "Assessment and class",
        assessments,
        format_func=lambda one: f"{one[0]}, {one[1]}",
        key="reteach.check",
    )
    own = [one for one in checks if (one.assessment_name, one.section_id) == (chosen or assessments[0])]
    names = {
        one.standard_id: f"{one.standard_id}: {one.percent:.0f} % of points, {one.below} below half"
        for one in own
    }
    lowest = min(own, key=lambda one: one.percent)
    standard = st.radio(
        "Which standard to teach again?",
        list(names),
        index=list(names).index(lowest.standard_id),
        format_func=lambda standard_id: text.plain(names[standard_id]),
        key=f"reteach.standard.{lowest.assessment_name}.{lowest.section_id}",
    )
    return next(one for one in own if one.standard_id == standard)


def _ask_inquiry(database: Database, viewer: Viewer) -> str | None:
    with alerts.stopping():
        titles = {row.inquiry_id: row.title for row in list_inquiries(database, viewer, state="open")}
    if not titles:
        return None
    return st.selectbox(
        "Belongs to an inquiry (then your team reads how many moved, never who)",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="None: only for me",
        key="reteach.inquiry",
    )


def _draw_plan(database: Database, viewer: Viewer, plan: Reteach, today: date) -> None:
    st.markdown(
        f"**{text.plain(plan.standard_id)}**, {text.plain(plan.section_id)}: {plan.students} students"
    )
    text.aside(
        f"Below {plan.least_percent:.0f} % on {text.plain(plan.assessment_name)}. Check again on"
        f" {plan.recheck_on:%-d %B %Y}."
    )
    _draw_recheck(database, viewer, plan, today)
    if st.button(
        "Put this away", type="tertiary", icon=":material/archive:", key=f"reteach.end.{plan.reteach_id}"
    ):
        with alerts.stopping():
            end_reteach(database, viewer, plan.reteach_id)
        session.keep_removed(("reteach", plan.reteach_id))
        st.rerun()


def _draw_recheck(database: Database, viewer: Viewer, plan: Reteach, today: date) -> None:
    with alerts.stopping():
        found = recheck(database, viewer, plan.reteach_id)
    if found.recheck_name is None:
        due = "The re-check is due" if plan.recheck_on <= today else "Waiting for the re-check"
        st.markdown(f":material/hourglass_top: {due}: upload an assessment that reports this standard.")
        return
    change = "" if found.mean_change is None else f" On average {found.mean_change:+.0f} percentage points."
    absent = f" {found.unmatched} were not there." if found.unmatched else ""
    st.markdown(
        f":material/trending_up: **{found.moved} of {found.matched} moved** to"
        f" {plan.least_percent:.0f} % or more on {text.plain(found.recheck_name)}.{change}{absent}"
    )
    text.aside("Some would have moved without it: those who were furthest down had a bad day among them.")
    key = f"reteach.pairs.{plan.reteach_id}"
    box = st.expander("Student by student", icon=":material/table:", key=key, on_change="rerun")
    if box.open:
        box.table(
            pd.DataFrame(
                [
                    (
                        text.plain(one.called),
                        _percent(one.first_percent),
                        _percent(one.recheck_percent),
                        _moved(one.moved),
                    )
                    for one in found.pairs
                ],
                columns=["Student", "First", "Again", "Moved"],
            ),
            border="horizontal",
            alt="First check and re-check of each student in the group, by her code",
        )


def draw_undo(database: Database, viewer: Viewer) -> None:
    """Take back the plan just put away."""
    removed = session.removed()
    if removed is None or removed[0] != "reteach":
        return
    if st.button("Take back what you put away", icon=":material/undo:", key="reteach.undo"):
        with alerts.stopping():
            end_reteach(database, viewer, removed[1], back=True)
        session.keep_removed(None)
        st.rerun()


def _percent(share: float | None) -> str:
    return "not there" if share is None else f"{share:.0f} %"


def _moved(moved: bool | None) -> str:
    return "" if moved is None else "yes" if moved else "not yet"
