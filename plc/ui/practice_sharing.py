"""An author decides about her card: how far it goes, under what name, until when; and takes it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from plc.core import clock
from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import (
    Card,
    Sharing,
    add_coauthor,
    ask_colleague,
    colleague_checks,
    leave_card,
    preview_byline,
    share_card,
    team_mates,
    withdraw_card,
)
from plc.practices.consent import LONGEST, NAMES, SCOPES, WELCOMES, Decision, NameShown, Scope, Welcome
from plc.ui import alerts, practice_card, session, text
from plc.ui.practice_words import NAME_WORDS, REACH_WORDS, SCOPE_WHO, SCOPE_WORDS, WELCOME_WORDS

USUAL: Final = timedelta(days=300)


def draw_now(stands: Sharing) -> None:
    """Who sees the card today, and what each author decided."""
    st.markdown(f":material/visibility: Today the card is open to **{REACH_WORDS[stands.reach]}**.")
    if len(stands.authors) < 2 and stands.own is None:
        return
    for author in stands.authors:
        who = "You" if author.is_viewer else text.plain(author.name)
        if author.decision is None:
            text.aside(f"{who}: not agreed yet, so it goes no further than its authors.")
        elif not author.decision.in_force:
            text.aside(f"{who}: agreed until {author.decision.until_on:%-d %B %Y}, which has passed.")
        else:
            text.aside(
                f"{who}: {SCOPE_WORDS[author.decision.scope].lower()}, until"
                f" {author.decision.until_on:%-d %B %Y}."
            )


def draw_colleagues(database: Database, viewer: Viewer, found: Card, stands: Sharing) -> None:
    """One colleague tries to follow the card before it leaves the team."""
    with alerts.stopping():
        checks = colleague_checks(database, viewer, found.practice_id)
        mates = dict(team_mates(database, viewer))
    st.header("A colleague's check", anchor=False, icon=":material/rule:")
    for check in checks:
        who = text.plain(check.name or "A colleague")
        if check.could_follow is None:
            text.aside(f"{who} is asked.")
            continue
        changed = (
            "" if check.version == found.version else f" (version {check.version}; you changed it since)"
        )
        st.markdown(f":material/check: {who} could follow it: **{check.could_follow}**{changed}")
        if check.unclear:
            st.text(check.unclear)
    if not stands.checks:
        st.markdown("Before the card goes beyond your team, one colleague tries to follow it.")
    waiting = {check.name for check in checks if check.could_follow is None}
    free = {teacher_id: name for teacher_id, name in mates.items() if name not in waiting}
    if not free:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Ask a colleague", list(free), index=None, format_func=free.__getitem__,
            placeholder="Choose", key="share.colleague",
        )  # fmt: skip
        if st.button("Ask", icon=":material/send:", disabled=chosen is None, key="share.ask") and chosen:
            with alerts.stopping():
                ask_colleague(database, viewer, found.practice_id, teacher_id=chosen)
            session.leave_notice("Asked. She finds it in the practice library.")
            st.rerun()


def draw_decision(database: Database, viewer: Viewer, found: Card, stands: Sharing) -> None:
    """The smallest scope and a hidden name unless she chooses otherwise."""
    st.header("Who may see it", anchor=False, icon=":material/share:")
    looked = _draw_look_first(stands)
    own = stands.own
    scope: Scope = st.radio(
        "How far?",
        SCOPES,
        index=SCOPES.index(own.scope) if own else 0,
        format_func=_scope_label,
        key="share.scope",
    )
    name_shown: NameShown = st.radio(
        "Your name",
        NAMES,
        index=NAMES.index(own.name_shown) if own else 0,
        format_func=NAME_WORDS.__getitem__,
        key="share.name",
    )
    welcomes, until_on = _ask_welcomes(own)
    _draw_preview(database, viewer, found, scope, name_shown)
    if st.button(
        "Share it so",
        type="primary",
        icon=":material/share:",
        disabled=stands.look_first is not None and not looked,
        key="share.go",
    ):
        with alerts.stopping():
            share_card(
                database, viewer, found.practice_id,
                scope=scope, name_shown=name_shown, welcomes=welcomes, until_on=until_on, looked=looked,
            )  # fmt: skip
        session.leave_notice("Shared. You can take it back at any time; that holds from the next page.")
        st.rerun()


def _ask_welcomes(own: Decision | None) -> tuple[list[Welcome], date]:
    """What colleagues may do, and until when the card is shared."""
    welcomes = st.pills(
        "Colleagues may",
        WELCOMES,
        selection_mode="multi",
        default=list(own.welcomes) if own else [],
        format_func=WELCOME_WORDS.__getitem__,
        key="share.welcomes",
    )
    today = clock.now().date()
    until_on = st.date_input(
        "Until when?",
        value=own.until_on if own and own.in_force else today + USUAL,
        min_value=today,
        max_value=today + LONGEST,
        key="share.until",
    )
    return welcomes, until_on


def draw_take_back(database: Database, viewer: Viewer, found: Card, stands: Sharing) -> None:
    """Two ways back, each with what it does."""
    if stands.own is None:
        return
    st.header("Take it back", anchor=False, icon=":material/undo:")
    with st.container(horizontal=True):
        nameless = stands.own.name_shown == "hidden"
        if not nameless and st.button("Take my name off", key="share.anonymous"):
            _take_back(database, viewer, found, keep_card=True, words="Your name is off the card.")
        if st.button("Take the card out of the library", key="share.remove"):
            _take_back(database, viewer, found, keep_card=False, words="The card is out of the library.")
    text.aside(
        "Both hold from the next page anyone opens. A team that tests it keeps the steps, without a name."
    )


def draw_coauthors(database: Database, viewer: Viewer, found: Card, stands: Sharing) -> None:
    """Who else wrote it: she can edit, and must agree to any sharing."""
    box = st.expander("Who else wrote it", icon=":material/group_add:", key="share.coauthors")
    with box:
        with alerts.stopping():
            mates = dict(team_mates(database, viewer))
        if not mates:
            st.markdown("Colleagues of your teams can be co-authors.")
            return
        st.markdown(
            "A co-author can change the card. Until she agrees too, it goes back to its authors alone."
        )
        chosen = st.selectbox(
            "Colleague", list(mates), index=None, format_func=mates.__getitem__,
            placeholder="Choose", key="share.coauthor",
        )  # fmt: skip
        if st.button("Add as co-author", disabled=chosen is None, key="share.coauthor.add") and chosen:
            with alerts.stopping():
                add_coauthor(database, viewer, found.practice_id, teacher_id=chosen)
            st.rerun()
        is_owner = any(author.is_viewer and author.is_owner for author in stands.authors)
        if not is_owner and st.button("I am no co-author of this", type="tertiary", key="share.leave"):
            with alerts.stopping():
                leave_card(database, viewer, found.practice_id)
            session.choose_practice(None)
            st.rerun()


def _scope_label(scope: Scope) -> str:
    return f"**{SCOPE_WORDS[scope]}.** {SCOPE_WHO[scope]}"


def _draw_look_first(stands: Sharing) -> bool:
    if stands.look_first is None:
        return False
    st.warning(stands.look_first, title="Look here before you share", icon=":material/balance:")
    return st.checkbox("I looked at this, and want to share the card all the same.", key="share.looked")


def _draw_preview(
    database: Database, viewer: Viewer, found: Card, scope: Scope, name_shown: NameShown
) -> None:
    preview = st.expander(
        "How colleagues will see it", icon=":material/visibility:", key="share.preview", on_change="rerun"
    )
    if not preview.open:
        return
    with preview, alerts.shown():
        byline = preview_byline(
            database, viewer, found.practice_id, reach=SCOPES.index(scope) + 1, name_shown=name_shown
        )
        st.markdown(f"**{text.plain(found.wording.title)}**")
        practice_card.draw_byline(byline)
        practice_card.draw_wording(found.wording)


def _take_back(database: Database, viewer: Viewer, found: Card, *, keep_card: bool, words: str) -> None:
    with alerts.stopping():
        withdraw_card(database, viewer, found.practice_id, keep_card=keep_card)
    session.leave_notice(words)
    st.rerun()
