"""Our team: its members, norms and meeting time; who is asked to join; making one, leaving one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from plc.core.school_year import grade_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people import (
    MEMBER_ROLES,
    LoneCourse,
    Team,
    TeamInvitation,
    TeamPlan,
    add_member,
    answer_invitation,
    ask_across_schools,
    close_team,
    edit_team,
    leave_team,
    lone_courses,
    make_team,
    own_invitations,
    set_member_role,
)
from plc.results.student_words import require_no_students
from plc.ui import agreeing, alerts, cached, session, switches, text, two_writers, unnamed

JOINED: Final = {
    "member": "{name} is in the team now.",
    "asked": "{name} is asked, and is in the team once she says yes.",
}


def draw_invitations(database: Database, viewer: Viewer) -> None:
    """Teams that ask the viewer to join, a card each."""
    if viewer.teacher_id is None:
        return
    for asked in own_invitations(database, viewer):
        with st.container(border=True, key=f"team.asked.{asked.invitation_id}"):
            st.markdown(_asked_words(asked))
            with st.container(horizontal=True):
                if st.button("Join", type="primary", key=f"team.join.{asked.invitation_id}"):
                    _answer(database, viewer, asked, accept=True)
                if st.button("No, thank you", type="tertiary", key=f"team.decline.{asked.invitation_id}"):
                    _answer(database, viewer, asked, accept=False)
            text.aside("A no is told to nobody.")


def _asked_words(asked: TeamInvitation) -> str:
    if asked.across_schools:
        course = f"{grade_words(asked.grade or 0)} {text.plain(asked.subject or '')}"
        return (
            f"**A teacher of {course} at another school is looking for colleagues.** She is the only one of"
            " her course at home, and her classes start where yours do. Names are told once you join."
        )
    return (
        f"**{text.plain(asked.invited_by_name or '')} asks you to join {text.plain(asked.team_name or '')}.**"
    )


def _answer(database: Database, viewer: Viewer, asked: TeamInvitation, *, accept: bool) -> None:
    with alerts.stopping():
        answer_invitation(database, viewer, asked.invitation_id, accept=accept)
    session.leave_notice("You are in the team now." if accept else "This question is closed.")
    st.rerun()


def draw_team(database: Database, viewer: Viewer, team: Team) -> None:
    """One team, with what its members can change."""
    course = ", ".join(
        part
        for part in (grade_words(team.grade) if team.grade is not None else "", team.subject or "")
        if part
    )
    st.header(text.plain(team.name), anchor=False)
    text.aside(
        text.plain(". ".join(part for part in (course.capitalize(), team.meets or "") if part))
        or "No course yet"
    )
    text.table(
        {
            "Member": [member.name for member in team.members],
            "Part in meetings": [member.member_role for member in team.members],
            "Since": [f"{member.joined_on:%-d %B %Y}" for member in team.members],
        },
        alt=f"The {len(team.members)} members of this team",
        border="horizontal",
    )
    if team.norm_lines:
        st.markdown("**How we work**")
        for line in team.norm_lines:
            st.text(line)
    if not viewer.may(Permission.TEAM_EDIT):
        return
    agreeing.draw(database, viewer, team)
    with st.expander("Change name, course, norms or meeting time", key=f"team.change.{team.team_id}"):
        _edit(database, viewer, team)
    with st.expander("Members and their parts", key=f"team.members.{team.team_id}"):
        _members(database, viewer, team)
    with st.expander("Leave or close", key=f"team.end.{team.team_id}"):
        _end(database, viewer, team)


def _edit(database: Database, viewer: Viewer, team: Team) -> None:
    """What the team says of itself; a colleague's words since stand beside one's own."""
    form = f"team.edit.{team.team_id}"
    version = two_writers.seen_version(form, team.version, box=f"{form}.name")
    plan = _ask_plan(database, form, team, button="Save")
    if plan is not None:

        def keep() -> int:
            _require_no_students(database, plan)
            return edit_team(database, viewer, team.team_id, plan, seen_version=version).version

        two_writers.keep(form, keep, notice="Saved.")
    theirs = {
        "Name": team.name,
        "Course": _course_words((team.subject, team.grade)) if team.subject else "",
        "When you meet": team.meets or "",
        "How you work": team.norms,
    }
    two_writers.draw_theirs(form, team.version, theirs)


def draw_new(database: Database, viewer: Viewer) -> None:
    """Make a team."""
    plan = _ask_plan(database, "team.new", None, button="Make the team")
    if plan is not None:
        with alerts.stopping():
            _require_no_students(database, plan)
            make_team(database, viewer, plan)
        session.leave_notice(f"{plan.name.strip()} is there. Bring your colleagues in.")
        st.rerun()


def _require_no_students(database: Database, plan: TeamPlan) -> None:
    """Leaders read a team's name, and ids of students are known to a room above that of teams."""
    texts = {"the name": plan.name, "when you meet": plan.meets, "how you work": plan.norms}
    require_no_students(database, texts)


def _ask_plan(database: Database, key: str, team: Team | None, *, button: str) -> TeamPlan | None:
    courses = cached.courses(database, database.data_version())
    now = (team.subject, team.grade) if team is not None and team.subject is not None else None
    options = [*courses, *([now] if now is not None and now not in courses else [])]
    with st.form(key):
        name = st.text_input("Name", value=team.name if team else "", max_chars=80, key=f"{key}.name")
        course = st.selectbox(
            "Course",
            options,
            index=options.index(now) if now is not None else None,
            format_func=_course_words,
            placeholder="None in particular",
            key=f"{key}.course",
        )
        meets = st.text_input(
            "When you meet", value=(team.meets or "") if team else "", placeholder="Tuesdays 14:30",
            max_chars=120, key=f"{key}.meets",
        )  # fmt: skip
        norms = st.text_area(
            "How you work, one norm a line",
            value=team.norms if team else "",
            max_chars=2000,
            key=f"{key}.norms",
        )
        if not st.form_submit_button(button, type="primary", key=f"{key}.save"):
            return None
    subject, grade = course or (None, None)
    return TeamPlan(name, subject, grade, norms, meets)


def _course_words(course: tuple[str | None, int | None]) -> str:
    subject, grade = course
    return f"{grade_words(grade).capitalize()} {subject}" if grade is not None else str(subject)


def _members(database: Database, viewer: Viewer, team: Team) -> None:
    present = {member.teacher_id: member for member in team.members}
    labels: Mapping[str, str] = {
        teacher.teacher_id: teacher.label
        for teacher in cached.roster_teachers(database, database.data_version())
        if teacher.teacher_id not in present
    }
    chosen = st.selectbox(
        "Bring a colleague in",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder="Type a name",
        key=f"team.add.{team.team_id}",
    )
    if st.button("Bring in", disabled=chosen is None, key=f"team.bring.{team.team_id}") and chosen:
        with alerts.stopping():
            joined = add_member(database, viewer, team.team_id, chosen)
        session.leave_notice(JOINED[joined].format(name=labels[chosen].partition(",")[0]))
        st.rerun()
    for member in team.members:
        key = f"team.part.{team.team_id}.{unnamed.key_of(member.teacher_id)}"
        part = st.selectbox(
            f"Part of {text.plain(member.name)}",
            MEMBER_ROLES,
            key=switches.key_of_stored(key, stored=member.member_role),
        )
        if part != member.member_role:
            with switches.storing(key):
                set_member_role(
                    database, viewer, team.team_id, teacher_id=member.teacher_id, member_role=part
                )
            st.rerun()


def _end(database: Database, viewer: Viewer, team: Team) -> None:
    st.markdown("Who leaves sees nothing of the team from the next page on. What she wrote stays with it.")
    sure = st.checkbox("I am sure.", key=f"team.sure.{team.team_id}")
    with st.container(horizontal=True):
        if st.button("Leave this team", disabled=not sure, key=f"team.leave.{team.team_id}"):
            with alerts.stopping():
                leave_team(database, viewer, team.team_id)
            session.leave_notice("You left the team.")
            st.rerun()
        if st.button("Close the team for everybody", disabled=not sure, key=f"team.close.{team.team_id}"):
            with alerts.stopping():
                close_team(database, viewer, team.team_id)
            session.leave_notice("The team is closed. What it wrote is kept.")
            st.rerun()


def draw_lone_courses(database: Database, viewer: Viewer) -> None:
    """To a teacher who is the only one of her course at home: a team across schools."""
    if viewer.teacher_id is None or not viewer.may(Permission.TEAM_EDIT):
        return
    for course in lone_courses(database, viewer):
        if course.offered:
            _offer(database, viewer, course)


def _offer(database: Database, viewer: Viewer, course: LoneCourse) -> None:
    words = _course_words((course.subject, course.grade))
    with st.container(border=True, key=f"team.lone.{course.subject}.{course.grade}"):
        st.markdown(f"**You are the only teacher of {text.plain(words.lower())} at your school.**")
        st.markdown(
            f"There are {course.classes} classes of it at {course.schools} other schools. We can ask the"
            " teachers whose students start nearest to yours to meet as a team across schools. Nobody's name"
            " is told before both agree."
        )
        if st.button("Ask them", type="primary", key=f"team.ask.{course.subject}.{course.grade}"):
            with alerts.stopping():
                ask_across_schools(database, viewer, subject=course.subject, grade=course.grade)
            session.leave_notice("They are asked. Whoever says yes appears in your team.")
            st.rerun()
