"""Connecting teams on the page: a leader asks, the owner of the card answers first, then the invited team."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.practices import Card
from plc.schools import (
    ProposalMade,
    answer_proposal,
    answer_support,
    answer_visit,
    proposals_made,
    proposals_to_owner,
    proposals_to_team,
    propose_visit,
    take_back_proposal,
    team_support,
    teams_to_invite,
)
from plc.ui import alerts, menu, school_choice, session, text

KEY: Final = "visits"
ROLE_WORDS: Final = {"principal": "The principal", "district leader": "The district"}


def draw_inviting(database: Database, viewer: Viewer, found: Card) -> None:
    """On a card, for whoever leads: which team could visit, and what became of earlier questions."""
    if not viewer.may(Permission.SCHOOL_REVIEW_READ):
        return
    st.header("Invite a team to visit", anchor=False)
    with alerts.stopping():
        made = [one for one in proposals_made(database, viewer) if one.practice_id == found.practice_id]
        words = st.text_input(
            "Find a team", key=f"{KEY}.words", on_change=school_choice.first_page, args=(KEY,)
        )
        teams = teams_to_invite(
            database, viewer, found.practice_id, words=words or "", page=school_choice.page(KEY)
        )
    if teams.rows:
        with st.form(f"{KEY}.form", border=False):
            names = {row.team_id: _team_words(row.team_name, row.school_name) for row in teams.rows}
            team_id = st.radio("Which team?", list(names), format_func=names.__getitem__, key=f"{KEY}.team")
            note = st.text_input("Why? (if you like)", key=f"{KEY}.note")
            text.aside(
                "Whoever wrote the card is asked first, and alone. The team learns of it only after her yes."
            )
            sent = st.form_submit_button("Ask her first", type="primary", icon=":material/send:")
        if sent and team_id is not None:
            with alerts.shown():
                propose_visit(database, viewer, found.practice_id, team_id=team_id, words=note)
                session.leave_notice("Asked. You read here when a visit is agreed.")
                st.rerun()
    else:
        text.aside("No other team of this course is left to invite, or the card is not open to the district.")
    school_choice.draw_pages(shown=teams.page, pages=teams.pages, found=teams.found, key=KEY)
    for one in made:
        _draw_made(database, viewer, one)


def _draw_made(database: Database, viewer: Viewer, one: ProposalMade) -> None:
    if one.agreed_on is None:
        now = "not answered yet"
    elif one.team_answer is None:
        now = f"agreed on {one.agreed_on:%-d %B}; the team is invited"
    else:
        now = "the team is coming" if one.team_answer == "yes" else "the team said not now"
    with st.container(horizontal=True, vertical_alignment="center", key=f"{KEY}.made.{one.proposal_id}"):
        st.markdown(f"{text.plain(one.team_name)}, asked on {one.proposed_on:%-d %B}: {now}")
        if one.agreed_on is None and st.button(
            "Take it back", type="tertiary", icon=":material/undo:", key=f"{KEY}.back.{one.proposal_id}"
        ):
            with alerts.shown():
                take_back_proposal(database, viewer, one.proposal_id)
                st.rerun()


def draw_asked(database: Database, viewer: Viewer) -> None:
    """For the owner of a card: who would like which team to come. Nobody else sees it before her yes."""
    if viewer.teacher_id is None or not viewer.may(Permission.PRACTICE_EDIT):
        return
    with alerts.stopping():
        asked = proposals_to_owner(database, viewer)
    for one in asked:
        with st.container(border=True, key=f"{KEY}.asked.{one.proposal_id}"):
            who = ROLE_WORDS.get(one.proposed_role, "A colleague")
            of = f" of {text.plain(one.proposer_school)}" if one.proposer_school else ""
            team = _team_words(one.team_name, one.school_name)
            st.markdown(f":material/door_open: **May {text.plain(team)} visit you?** {text.plain(one.title)}")
            if one.words:
                st.text(one.words)
            if one.owner_answer == "yes":
                done = "They are coming." if one.team_answer == "yes" else "The team is invited."
                text.aside(f"You said yes. {done}")
            else:
                text.aside(
                    f"{who}{of} asks. Only you see this. If you say no, nobody is told. If you say yes, the"
                    " team reads your name."
                )
            if one.own_team:
                text.aside("This is your own team. Who asks does not know that, and a no tells nobody.")
            if one.team_answer is None:
                _draw_owner_answers(database, viewer, one.proposal_id, agreed=one.owner_answer == "yes")


def _draw_owner_answers(database: Database, viewer: Viewer, proposal_id: str, *, agreed: bool) -> None:
    with st.container(horizontal=True):
        answer = None
        if not agreed and st.button("Yes, they may", type="primary", key=f"{KEY}.yes.{proposal_id}"):
            answer = "yes"
        label = "Take my yes back" if agreed else "No, thank you"
        if st.button(label, type="tertiary", key=f"{KEY}.no.{proposal_id}"):
            answer = "no"
    if answer is not None:
        with alerts.stopping():
            answer_proposal(database, viewer, proposal_id, answer=answer)
        st.rerun()


def draw_for_team(database: Database, viewer: Viewer) -> None:
    """On the team's own page: time given, a coach offered, a visit it is invited to."""
    if not viewer.team_ids or not viewer.may(Permission.TEAM_READ):
        return
    with alerts.stopping():
        notes, visits = team_support(database, viewer), proposals_to_team(database, viewer)
    for note in notes:
        with st.container(border=True, key=f"{KEY}.note.{note.support_id}"):
            who = ROLE_WORDS.get(note.given_role, "The school")
            what = "gives you time" if note.kind == "time" else "offers you a coach"
            st.markdown(f":material/volunteer_activism: **{who} {what}:** {text.plain(note.words)}")
            text.aside(f"{text.plain(note.team_name)}, for {note.for_on:%-d %B}, {note.given_on:%-d %B %Y}")
            answer = _draw_team_answers(viewer, note.support_id, note.answer)
            if answer is not None:
                with alerts.stopping():
                    answer_support(database, viewer, note.support_id, answer=answer)
                st.rerun()
    for visit in visits:
        with st.container(border=True, key=f"{KEY}.visit.{visit.proposal_id}"):
            host = text.plain(visit.host_name or "A colleague")
            st.markdown(f":material/door_open: **{host} invites you to visit:** {text.plain(visit.title)}")
            if visit.words:
                st.text(visit.words)
            if st.button("Read the card", icon=":material/menu_book:", key=f"{KEY}.card.{visit.proposal_id}"):
                session.choose_practice(visit.practice_id)
                session.go_to(menu.PRACTICE)
            answer = _draw_team_answers(viewer, visit.proposal_id, visit.team_answer)
            if answer is not None:
                with alerts.stopping():
                    answer_visit(database, viewer, visit.proposal_id, answer=answer)
                st.rerun()


def _draw_team_answers(viewer: Viewer, key: str, answer: str | None) -> str | None:
    if answer is not None:
        text.aside("You said yes." if answer == "yes" else "You said not now.")
    if not viewer.may(Permission.TEAM_EDIT):
        return None
    with st.container(horizontal=True):
        if answer != "yes" and st.button("Yes, thank you", key=f"{KEY}.team_yes.{key}"):
            return "yes"
        if answer != "not now" and st.button("Not now", type="tertiary", key=f"{KEY}.team_no.{key}"):
            return "not now"
    return None


def _team_words(team_name: str, school_name: str | None) -> str:
    return f"{team_name}, {school_name}" if school_name else team_name
