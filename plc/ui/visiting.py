"""Visits of Discover on the page: planning one, writing down what was seen, and going without."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry import Inquiry, phase_conditions
from plc.inquiry.visits import (
    CLASS_KINDS,
    VISIT_KINDS,
    Answer,
    Visit,
    VisitPlan,
    list_visits,
    plan_visit,
    record_visit,
    remove_visit,
    template,
    waive_visits,
)
from plc.people import team
from plc.ui import alerts, cached, session, text, two_writers

ICONS: Final = {"observation": ":material/visibility:", "interview": ":material/forum:"}


def come_next(database: Database, viewer: Viewer, found: Inquiry) -> bool:
    """Whether the visits are the first thing Discover still asks for."""
    if found.phase != "discover" or found.state != "open":
        return False
    with alerts.stopping():
        missing = [one.key for one in phase_conditions(database, viewer, found.inquiry_id) if not one.met]
    return missing[:1] == ["visits"]


def draw_visits(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """Visits held and to come, and the form to plan another."""
    with alerts.stopping():
        visits = list_visits(database, viewer, found.inquiry_id)
    may_write = viewer.may(Permission.INQUIRY_EDIT) and found.state == "open"
    st.markdown(
        "Visit a class whose students keep exceeding expectation **and** a typical one, with the same"
        " look-fors. What both do does not explain the difference."
    )
    for visit in visits:
        _draw_visit(database, viewer, visit, may_write=may_write)
    if not may_write:
        return
    _draw_plan(database, viewer, found, first=not visits)
    _draw_waiver(database, viewer, found)


def _draw_visit(database: Database, viewer: Viewer, visit: Visit, *, may_write: bool) -> None:
    when = (
        f"held {visit.held_on:%-d %B %Y}"
        if visit.held_on
        else f"planned for {visit.planned_on:%-d %B %Y}"
        if visit.planned_on
        else "no date yet"
    )
    whose = f", {text.plain(visit.visited)}" if visit.visited else ""
    label = f"{visit.visit_kind.capitalize()} in a {visit.class_kind} class{whose}: {when}"
    box = st.expander(label, icon=ICONS[visit.visit_kind], key=f"visit.{visit.visit_id}", on_change="rerun")
    if not box.open:
        return
    with box:
        text.aside(f"{text.plain(visit.visitor)} visits")
        if may_write:
            _draw_answers(database, viewer, visit)
        else:
            for one in visit.answers:
                st.markdown(f"**{text.plain(one.asked)}**")
                st.text(one.seen or "(nothing written)")
            st.text(visit.notes)


def _draw_answers(database: Database, viewer: Viewer, visit: Visit) -> None:
    """What was seen, under each look-for; a colleague's words stay beside one's own."""
    key = f"visit.{visit.visit_id}.form"
    version = two_writers.seen_version(key, visit.version, box=f"{key}.notes")
    with st.form(key, border=False):
        answers = [
            Answer(one.asked, st.text_area(one.asked, value=one.seen, height=68, key=f"{key}.{number}"))
            for number, one in enumerate(visit.answers)
        ]
        notes = st.text_area("Anything else", value=visit.notes, height=68, key=f"{key}.notes")
        keep = st.form_submit_button("Keep what we saw", icon=":material/check:", key=f"{key}.keep")
    if keep:
        two_writers.keep(
            key,
            lambda: record_visit(
                database, viewer, visit.visit_id, answers=answers, notes=notes, seen_version=version
            ),
            notice="Kept what you saw.",
        )
    theirs = {one.asked: one.seen for one in visit.answers} | {"Anything else": visit.notes}
    two_writers.draw_theirs(key, visit.version, {asked: seen for asked, seen in theirs.items() if seen})
    if st.button("Take this visit off", type="tertiary", icon=":material/delete:", key=f"{key}.remove"):
        with alerts.stopping():
            remove_visit(database, viewer, visit.visit_id)
        session.leave_notice("The visit is off the list.")
        st.rerun()


def _draw_plan(database: Database, viewer: Viewer, found: Inquiry, *, first: bool) -> None:
    with st.expander("Plan a visit", icon=":material/add:", expanded=first, key="visit.new"):
        visit_kind = st.radio(
            "What", VISIT_KINDS, format_func=str.capitalize, horizontal=True, key="visit.kind"
        )
        with st.form("visit.plan", border=False):
            class_kind = st.radio(
                "In which class", CLASS_KINDS, format_func=lambda kind: f"A {kind} class", horizontal=True,
                key="visit.class_kind",
            )  # fmt: skip
            names = _people(database, viewer, found)
            whose = st.selectbox(
                "Whose class",
                list(names),
                index=None,
                placeholder="A colleague, or write who agreed to be visited",
                accept_new_options=True,
                format_func=lambda one: names.get(one, one),
                help="Beside a bright-spot class others read “a colleague” unless she shows them more.",
                key="visit.whose",
            )
            planned_on = st.date_input("When", value=None, key="visit.on")
            look_fors = st.text_area(
                "Look-fors, one a line" if visit_kind == "observation" else "Questions, one a line",
                value="\n".join(template(visit_kind)),
                height=180,
                key=f"visit.look_fors.{visit_kind}",
            )
            plan = st.form_submit_button(
                "Plan it", type="primary", icon=":material/event:", key="visit.plan_it"
            )
        if plan:
            wanted = VisitPlan(visit_kind, class_kind, planned_on, look_fors=tuple(look_fors.splitlines()))
            if whose in names:
                wanted = replace(wanted, visited_teacher_id=whose)
            else:
                wanted = replace(wanted, visited_words=whose or "")
            with alerts.stopping():
                plan_visit(database, viewer, found.inquiry_id, wanted)
            session.leave_notice("Planned. The same look-fors wait here for what you see.")
            st.rerun()


def _people(database: Database, viewer: Viewer, found: Inquiry) -> dict[str, str]:
    """By id the names of colleagues of the team, and of bright spots who agreed to be named."""
    with alerts.stopping():
        state = cached.state(database, viewer)
        members = {
            member.teacher_id: member.name
            for member in team(database, viewer, found.team_id).members
            if member.teacher_id != viewer.teacher_id
        }
        spots = cached.shown_findings(
            database, viewer, state, subject=found.wording.subject, grade=found.wording.grade
        )
    named = {
        spot.teacher_id: spot.teacher_name
        for spot in sorted(spots, key=lambda spot: spot.teacher_name or "")
        if spot.teacher_id and spot.teacher_name and spot.teacher_id not in members
    }
    return members | named


def _draw_waiver(database: Database, viewer: Viewer, found: Inquiry) -> None:
    if found.visits_waived:
        with st.container(border=True, key="visit.waived"):
            st.markdown("**Going without both visits**, because:")
            st.text(found.visits_waived)
            if st.button("Visit after all", icon=":material/undo:", key="visit.unwaive"):
                with alerts.stopping():
                    waive_visits(database, viewer, found.inquiry_id, reason=None)
                st.rerun()
        return
    with (
        st.expander("We cannot visit both", icon=":material/event_busy:", key="visit.without"),
        st.form("visit.waive", border=False),
    ):
        reason = st.text_input(
            "Why not?", placeholder="No substitute this term; we watched a recorded lesson", key="visit.why"
        )
        waive = st.form_submit_button("Go without", key="visit.waive_it")
    if waive:
        with alerts.stopping():
            waive_visits(database, viewer, found.inquiry_id, reason=reason)
        session.leave_notice("Noted why. You can still visit.")
        st.rerun()
