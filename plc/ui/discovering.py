"""Discover on the page: candidate practices written as behaviours, and the contrast each must answer."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry import Inquiry
from plc.inquiry.candidates import (
    CONTRASTS,
    NOT_DISTINGUISHING,
    Candidate,
    add_candidate,
    answer_contrast,
    behaviour_hint,
    list_candidates,
    remove_candidate,
)
from plc.ui import alerts, inquiry_steps, menu, session, text, two_writers

QUESTION: Final = "Do typical classes do it too?"
SEEN: Final = "What did you see in a typical class?"
EXAMPLE: Final = "Students sort their exit tickets into got it, nearly, not yet"


def draw_candidates(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """What might explain the difference, one card each, and the form to add another."""
    with alerts.stopping():
        candidates = list_candidates(database, viewer, found.inquiry_id)
    may_write = viewer.may(Permission.INQUIRY_EDIT) and found.state == "open"
    if not candidates:
        st.markdown(
            "Nothing written yet. After a visit or a talk, write what students or the teacher *do* there, so"
            " that a visitor could see it."
        )
    for candidate in candidates:
        with st.container(border=True, key=f"discover.candidate.{candidate.practice_id}"):
            _draw_candidate(database, viewer, found, candidate, may_write=may_write)
    if may_write:
        _draw_undo(database, viewer, found)
        _draw_new(database, viewer, found)


def _draw_candidate(
    database: Database, viewer: Viewer, found: Inquiry, candidate: Candidate, *, may_write: bool
) -> None:
    st.markdown(f"**{text.plain(candidate.title)}**")
    if candidate.not_distinguishing:
        # A badge would be cut off on a phone.
        st.markdown(f":material/equal: **{NOT_DISTINGUISHING}**")
    tests = f", {candidate.tests} {'test' if candidate.tests == 1 else 'tests'}" if candidate.tests else ""
    decided = f", decided: {candidate.decision}" if candidate.decision else ""
    text.aside(f"Written by {text.plain(candidate.added_by)}, {candidate.added_at:%-d %b %Y}{tests}{decided}")
    if hint := behaviour_hint(candidate.title):
        st.markdown(f":material/help: {text.plain(hint)}")
    if not may_write:
        said = CONTRASTS.get(candidate.also_typical, "not asked yet")
        st.markdown(f"{QUESTION} **{said}**. {text.plain(candidate.contrast_note)}")
        return
    key = f"discover.{candidate.practice_id}"
    _ask_contrast(database, viewer, found, candidate, key=key)
    if not candidate.tests and st.button(
        "Take it off", type="tertiary", icon=":material/delete:", key=f"{key}.remove"
    ):
        with alerts.stopping():
            remove_candidate(database, viewer, found.inquiry_id, candidate.practice_id)
        session.keep_removed((found.inquiry_id, candidate.practice_id))
        st.rerun()


def _ask_contrast(
    database: Database, viewer: Viewer, found: Inquiry, candidate: Candidate, *, key: str
) -> None:
    """Whether typical classes do it too; a colleague's answer stays beside one's own."""
    version = two_writers.seen_version(key, candidate.version, box=f"{key}.note")
    with st.form(key, border=False):
        answers = list(CONTRASTS)
        answer = st.radio(
            QUESTION,
            answers,
            index=answers.index(candidate.also_typical) if candidate.also_typical in answers else None,
            format_func=CONTRASTS.__getitem__,
            horizontal=True,
            key=f"{key}.answer",
        )
        note = st.text_input(SEEN, value=candidate.contrast_note, key=f"{key}.note")
        keep = st.form_submit_button("Keep the answer", icon=":material/check:", key=f"{key}.keep")
    if keep and answer is None:
        st.warning('Choose an answer. "We could not tell" is one.', icon=":material/help:")
    elif keep and answer is not None:
        two_writers.keep(
            key,
            lambda: answer_contrast(
                database, viewer, found.inquiry_id, candidate.practice_id,
                answer=answer, note=note, seen_version=version,
            ),
            notice="Kept. It is marked as not distinguishing everywhere." if answer == "yes" else "Kept.",
        )  # fmt: skip
    said = CONTRASTS.get(candidate.also_typical, "not asked yet")
    two_writers.draw_theirs(key, candidate.version, {QUESTION: said, SEEN: candidate.contrast_note})


def _draw_undo(database: Database, viewer: Viewer, found: Inquiry) -> None:
    removed = session.removed()
    if removed is None or removed[0] != found.inquiry_id:
        return
    if st.button("Put back what you took off", icon=":material/undo:", key="discover.undo"):
        with alerts.stopping():
            remove_candidate(database, viewer, found.inquiry_id, removed[1], back=True)
        session.keep_removed(None)
        st.rerun()


def _draw_new(database: Database, viewer: Viewer, found: Inquiry) -> None:
    added = f"discover.new.{found.inquiry_id}"
    # A box of its own per candidate: it empties once one is added, not where one is refused.
    with st.form("discover.new"):
        title = st.text_input(
            "Write a candidate: who does what?",
            placeholder=EXAMPLE,
            key=f"discover.title.{session.times_kept(added)}",
        )
        add = st.form_submit_button("Add it", icon=":material/add:", key="discover.add")
    if add:
        try:
            add_candidate(database, viewer, found.inquiry_id, title=title)
        except PlcError as error:
            alerts.show(error)
        else:
            session.count_kept(added)
            session.leave_notice(f"Added. Now ask: {QUESTION[0].lower()}{QUESTION[1:]}")
            st.rerun()
    inquiry_steps.draw_link(
        viewer, menu.LIBRARY, label="Look for one in the practice library", icon=":material/menu_book:"
    )
