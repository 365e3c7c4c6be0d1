"""A teacher's own cards, and beginning a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import Viewer
from plc.database import Database
from plc.people import own_teams
from plc.practices import CardWording, OwnCard, write_card
from plc.ui import alerts, cached, in_address, menu, session, text
from plc.ui.practice_words import REACH_WORDS

EDITED: Final = "plc.practices.edited"
TITLE_EXAMPLE: Final = "Sort exit tickets into three piles before the next lesson"


def edited(database: Database, viewer: Viewer) -> str | None:
    """The id of the card being written. The address names it too, for a reload or a server started again."""
    asked = st.query_params.get(in_address.CARD)
    if asked is not None and asked != st.session_state.get(EDITED):
        edit(asked if any(asked == own.practice_id for own in _own_cards(database, viewer)) else None)
    elif asked is None and in_address.is_kept():
        # "Back" in the browser, or this page's own place in the menu: the list.
        edit(None)
    practice_id: str | None = st.session_state.get(EDITED)
    if practice_id is not None:
        st.query_params[in_address.CARD] = practice_id
    in_address.keep(practice_id is not None)
    return practice_id


def edit(practice_id: str | None) -> None:
    """Remember which card is being written, or none."""
    if practice_id is None:
        st.session_state.pop(EDITED, None)
        st.query_params.pop(in_address.CARD, None)
    else:
        st.session_state[EDITED] = practice_id
        session.choose_practice(practice_id)


def draw_list(database: Database, viewer: Viewer) -> None:
    """Every card of the viewer's own, with what waits for her."""
    for own in _own_cards(database, viewer):
        with st.container(border=True, key=f"own_cards.{own.practice_id}"):
            st.markdown(f"**{text.plain(own.title)}**")
            text.aside(_standing(own))
            with st.container(horizontal=True):
                st.button(
                    "Change", icon=":material/edit:", key=f"own_cards.edit.{own.practice_id}",
                    on_click=edit, args=(own.practice_id,),
                )  # fmt: skip
                if st.button(
                    "Who sees it", icon=":material/share:", key=f"own_cards.share.{own.practice_id}"
                ):
                    session.choose_practice(own.practice_id)
                    st.switch_page(menu.SHARE_CARD)
                if st.button("Evidence", icon=":material/science:", key=f"own_cards.open.{own.practice_id}"):
                    session.choose_practice(own.practice_id)
                    session.go_to(menu.PRACTICE)


def draw_new(database: Database, viewer: Viewer) -> None:
    """A card begins with one line: what one does."""
    st.header("Write a new card", anchor=False, icon=":material/add:")
    st.markdown("Ten minutes, in small steps. It is saved as you go, and only you see it until you share it.")
    with alerts.stopping():
        teams = {team.team_id: team for team in own_teams(database, viewer)}
    with st.form("own_cards.new"):
        title = st.text_input(
            "What do you do, in one line?",
            placeholder=TITLE_EXAMPLE,
            max_chars=120,
            key="own_cards.title",
            help="Begin with a verb: something a visitor could see you do.",
        )
        team_id = next(iter(teams), None)
        names = {team_id: team.name for team_id, team in teams.items()}
        if len(teams) > 1:
            team_id = st.selectbox(
                "Of which team?", list(teams), format_func=names.__getitem__, key="own_cards.team"
            )
        begun = st.form_submit_button(
            "Begin the card", type="primary", icon=":material/edit_note:", key="own_cards.begin"
        )
    if begun:
        with alerts.stopping():
            team = teams.get(team_id or "")
            wording = CardWording(
                title=title,
                subject=team.subject if team else None,
                grades=(team.grade,) if team and team.grade is not None else (),
            )
            practice_id = write_card(database, viewer, wording, team_id=team_id)
        edit(practice_id)
        st.rerun()


def _own_cards(database: Database, viewer: Viewer) -> Sequence[OwnCard]:
    with alerts.stopping():
        return cached.own_practices(
            database, viewer, data_version=database.data_version(), today=clock.now().date()
        )


def _standing(own: OwnCard) -> str:
    said = [f"Open to {REACH_WORDS[own.reach]}", f"version {own.version}, {own.made_at:%-d %B %Y}"]
    if own.checks:
        said.append(f"{own.checks_answered} of {own.checks} colleague checks answered")
    if own.questions:
        said.append(f"{own.questions} {'question' if own.questions == 1 else 'questions'} to answer")
    if own.invitations:
        said.append(f"{own.invitations} invited")
    return " · ".join(said)
