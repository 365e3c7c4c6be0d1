"""All inquiries of one's teams, findable by what they said; and opening a new one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.school_year import grade_words, school_year_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry import InquiryWording, list_inquiries, open_inquiry
from plc.inquiry.choices import Course, course_choices
from plc.inquiry.records import State
from plc.people import Team, own_teams
from plc.ui import alerts, inquiry_steps, menu, session, text, written
from plc.ui.inquiry_wording import CHALLENGE_EXAMPLE

NEW: Final = "inquiries"
STATES: Final[dict[str, State | None]] = {
    "Open": "open",
    "Finished": "finished",
    "Abandoned": "abandoned",
    "All": None,
}


def draw_all(database: Database, viewer: Viewer) -> None:
    """Every inquiry of the viewer's teams; what was abandoned is as findable as what was finished."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        state = st.segmented_control(
            "Which", list(STATES), default="All", required=True, key="inquiries.state"
        )
        words = st.text_input("Find words in it", key="inquiries.words", width="stretch")
    with alerts.stopping():
        rows = list_inquiries(database, viewer, state=STATES[state or "All"], words=words)
    if not rows:
        st.markdown("Nothing found." if words else "None yet.")
    for row in rows:
        with st.container(border=True, key=f"inquiries.row.{row.inquiry_id}"):
            st.markdown(f"**{text.plain(row.title)}**")
            where = row.phase.capitalize() if row.state == "open" else row.state.capitalize()
            tests = "no test yet" if not row.tests else f"{row.tests} {'test' if row.tests == 1 else 'tests'}"
            text.aside(
                f"{where}, {tests}{f', decided: {row.decisions}' if row.decisions else ''}."
                f" {text.plain(row.team_name)}, changed {row.changed_at:%-d %b %Y}"
            )
            if row.state_reason:
                st.text(f"What was learned: {row.state_reason}")
            if st.button("Open", key=f"inquiries.open.{row.inquiry_id}", icon=":material/arrow_forward:"):
                session.choose_inquiry(row.inquiry_id)
                session.go_to(
                    inquiry_steps.page_of(viewer, row.phase) if row.state == "open" else menu.OUR_INQUIRY
                )


def draw_new(database: Database, viewer: Viewer) -> None:
    """The few words an inquiry begins with; everything else can come later."""
    if not viewer.may(Permission.INQUIRY_EDIT) or not viewer.team_ids:
        return
    with alerts.stopping():
        teams = {team.team_id: team for team in own_teams(database, viewer)}
        courses = course_choices(database, viewer)
    if not courses:
        st.info(
            "There are no classes here yet. Upload results or a roster first.", icon=":material/upload_file:"
        )
        return
    team_id = _ask_team({team_id: team.name for team_id, team in teams.items()})
    wording = _ask_wording(courses, teams[team_id])
    if wording is not None:
        with alerts.stopping():
            inquiry_id = open_inquiry(database, viewer, team_id=team_id, wording=wording)
        written.forget(NEW)
        session.choose_inquiry(inquiry_id)
        session.leave_notice("Opened. It is in Seek now.")
        session.go_to(inquiry_steps.page_of(viewer, "seek"))


def _ask_wording(courses: list[Course], team: Team) -> InquiryWording | None:
    """The words to begin with, once they are sent."""
    # No form: a form's words reach nobody before its button, and a look elsewhere would empty it.
    with st.container(border=True, key="inquiries.new"):
        title = st.text_input(
            "A name your team recognises", placeholder="Fractions that stick", **written.box(NEW, "title", "")
        )
        challenge = st.text_area(
            "Challenge: big enough to matter, small enough to move soon",
            placeholder=CHALLENGE_EXAMPLE,
            **written.box(NEW, "challenge", ""),
        )
        course = st.selectbox(
            "Course",
            courses,
            format_func=lambda one: (
                f"{grade_words(one.grade)} {one.subject}, {school_year_words(one.school_year)}"
            ),
            **written.box(
                NEW, f"course.{team.team_id}", courses[_own_course(courses, team.subject, team.grade)]
            ),
        )
        begin = st.button("Open the inquiry", type="primary", icon=":material/add:", key="inquiries.begin")
        written.draw_not_kept(NEW, is_new=True)
    if not begin or course is None:
        return None
    return InquiryWording(
        title=title, challenge=challenge, subject=course.subject, grade=course.grade,
        school_year=course.school_year,
    )  # fmt: skip


def _ask_team(names: dict[str, str]) -> str:
    ids = list(names)
    if len(ids) == 1:
        return ids[0]
    return st.selectbox("Team", ids, format_func=names.__getitem__, key="inquiries.team") or ids[0]


def _own_course(courses: list[Course], subject: str | None, grade: int | None) -> int:
    """The team's own course of the latest year, else the first."""
    for number, course in enumerate(courses):
        if subject in (None, course.subject) and grade in (None, course.grade):
            return number
    return 0
