"""The seven steps of For you. Each asks one thing, and leads to the page that does it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.candidates import behaviour_hint
from plc.people import (
    NoticeChoice,
    Reading,
    choose_notice,
    note_own_reading,
    own_notice_choice,
    own_reading,
    own_teams,
)
from plc.practices import CardWording, evidence_panels, write_card
from plc.ui import alerts, balancing, cached, for_you, for_you_visit, menu, practice_own, session, text
from plc.ui.for_you import MOST_CANDIDATES, Path
from plc.ui.practice_words import REACH_WORDS

ANSWERS: Final[dict[NoticeChoice, str]] = {
    "tell me": "I am curious",
    "not now": "Not now",
    "never ask": "Never ask this year",
}
LATER: Final[dict[NoticeChoice, str]] = {
    "not now": "You said not now. You are asked again in a month.",
    "never ask": "You asked not to be told this school year. Nobody asks you, and nobody else is told.",
}
READING_WORDS: Final[dict[Reading, str]] = {
    "practice": "Something we do, I think",
    "chance": "It may be chance",
    "unsure": "I do not know",
}


def draw_word(database: Database, viewer: Viewer, path: Path) -> None:
    """What her students showed, for her alone, and what she wants to be told."""
    with alerts.stopping():
        choice = own_notice_choice(database, viewer)
    if choice in LATER:
        st.markdown(LATER[choice])
        if st.button("I am curious after all", icon=":material/visibility:", key="for_you.after_all"):
            _choose(database, viewer, "tell me")
        return
    if not path.findings:
        st.info(
            "Nothing stands out clearly from chance yet, which is usual. You can write down what you do and"
            " ask colleagues to try it all the same.",
            title="Nothing to tell you now",
            icon=":material/hourglass_empty:",
        )
        st.page_link(menu.MY_CLASSES, label="My classes", icon=":material/person_heart:")
        return
    for finding in path.findings:
        windows = for_you.windows_words(finding)
        st.markdown(
            f"**Students in your classes have exceeded expectation{f' in {windows}' if windows else ''}.**"
            f" Only you can see this. ({text.plain(finding.subject.capitalize())})"
        )
    if choice == "tell me":
        st.page_link(menu.MY_CLASSES, label="See every figure with its range", icon=":material/person_heart:")
        return
    with st.container(horizontal=True):
        for answer, label in ANSWERS.items():
            if st.button(
                label, type="primary" if answer == "tell me" else "tertiary", key=f"for_you.{answer}"
            ):
                _choose(database, viewer, answer)


def draw_explain(database: Database, viewer: Viewer, path: Path) -> None:
    """Up to three practices that might be behind it, chance said honestly, or that she does not know."""
    st.markdown("What do you and your students do that a visitor could see, and that others may not do?")
    headline = cached.headline(database, viewer, cached.state(database, viewer))
    told = bool(path.findings) and 0 in path.done
    if told and headline is not None:
        text.aside(
            f":material/casino: Chance stays possible: of results like yours, up to"
            f" {headline.options.false_discovery_rate:.0%} are expected to be luck."
        )
    chosen = _ask_reading(database, viewer)
    if chosen == "chance":
        text.aside("A fair answer. Another year of results will tell; nothing has to be written now.")
        return
    if chosen == "unsure":
        st.markdown("Then let a colleague look: a visitor sees what one does without noticing.")
        st.button(
            "Plan a visit", type="primary", icon=":material/travel_explore:", key="for_you.plan_visit",
            on_click=for_you.to_step, args=(2,),
        )  # fmt: skip
        return
    for own in path.cards[:MOST_CANDIDATES]:
        st.markdown(f"- {text.plain(own.title)}")
    if len(path.cards) >= MOST_CANDIDATES:
        text.aside("Three are enough: more cannot be told apart. The rest are with your cards.")
        return
    with st.form("for_you.candidate"):
        title = st.text_input(
            "Who does what?",
            placeholder=practice_own.TITLE_EXAMPLE,
            max_chars=120,
            key=f"for_you.title.{session.times_kept('for_you')}",
        )
        kept = st.form_submit_button("Write it down", icon=":material/add:", key="for_you.add")
    text.aside("Only you read it until you share it.")
    if kept:
        _write(database, viewer, title)


def _ask_reading(database: Database, viewer: Viewer) -> Reading | None:
    with alerts.stopping():
        reading = own_reading(database, viewer)
    answers: list[Reading] = list(READING_WORDS)
    chosen: Reading | None = st.radio(
        "How do you read it?", answers, index=answers.index(reading) if reading else None,
        format_func=READING_WORDS.__getitem__, key="for_you.reading",
    )  # fmt: skip
    if chosen is not None and chosen != reading:
        with alerts.stopping():
            note_own_reading(database, viewer, chosen)
    return chosen


def draw_balance(database: Database, viewer: Viewer, path: Path) -> None:
    """Does it also hold for the students who started lowest? Looked at before anything is shared."""
    st.markdown("Before you share: does it also hold for your students who started lowest?")
    if not path.balance:
        st.info("There are too few results to say. You can go on.", icon=":material/hourglass_empty:")
    for finding in path.balance:
        text.aside(text.plain(finding.subject.capitalize()))
        if finding.balance is not None and finding.balance.look_first:
            st.warning(finding.balance.words, title="Stop and look", icon=":material/balance:")
            st.markdown(
                "This does not forbid sharing. Look at what happens to these students while the others gain,"
                " and write it into the card under what went wrong."
            )
        balancing.draw(finding, key=f"for_you.{finding.subject}")


def draw_card(database: Database, viewer: Viewer, path: Path) -> None:
    """Her cards and what a colleague still needs of them."""
    st.markdown(
        "Ten minutes, in four small steps, saved as you go. At the end you see it as a colleague will."
    )
    for own in path.cards:
        with st.container(border=True, key=f"for_you.card.{own.practice_id}"):
            st.markdown(f"**{text.plain(own.title)}**")
            if hint := behaviour_hint(own.title):
                text.aside(f":material/help: {text.plain(hint)}")
            ready = own.practice_id in path.ready
            text.aside(
                ":material/check: A colleague could try it from this card." if ready else "Not finished yet."
            )
            if st.button(
                "Look it over" if ready else "Go on writing",
                type="secondary" if ready else "primary",
                icon=":material/edit:",
                key=f"for_you.write.{own.practice_id}",
            ):
                practice_own.edit(own.practice_id)
                session.go_to(menu.SHARE)
    if not path.cards:
        text.aside("Begin with one line in step 2.")


def draw_share(database: Database, viewer: Viewer, path: Path) -> None:
    """How far each card goes; a colleague's check before it leaves the team."""
    st.markdown(
        "You decide how far, under what name and until when. At first: nobody, and no name."
        " You can take it back at any time."
    )
    for own in path.cards:
        with st.container(border=True, key=f"for_you.share.{own.practice_id}"):
            st.markdown(f"**{text.plain(own.title)}**")
            checks = (
                f"{own.checks_answered} of {own.checks} colleague checks answered"
                if own.checks
                else "no colleague has checked it yet"
            )
            text.aside(f"Open to {REACH_WORDS[own.reach]} · {checks}")
            if st.button(
                "Decide who sees it", icon=":material/share:", key=f"for_you.decide.{own.practice_id}"
            ):
                session.choose_practice(own.practice_id)
                session.go_to(menu.SHARE_CARD)
    if not path.cards:
        text.aside("Write a card first.")


def draw_tried(database: Database, viewer: Viewer, path: Path) -> None:
    """Who tries it, how they changed it, and what came of it where its owners released that."""
    shared = [own for own in path.cards if own.reach]
    if not shared:
        text.aside("Once a card is shared, you can invite classes like yours, and you see here who tried it.")
    with alerts.stopping():
        panels = evidence_panels(database, viewer, practice_ids=[own.practice_id for own in shared])
    for own in shared:
        panel = panels[own.practice_id]
        others = [row for row in panel.tests if not row.own]
        running = sum(1 for row in others if row.running)
        with st.container(border=True, key=f"for_you.tried.{own.practice_id}"):
            st.markdown(f"**{text.plain(own.title)}**  \n{text.plain(panel.words)}")
            text.aside(f"{own.invitations} invited · {len(others)} tests by others, {running} running")
            for row in (row for row in others if row.adaptation):
                st.markdown(f"- {text.plain(row.label)} changed: {text.plain(row.adaptation)}")
            with st.container(horizontal=True):
                for label, view, icon in (
                    ("Invite classes", "Try it", "mail"),
                    ("What tests showed", "What tests say", "science"),
                ):
                    if st.button(label, icon=f":material/{icon}:", key=f"for_you.{view}.{own.practice_id}"):
                        session.choose_practice(own.practice_id)
                        st.session_state["practice.view"] = view
                        session.go_to(menu.PRACTICE)
    st.page_link(menu.MY_RECORD, label="My record", icon=":material/workspace_premium:")


DRAWN: Final = (
    draw_word,
    draw_explain,
    for_you_visit.draw_visit,
    draw_balance,
    draw_card,
    draw_share,
    draw_tried,
)


def _choose(database: Database, viewer: Viewer, answer: NoticeChoice) -> None:
    with alerts.stopping():
        choose_notice(database, viewer, answer)
    st.rerun()


def _write(database: Database, viewer: Viewer, title: str) -> None:
    with alerts.stopping():
        team = next(iter(own_teams(database, viewer)), None)
        wording = CardWording(
            title=title,
            subject=team.subject if team else None,
            grades=(team.grade,) if team and team.grade is not None else (),
        )
        write_card(database, viewer, wording, team_id=team.team_id if team else None)
        note_own_reading(database, viewer, "practice")
    session.count_kept("for_you")
    st.rerun()
