"""Twenty seconds on a phone: did you do it, how often, what changed."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry.fidelity import (
    DONE,
    LONGEST_LINE,
    Answer,
    Done,
    OwnCheck,
    own_checks,
    record_fidelity,
)
from plc.inquiry.test_reading import list_tests, practice_test
from plc.people.school_calendar import school_today
from plc.ui import alerts, inquiry_steps, menu, running_test, session, text

WORDS: Final[dict[Done, str]] = {"fully": "Fully", "partly": "Partly", "no": "No"}
ICONS: Final[dict[Done, str]] = {"fully": "check_circle", "partly": "contrast", "no": "cancel"}


def draw_own(database: Database, viewer: Viewer) -> None:
    """The viewer's own classes that try something now, one question each."""
    if viewer.teacher_id is None:
        return
    with alerts.stopping():
        checks = own_checks(database, viewer)
    if not checks:
        st.info(
            "None of your classes is trying a practice today, so there is nothing to say.",
            title="Nothing to answer",
            icon=":material/task_alt:",
        )
        inquiry_steps.draw_link(viewer, menu.CONFIRM, label="See our tests", icon=":material/science:")
    for check in checks:
        _ask(database, viewer, check, alone=len(checks) == 1)


def draw_team(database: Database, viewer: Viewer) -> None:
    """What the team answered so far, for every test that runs today."""
    today = school_today(database)
    with alerts.stopping():
        tests = list_tests(database, viewer)
    for test in tests:
        if test.state == "planned" and test.started(today) and today <= test.ends_on:
            st.header(f"Our team: {text.plain(test.title)}", anchor=False)
            with alerts.stopping():
                running_test.draw_fidelity(database, viewer, practice_test(database, viewer, test.test_id))


def _ask(database: Database, viewer: Viewer, check: OwnCheck, *, alone: bool) -> None:
    key = f"check_in.{check.test_id}.{check.section_id}"
    with st.container(border=True, key=f"{key}.card"):
        st.markdown(f"**{text.plain(check.title)}**")
        text.aside(f"Week {check.week}{'' if alone else f', {text.plain(check.section_id)}'}")
        for line in check.core_parts.splitlines():
            st.markdown(f"- {text.plain(line)}")
        done, times, changed = _ask_answer(check.answer, key=key)
        if not viewer.may(Permission.INQUIRY_EDIT):
            return
        if st.button(
            "Keep" if check.answer.done is None else "Change my answer",
            type="primary",
            icon=":material/check:",
            disabled=done is None,
            width="stretch",
            key=f"{key}.keep",
        ):
            _keep(database, viewer, check, done=done, times=times, changed=changed)
        if check.answer.done is None:
            text.aside("Not answering is fine: it stands as no reply, for your team only.")


def _ask_answer(answer: Answer, *, key: str) -> tuple[Done | None, int | None, str]:
    done = st.segmented_control(
        "Did you do it this week?",
        DONE,
        default=answer.done,
        format_func=lambda one: f":material/{ICONS[one]}: {WORDS[one]}",
        key=f"{key}.done",
    )
    times = st.number_input(
        # No bounds here: what is beyond them the browser does not send, and the answer before would be kept.
        "How many times?",
        value=answer.times,
        step=1,
        placeholder="Leave empty if unsure",
        key=f"{key}.times",
    )
    changed = st.text_input(
        "What did you change?",
        value=answer.changed,
        max_chars=LONGEST_LINE,
        placeholder="Nothing",
        key=f"{key}.changed",
    )
    return done, times, changed


def _keep(
    database: Database,
    viewer: Viewer,
    check: OwnCheck,
    *,
    done: Done | None,
    times: int | None,
    changed: str,
) -> None:
    if done is None:
        return
    try:
        record_fidelity(
            database, viewer, check.test_id, check.section_id, done=done, times=times, changed=changed
        )
    except PlcError as error:
        alerts.show(error)
        return
    session.leave_notice("Kept. Thank you: your team sees it, nobody else.")
    st.rerun()
