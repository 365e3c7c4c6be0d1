"""The question who is looking, in its three forms: nothing loaded, the sample district, one's own results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import TEACHING, Role, Viewer
from plc.database import Database
from plc.people import (
    RosterTeacher,
    record_team_agreement,
)
from plc.people.team_agreements import LONGEST
from plc.results.student_words import require_no_students
from plc.sample import FIRST_SCHOOL_ID, FIRST_TEACHER_ID, load_sample
from plc.ui import alerts, menu, runtime, sample_leaving, session, shell, working

ROLE_WORDS: Final[dict[Role, str]] = {
    Role.TEACHER: "Sees her own classes first, privately, and colleagues who agreed to be seen.",
    Role.FACILITATOR: "Leads a team that agreed to look together.",
    Role.COACH: "Reads the work of the teams of her school.",
    Role.PRINCIPAL: "Sees what works, and names only where teachers agreed. Never a teacher's figures.",
    Role.DISTRICT_LEADER: "Sees what works across schools, by the same rules.",
    Role.STEWARD: "Loads results and checks them.",
    Role.REVIEWER: "Reads practices, without anybody's name.",
}
ALONE, TEAM = "Just my classes", "Our team agreed to look together"
OWN_CHOICES: Final[dict[str, str]] = {
    ALONE: "You see your own results. Nobody else's name is shown unless they agreed to it.",
    TEAM: "Every member said yes. Each opens her own result before her name shows.",
}
# A school year's work from autumn to summer.
USUAL_AGREEMENT: Final = timedelta(days=300)


def ask_where_to_begin(database: Database) -> None:
    """Nothing is loaded: the sample district or one's own file."""
    st.markdown("There are no results here yet. Begin in one of two ways.")
    with st.container(border=True):
        st.header("Try the sample district", icon=":material/science:")
        st.markdown(
            "12 made-up schools, 160 teachers, two years of results: the quickest way to see what this does."
        )
        if st.button("Load the sample district", type="primary", key="who.sample"):
            with alerts.stopping():
                words = working.with_progress(
                    lambda progress: load_sample(database, progress=progress),
                    first_words="Loading the sample district",
                )
            session.leave_notice(words)
            st.rerun()
    with st.container(border=True):
        st.header("Use our own results", icon=":material/upload_file:")
        st.markdown(
            "One file from a gradebook or an assessment platform is enough. It stays on this computer."
        )
        if st.button("Begin with our own results", key="who.own"):
            runtime.take_seat(Viewer(Role.TEACHER))
            session.go_to(menu.UPLOAD)


def ask_sample_seat(
    database: Database, teachers: Sequence[RosterTeacher], schools: Sequence[tuple[str, str]]
) -> None:
    """The sample district can be seen from every seat."""
    st.markdown("This is the sample district, so you can try every seat. You can change it at any time.")
    role = st.radio(
        "See it as",
        list(ROLE_WORDS),
        format_func=lambda role: shell.ROLE_NAMES[role],
        key="who.role",
    )
    st.markdown(ROLE_WORDS[role])
    teacher_id: str | None = None
    school_ids: tuple[str, ...] = ()
    if role in TEACHING:
        teacher_id = _choose_teacher("Which teacher?", teachers, first=FIRST_TEACHER_ID)
    elif role in (Role.PRINCIPAL, Role.COACH):
        names = dict(schools)
        school_id = st.selectbox(
            "Which school?",
            list(names),
            index=list(names).index(FIRST_SCHOOL_ID) if FIRST_SCHOOL_ID in names else 0,
            format_func=names.__getitem__,
            key="who.school",
        )
        school_ids = (school_id,)
    with st.container(horizontal=True):
        if st.button("Continue", type="primary", icon=":material/arrow_forward:", key="who.continue"):
            _sit(Viewer(role, teacher_id=teacher_id, school_ids=school_ids))
        sample_leaving.offer(database, Viewer(role), kind="tertiary", key="who.clear_sample")


def ask_own_seat(database: Database, teachers: Sequence[RosterTeacher]) -> None:
    """On one's own results: alone, or as a team that agreed."""
    st.markdown("Your answer stays on this computer and decides what the pages show.")
    choice = st.radio("We are looking at", list(OWN_CHOICES), key="who.choice")
    st.markdown(OWN_CHOICES[choice])
    teacher_id = _choose_teacher("Which classes are mine?", teachers, first=None)
    if choice == TEAM:
        _ask_agreement(database, teachers, teacher_id)
        return
    with st.container(horizontal=True):
        if st.button(
            "Continue",
            type="primary",
            icon=":material/arrow_forward:",
            disabled=teacher_id is None,
            key="who.continue",
        ):
            _sit(Viewer(Role.TEACHER, teacher_id=teacher_id))
        if st.button("My name is not in the list", type="tertiary", key="who.unlisted"):
            runtime.take_seat(Viewer(Role.TEACHER))
            session.leave_notice("Add a file that holds your classes. Then say which are yours.")
            session.go_to(menu.UPLOAD)


def _ask_agreement(database: Database, teachers: Sequence[RosterTeacher], own_id: str | None) -> None:
    labels = {teacher.teacher_id: teacher.label for teacher in teachers if teacher.teacher_id != own_id}
    today = clock.now().date()
    with st.form("who.agreement"):
        st.markdown("**What the team agreed**")
        team_name = st.text_input(
            "What is the team called?", placeholder="Grade 6 mathematics", key="who.team_name"
        )
        members = st.multiselect(
            "Which colleagues each said yes?", list(labels), format_func=labels.__getitem__, key="who.members"
        )
        until_on = st.date_input(
            "Until when?",
            value=today + USUAL_AGREEMENT,
            min_value=today,
            max_value=today + LONGEST,
            key="who.until",
        )
        agreed = st.checkbox("Each of them said yes, knowing what is shown and until when.", key="who.agreed")
        recorded = st.form_submit_button("Record the agreement", type="primary", icon=":material/handshake:")
    if not recorded:
        return
    if own_id is None or not agreed:
        st.warning("Choose which classes are yours, and confirm that each colleague said yes.")
        return
    facilitator = Viewer(Role.FACILITATOR, teacher_id=own_id)
    with alerts.stopping():
        require_no_students(database, {"the team's name": team_name})
        record_team_agreement(
            database, facilitator, team_name=team_name, member_ids=members, until_on=until_on
        )
        runtime.take_seat(facilitator)
    session.leave_notice(f"The agreement of {team_name.strip()} is recorded.")
    session.go_to(menu.START)


def _choose_teacher(question: str, teachers: Sequence[RosterTeacher], *, first: str | None) -> str | None:
    labels = {teacher.teacher_id: teacher.label for teacher in teachers}
    ids = list(labels)
    return st.selectbox(
        question,
        ids,
        index=ids.index(first) if first in labels else None,
        format_func=labels.__getitem__,
        placeholder="Type a name",
        key="who.teacher",
    )


def _sit(viewer: Viewer) -> None:
    with alerts.stopping():
        runtime.take_seat(viewer)
    session.go_to(None if menu.is_known(menu.asked_address(), viewer=viewer) else menu.START)
