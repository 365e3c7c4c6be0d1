"""What only she is told: that her students exceeded expectation, if she wants to be told at all."""

from __future__ import annotations

from typing import Final

import streamlit as st

from plc.bright_spots.labels import SHOWN_BY_CONSENT
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people import NoticeChoice, choose_notice, has_opened_own_result, own_notice_choice
from plc.ui import alerts, cached, findings, for_you, menu, session

LATER: Final[dict[NoticeChoice, str]] = {
    "not now": "You are asked again in a month.",
    "never ask": "Nobody asks you this school year. My classes stays open to you.",
}

REFUSALS: Final[dict[NoticeChoice, str]] = {"not now": "Not now", "never ask": "Never ask this year"}


def draw(database: Database, viewer: Viewer) -> None:
    """A private word to a teacher whose students exceeded expectation, with three answers."""
    if viewer.teacher_id is None or not viewer.may(Permission.OWN_RESULT_READ):
        return
    if own_notice_choice(database, viewer) is not None or has_opened_own_result(database, viewer):
        return
    own = cached.own_findings(database, viewer, cached.state(database, viewer))
    if not any(finding.label in SHOWN_BY_CONSENT for finding in own):
        return
    with st.container(border=True, key="notice.card"):
        st.markdown("**Students in your classes have exceeded expectation.** Only you can see this.")
        with st.container(horizontal=True):
            if st.button("I am curious", type="primary", icon=":material/visibility:", key="notice.tell"):
                _choose(database, viewer, "tell me")
                for_you.to_step(0)
                st.switch_page(menu.FOR_YOU)
            for choice, label in REFUSALS.items():
                if st.button(label, type="tertiary", key=f"notice.{choice}"):
                    _choose(database, viewer, choice)
                    session.leave_notice(LATER[choice])
                    st.rerun()


def _choose(database: Database, viewer: Viewer, choice: NoticeChoice) -> None:
    with alerts.stopping():
        choose_notice(database, viewer, choice)


def draw_waiting(database: Database, viewer: Viewer) -> None:
    """What a teacher sees before a data steward said which classes are hers: counts, nobody's name."""
    st.info(
        "A data steward has to say which teacher of the roster you are. Until then only counts show.",
        title="You are signed in",
        icon=":material/hourglass_empty:",
    )
    findings.draw_areas(database, viewer, cached.state(database, viewer))
