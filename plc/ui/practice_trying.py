"""Trying a practice in one's own classes: its plan, cloned; and inviting classes like those before."""

from __future__ import annotations

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import InquiryRow
from plc.people import Team, own_teams
from plc.practices import (
    Card,
    consider,
    decline_invitation,
    fitting_inquiries,
    invite_classes,
    like_classes,
    own_invitations,
    replicate,
    take_on_card,
)
from plc.practices.invitations import MOST_INVITED, origin_test
from plc.ui import alerts, menu, practice_own, session, text

NEW = "new"


def draw(database: Database, viewer: Viewer, found: Card) -> None:
    """Clone the plan into an inquiry; then invite others."""
    with alerts.stopping():
        teams = {team.team_id: team for team in own_teams(database, viewer)}
        origin = origin_test(database, viewer, found.practice_id)
        invited = any(one.practice_id == found.practice_id for one in own_invitations(database, viewer))
    if not teams:
        st.info(
            "A test needs a team: classes that try it and classes to compare with.",
            title="Join or make a team first",
            icon=":material/groups:",
        )
        st.page_link(menu.MY_TEAM, label="Find or make a team", icon=":material/groups:")
    elif origin is None:
        _draw_consider(database, viewer, found)
    else:
        _draw_clone(database, viewer, found, teams)
    if invited and st.button("No, thank you", type="tertiary", key="trying.decline"):
        with alerts.stopping():
            decline_invitation(database, viewer, found.practice_id)
        session.leave_notice("Nobody is told.")
        st.rerun()
    if found.is_author or found.in_reach:
        _draw_invite(database, viewer, found)


def draw_own(database: Database, viewer: Viewer, found: Card) -> None:
    """For its authors: to change the card and decide who sees it; for its team, to take on one without."""
    if found.is_unowned and found.may_edit and viewer.teacher_id is not None:
        st.markdown("This card of your team has no author. Who takes it on can change it and share it.")
        if st.button("Take it on", icon=":material/person_add:", key="practice.take_on"):
            with alerts.stopping():
                take_on_card(database, viewer, found.practice_id)
            session.leave_notice("This card is yours now. You decide who sees it.")
            st.rerun()
    if not found.is_author or viewer.teacher_id is None:
        return
    with st.container(horizontal=True):
        if st.button("Change this card", icon=":material/edit:", key="practice.edit"):
            practice_own.edit(found.practice_id)
            session.go_to(menu.SHARE)
        if st.button("Who sees it", icon=":material/share:", key="practice.share"):
            session.go_to(menu.SHARE_CARD)


def _draw_clone(database: Database, viewer: Viewer, found: Card, teams: dict[str, Team]) -> None:
    st.header("Test it in our classes", anchor=False, icon=":material/science:")
    st.markdown(
        "You get the plan it was tested with. You choose your own prediction, classes and dates; the link to"
        " where it came from stays."
    )
    with alerts.stopping():
        inquiries = {row.inquiry_id: row for row in fitting_inquiries(database, viewer, found.practice_id)}
    choices = [*inquiries, *(f"{NEW}:{team_id}" for team_id in teams)]
    labels = {choice: _label(choice, inquiries, teams) for choice in choices}
    chosen = st.selectbox("In which inquiry?", choices, format_func=labels.__getitem__, key="trying.inquiry")
    if st.button("Clone the plan", type="primary", icon=":material/content_copy:", key="trying.clone"):
        inquiry_id = None if chosen.startswith(f"{NEW}:") else chosen
        team_id = inquiries[chosen].team_id if inquiry_id else chosen.removeprefix(f"{NEW}:")
        with alerts.stopping():
            replicate(database, viewer, found.practice_id, team_id=team_id, inquiry_id=inquiry_id)
        if inquiry_id is not None:
            session.choose_inquiry(inquiry_id)
        session.leave_notice("The plan is cloned as a draft. Now predict, choose classes and dates.")
        session.go_to(menu.CONFIRM)


def _draw_consider(database: Database, viewer: Viewer, found: Card) -> None:
    st.markdown(
        "Nobody has tested it yet. Take it into an inquiry of your team, and plan its first test there."
    )
    with alerts.stopping():
        inquiries = {row.inquiry_id: row for row in fitting_inquiries(database, viewer, found.practice_id)}
    if not inquiries:
        st.page_link(menu.OUR_INQUIRY, label="Open an inquiry", icon=":material/add:")
        return
    labels = {key: _label(key, inquiries, {}) for key in inquiries}
    chosen = st.selectbox(
        "In which inquiry?", list(inquiries), format_func=labels.__getitem__, key="trying.consider_in"
    )
    if st.button("Consider it there", type="primary", icon=":material/add_task:", key="trying.consider"):
        with alerts.stopping():
            consider(database, viewer, found.practice_id, inquiry_id=chosen)
        session.choose_inquiry(chosen)
        session.leave_notice("It is a candidate of your inquiry now.")
        session.go_to(menu.DISCOVER)


def _label(choice: str, inquiries: dict[str, InquiryRow], teams: dict[str, Team]) -> str:
    if choice in inquiries:
        return f"{inquiries[choice].title} ({inquiries[choice].team_name})"
    return f"Open a new one: {teams[choice.removeprefix(f'{NEW}:')].name}"


def _draw_invite(database: Database, viewer: Viewer, found: Card) -> None:
    st.header("Invite classes like these", anchor=False, icon=":material/mail:")
    with alerts.stopping():
        like = like_classes(database, viewer, found.practice_id)
    st.markdown(like.words)
    if like.invited:
        text.aside(f"{like.invited} invited so far, {like.began} began.")
    if like.classes is None:
        return
    text.aside("Their teachers alone learn of it. You see how many, never who; nobody has to answer.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        most = st.number_input(
            "How many classes?", min_value=1, max_value=MOST_INVITED, value=3, key="trying.most", width=160
        )
        if st.button("Invite", icon=":material/send:", key="trying.invite"):
            with alerts.stopping():
                sent = invite_classes(database, viewer, found.practice_id, most=int(most))
            session.leave_notice(f"{sent} {'invitation is' if sent == 1 else 'invitations are'} on the way.")
            st.rerun()
