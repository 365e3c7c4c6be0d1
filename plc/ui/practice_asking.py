"""Asking the people behind a practice, answering, and the colleague check."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.practices import (
    Card,
    Question,
    answer_question,
    ask_author,
    check_card,
    colleague_checks,
    questions,
)
from plc.practices.colleague_checks import ANSWERS, CouldFollow
from plc.practices.consent import WELCOMES, Welcome
from plc.ui import alerts, session, text, written

ASK_WORDS: Final[dict[Welcome, str]] = {
    "ask": "A question",
    "visit": "I would like to visit",
    "watch": "Please come and watch me try it",
}
FOLLOW_WORDS: Final[dict[CouldFollow, str]] = {"yes": "Yes", "mostly": "Mostly", "no": "No"}


def draw(database: Database, viewer: Viewer, found: Card) -> None:
    """Questions and answers; the way to ask, unless it is one's own card."""
    with alerts.stopping():
        asked = questions(database, viewer, found.practice_id)
    if not found.is_author:
        _draw_ask(database, viewer, found)
    if not asked:
        st.markdown("Nobody has asked yet." if found.is_author else "")
    for question in asked:
        with st.container(border=True, key=f"asking.{question.question_id}"):
            _draw_question(database, viewer, question)


def draw_check(database: Database, viewer: Viewer, found: Card) -> None:
    """A colleague says whether she could follow the card; its authors read what was said."""
    if viewer.teacher_id is None or not viewer.may(Permission.PRACTICE_EDIT):
        return
    with alerts.stopping():
        checks = colleague_checks(database, viewer, found.practice_id)
    if found.is_author:
        return
    if any(check.is_viewer and check.version == found.version for check in checks):
        st.success("You checked this version. Thank you.", icon=":material/rule:")
        return
    asked = any(check.is_viewer and check.checked_at is None for check in checks)
    box = st.expander(
        "Could you follow this card?", icon=":material/rule:", expanded=asked, key="practice.check"
    )
    with box, st.form("practice.check_form", border=False):
        answer = st.segmented_control(
            "Could you do it from these words alone?",
            list(ANSWERS),
            format_func=FOLLOW_WORDS.__getitem__,
            key="practice.check_answer",
        )
        unclear = st.text_area("Which step was unclear?", key="practice.check_unclear")
        text.aside("Its authors see your name and what you write.")
        sent = st.form_submit_button("Send to the authors", icon=":material/send:", key="practice.check_send")
    if sent:
        if answer is None:
            st.warning("Choose yes, mostly or no.")
            return
        with alerts.stopping():
            check_card(database, viewer, found.practice_id, could_follow=answer, unclear=unclear)
        session.leave_notice("Your check is with the authors. Thank you.")
        st.rerun()


def _draw_ask(database: Database, viewer: Viewer, found: Card) -> None:
    """A question in a box that outlives a look at the card, where one finds what to ask about."""
    form = f"asking.{found.practice_id}"
    offered = set(found.byline.welcomes) | {"ask"}
    kinds = [kind for kind in WELCOMES if kind in offered]
    with st.container(border=True, key="asking.form"):
        kind: Welcome = "ask"
        if len(kinds) > 1:
            chosen = st.segmented_control(
                "What would help?",
                kinds,
                default="ask",
                required=True,
                format_func=ASK_WORDS.__getitem__,
                key="asking.kind",
            )
            kind = chosen or "ask"
        words = st.text_area("What would you like to know?", **written.box(form, "words", ""))
        text.aside(
            "The authors see who asks; they and you read the question. An answer is shown to everyone who"
            " can open this card."
        )
        sent = st.button("Ask", type="primary", icon=":material/send:", key="asking.send")
    if sent:
        with alerts.stopping():
            ask_author(database, viewer, found.practice_id, words=words, kind=kind)
        written.forget(form)
        session.leave_notice("Your question is with the authors.")
        st.rerun()


def _draw_question(database: Database, viewer: Viewer, question: Question) -> None:
    who = "You" if question.is_viewer else text.plain(question.asker or "A colleague")
    text.aside(f"{who}, {question.asked_at:%-d %B %Y} · {ASK_WORDS[question.kind].lower()}")
    if question.words:
        st.text(question.words)
    if question.answer is not None:
        st.markdown(":material/reply: **Answer**")
        st.text(question.answer)
    elif not question.may_answer:
        text.aside("Not answered yet.")
    else:
        with st.form(f"asking.answer.{question.question_id}", border=False):
            text.aside("Others read your answer without the question: begin with what it was about.")
            answer = st.text_area("Your answer", key=f"asking.answer_words.{question.question_id}")
            if st.form_submit_button("Answer", key=f"asking.answer_send.{question.question_id}"):
                with alerts.stopping():
                    answer_question(database, viewer, question.question_id, answer=answer)
                st.rerun()
