"""What waits for a teacher in the library: invitations, cards to check, questions to answer."""

from __future__ import annotations

import streamlit as st

from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.practices import decline_invitation
from plc.ui import alerts, cached, menu, session, text


def draw(database: Database, viewer: Viewer) -> None:
    """Each thing that waits with its one next step; nothing where nothing waits."""
    if viewer.teacher_id is None or not viewer.may(Permission.PRACTICE_EDIT):
        return
    with alerts.stopping():
        waits = cached.waiting_practices(
            database, viewer, data_version=database.data_version(), today=clock.now().date()
        )
    for invitation in waits.invitations:
        with st.container(border=True, key=f"news.invitation.{invitation.practice_id}"):
            st.markdown(
                ":material/mail: **Classes like yours tested this. Would you try it?**"
                f" {text.plain(invitation.title)}"
            )
            text.aside("Only you see this. If you say no, nobody is told.")
            with st.container(horizontal=True):
                _open("Look at it", invitation.practice_id, view="Try it", key="invitation")
                if st.button("No, thank you", type="tertiary", key=f"news.no.{invitation.practice_id}"):
                    with alerts.stopping():
                        decline_invitation(database, viewer, invitation.practice_id)
                    st.rerun()
    for practice_id, title in waits.checks:
        with st.container(border=True, key=f"news.check.{practice_id}"):
            st.markdown(
                f":material/rule: **A colleague asks: could you follow this card?** {text.plain(title)}"
            )
            _open("Read it", practice_id, view="The practice", key="check")
    for own in waits.asked:
        with st.container(border=True, key=f"news.asked.{own.practice_id}"):
            count = "A question" if own.questions == 1 else f"{own.questions} questions"
            st.markdown(f":material/chat: **{count} about your card.** {text.plain(own.title)}")
            _open("Answer", own.practice_id, view="Ask and visit", key="asked")


def _open(label: str, practice_id: str, *, view: str, key: str) -> None:
    if st.button(label, icon=":material/arrow_forward:", key=f"news.{key}.open.{practice_id}"):
        session.choose_practice(practice_id)
        st.session_state["practice.view"] = view
        session.go_to(menu.PRACTICE)
